"""The clarification (avklaring): an offer, never a gate; team, goals, numbers before and after, outcome."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.casework.models import Clarification, Goal
from trinnvis.casework.queries.goals import changes_in
from trinnvis.casework.rules.measuring import Change
from trinnvis.casework.wording import CLARIFICATION_OUTCOMES
from trinnvis.desk.acts import NO_GATE
from trinnvis.desk.forms.acts import GOAL_STATES
from trinnvis.site.pages import staff_page

from .page import open_page, show


@dataclass(frozen=True)
class Measured:
    """One row of the table of numbers, with a sentence about what the change means."""

    change: Change
    part: str
    goal: str
    meaning: str


@staff_page
def clarification(request: HttpRequest, number: str) -> HttpResponse:
    page = open_page(request, number, "case_clarification")
    found = Clarification.objects.filter(case=page.case).prefetch_related("team__account").first()
    goals = list(page.case.goals.select_related("written_by"))
    words = {goal.pk: goal.words for goal in goals}
    changes = changes_in(page.case, page.case.measurements.order_by("pk"))
    context = {
        "clarification": found,
        "no_gate": NO_GATE,
        "outcome": CLARIFICATION_OUTCOMES.get(found.outcome, "") if found else "",
        "goals": [(goal, _state(goal)) for goal in goals],
        "measured": [_measured(change, words) for change in changes],
    }
    return show(page, "clarification.html", context)


def _state(goal: Goal) -> str:
    return str(dict(GOAL_STATES)[goal.state])


def _measured(change: Change, goals: dict[int, str]) -> Measured:
    titles = {part.code: part.title for part in change.instrument.parts}
    goal = goals.get(change.goal, "") if change.goal is not None else ""
    return Measured(change, titles.get(change.part, change.part), goal, _meaning(change))


def _meaning(change: Change) -> str:
    if change.difference is None:
        return _("Endringen vises når det er målt både før og etter.")
    least = formats.number(change.instrument.relevant_change)
    if change.is_relevant:
        return _("Bedre. En endring på %(least)s eller mer regnes som viktig.") % {"least": least}
    if change.is_relevant_decline:
        return _("Dårligere. En endring på %(least)s eller mer regnes som viktig.") % {"least": least}
    return _("Mindre enn %(least)s: for lite til å regnes som en viktig endring.") % {"least": least}
