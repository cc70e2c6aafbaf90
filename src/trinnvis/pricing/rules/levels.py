"""A price index read from a file: a level for each year, or growth in per cent from the year before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from trinnvis.policy.price_rules import YEARS

from .faults import RowFault
from .faults import gettext_noop as _
from .typed import number

START: Final = Decimal(100)
MOST_GROWTH: Final = Decimal(50)
YEAR, LEVEL, GROWTH = "år", "indeks", "vekst"


def read_levels(
    rows: Iterable[tuple[int, Mapping[str, str]]],
) -> tuple[dict[int, Decimal], tuple[RowFault, ...]]:
    """Levels by year with no hole between the first and the last, or every fault with its line.

    The columns are `år` and either `indeks`, or `vekst` in per cent; growth is chained from 100 the year
    before the first.
    """
    found: dict[int, tuple[int, Decimal, bool]] = {}
    faults: list[RowFault] = []
    for line, cells in rows:
        text = str(cells.get(YEAR, "")).strip().removesuffix(".0")
        if not (text.isascii() and text.isdigit() and int(text) in range(1900, YEARS[-1] + 1)):
            faults.append(RowFault(YEAR, _("«%(text)s» er ikke et årstall."), {"text": text}, line))
            continue
        grows = not str(cells.get(LEVEL, "")).strip()
        raw = str(cells.get(GROWTH if grows else LEVEL, "")).strip().removesuffix("%")
        value = number(raw)
        if value is None or not _possible(value, grows):
            message = _("«%(text)s» er ikke en indeks over null, eller en vekst på høyst 50 prosent.")
            faults.append(RowFault(LEVEL, message, {"text": raw}, line))
        elif int(text) in found:
            faults.append(RowFault(YEAR, _("Året %(year)s står to ganger."), {"year": text}, line))
        else:
            found[int(text)] = (line, value, grows)
    if faults:
        return {}, tuple(faults)
    return _joined(found)


def _possible(value: Decimal, grows: bool) -> bool:
    return abs(value) <= MOST_GROWTH if grows else value > 0


def _joined(
    found: Mapping[int, tuple[int, Decimal, bool]],
) -> tuple[dict[int, Decimal], tuple[RowFault, ...]]:
    years = sorted(found)
    if len(years) < 1:
        return {}, (
            RowFault("", _("Fila har ingen år. Den skal ha kolonnene «år» og «indeks» eller «vekst».")),
        )
    holes = [year for year in range(years[0], years[-1]) if year not in found]
    if holes:
        return {}, (
            RowFault(YEAR, _("Året %(year)s mangler. En serie kan ikke ha hull."), {"year": holes[0]}),
        )
    kinds = {grows for _line, _value, grows in found.values()}
    if len(kinds) > 1:
        return {}, (RowFault("", _("Noen år har indeks og andre vekst. Bruk samme mål i hele fila.")),)
    if kinds == {False}:
        return {year: found[year][1] for year in years}, ()
    levels = {years[0] - 1: START}
    for year in years:
        levels[year] = levels[year - 1] * (1 + found[year][1] / 100)
    return levels, ()
