"""Accounts by KOSTRA function and art (regnskap), in kroner."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from trinnvis.marking import gettext_noop as _
from trinnvis.ownfigures.rules.cells import amount_of
from trinnvis.ownfigures.rules.codes import NOT_USED, art_kind, functions
from trinnvis.ownfigures.rules.faults import RowFault
from trinnvis.ownfigures.rules.found import Dated, Found, placed, repeated
from trinnvis.ownfigures.rules.kinds import Unit
from trinnvis.ownfigures.rules.mapping import Mapping
from trinnvis.ownfigures.rules.rows import OwnRow
from trinnvis.ownfigures.rules.words import meaning_of

CENT: Final = Decimal("0.01")


def account_rows(records: Dated, mapping: Mapping) -> Found:
    """Sums by year, function and art. Functions of other sectors are left. art "": the file has none."""
    faults: list[RowFault] = []
    keyed, left = [], 0
    summed: dict[tuple[int, str, str], Decimal] = {}
    known = {one.code for one in functions()}
    times = 1000 if mapping.unit is Unit.THOUSAND else 1
    for year, record in records:
        text = record.text("function")
        function = meaning_of("function", text, mapping)
        if function == NOT_USED:
            left += 1
            continue
        if function not in known:
            fault = RowFault(
                _("«%(text)s» er ikke en kjent KOSTRA-funksjon."),
                _("Velg hva den svarer til, eller at den ikke skal være med."),
                values={"text": text[:40]},
            )
            faults.append(placed(fault, record, "function"))
            continue
        amount, art = amount_of(record.cells.get("nok", ""), signed=True), record.text("art")
        if isinstance(amount, RowFault):
            faults.append(placed(amount, record, "nok"))
            continue
        if "art" in mapping.columns and art_kind(art) is None:
            fault = RowFault(
                _("«%(text)s» er ikke en art."),
                _("Bruk KOSTRA-arten med tre siffer, for eksempel 010."),
                values={"text": art[:40]},
            )
            faults.append(placed(fault, record, "art"))
            continue
        code = _art_code(art)
        keyed.append(((year, text, art, record.rest, amount), record))
        place = year, function, code
        summed[place] = summed.get(place, Decimal()) + amount * times
    faults += repeated(keyed)
    rows = tuple(
        OwnRow(year, (function, code), (total.quantize(CENT),))
        for (year, function, code), total in sorted(summed.items())
    )
    return Found(rows, tuple(faults), left)


def _art_code(art: str) -> str:
    match = re.match(r"[0-9]{1,3}", art)
    return match[0].zfill(3) if match else ""


def gross_of(rows: tuple[OwnRow, ...]) -> dict[tuple[int, str], Decimal]:
    """(year, function) → gross operating expenditure; all of it where the accounts name no art."""
    found: dict[tuple[int, str], Decimal] = {}
    for row in rows:
        function, art = row.keys
        if row.values[0] is not None and (not art or art_kind(art) == "gross"):
            place = row.year, function
            found[place] = found.get(place, Decimal()) + row.values[0]
    return found
