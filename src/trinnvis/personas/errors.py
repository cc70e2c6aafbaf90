"""Why a persona is not saved; each carries words for the person who tried."""

from __future__ import annotations

from collections.abc import Sequence

from trinnvis.personas.models import PersonaVersion
from trinnvis.policy.faults import Problem


class NotFound(Exception):
    """There is no such persona, or the actor may not know that there is: doors answer 404."""


class Unfit(Exception):
    """What was typed cannot be kept. `problems`: each on its path in the persona."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(each.reason for each in problems))
        self.problems = tuple(problems)


class Conflict(Exception):
    """Somebody saved the same part first. `theirs` is the version they saved; nothing of yours is stored."""

    def __init__(self, message: str, theirs: PersonaVersion) -> None:
        super().__init__(message)
        self.theirs = theirs
