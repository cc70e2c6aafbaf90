"""What every tab of a case begins and ends with: the case opened and logged, its header, and the tabs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from trinnvis.access.actor import Actor
from trinnvis.casework.errors import NotFound
from trinnvis.casework.models import Case, Need
from trinnvis.casework.queries.actions import Possible, possible_actions
from trinnvis.casework.queries.case import case_to_handle
from trinnvis.casework.queries.visible import cases_to_work_on
from trinnvis.casework.wording import STAGES, TRACKS
from trinnvis.policy.model import Policy
from trinnvis.policy.queries import policy_of
from trinnvis.site.components import Tab

# url name, title, what the citizen reads in the log of looks into the case
TABS = (
    ("case", gettext_noop("Oversikt"), gettext_noop("Oversikten over saken")),
    ("case_clarification", gettext_noop("Avklaring"), gettext_noop("Avklaringen i saken")),
    ("case_assessment", gettext_noop("Vurdering"), gettext_noop("Vurderingen i saken")),
    ("case_alternatives", gettext_noop("Alternativer"), gettext_noop("Alternativene i saken")),
    ("case_decision", gettext_noop("Vedtak"), gettext_noop("Vedtaket i saken")),
    ("case_timeline", gettext_noop("Tidslinje"), gettext_noop("Tidslinjen i saken")),
    ("case_documents", gettext_noop("Dokumenter"), gettext_noop("Dokumentene i saken")),
)
LOOKS = {name: look for name, _title, look in TABS}
TRACK_COLORS = {"fast": "danger", "urgent": "warning"}


@dataclass
class CasePage:
    """A case open on someone's desk. `tab` is the url name of the tab it is seen through."""

    request: HttpRequest
    case: Case
    tab: str
    logged: bool

    @property
    def actor(self) -> Actor:
        actor: Actor = self.request.actor  # type: ignore[attr-defined]
        return actor

    @property
    def now(self) -> datetime:
        now: datetime = self.request.now  # type: ignore[attr-defined]
        return now

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @property
    def number(self) -> str:
        return self.case.number

    @property
    def who(self) -> dict[str, Any]:
        """What every verb is told: who acts, and when."""
        return {"actor": self.actor, "now": self.now}

    @cached_property
    def policy(self) -> Policy:
        return policy_of(self.case.policy_id)

    @cached_property
    def possible(self) -> Possible:
        return possible_actions(self.case, self.actor, self.now)

    @cached_property
    def needs(self) -> list[Need]:
        return list(self.case.needs.select_related("solved_by"))

    @property
    def cleared_needs(self) -> list[Need]:
        return [need for need in self.needs if need.state != Need.State.OPEN]

    @cached_property
    def open_needs(self) -> list[Need]:
        """The needs that are open, the one due first on top; those without a date last."""
        needs = (need for need in self.needs if need.state == Need.State.OPEN)
        return sorted(needs, key=lambda need: (need.due_on is None, need.due_on or self.today, need.pk))

    @property
    def next_need(self) -> Need | None:
        return next((need for need in self.open_needs if need.due_on), None)

    @property
    def age(self) -> int:
        return self.case.person.age_on(self.today)

    @property
    def masked(self) -> str:
        """The identity number with the personal part hidden: the rest follows from the birth date."""
        return f"{self.case.person.birth_date:%d%m%y}\N{NO-BREAK SPACE}•••••"

    @property
    def stage_words(self) -> str:
        return str(STAGES[self.case.stage])

    @property
    def track_words(self) -> str:
        return str(TRACKS[self.case.track])

    @property
    def track_color(self) -> str:
        return TRACK_COLORS.get(self.case.track, "neutral")

    @property
    def unit_title(self) -> str:
        return self.policy.unit(self.case.unit).title

    def url(self, name: str, *args: object) -> str:
        return reverse(f"desk:{name}", args=(self.number, *args))

    def tabs(self) -> tuple[Tab, ...]:
        return tuple(Tab(_(title), self.url(name), name == self.tab) for name, title, _look in TABS)


def open_page(request: HttpRequest, number: str, tab: str, *, what: str = "") -> CasePage:
    """The case, for staff who may handle it; anyone else is told that it does not exist.

    A look is logged. A form that is posted is no look: what it does is an event, and if it has to be shown
    again `show` logs it.
    """
    actor, now = request.actor, request.now  # type: ignore[attr-defined]
    if request.method == "POST" and not what:
        found = cases_to_work_on(actor, now).select_related("person", "assigned_to").filter(number=number)
        if case := found.first():
            return CasePage(request, case, tab, logged=False)
    try:
        case = case_to_handle(actor, number, now, what=what or LOOKS[tab])
    except NotFound:
        raise Http404 from None
    return CasePage(request, case, tab, logged=True)


def show(page: CasePage, template: str, context: dict[str, Any]) -> HttpResponse:
    """The tab, or a form shown again with what must be put right."""
    if not page.logged:
        case_to_handle(page.actor, page.number, page.now, what=LOOKS[page.tab])
    shared = {"page": page, "case": page.case, "tabs": page.tabs(), "can": page.possible.all}
    return render(page.request, f"desk/case/{template}", {**shared, **context})
