"""Tables that are shown on a page and taken home as CSV or Excel: the same numbers in all three."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO, StringIO

import xlsxwriter
from django.utils.translation import gettext as _

from trinnvis.casework.queries.ladder import LadderCounts

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | Decimal | None  # None: not shown


@dataclass(frozen=True)
class Column:
    title: str
    kind: str = "number"  # text, number, hours, kroner


@dataclass(frozen=True)
class Table:
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def paired(self) -> list[list[tuple[Column, Cell]]]:
        """Each row as (column, cell), for templates."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


def effort_table(counts: LadderCounts) -> Table:
    return Table(
        _("Innsatstrappen"),
        (
            Column(_("Trinn")),
            Column(_("Navn"), "text"),
            Column(_("Personer på trinnet")),
            Column(_("Har det som høyeste trinn")),
            Column(_("Timer i uken"), "hours"),
            Column(_("Kroner i året"), "kroner"),
        ),
        tuple(
            (s.number, s.title, s.people, s.highest, s.hours_per_week, s.kroner_per_year)
            for s in counts.steps
        ),
    )


def housing_table(counts: LadderCounts) -> Table:
    return Table(
        _("Boligtrappen"),
        (Column(_("Trinn")), Column(_("Navn"), "text"), Column(_("Personer")), Column(_("Boliger"))),
        tuple((step.number, step.title, step.people, step.dwellings) for step in counts.housing),
    )


def as_csv(tables: Sequence[Table], note: str) -> bytes:
    """Semicolons, decimal comma and a byte order mark: what a Norwegian spreadsheet opens as it is."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for table in tables:
        writer.writerow([table.title])
        writer.writerow([column.title for column in table.columns])
        writer.writerows([_plain(cell) for cell in row] for row in table.rows)
        writer.writerow([])
    writer.writerow([note])
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    return "" if cell is None else str(cell).replace(".", ",") if isinstance(cell, Decimal) else str(cell)


def as_xlsx(tables: Sequence[Table], note: str) -> bytes:
    """One sheet for each table, with formats and fixed headings."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    formats = {
        "text": book.add_format(),
        "number": book.add_format({"num_format": "# ##0"}),
        "hours": book.add_format({"num_format": "# ##0.0"}),
        "kroner": book.add_format({"num_format": "# ##0"}),
    }
    for table in tables:
        sheet = book.add_worksheet(table.title)
        for place, column in enumerate(table.columns):
            sheet.write(0, place, column.title, bold)
            sheet.set_column(place, place, 42 if column.kind == "text" else 14)
        for line, row in enumerate(table.rows, start=1):
            for place, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
                if isinstance(cell, str):
                    sheet.write_string(line, place, cell, formats[column.kind])
                elif cell is not None:
                    sheet.write_number(line, place, cell, formats[column.kind])
        sheet.freeze_panes(1, 2)
        sheet.write_string(len(table.rows) + 2, 0, note)
    book.close()
    return file.getvalue()
