"""Tables in files (csv and xlsx): read with every fault on its row, written so that they can be read back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from trinnvis import formats, tabular
from trinnvis.tabular import Limits, as_csv, as_xlsx
from trinnvis.trouble import Trouble

from .errors import Fault, Faulty

__all__ = ["Cell", "Row", "as_csv", "as_xlsx", "read_table"]

LARGEST = 2 * 1024 * 1024  # bytes
MOST_ROWS = 5000
Cell = str | int | Decimal | date | None


@dataclass(frozen=True)
class Row:
    """One row of a file: its number as a spreadsheet counts, and its cells by heading in small letters."""

    number: int
    cells: dict[str, Cell]

    def text(self, heading: str) -> str:
        value = self.cells.get(heading.casefold())
        if isinstance(value, Decimal) and value == value.to_integral_value():
            return str(int(value))
        return "" if value is None else tabular.as_text(value) if isinstance(value, str) else str(value)

    def number_in(self, heading: str, faults: list[Fault]) -> Decimal | None:
        """A number, None for an empty cell; a fault when it is neither."""
        value = self.cells.get(heading.casefold())
        if isinstance(value, Decimal):
            return value.quantize(Decimal("0.01"))
        text = re.sub(r"\s", "", "" if value is None else str(value)).replace(formats.MINUS, "-")
        if not text or text == formats.MISSING:
            return None
        if not re.fullmatch(r"-?[0-9]{1,12}([.,][0-9]{1,2})?", text):
            faults.append(
                Fault(
                    _("«%(text)s» under «%(heading)s» er ikke et tall. Skriv for eksempel 1234,5.")
                    % {"text": text[:40], "heading": heading},
                    "",
                    self.number,
                )
            )
            return None
        return Decimal(text.replace(",", "."))

    def day_in(self, heading: str, faults: list[Fault]) -> date | None:
        """A date, dd.mm.åååå or åååå-mm-dd; a fault when it is none."""
        value = self.cells.get(heading.casefold())
        if isinstance(value, date):
            return value
        text = "" if value is None else str(value).strip()
        for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
            try:
                return datetime.strptime(text, pattern).date()  # noqa: DTZ007 a day has no zone
            except ValueError:
                continue
        faults.append(
            Fault(
                _("«%(text)s» under «%(heading)s» er ikke en dato. Skriv for eksempel 01.03.2026.")
                % {"text": text[:40], "heading": heading},
                "",
                self.number,
            )
        )
        return None


def read_table(name: str, content: bytes, wanted: Sequence[str]) -> list[Row]:
    """The rows of a csv or xlsx file whose first row holds the `wanted` headings, in any order.

    Raises:
        Faulty: not such a file, a heading that is missing or twice, no rows, or too many.
    """
    try:
        table = tabular.read_table(name, content, Limits(bytes=LARGEST))
    except Trouble as trouble:
        raise _faulty(f"{trouble} {trouble.remedy}") from trouble
    headings = [str(cell or "").strip().casefold() for cell in (table[0] if table else ())]
    missing = [heading for heading in wanted if heading.casefold() not in headings]
    if missing:
        raise _faulty(
            _("Kolonnen «%(heading)s» mangler i første rad. Last ned tabellen her, og bruk den som mal.")
            % {"heading": missing[0]},
            row=1,
        )
    twice = [heading for heading in headings if heading and headings.count(heading) > 1]
    if twice:
        raise _faulty(_("Kolonnen «%(heading)s» står to ganger.") % {"heading": twice[0]}, row=1)
    rows = [
        Row(number, {heading: cell for heading, cell in zip(headings, cells, strict=False) if heading})
        for number, cells in enumerate(table[1:], start=2)
        if any(cell not in (None, "") for cell in cells)
    ]
    if not rows:
        raise _faulty(_("Filen har ingen rader under overskriftene."))
    if len(rows) > MOST_ROWS:
        raise _faulty(_("Filen har for mange rader. Den kan ha høyst %(most)s.") % {"most": MOST_ROWS})
    return rows


def _faulty(message: str, row: int | None = None) -> Faulty:
    return Faulty((Fault(message, "", row),))
