"""Why a persona is not saved."""

from __future__ import annotations

from collections.abc import Sequence

from trinnvis.policy.faults import Problem


class Unfit(Exception):
    """What was typed cannot be kept. `problems`: each on its path, with words for who tried."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(each.reason for each in problems))
        self.problems = tuple(problems)
