"""Why a plan is not saved; each carries words for the person who tried."""

from __future__ import annotations

from trinnvis.townplans.models import TownPlanVersion


class NotFound(Exception):
    """There is no such plan, or the actor may not know that there is: doors answer 404."""


class Unfit(Exception):
    """Something typed cannot be kept. `field`: its name, "" for the whole."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Conflict(Exception):
    """Somebody saved the plan first. `theirs` is what they saved; nothing of yours is stored."""

    def __init__(self, message: str, theirs: TownPlanVersion) -> None:
        super().__init__(message)
        self.theirs = theirs
