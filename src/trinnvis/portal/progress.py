"""Where a case stands, as a citizen sees it: few steps in plain words, and what lies ahead with its dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _

from trinnvis.casework.models import Case, Need
from trinnvis.casework.queries.reasons import why_due
from trinnvis.policy.model import Policy

from .wording import AHEAD

ADVICE = "advice"
PLACE_OF_STAGE = {
    "intake": 1,
    "clarification": 2,
    "assessment": 3,
    "alternatives": 3,
    "decision": 4,
    "approval": 4,
    "notice": 4,
    "follow_up": 5,
}


@dataclass(frozen=True)
class Mark:
    """One step of the road."""

    number: int
    title: str
    state: Literal["done", "current", "todo"]
    state_text: str


@dataclass(frozen=True)
class Ahead:
    """Something that will happen; `by` and `why` where there is a deadline."""

    kind: str  # NeedKind.code
    text: str
    by: date | None
    why: str
    waits_for_you: bool = False


def road(case: Case) -> tuple[Mark, ...]:
    """The road of a case with where it is now. A closed case is at the end of it."""
    if case.track == ADVICE:
        titles = [_("Mottatt"), _("Råd og veiledning")]
        place = 2
    else:
        titles = [
            _("Mottatt"),
            _("Vi blir kjent og avklarer"),
            _("Vi vurderer sammen"),
            _("Svar"),
            _("Hjelpen følges opp"),
        ]
        place = PLACE_OF_STAGE.get(case.stage, len(titles) + 1)
    if case.closed_at is not None:
        place = len(titles) + 1
    return tuple(_mark(number, title, place) for number, title in enumerate(titles, start=1))


def _mark(number: int, title: str, place: int) -> Mark:
    if number < place:
        return Mark(number, title, "done", _("Ferdig"))
    if number == place:
        return Mark(number, title, "current", _("Her er saken nå"))
    return Mark(number, title, "todo", _("Kommer"))


def ahead(policy: Policy, case: Case, waiting: Iterable[str], *, but: str = "") -> tuple[Ahead, ...]:
    """The open needs in words, those with the nearest date first; how a date was counted is told once.

    `but`: a kind that is told elsewhere on the page.
    """
    order = {kind.code: place for place, kind in enumerate(policy.needs)}
    titles = {kind.code: kind.title for kind in policy.needs}
    waits = set(waiting)
    rows = sorted(
        (need for need in case.needs.all() if need.state == Need.State.OPEN and need.kind != but),
        key=lambda need: (need.due_on is None, need.due_on or date.max, order.get(need.kind, 0)),
    )
    told: set[str] = set()
    steps = []
    for need in rows:
        steps.append(
            Ahead(
                kind=need.kind,
                text=str(AHEAD.get(need.kind) or titles.get(need.kind, need.kind)),
                by=need.due_on,
                why="" if need.due_why in told else why_due(need, case, policy),
                waits_for_you=need.kind in waits,
            )
        )
        told.add(need.due_why)
    return tuple(steps)
