"""Price lists and indexes as csv and Excel files: written so that what is written can be read back."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

import xlsxwriter
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from trinnvis.policy.model import Policy, PriceRow
from trinnvis.trouble import Trouble

from .rules.columns import COLUMNS, PER_WORDS
from .rules.levels import GROWTH, LEVEL, YEAR
from .rules.typed import as_typed, number
from .rules.whole import NumberedRow

MOST_BYTES: Final = 2_000_000
MOST_UNPACKED: Final = 40_000_000
MOST_ROWS: Final = 5_000
LOOK_FOR_HEADINGS: Final = 20
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
CREATED: Final = datetime(1980, 1, 1, tzinfo=UTC)  # a fixed date, so that equal lists give equal files
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"

Cells = list[str]


def price_rows(name: str, content: bytes) -> list[NumberedRow]:
    """The rows of a price list's file as typed, with their line numbers.

    Raises:
        Trouble: it is no such file, too large, or lacks a column.
    """
    needed = {column.heading for column in COLUMNS if column.required}
    names = {column.heading: column.name for column in COLUMNS if column.read}
    return [
        (line, {names[heading]: cell for heading, cell in cells.items() if heading in names})
        for line, cells in _table(name, content, needed)
    ]


def index_rows(name: str, content: bytes) -> list[NumberedRow]:
    """The rows of a price index's file, with their line numbers.

    Raises:
        Trouble: as `price_rows`.
    """
    rows = list(_table(name, content, {YEAR}))
    if rows and not {LEVEL, GROWTH} & rows[0][1].keys():
        raise Trouble(_("Fila har ingen kolonne «indeks» eller «vekst»."), _("Legg til en av dem."))
    return [(line, cells) for line, cells in rows]


def list_csv(rows: Iterable[PriceRow], policy: Policy) -> bytes:
    """UTF-8 with a mark Excel knows, semicolons and decimal commas."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(column.heading for column in COLUMNS)
    for row in rows:
        cells = _cells(row, policy)
        writer.writerow(_harmless(cells[column.name]) for column in COLUMNS)
    return out.getvalue().encode("utf-8-sig")


def list_xlsx(rows: Iterable[PriceRow], policy: Policy, *, title: str, about: Sequence[str]) -> bytes:
    """The list on the first sheet, and what it is on the second."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": title, "created": CREATED})
    sheet = book.add_worksheet(_("Priser"))
    head = book.add_format({"bold": True, "bottom": 1})
    for at, column in enumerate(COLUMNS):
        sheet.write_string(0, at, column.heading, head)
        sheet.set_column(at, at, column.width)
    for line, row in enumerate(rows, start=1):
        cells = _cells(row, policy)
        for at, column in enumerate(COLUMNS):
            _write(sheet, line, at, cells[column.name])
    sheet.freeze_panes(1, 2)
    told = book.add_worksheet(_("Om listen"))
    told.set_column(0, 0, 100)
    for line, text in enumerate((title, *about)):
        told.write_string(line, 0, text)
    book.close()
    return out.getvalue()


def _cells(row: PriceRow, policy: Policy) -> dict[str, str]:
    title = next((service.title for service in policy.services if service.code == row.service), "")
    return {**as_typed(row), "title": title, "per": PER_WORDS[row.per]}


def _write(sheet: Any, line: int, at: int, text: str) -> None:
    value = number(text)
    if value is None:
        sheet.write_string(line, at, text)
    else:
        sheet.write_number(line, at, value)


def _harmless(text: str) -> str:
    """A text a spreadsheet would take for a formula gets an apostrophe; the reader takes it away."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) and number(text) is None else text


def _table(name: str, content: bytes, needed: set[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row that holds something as (line, heading → cell), below the row with the headings."""
    if len(content) > MOST_BYTES:
        raise Trouble(
            _("Fila er for stor (%(size)s MB).") % {"size": round(len(content) / 1e6, 1)},
            _("En prisliste er sjelden over 2 MB. Lagre bare arket med prisene."),
        )
    lines = _excel(content) if content[:2] == b"PK" else _text(name, content)
    headings: Cells = []
    for line, cells in enumerate(lines, start=1):
        if not headings:
            found = [cell.strip().casefold() for cell in cells]
            if needed <= set(found):
                headings = found
            elif line >= LOOK_FOR_HEADINGS:
                break
            continue
        if line > MOST_ROWS:
            raise Trouble(
                _("Fila har flere enn %(most)s linjer.") % {"most": MOST_ROWS},
                _("Lagre bare arket med prisene."),
            )
        row = {heading: cell.strip() for heading, cell in zip(headings, cells, strict=False) if heading}
        if any(row.values()):
            yield line, row
    if not headings:
        raise Trouble(
            _("Fila mangler kolonneoverskriftene."),
            _("Den skal ha en rad med minst disse: %(names)s. Last ned en liste for å se formen.")
            % {"names": ", ".join(sorted(needed))},
        )


def _excel(content: bytes) -> Iterator[Cells]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise Trouble(_("Excel-fila er for stor."), _("Lagre bare arket med prisene."))
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, IndexError) as error:
        raise Trouble(
            _("Fila kan ikke leses som en Excel-fil."),
            _("Åpne den i Excel eller LibreOffice, og lagre den på nytt som .xlsx."),
        ) from error
    for row in rows:
        yield [_excel_cell(cell) for cell in row]


def _excel_cell(cell: object) -> str:
    """A number as Excel shows it; 0.1 is 0.1 and 2025.0 is 2025."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        plain = f"{Decimal(repr(cell)):f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return str(cell).removeprefix("'")


def _text(name: str, content: bytes) -> Iterator[Cells]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise Trouble(
            _("«%(name)s» er verken en csv-fil eller en Excel-fil.") % {"name": name},
            _("Last opp en fil som slutter på .xlsx eller .csv."),
        )
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = ";" if first.count(";") >= first.count(",") else ","
    if "\t" in first and ";" not in first:
        delimiter = "\t"
    try:
        for cells in csv.reader(io.StringIO(text), delimiter=delimiter):
            yield [cell.removeprefix("'") for cell in cells]
    except csv.Error as error:
        raise Trouble(
            _("Fila kan ikke leses som csv (%(why)s).") % {"why": error},
            _("Lagre den på nytt som csv med semikolon, eller som .xlsx."),
        ) from error
