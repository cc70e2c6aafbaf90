"""The policy that ships, or the municipality's own file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from trinnvis.planning import yaml_documents
from trinnvis.planning.town.policy import TownPolicy
from trinnvis.trouble import Trouble

SHIPPED = "town.yaml"
CALLED = "Fila med innstillinger"


@cache
def shipped_policy() -> TownPolicy:
    """Lunner's, as it ships."""
    return _read(SHIPPED, files("trinnvis.planning.town").joinpath(SHIPPED).read_bytes())


def policy_from(path: Path | None) -> TownPolicy:
    """A municipality's own settings, or those that ship.

    Raises:
        Trouble: a file that cannot be read or used, with line and reason.
    """
    if path is None:
        return shipped_policy()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Trouble(
            f"{path} kan ikke leses ({error.strerror}).", "Sjekk stien etter --settings."
        ) from error
    return _read(str(path), data)


def _read(name: str, data: bytes) -> TownPolicy:
    return yaml_documents.read(TownPolicy, name, data, called=CALLED, tags=("table", "tobler"))
