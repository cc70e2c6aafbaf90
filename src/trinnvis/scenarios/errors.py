"""Why a set is not saved; each carries words for the person who tried."""

from __future__ import annotations

from trinnvis.scenarios.models import ScenarioSetVersion


class NotFound(Exception):
    """There is no such set, or the actor may not know that there is: doors answer 404."""


class Unfit(Exception):
    """Something typed cannot be kept. `field`: "name" or "note"."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Conflict(Exception):
    """Somebody saved the set first. `theirs` is what they saved; nothing of yours is stored."""

    def __init__(self, message: str, theirs: ScenarioSetVersion) -> None:
        super().__init__(message)
        self.theirs = theirs
