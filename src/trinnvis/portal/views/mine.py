"""Min side, and who has read the file (innsynslogg)."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trinnvis.access.queries import read_log_of, represented_by
from trinnvis.access.rules import title_of
from trinnvis.casework.queries.decisions import decisions_to
from trinnvis.casework.queries.mine import MyCase, cases_of, enquiries_of
from trinnvis.policy.queries import NoPolicy, policy_at
from trinnvis.portal import contact, public
from trinnvis.portal.actor import citizen_of, now_of
from trinnvis.portal.wording import CALLS, MANDATE_KINDS
from trinnvis.site.pages import citizen_page
from trinnvis.site.templatetags.trinnvis import norwegian

LOOKS_A_PAGE = 25
MOST_OFFERS = 3


@require_safe
@citizen_page
def my_page(request: HttpRequest) -> HttpResponse:
    actor, now = citizen_of(request), now_of(request)
    cases = cases_of(actor, now)
    begun = contact.begun_by(actor)
    context = {
        "own": [_row(case) for case in cases if case.is_own],
        "others": [_row(case) for case in cases if not case.is_own],
        "decisions": decisions_to(actor, now),
        "enquiries": enquiries_of(actor, now),
        "represented": [
            {"who": each, "kinds": ", ".join(str(MANDATE_KINDS[kind]) for kind in each.kinds)}
            for each in represented_by(actor, now)
        ],
        "begun": begun,
        "step_number": begun.step,
        "offers": _offers(request),
    }
    return render(request, "portal/mine/my_page.html", context)


@require_safe
@citizen_page
def read_log(request: HttpRequest, key: int | None = None) -> HttpResponse:
    """Every look into one's own file, or into that of someone one may read for."""
    actor, now = citizen_of(request), now_of(request)
    may_read = [each.person for each in represented_by(actor, now) if each.may_read]
    myself = request.user.person  # type: ignore[union-attr]
    person = myself if key is None else next((p for p in may_read if p.pk == key), None)
    if person is None:
        raise Http404
    page = Paginator(read_log_of(person, actor=actor, now=now), LOOKS_A_PAGE).get_page(
        request.GET.get("side")
    )
    context = {
        "person": person,
        "is_own": person == myself,
        "page": page,
        "looks": [
            {
                "entry": entry,
                "what": _what(entry.what),
                "why": _(title_of(entry.basis)) if entry.basis else "",
            }
            for entry in page
        ],
        "others": [each for each in may_read if each != person],
        "myself": myself,
    }
    return render(request, "portal/mine/read_log.html", context)


def _what(text: str) -> str:
    """What was looked at, in the reader's language where the log has one of the pages' own sentences."""
    translated = _(text)
    return norwegian(text) if translated == text else translated


def _row(case: MyCase) -> dict[str, object]:
    calls = [str(CALLS[kind]) for kind in case.waits_for_you if kind in CALLS and case.can_write]
    return {"case": case, "calls": calls}


def _offers(request: HttpRequest) -> tuple[object, ...]:
    try:
        return public.usable_today(policy_at(timezone.localdate(now_of(request))))[:MOST_OFFERS]
    except NoPolicy:
        return ()
