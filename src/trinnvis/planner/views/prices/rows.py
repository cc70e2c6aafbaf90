"""One price of a draft: new, changed, taken out. The second of two who save is told, and loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from trinnvis.planner.forms.prices import RowForm
from trinnvis.policy.model import AmountUnit
from trinnvis.pricing import queries, services
from trinnvis.pricing.errors import Conflict, Faulty, Refused
from trinnvis.pricing.rules.columns import PER_WORDS, UNIT_WORDS
from trinnvis.pricing.rules.typed import as_typed
from trinnvis.site.components import SummaryRow
from trinnvis.site.pages import actor_of_request, bind, form_data

from .common import EDITORS, now_of, policy_of_today, price_page, status_of, titles

if TYPE_CHECKING:
    from trinnvis.pricing.models import PriceDraft, PriceDraftRow


@price_page(EDITORS)
def new_row(request: HttpRequest, draft_id: int) -> HttpResponse:
    draft, policy = queries.draft_of(draft_id), policy_of_today(request)
    initial = {"service": request.GET.get("tjeneste", ""), "status": "må kontrolleres", "revision": "0"}
    form = bind(RowForm, request, policy=policy, initial=initial)
    return _edited(request, draft, form, None)


@price_page(EDITORS)
def edit_row(request: HttpRequest, draft_id: int, row_id: int) -> HttpResponse:
    draft, policy = queries.draft_of(draft_id), policy_of_today(request)
    stored = queries.stored_row(draft, row_id)
    initial = {**as_typed(queries.row_of(stored)), "revision": str(stored.revision)}
    form = bind(RowForm, request, policy=policy, service=stored.service, initial=initial)
    return _edited(request, draft, form, stored)


@price_page(EDITORS)
def remove_row(request: HttpRequest, draft_id: int, row_id: int) -> HttpResponse:
    draft = queries.draft_of(draft_id)
    stored = queries.stored_row(draft, row_id)
    data = form_data(request)
    seen = data.get("revision", "") if data is not None else ""
    if request.method == "POST":
        try:
            services.remove_row(
                row_id,
                expected_revision=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0,
                actor=actor_of_request(request),
                now=now_of(request),
            )
        except Conflict as conflict:
            messages.warning(request, str(conflict))
            return redirect("planner:price_row", draft.pk, row_id)
        messages.success(request, _("Prisen er tatt ut av utkastet."))
        return redirect("planner:price_draft", draft.pk)
    context = {
        "draft": draft,
        "stored": stored,
        "title": titles(policy_of_today(request)).get(stored.service),
    }
    return render(request, "planner/prices/remove.html", context)


def _edited(
    request: HttpRequest, draft: PriceDraft, form: RowForm, stored: PriceDraftRow | None
) -> HttpResponse:
    """The form shown, or what was typed saved."""
    theirs: list[SummaryRow] = []
    if request.method == "POST" and form.is_valid():
        typed = form.typed if stored is None else {**form.typed, "service": stored.service}
        try:
            services.save_row(
                draft.pk,
                typed=typed,
                expected_revision=form.seen,
                actor=actor_of_request(request),
                now=now_of(request),
            )
        except Faulty as faulty:
            form.put_on(faulty.faults)
        except Conflict as conflict:
            theirs = _theirs(conflict.current, form)
            _build_on(form, conflict.current)
            form.add_error(None, str(conflict))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Prisen er lagret i utkastet."))
            return redirect("planner:price_draft", draft.pk)
    context = {"draft": draft, "form": form, "stored": stored, "theirs": theirs, **_about(request, stored)}
    return render(request, "planner/prices/row.html", context, status=status_of(form))


def _about(request: HttpRequest, stored: PriceDraftRow | None) -> dict[str, Any]:
    if stored is None:
        return {"title": _("Ny pris")}
    row = queries.row_of(stored)
    return {
        "title": titles(policy_of_today(request)).get(stored.service, stored.service),
        "unit": _(UNIT_WORDS[AmountUnit(stored.unit)]),
        "per": _(PER_WORDS[row.per]),
        "remove_url": reverse("planner:price_row_remove", args=[stored.draft_id, stored.pk]),
    }


def _theirs(current: object, form: RowForm) -> list[SummaryRow]:
    """What the other one saved, where it differs from what was typed here."""
    if current is None:
        return []
    saved, mine = as_typed(queries.row_of(current)), form.typed  # type: ignore[arg-type]
    return [
        SummaryRow(str(form.fields[name].label), saved[name] or _("(tomt)"))
        for name in mine
        if name in saved and saved[name] != mine[name].strip()
    ]


def _build_on(form: RowForm, current: Any) -> None:
    """What was typed stays, and the next save knowingly takes the place of theirs."""
    data: Any = form.data
    changed = data.copy()
    changed["revision"] = str(current.revision if current is not None else 0)
    form.data = changed
