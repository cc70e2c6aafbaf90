"""Two lists side by side, and what the difference means for the services that run today."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trinnvis import formats
from trinnvis.access.rules import PLAN_READERS
from trinnvis.casework.queries.price_effect import PriceEffect, price_effect
from trinnvis.figures.responses import download
from trinnvis.planner.forms.prices import CompareForm
from trinnvis.pricing import queries
from trinnvis.pricing.queries import POLICY_KEY
from trinnvis.resources.indexing import Conversion, conversion, converted
from trinnvis.resources.price_book import PriceBook, key_of
from trinnvis.resources.price_changes import RowChange, price_changes
from trinnvis.site.pages import actor_of_request
from trinnvis.trouble import Trouble

from .common import may_edit, policy_of_today, price_page, status_of, titles, today_of
from .comparing_tables import changes_figure, effect_figure
from .drafts import list_choices
from .lists import readable


@dataclass(frozen=True)
class Compared:
    before: PriceBook
    after: PriceBook
    conversions: tuple[Conversion, ...]
    changes: tuple[RowChange, ...]
    effect: PriceEffect

    @property
    def years_differ(self) -> bool:
        return self.before.price_years != self.after.price_years


@price_page(PLAN_READERS)
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    lists = list_choices(request, drafts=may_edit(request))
    first = {"fra": POLICY_KEY, "til": lists[0][0]}
    form = CompareForm(
        request.GET if "fra" in request.GET else None,
        lists=lists,
        indexes=[(each.code, each.title) for each in queries.indexes()],
        initial=first,
    )
    compared = None
    if form.is_bound and form.is_valid():
        try:
            compared = _compared(request, **form.cleaned_data)
        except Trouble as trouble:
            form.add_error("indeks", f"{trouble} {trouble.remedy}".strip())
    named = titles(policy_of_today(request))
    changes = compared.changes if compared else ()
    context = {
        "form": form,
        "compared": compared,
        "finding": finding(compared.effect) if compared else "",
        "rows": [(named.get(each.service, each.service), each) for each in changes],
        "differing": sum(1 for each in changes if each.kind != "same"),
        "query": urlencode(form.cleaned_data) if compared else "",
    }
    return render(request, "planner/prices/compare.html", context, status=status_of(form))


@price_page(PLAN_READERS)
@require_safe
def compare_file(request: HttpRequest, what: str, ending: str) -> HttpResponse:
    """The rows (`rader`) or the effect (`virkning`) of a comparison as a file."""
    makers = {"rader": changes_figure, "virkning": effect_figure}
    if what not in makers:
        raise Http404
    try:
        found = _compared(
            request, request.GET.get("fra", ""), request.GET.get("til", ""), request.GET.get("indeks", "")
        )
    except Trouble as trouble:
        raise Http404 from trouble
    figure = makers[what](
        found.changes, found.effect, titles(policy_of_today(request)), _credit(found), finding(found.effect)
    )
    return download(figure, ending)


def finding(effect: PriceEffect) -> str:
    """The sentence that says what the difference means."""
    if not effect.before and not effect.after:
        return _("Ingen av tjenestene som er i bruk i dag, har pris i begge listene.")
    values = {
        "before": formats.kroner(effect.before),
        "after": formats.kroner(effect.after),
        "change": formats.kroner(abs(effect.change)),
        "share": formats.percent(abs(effect.share or Decimal(0)), 1),
    }
    if not effect.change:
        return _("Tjenestene som er i bruk i dag, koster %(after)s i året med begge listene.") % values
    if effect.change > 0:
        return (
            _(
                "Tjenestene som er i bruk i dag, koster %(after)s i året, mot %(before)s før: "
                "%(change)s (%(share)s) mer."
            )
            % values
        )
    return (
        _(
            "Tjenestene som er i bruk i dag, koster %(after)s i året, mot %(before)s før: "
            "%(change)s (%(share)s) mindre."
        )
        % values
    )


def _compared(request: HttpRequest, fra: str, til: str, indeks: str) -> Compared:
    """
    Raises:
        Trouble: a price year outside the index.
        NotFound: no such list or index.
    """
    before, after = readable(request, fra).book, readable(request, til).book
    used: tuple[Conversion, ...] = ()
    if indeks:
        before, used = _in_the_years_of(before, after, indeks)
    return Compared(
        before,
        after,
        used,
        price_changes(before, after),
        price_effect(actor_of_request(request), before, after, policy_of_today(request), today_of(request)),
    )


def _in_the_years_of(
    book: PriceBook, target: PriceBook, code: str
) -> tuple[PriceBook, tuple[Conversion, ...]]:
    """The first list in the second's price years, row by row."""
    series = queries.index_of(code)
    last = max(target.price_years, default=0)
    used: dict[tuple[int, int], Conversion] = {}
    rows = []
    for row in book.rows:
        other = target.by_key.get(key_of(row))
        year = other.price_year if other else last or row.price_year
        if year != row.price_year:
            how = used.setdefault((row.price_year, year), conversion(series, row.price_year, year))
            row = converted(row, how)
        rows.append(row)
    return PriceBook(book.name, tuple(rows), book.valid_from), tuple(used.values())


def _credit(found: Compared) -> str:
    told = [f"{found.before.name} → {found.after.name}", *(each.told for each in found.conversions)]
    return ". ".join(told)
