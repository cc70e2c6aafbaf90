"""Adopt a draft: who, from when, and what it will mean."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.planner.forms.prices import AdoptForm
from trinnvis.pricing import queries, services
from trinnvis.pricing.errors import Conflict, Refused
from trinnvis.pricing.queries import DRAFT_KEY
from trinnvis.pricing.rules.adopting import why_not
from trinnvis.site.pages import actor_of_request, bind

from .common import EDITORS, now_of, policy_of_today, price_page, status_of, titles, today_of
from .lists import doubtful


@price_page(EDITORS)
def adopt(request: HttpRequest, draft_id: int) -> HttpResponse:
    draft, policy, actor = queries.draft_of(draft_id), policy_of_today(request), actor_of_request(request)
    found = queries.named(f"{DRAFT_KEY}{draft.pk}", policy, today_of(request))
    initial = {"valid_from": date(today_of(request).year + 1, 1, 1), "revision": str(draft.revision)}
    form = bind(AdoptForm, request, initial=initial)
    refused = why_not(
        policy.price_list_rule, roles=actor.role_names, actor=actor.key, last_editor=draft.changed_by_id
    )
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            adopted = services.adopt(
                draft.pk,
                valid_from=form.cleaned_data["valid_from"],
                decision=form.cleaned_data["decision"],
                expected_revision=int(revision) if revision.isascii() and revision.isdigit() else 0,
                actor=actor,
                now=now_of(request),
            )
        except (Conflict, Refused) as refusal:
            form.add_error(None, str(refusal))
        else:
            told = _("Prisliste %(number)s er vedtatt og gjelder fra %(day)s.")
            day = formats.long_date(adopted.valid_from)
            messages.success(request, told % {"number": adopted.number, "day": day})
            return redirect("planner:price_list", str(adopted.number))
    rows = found.book.by_key
    named = titles(policy)
    context = {
        "draft": draft,
        "form": form,
        "count": len(rows),
        "doubtful": doubtful(found),
        "without": [
            named[service.code] for service in policy.services if (service.code, service.unit) not in rows
        ],
        "why_not": _(refused) if refused else "",
    }
    return render(request, "planner/prices/adopt.html", context, status=status_of(form))
