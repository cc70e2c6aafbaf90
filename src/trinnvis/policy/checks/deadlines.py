"""Deadlines (frister): of a length that can be counted and kept."""

from __future__ import annotations

from collections.abc import Iterator

from trinnvis.policy.deadlines import length_words
from trinnvis.policy.draft import Draft
from trinnvis.policy.faults import Problem
from trinnvis.policy.model import DeadlineRule, Length

LONGEST = {"days": 3650, "working_days": 2500, "weeks": 520, "months": 120, "years": 10}
"""Ten years in each unit: longer than any deadline in the law of services, and short of what is a slip."""


def lengths_are_possible(draft: Draft) -> Iterator[Problem]:
    for path, rule in draft.rows(DeadlineRule):
        most = LONGEST[rule.length.unit]
        if rule.length.number > most:
            yield Problem(
                (*path, "length", "number"),
                f"En frist på {length_words(rule.length)} er for lang.",
                f"Skriv høyst {length_words(Length(number=most, unit=rule.length.unit))}, eller rett «unit».",
            )
