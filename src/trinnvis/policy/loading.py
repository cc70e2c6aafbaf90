"""Read a policy folder: YAML files, joined into one checked document.

Every file's top-level names are fields of `Policy`. Lists may be spread over files; anything else is given
once.
"""

from __future__ import annotations

from pathlib import Path

from trinnvis.policy import messages
from trinnvis.policy.checks import across_rows
from trinnvis.policy.draft import Draft
from trinnvis.policy.faults import Fault, PolicyFaults
from trinnvis.policy.model import Policy
from trinnvis.policy.yaml_source import Source

SUFFIXES = {".yaml", ".yml"}


def load_folder(path: str | Path) -> Policy:
    """The policy in a folder.

    Raises:
        PolicyFaults: with every fault, when there is any.
    """
    policy, faults = check_folder(path)
    if policy is None:
        raise PolicyFaults(faults)
    return policy


def check_folder(path: str | Path) -> tuple[Policy | None, tuple[Fault, ...]]:
    """The policy and no faults, or None and every fault, in the order of files and lines."""
    folder = Path(path)
    if not folder.is_dir():
        message = messages.NOT_A_FOLDER if folder.exists() else messages.NO_FOLDER
        return None, (Fault(str(folder), 0, "", *message),)
    files = sorted(
        file for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES and not file.is_dir()
    )
    if not files:
        return None, (Fault(str(folder), 0, "", *messages.EMPTY_FOLDER),)
    draft = Draft(str(folder))
    for file in files:
        name = file.relative_to(folder).as_posix()
        try:
            draft.add(Source(name, file.read_bytes()))
        except OSError:
            draft.whole = False
            draft.faults.append(Fault(name, 0, "", *messages.UNREADABLE))
    policy = draft.validate()
    faults = {*draft.faults, *(draft.fault(problem) for problem in across_rows(draft))}
    return (None, tuple(sorted(faults))) if faults else (policy, ())
