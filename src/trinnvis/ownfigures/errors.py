"""Why own figures are not taken in; each carries words for the person who tried."""

from __future__ import annotations

from trinnvis.ownfigures.rules.faults import RowFault


class OwnFiguresError(Exception):
    """Base of all refusals; `str(error)` is fit to show."""


class NotFound(OwnFiguresError):
    """There is no such file or version, or the actor may not know that there is: doors answer 404."""


class HoldsPersons(OwnFiguresError):
    """The file seems to hold persons. Nothing of it is kept."""


class Faulty(OwnFiguresError):
    """Rows are rejected, so nothing is taken in."""

    def __init__(self, faults: tuple[RowFault, ...]) -> None:
        super().__init__(" ".join(fault.told() for fault in faults[:3]))
        self.faults = faults


class Conflict(OwnFiguresError):
    """Somebody took in figures after those the actor had read. Nothing is stored, and nothing lost."""
