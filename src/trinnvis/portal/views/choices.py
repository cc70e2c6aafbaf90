"""The alternatives on the ladder in words, and the criteria as the municipality has answered them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from trinnvis.casework.queries.alternatives import AlternativeView, alternatives_in_words
from trinnvis.casework.queries.criteria import criteria_services, criteria_states
from trinnvis.formats import amount
from trinnvis.portal.presenting import case_context
from trinnvis.portal.visit import Visit, case_page


@require_safe
@case_page(_("Saken: alternativer og kriterier"))
def alternatives(request: HttpRequest, visit: Visit) -> HttpResponse:
    context = {
        **case_context(visit, "alternatives"),
        "alternatives": [_row(each) for each in alternatives_in_words(visit.case)],
        "criteria": criteria_states(visit.case, criteria_services(visit.case)),
    }
    return render(request, "portal/case/alternatives.html", context)


def _row(alternative: AlternativeView) -> dict[str, object]:
    lines = [
        {
            "line": each.line,
            "service": each.service,
            "step": each.step,
            "amount": amount(each.line.amount, each.unit),
        }
        for each in alternative.lines
    ]
    return {"alternative": alternative, "lines": lines}
