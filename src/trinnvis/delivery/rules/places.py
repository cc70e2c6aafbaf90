"""Places: built, taken and waited for (plasser og venteliste)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from .carried import Carried


@dataclass(frozen=True)
class Built:
    """So many places from a day, to a day if it is known."""

    number: int
    first: date
    last: date | None = None


@dataclass(frozen=True)
class Waiting:
    """Someone granted a place they do not have yet. `days`: since the decision was sent.

    `why`: "start" when the decision itself gives a later day, "place" when there are more granted than built.
    """

    days: int
    why: Literal["start", "place"]
    starts_on: date


@dataclass(frozen=True)
class Freed:
    """A place that is known to be freed: the first day it is free, and how many."""

    on: date
    places: Fraction


def built_on(rows: Sequence[Built], day: date) -> int | None:
    """Places there are on a day; None when no number is registered at all, which is not the same as none."""
    if not rows:
        return None
    return sum(row.number for row in rows if row.first <= day and (row.last is None or day <= row.last))


def taken_on(lines: Iterable[Carried], day: date) -> Fraction:
    """Places held by the decisions that run on a day, whether or not there is room for them."""
    return sum((each.places_held for each in lines if each.running.runs_on(day)), Fraction(0))


def waiting_on(lines: Iterable[Carried], built: int | None, day: date) -> list[Waiting]:
    """Those granted a place who have not got it, longest waiting first.

    When more are granted than built, the decisions that began last are taken to be the ones without a place.
    """
    found, room = [], None if built is None else Fraction(built)
    for line in sorted(lines, key=lambda each: (each.first, each.running.sent_at)):
        waited = max(0, (day - line.running.sent_on).days)
        if line.first > day:
            if line.running.sent_on <= day:
                found.append(Waiting(waited, "start", line.first))
        elif line.running.runs_on(day) and room is not None:
            if line.places_held > room:
                found.append(Waiting(waited, "place", line.first))
                room = Fraction(0)
            else:
                room -= line.places_held
    return sorted(found, key=lambda each: -each.days)


def freed_after(lines: Iterable[Carried], day: date, until: date) -> list[Freed]:
    """Places whose decisions have a known end in the time after `day`, soonest first."""
    ends = sorted(
        (each.last, each.places_held)
        for each in lines
        if each.running.runs_on(day) and each.last is not None and each.last < until
    )
    return [Freed(date.fromordinal(last.toordinal() + 1), places) for last, places in ends]


def freed_between(lines: Iterable[Carried], first: date, last: date) -> int:
    """How many stays ended on the days first–last: what says how often a place is freed."""
    return sum(1 for each in lines if each.last is not None and first <= each.last <= last)
