"""The alternatives (alternativer) side by side, with hours and kroner once the need is written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trinnvis.casework import services
from trinnvis.casework.errors import Incomplete, Refused
from trinnvis.casework.queries.alternatives import (
    AlternativeView,
    ComparedAlternative,
    Comparison,
    alternatives_in_words,
    comparison,
)
from trinnvis.casework.queries.criteria import considered, criteria_states
from trinnvis.delivery.queries.margin import UnitMargin, margins
from trinnvis.desk.forms.faults import put_on
from trinnvis.desk.forms.lines import LineForm, Lines, with_another_row
from trinnvis.policy.model import Step
from trinnvis.policy.queries import policy_at
from trinnvis.site.forms import Form, TextArea
from trinnvis.site.once import done_once
from trinnvis.site.pages import form_data, staff_page

from .page import CasePage, open_page, show


class AlternativeForm(Form):
    title = django_forms.CharField(label=gettext_lazy("Navn på alternativet"), max_length=120)
    why = django_forms.CharField(
        label=gettext_lazy("Hva betyr det for innbyggeren?"), widget=TextArea(3), strip=False
    )


@dataclass(frozen=True)
class Column:
    """One alternative in the comparison. `hours` follow the table's professions; `units`: what it leaves."""

    view: AlternativeView
    compared: ComparedAlternative
    steps: tuple[Step, ...]
    hours: tuple[Decimal | None, ...]
    unpriced: tuple[str, ...]
    units: tuple[UnitMargin, ...]


@staff_page
def alternatives(request: HttpRequest, number: str) -> HttpResponse:
    page = open_page(request, number, "case_alternatives")
    data = form_data(request)
    if data is not None and data.get("then") == "line":
        data = with_another_row(data)
    form, lines = AlternativeForm(data), Lines(LineForm, data, policy=page.policy)
    if request.method == "POST":
        if data is not None and data.get("then") == "line":
            _quiet(form, lines)
        elif done_once(request, lambda: _added(page, form, lines)):
            return HttpResponseRedirect(page.url("case_alternatives"))
    return show(
        page, "alternatives.html", {"form": form, "lines": lines, "forms": [form, *lines], **_context(page)}
    )


def _quiet(form: Form, lines: Lines) -> None:
    """A row more is not a try to save: nothing is told to be wrong yet."""
    for each in (form, *lines):
        each.is_valid()
        each.errors.clear()


def _added(page: CasePage, form: Form, lines: Lines) -> bool:
    if not (form.is_valid() & lines.is_valid()):
        return False
    typed = [line for _row, line in lines.filled]
    try:
        services.add_alternative(page.number, lines=typed, **form.cleaned_data, **page.who)
    except Incomplete as error:
        put_on(form, lines.put_on(error.missing))
        return False
    except Refused as error:
        form.add_error(None, str(error))
        return False
    messages.success(page.request, _("Alternativet er lagt til i sammenligningen."))
    return True


def _context(page: CasePage) -> dict[str, object]:
    found: dict[str, object] = {
        "criteria": criteria_states(page.case, considered(page.case).asked),
        "locked": "",
        "missing": (),
    }
    try:
        compared = comparison(page.case, page.actor, page.now, possible=page.possible)
    except Refused as error:
        if page.possible.state.is_open("assess"):
            found["missing"] = services.what_is_missing(page.case, now=page.now)
        return {**found, "locked": str(error), "in_words": alternatives_in_words(page.case)}
    professions = _professions(compared)
    left = {
        each.alternative: each.units for each in margins(page.case, compared, policy_at(page.today), page.now)
    }
    titles = {entry.code: entry.title for entry in page.policy.professions}
    return {
        **found,
        "comparison": compared,
        "professions": [titles.get(code, code) for code in professions],
        "columns": [
            _column(page, each, professions, left[each.alternative.id]) for each in compared.alternatives
        ],
    }


def _professions(compared: Comparison) -> tuple[str, ...]:
    """Every profession that any alternative takes hours of, each once."""
    used = (
        profession
        for each in compared.alternatives
        for profession in each.figures.result.sums.week.hours_by_profession
    )
    return tuple(dict.fromkeys(used))


def _column(
    page: CasePage,
    each: ComparedAlternative,
    professions: tuple[str, ...],
    units: tuple[UnitMargin, ...],
) -> Column:
    week = each.figures.result.sums.week.hours_by_profession
    return Column(
        view=each.alternative,
        compared=each,
        steps=tuple(page.policy.step(number) for number in each.figures.steps),
        hours=tuple(week.get(profession) for profession in professions),
        unpriced=tuple(
            dict.fromkeys(
                page.policy.service(left.line.service).title for left in each.figures.result.unpriced
            )
        ),
        units=units,
    )
