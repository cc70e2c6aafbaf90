"""Whole tables down and up: the yearly budget, hours planned and done, and what is used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from trinnvis.access.rules import PLANNING_ROLES
from trinnvis.delivery import layouts
from trinnvis.delivery.errors import Fault, Faulty
from trinnvis.delivery.files import LARGEST, as_csv, as_xlsx
from trinnvis.delivery.queries import editing as stored
from trinnvis.delivery.queries.ground import earliest
from trinnvis.delivery.services.budgets import Imported, import_budgets
from trinnvis.delivery.services.hours import import_hours, import_used
from trinnvis.figures.responses import XLSX
from trinnvis.planner.forms.capacity import BudgetFileForm, HoursFileForm, UsedFileForm
from trinnvis.site.forms import Form
from trinnvis.site.pages import form_data, staff_page_for

from .here import Here, here

FAULTS_SHOWN = 50
FORMS: dict[str, type[Form]] = {"budget": BudgetFileForm, "hours": HoursFileForm, "used": UsedFileForm}


@dataclass(frozen=True)
class Section:
    """One table: where it is downloaded (label, Excel, CSV) and the form that takes it back."""

    name: str
    title: str
    text: str
    form: Form
    files: list[tuple[str, str, str]]


@staff_page_for(PLANNING_ROLES)
def tables_page(request: HttpRequest) -> HttpResponse:
    at = here(request)
    data = form_data(request)
    which = data.get("table", "") if data is not None else ""
    forms = {
        name: form(data, request.FILES or None) if name == which else form() for name, form in FORMS.items()
    }
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        if which not in forms:
            raise Http404
        if forms[which].is_valid():
            try:
                done = _IMPORTS[which](at, forms[which].cleaned_data)
            except Faulty as error:
                faults = error.faults
            else:
                messages.success(
                    request,
                    _("Lest inn: %(new)s nye, %(changed)s endret, %(unchanged)s som før.")
                    % {"new": done.new, "changed": done.changed, "unchanged": done.unchanged},
                )
                return HttpResponseRedirect(reverse("planner:capacity_tables"))
    return render(
        request,
        "planner/capacity/tables.html",
        {
            "forms": list(forms.values()),
            "sections": _sections(at, forms),
            "faults": faults[:FAULTS_SHOWN],
            "faults_more": max(0, len(faults) - FAULTS_SHOWN),
        },
        status=422 if faults or any(form.errors for form in forms.values()) else 200,
    )


def _sections(at: Here, forms: dict[str, Form]) -> list[Section]:
    years = (at.today.year - 1, at.today.year, at.today.year + 1)
    return [
        Section(
            "budget",
            _("Budsjett"),
            _(
                "Kroner, og arbeidstimer for hvert yrke. Kolonnen Utgave skal stå som den er: "
                "den viser hvilket budsjett du hadde foran deg."
            ),
            forms["budget"],
            [_file_row(_("Budsjett %(year)s") % {"year": year}, f"budsjett-{year}") for year in years],
        ),
        Section(
            "hours",
            _("Planlagte og utførte timer"),
            _(
                "Timer hos innbygger for hver tjeneste, i hele måneder eller uker fra mandag til søndag. "
                "La cellen stå tom når tallet ikke er kjent."
            ),
            forms["hours"],
            [_file_row(_("Timer siden i fjor"), "timer")],
        ),
        Section(
            "used",
            _("Kroner og arbeidstimer brukt"),
            _("Én rad for hver måned, med den første dagen i måneden, etter regnskap og lønn."),
            forms["used"],
            [_file_row(_("Forbruk siden i fjor"), "forbruk")],
        ),
    ]


def _file_row(label: str, table: str) -> tuple[str, str, str]:
    xlsx, csv = (reverse("planner:capacity_table", args=(table, ending)) for ending in ("xlsx", "csv"))
    return label, xlsx, csv


@staff_page_for(PLANNING_ROLES)
def table_file(request: HttpRequest, table: str, ending: str) -> HttpResponse:
    """The table as it stands, or empty to fill in: the units the reader may change."""
    at = here(request)
    sheet = _sheet(at, table)
    if ending == "csv":
        content, kind = as_csv(sheet.headings, sheet.rows), "text/csv; charset=utf-8"
    elif ending == "xlsx":
        content, kind = as_xlsx(sheet.title, sheet.headings, sheet.rows), XLSX
    else:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{table}.{ending}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


def _sheet(at: Here, table: str) -> layouts.Sheet:
    units = [unit.code for unit in stored.units_to_edit(at.actor, at.policy)]
    name, _dash, number = table.partition("-")
    if name == "budsjett" and number.isdecimal() and abs(int(number) - at.today.year) <= 1:
        year = int(number)
        return layouts.budget_sheet(at.policy, year, stored.budgets_of(year, units), units)
    if table == "timer":
        return layouts.hours_sheet(stored.hours_of_units(units, earliest(at.today)))
    if table == "forbruk":
        return layouts.used_sheet(stored.used_of_units(units, earliest(at.today)))
    raise Http404


def _content(said: dict[str, Any]) -> tuple[str, bytes]:
    """The file's name and what is in it, no more of it than may be read."""
    return said["file"].name, said["file"].read(LARGEST + 1)


def _budget(at: Here, said: dict[str, Any]) -> Imported:
    rows = layouts.read_budgets(at.policy, *_content(said))
    return import_budgets(policy=at.policy, rows=rows, **at.who)


def _hours(at: Here, said: dict[str, Any]) -> Imported:
    rows = layouts.read_hours(*_content(said))
    return import_hours(policy=at.policy, rows=rows, source=said["source"], status=said["status"], **at.who)


def _used(at: Here, said: dict[str, Any]) -> Imported:
    rows = layouts.read_used(*_content(said))
    return import_used(policy=at.policy, rows=rows, source=said["source"], status=said["status"], **at.who)


_IMPORTS: dict[str, Callable[[Here, dict[str, Any]], Imported]] = {
    "budget": _budget,
    "hours": _hours,
    "used": _used,
}
