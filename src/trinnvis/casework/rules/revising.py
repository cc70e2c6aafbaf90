"""Two people, one slot: what to do with what someone saves, given what they had read.

A slot's history holds its contents in order; revision n is `history[n - 1]`, and 0 means nothing yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

Content = TypeVar("Content")


class Verdict(StrEnum):
    """What becomes of a saved content."""

    UNCHANGED = "unchanged"  # it already stands there
    NEW = "new"  # the next revision
    CONFLICT = "conflict"  # someone else wrote in between


def weigh(mine: Content, expected_revision: int, history: Sequence[Content]) -> Verdict:
    """Judge one saved content against the history of its slot."""
    if history and mine == history[-1]:
        return Verdict.UNCHANGED
    return Verdict.NEW if expected_revision == len(history) else Verdict.CONFLICT


def weigh_in_form(
    mine: Content, expected_revision: int, history: Sequence[Content], blank: Content
) -> Verdict:
    """As `weigh`, for one slot of a form with many: a slot its writer did not touch is left alone."""
    if expected_revision == 0:
        untouched = mine == blank
    else:
        untouched = 0 < expected_revision <= len(history) and mine == history[expected_revision - 1]
    return Verdict.UNCHANGED if untouched else weigh(mine, expected_revision, history)
