"""Person-years (årsverk) by year, unit and profession."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from trinnvis.marking import gettext_noop as _
from trinnvis.ownfigures.rules.cells import amount_of
from trinnvis.ownfigures.rules.faults import RowFault
from trinnvis.ownfigures.rules.found import Dated, Found, placed, repeated, seems_of_persons
from trinnvis.ownfigures.rules.rows import OwnRow

MOST: Final = 50_000
ONE_POSITION: Final = Decimal("1.00")
FEW: Final = 8
"""So many rows alike, none above one person-year, is a list of positions."""


def staff_rows(records: Dated) -> Found:
    """Sums by year, unit and profession, either of them "" where the file has none."""
    faults: list[RowFault] = []
    keyed = []
    amounts: list[Decimal] = []
    summed: dict[tuple[int, str, str], Decimal] = {}
    for year, record in records:
        amount = amount_of(record.cells.get("person_years", ""), signed=False)
        if not isinstance(amount, RowFault) and amount > MOST:
            amount = RowFault(
                _("%(text)s årsverk er for mange."), _("Se over tallet."), values={"text": amount}
            )
        if isinstance(amount, RowFault):
            faults.append(placed(amount, record, "person_years"))
            continue
        unit, profession = record.text("unit"), record.text("profession")
        keyed.append(((year, unit.casefold(), profession.casefold(), record.rest), record))
        amounts.append(amount)
        place = year, unit, profession
        summed[place] = summed.get(place, Decimal()) + amount
    again = list(repeated(keyed))
    if len(again) >= FEW and amounts and max(amounts) <= ONE_POSITION:
        return Found((), (seems_of_persons(_("ansatt")),))
    rows = tuple(
        OwnRow(year, (unit, profession), (total,))
        for (year, unit, profession), total in sorted(summed.items())
    )
    return Found(rows, (*faults, *again))
