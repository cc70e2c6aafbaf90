"""Why a casework service says no; each carries words for the person who tried."""

from __future__ import annotations

from dataclasses import dataclass


class CaseworkError(Exception):
    """Base of all refusals; `str(error)` is fit to show."""


class NotFound(CaseworkError):
    """The thing does not exist, or this actor may not know that it does: doors answer 404."""


class ReasonNeeded(CaseworkError):
    """Nothing open ties the actor to the person: a reason, told to the person, opens the file for a while."""


class Refused(CaseworkError):
    """The action is not possible now; the text says why and what to do."""


@dataclass(frozen=True)
class Missing:
    """One thing that stands in the way: the form field it belongs to, and what to do."""

    field: str
    message: str


class Incomplete(CaseworkError):
    """Something must be filled in first; `missing` names each thing."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        super().__init__(" ".join(item.message for item in missing))
        self.missing = missing


class Conflict(CaseworkError):
    """Someone saved the same thing first. `current` is their version; nothing of yours is stored."""

    def __init__(self, message: str, current: object) -> None:
        super().__init__(message)
        self.current = current
