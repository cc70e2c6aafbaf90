"""Tables in files (csv and xlsx): read with every fault on its row, written so that they can be read back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zipfile import BadZipFile, ZipFile

import xlsxwriter
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from trinnvis import formats

from .errors import Fault, Faulty

LARGEST = 2 * 1024 * 1024  # bytes
LARGEST_UNPACKED = 50 * 1024 * 1024
MOST_ROWS = 5000
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
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
        return "" if value is None else str(value).strip()

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
    if len(content) > LARGEST:
        raise _faulty(_("Filen er for stor. Den kan være høyst 2 MB."))
    table = _xlsx(content) if content.startswith(b"PK") else _csv(name, content)
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


def _xlsx(content: bytes) -> list[list[Cell]]:
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(each.file_size for each in packed.infolist())
    except BadZipFile:
        unpacked = 0  # the reader below says what is wrong
    if unpacked > LARGEST_UNPACKED:
        raise _faulty(_("Filen er for stor. Den kan være høyst 2 MB."))
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError) as error:
        message = _("Filen kan ikke leses som Excel. Lagre den som .xlsx eller .csv, og prøv igjen.")
        raise _faulty(message) from error
    return [[_cell(value) for value in row] for row in rows]


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return Decimal(str(value))
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else str(value)


def _csv(name: str, content: bytes) -> list[list[Cell]]:
    if b"\0" in content:
        raise _faulty(_("«%(name)s» er verken csv eller Excel (.xlsx).") % {"name": name[:80]})
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    delimiter = max(";\t,", key=first.count)
    try:
        return [list[Cell](row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error as error:
        raise _faulty(_("Filen kan ikke leses som csv: %(error)s") % {"error": error}) from error


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Semicolons, decimal comma and a mark Excel knows; a text that looks like a formula is made harmless."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_plain(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return format(cell, "f").replace(".", ",")
    if isinstance(cell, date):
        return formats.short_date(cell)
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def as_xlsx(title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet with the headings in the first row."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(title[:31])
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, head)
        sheet.set_column(column, column, 28 if column < 2 else 14)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, Decimal | int):
                sheet.write_number(number, column, cell)
            elif isinstance(cell, date):
                sheet.write_datetime(number, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
            elif cell:
                sheet.write_string(number, column, cell)
    sheet.freeze_panes(1, 2)
    book.close()
    return out.getvalue()
