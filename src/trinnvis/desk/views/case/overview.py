"""The overview (oversikt): what is open, what one can do now, and who it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from trinnvis.access.models import StaffRole
from trinnvis.casework.models import Need
from trinnvis.casework.queries.applications import applied_for
from trinnvis.casework.queries.granted import services_of
from trinnvis.casework.rules.actions import Action
from trinnvis.desk.places import place_of, place_of_need
from trinnvis.people.queries import (
    consents_in_force,
    household_of,
    identity_number_of,
    mandates_for,
    next_of_kin_of,
)
from trinnvis.policy.model import NeedKind
from trinnvis.site.pages import staff_page

from .page import CasePage, open_page, show

NUMBER_SHOWN = gettext_noop("Fødselsnummeret og oversikten over saken")
ROLES = dict(StaffRole.Role.choices)


@dataclass(frozen=True)
class OpenNeed:
    """One line of the checklist."""

    need: Need
    kind: NeedKind
    who: str
    url: str


@dataclass(frozen=True)
class ToDo:
    """An action with the address where it is done."""

    action: Action
    url: str
    title: str


@staff_page
def overview(request: HttpRequest, number: str) -> HttpResponse:
    return _shown(open_page(request, number, "case"), identity_number="")


@staff_page
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """The overview with the identity number in clear; never in an address, and the look says so."""
    if request.method != "POST":
        return redirect("desk:case", number)
    page = open_page(request, number, "case", what=NUMBER_SHOWN)
    return _shown(page, identity_number=identity_number_of(page.case.person))


def _shown(page: CasePage, *, identity_number: str) -> HttpResponse:
    person = page.case.person
    open_kinds = {need.kind for need in page.open_needs}
    mine = [do for action in page.possible.mine if (do := _to_do(page, action)).url]
    context = {
        "needs": [_open_need(page, need) for need in page.open_needs],
        "cleared": page.cleared_needs,
        "titles": {kind.code: kind.title for kind in page.policy.needs},
        "now_first": [do for do in mine if do.action.allowed and do.action.need in open_kinds],
        "now_also": [do for do in mine if do.action.allowed and do.action.need not in open_kinds],
        "not_now": [do for do in mine if not do.action.allowed],
        "applied_for": applied_for(page.case),
        "enquiries": page.case.enquiries.select_related("contact", "registered_by").order_by("-received_at"),
        "identity_number": identity_number,
        "dwelling": person.household.dwelling if person.household else None,
        "housing": page.case.housing.order_by("-revision").first(),
        "household": household_of(person),
        "kin": next_of_kin_of(person),
        "mandates": mandates_for(person, page.today),
        "consents": consents_in_force(person, page.now),
        "services": services_of(person, page.today),
    }
    return show(page, "overview.html", context)


def _to_do(page: CasePage, action: Action) -> ToDo:
    """To take a case, or to pass on the one has, is the same action seen from two sides."""
    if action.code == "assign":
        has_it = page.case.assigned_to_id == page.actor.account_id
        title = _("Gi saken til noen") if has_it else action.title
        return ToDo(action, page.url("case_act", "assign" if has_it else "take"), title)
    return ToDo(action, place_of(action.code, page.number), action.title)


def _open_need(page: CasePage, need: Need) -> OpenNeed:
    kind = page.policy.need_kind(need.kind)
    return OpenNeed(need, kind, _names(kind.roles), place_of_need(need.kind, page.number, page.possible))


def _names(roles: Iterable[str]) -> str:
    return ", ".join(str(ROLES.get(role, role)) for role in roles)
