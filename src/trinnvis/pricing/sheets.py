"""Price lists and indexes as csv and Excel files: written so that what is written can be read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import xlsxwriter
from django.utils.translation import gettext as _

from trinnvis.policy.model import Policy, PriceRow
from trinnvis.tabular import Limits, as_text, harmless, read_table
from trinnvis.trouble import Trouble

from .rules.columns import COLUMNS, PER_WORDS
from .rules.levels import GROWTH, LEVEL, YEAR
from .rules.typed import as_typed, number
from .rules.whole import NumberedRow

MOST_BYTES: Final = 2_000_000
MOST_ROWS: Final = 5_000
LOOK_FOR_HEADINGS: Final = 20
CREATED: Final = datetime(1980, 1, 1, tzinfo=UTC)  # a fixed date, so that equal lists give equal files
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"


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
    return text if number(text) is not None else harmless(text)


def _table(name: str, content: bytes, needed: set[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row that holds something as (line, heading → cell), below the row with the headings."""
    headings: list[str] = []
    for line, row in enumerate(read_table(name, content, Limits(bytes=MOST_BYTES)), start=1):
        cells = [as_text(cell) for cell in row]
        if not headings:
            found = [cell.casefold() for cell in cells]
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
        named = {heading: cell for heading, cell in zip(headings, cells, strict=False) if heading}
        if any(named.values()):
            yield line, named
    if not headings:
        raise Trouble(
            _("Fila mangler kolonneoverskriftene."),
            _("Den skal ha en rad med minst disse: %(names)s. Last ned en liste for å se formen.")
            % {"names": ", ".join(sorted(needed))},
        )
