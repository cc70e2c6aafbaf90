"""Read a policy folder: YAML files, joined into one checked document.

Every file's top-level names are fields of `Policy`. Lists may be spread over files; anything else is given
once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from trinnvis.policy import messages
from trinnvis.policy.checks import across_rows, through_time
from trinnvis.policy.draft import Draft
from trinnvis.policy.faults import Fault, PolicyFaults
from trinnvis.policy.model import Policy
from trinnvis.policy.yaml_source import MAX_BYTES, Source

SUFFIXES = {".yaml", ".yml"}
SHIPPED = Path(__file__).parent / "lunner"
"""The policy that comes with Trinnvis."""


def load_folder(path: str | Path) -> Policy:
    """The policy in a folder, whatever day it may be adopted from.

    Raises:
        PolicyFaults: with every fault, when there is any.
    """
    policy, faults = check_folder(path)
    if policy is None:
        raise PolicyFaults(faults)
    return policy


def check_folder(
    path: str | Path, start: date | None = None, *, today: date | None = None
) -> tuple[Policy | None, tuple[Fault, ...]]:
    """The policy and what is worth noting, or None and every fault, in the order of files and lines.

    `start`: the day it is to be in force from. Without it, the first day it can be, from `today` on.
    """
    folder = Path(path)
    if not folder.is_dir():
        message = messages.NOT_A_FOLDER if folder.exists() else messages.NO_FOLDER
        return None, (Fault(str(folder), 0, "", *message),)
    inside = list(_inside(folder))
    if not inside:
        return None, (Fault(str(folder), 0, "", *messages.EMPTY_FOLDER),)
    draft = Draft(str(folder))
    for name, file in inside:
        if file.is_dir():
            draft.unread(Fault(name, 0, "", *messages.FOLDER_NOT_READ))
            continue
        try:
            draft.add(Source(name, _content(file)))
        except OSError:
            draft.unread(Fault(name, 0, "", *messages.UNREADABLE))
    policy = draft.validate()
    problems = [*across_rows(draft), *(through_time(policy, start, today) if policy else ())]
    faults = tuple(sorted({*draft.faults, *map(draft.fault, problems)}))
    return (None if any(fault.stops for fault in faults) else policy), faults


def _inside(folder: Path) -> Iterator[tuple[str, Path]]:
    """What makes up a policy folder by name: its YAML files, and any folder that cannot be looked into.

    Names that begin with a dot belong to editors and operating systems.
    """
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if any(part.startswith(".") for part in name.parts):
            continue
        if path.is_dir():
            if path.is_symlink() or not os.access(path, os.R_OK | os.X_OK):
                yield name.as_posix(), path
        elif path.suffix.lower() in SUFFIXES:
            yield name.as_posix(), path


def _content(file: Path) -> bytes:
    """A file's bytes; of one that is too big, enough to know it.

    Raises:
        OSError: it cannot be read, or is no file but something that never ends, as a pipe or a device.
    """
    if not file.is_file():
        raise OSError
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)
