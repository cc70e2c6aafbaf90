"""Price indexes: which there are, where they come from, and a new one from a file."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from trinnvis.access.rules import PLAN_READERS
from trinnvis.planner.forms.prices import IndexForm
from trinnvis.pricing import queries, services, sheets
from trinnvis.pricing.errors import Faulty, Refused
from trinnvis.site.pages import actor_of_request
from trinnvis.trouble import Trouble

from .common import may_edit, now_of, price_page, status_of


@price_page(PLAN_READERS)
def index_page(request: HttpRequest) -> HttpResponse:
    form = IndexForm(request.POST, request.FILES) if request.method == "POST" else IndexForm()
    report: list[dict[str, object]] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            services.import_index(
                title=form.cleaned_data["title"],
                source=form.cleaned_data["source"],
                licence=form.cleaned_data["licence"],
                rows=sheets.index_rows(file.name, file.read()),
                actor=actor_of_request(request),
                now=now_of(request),
            )
        except Trouble as trouble:
            form.add_error("file", f"{trouble} {trouble.remedy}".strip())
        except Faulty as faulty:
            report = [
                {"line": each.line, "column": each.column, "told": each.told(_)} for each in faulty.faults
            ]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Indeksen er tatt inn."))
            return redirect("planner:price_indexes")
    context = {
        "form": form,
        "report": report,
        "indexes": [
            {
                "index": each,
                "series": queries.series_of(each),
                "levels": sorted(queries.series_of(each).levels.items()),
            }
            for each in queries.indexes()
        ],
        "may_edit": may_edit(request),
    }
    status = status_of(form, faulty=bool(report))
    return render(request, "planner/prices/indexes.html", context, status=status)
