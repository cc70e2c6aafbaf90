"""Numbers before and after (COPM, SPPB) as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.casework.models import Goal
from trinnvis.casework.rules.measuring import Change


@dataclass(frozen=True)
class ChangeInWords:
    """`what` was measured, `numbers` as "4 → 6 av 10", and what it means."""

    what: str
    goal: str
    numbers: str
    meaning: str


def changes_in_words(changes: Iterable[Change], goals: Sequence[Goal]) -> list[ChangeInWords]:
    words = {goal.pk: goal.words for goal in goals}
    return [_in_words(change, words.get(change.goal or 0, "")) for change in changes]


def _in_words(change: Change, goal: str) -> ChangeInWords:
    part = next((p.title for p in change.instrument.parts if p.code == change.part), change.part)
    return ChangeInWords(f"{change.instrument.title}: {part}", goal, _numbers(change), _meaning(change))


def _numbers(change: Change) -> str:
    figures = {
        "before": formats.number(change.before),
        "after": formats.number(change.after),
        "high": formats.number(change.instrument.high),
    }
    if change.after is None:
        return _("%(before)s av %(high)s før") % figures
    if change.before is None:
        return _("%(after)s av %(high)s etter") % figures
    return _("fra %(before)s til %(after)s av %(high)s") % figures


def _meaning(change: Change) -> str:
    if change.difference is None:
        return _("Vi måler en gang til for å se om noe har endret seg.")
    if change.is_relevant:
        return _("Det er blitt bedre, så mye at det betyr noe i hverdagen.")
    if change.is_relevant_decline:
        return _("Det er blitt vanskeligere, så mye at det betyr noe i hverdagen.")
    if change.difference == 0:
        return _("Det er som før.")
    return _("Endringen er liten og kan være tilfeldig.")
