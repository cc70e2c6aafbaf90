"""A figure's table as CSV and as an Excel sheet with charts that Excel draws itself."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from .palette import colour
from .shapes import Cell, Figure, FigureError, NativeChart, NativeSeries, Number, Unit

FIRST_ROW = 4  # the finding, the title and an empty row stand over the headings
CHART_SIZE = {"width": 760, "height": 380}
ZIP_BEGINS = datetime(1980, 1, 1, tzinfo=UTC)  # a fixed date, so that equal figures give equal files
LONGEST_NAME = 31  # of a sheet, in Excel
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def table_csv(figure: Figure) -> bytes:
    """UTF-8 with a mark Excel knows, semicolons and decimal commas, as Norwegian Excel opens it.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_harmless(heading) for heading in figure.table.full_headings)
    for row in figure.table.rows:
        writer.writerow(_csv_cell(cell) for cell in row)
    return out.getvalue().encode("utf-8-sig")


def table_xlsx(figure: Figure) -> bytes:
    """A workbook with the one figure."""
    return workbook([figure])


def workbook(figures: Sequence[Figure], *, title: str = "") -> bytes:
    """A sheet for each figure: finding, table, charts, source. The same figures give the same bytes."""
    if not figures:
        raise FigureError("A workbook needs at least one figure")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": title or figures[0].title, "created": ZIP_BEGINS})
    names: set[str] = set()
    for figure in figures:
        _write(book, figure, _sheet_name(figure.title, names))
    book.close()
    return out.getvalue()


def _write(book: Any, figure: Figure, name: str) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "text_wrap": False})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    quiet = book.add_format({"italic": True, "font_color": colour("neutral-text-subtle")})
    table = figure.table
    sheet.write_string(0, 0, figure.finding, bold)
    sheet.write_string(1, 0, figure.title)
    for column, (heading, unit) in enumerate(zip(table.full_headings, table.units, strict=True)):
        sheet.write_string(FIRST_ROW - 1, column, heading, head)
        form = book.add_format({"num_format": _format(unit)}) if unit else None
        sheet.set_column(column, column, 30 if column == 0 else 18, form)
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            _write_cell(sheet, FIRST_ROW + number, column, cell)
    last = FIRST_ROW + len(table.rows)
    sheet.write_string(last + 1, 0, figure.source, quiet)
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    at, beside = last + 3, len(table.headings) + 1
    for chart in figure.native:
        beside = _write_chart(book, sheet, name, figure, chart, at, beside)
        at += CHART_SIZE["height"] // 20 + 1


def _write_chart(
    book: Any, sheet: Any, name: str, figure: Figure, native: NativeChart, at: int, beside: int
) -> int:
    """One chart on the sheet; its own values, if any, in the columns from `beside` on. Next free column."""
    labels, beside = _own_labels(sheet, figure, native, beside)
    bars = _chart(book, "bar" if native.horizontal else "column", native.stacked)
    lines = book.add_chart({"type": "line"})
    count = len(labels) if labels else len(figure.table.rows)
    labels_column = beside - 1 if labels else 0

    def cells(column: int) -> list[str | int]:
        return [name, FIRST_ROW, column, FIRST_ROW + count - 1, column]

    used = {"bar": False, "line": False}
    for each in native.series:
        column = each.column
        if column is None:
            column = beside
            _own_values(sheet, each, column)
            beside += 1
        used[each.kind] = True
        (bars if each.kind == "bar" else lines).add_series(
            {
                "name": [name, FIRST_ROW - 1, column],
                "categories": cells(labels_column),
                "values": cells(column),
                "y2_axis": each.second_axis,
                **_look(each),
            }
        )  # fmt: skip
    main = bars if used["bar"] else lines
    if used["bar"] and used["line"]:
        bars.combine(lines)
        if native.second_title:
            lines.set_y2_axis({"name": _title(native.second_title)})
    value_axis = {"name": _title(native.y_title), "num_format": "#,##0"}
    main.set_title({"name": _title(figure.title), "overlay": False})
    main.set_x_axis(value_axis if native.horizontal else {"name": _title(figure.table.headings[0])})
    main.set_y_axis({"name": _title(figure.table.headings[0])} if native.horizontal else value_axis)
    main.set_legend({"position": "bottom"})
    main.set_size(CHART_SIZE)
    sheet.insert_chart(at, 0, main, {"description": figure.alt})
    return beside


def _own_labels(sheet: Any, figure: Figure, native: NativeChart, beside: int) -> tuple[tuple[str, ...], int]:
    """The categories of a chart that is not drawn from the table's rows."""
    if not figure.native_labels or all(each.column is not None for each in native.series):
        return (), beside
    for number, label in enumerate(figure.native_labels):
        sheet.write_string(FIRST_ROW + number, beside, label)
    return figure.native_labels, beside + 1


def _own_values(sheet: Any, series: NativeSeries, column: int) -> None:
    sheet.write_string(FIRST_ROW - 1, column, series.name)
    for number, value in enumerate(series.values):
        if value is not None:
            sheet.write_number(FIRST_ROW + number, column, value)


def _chart(book: Any, kind: str, stacked: bool) -> Any:
    return book.add_chart({"type": kind, **({"subtype": "stacked"} if stacked else {})})


def _look(series: NativeSeries) -> dict[str, Any]:
    if not series.colour:
        return {"fill": {"none": True}, "border": {"none": True}}
    shade = colour(series.colour)
    if series.kind == "line":
        return {
            "line": {"color": shade, "width": 2.25, "dash_type": series.dash},
            "marker": {"type": "automatic", "size": 5, "fill": {"color": shade}, "border": {"color": shade}},
        }  # fmt: skip
    return {"fill": {"color": shade}, "border": {"color": "#ffffff", "width": 0.5}, "gap": 60}


def _write_cell(sheet: Any, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif cell is not None:
        sheet.write_number(row, column, cell)


def _format(unit: Unit) -> str:
    return "#,##0" + ("." + "0" * unit.decimals if unit.decimals else "")


def _sheet_name(title: str, used: set[str]) -> str:
    """A name Excel accepts and no other sheet has."""
    plain = "".join(" " if sign in "[]:*?/\\'!" else sign for sign in title).strip() or "1"
    name, number = plain[:LONGEST_NAME].strip(), 2
    while name.casefold() in used or name.casefold() == "history":
        tail = f" {number}"
        name, number = plain[: LONGEST_NAME - len(tail)].strip() + tail, number + 1
    used.add(name.casefold())
    return name


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    return _harmless(cell) if isinstance(cell, str) else _csv_number(cell)


def _csv_number(value: Number) -> str:
    """The value without grouping, so that a spreadsheet reads it as a number; a float to twelve digits."""
    exact = Decimal(f"{value:.12g}") if isinstance(value, float) else Decimal(value)
    return format(exact, "f").replace(".", ",")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _title(text: str) -> str:
    """A chart's title as text: XlsxWriter takes anything like "x!A1" for a reference to a cell."""
    return re.sub(r"!(?=\$?[A-Z]+\$?\d)", "! ", text)
