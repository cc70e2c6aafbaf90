"""Tables in uploaded files (csv and xlsx): the one place that opens them, and says what is wrong with a file.

A file comes from outside: it may be huge, packed to burst, in any encoding, or something else altogether.
What the columns mean is for the caller.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Final

import xlsxwriter
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from trinnvis import formats
from trinnvis.trouble import Trouble

Cell = str | Decimal | date
"""A number or a day only where a spreadsheet says that it is one; everything in a csv file is text."""

Cells = list[Cell]

FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
PACKED: Final = b"PK"
OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
PIECE: Final = 1 << 20
LONGEST_REFERENCE: Final = 32
CELL_REFERENCE: Final = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
LOOKED_AT: Final = 20


@dataclass(frozen=True)
class Limits:
    """How much a file may hold. cells: rows × columns of the sheet, empty ones included."""

    bytes: int = 2_000_000
    unpacked: int = 40_000_000
    cells: int = 4_000_000


def read_table(name: str, content: bytes, limits: Limits) -> list[Cells]:
    """Every row of the file's first sheet, empty ones too, so that a row's place is its line number less one.

    Raises:
        Trouble: too large, neither csv nor xlsx, damaged, or in an unknown encoding.
    """
    if len(content) > limits.bytes:
        raise _too_large(limits)
    if not content.strip():
        raise Trouble(_("Fila er tom."), _("Velg en annen."))
    if content.startswith(OLD_EXCEL):
        raise Trouble(
            _("Fila er i det gamle Excel-formatet (.xls), eller har passord."),
            _("Lagre den som .xlsx uten passord, og prøv igjen."),
        )
    return _xlsx(content, limits) if content.startswith(PACKED) else _csv(name, content, limits)


def as_text(cell: Cell) -> str:
    """A cell as its reader saw it: 0.1 is 0.1, 2025.0 is 2025, and an apostrophe before a formula is gone."""
    if isinstance(cell, Decimal):
        plain = f"{cell:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return str(cell).strip().removeprefix("'")


def harmless(text: str) -> str:
    """A text a spreadsheet would take for a formula gets an apostrophe; `as_text` takes it away."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell | int | None]]) -> bytes:
    """Semicolons, decimal comma and a mark Excel knows; a text that looks like a formula is made harmless."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_plain(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell | int | None]]) -> bytes:
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


def _plain(cell: Cell | int | None) -> str:
    if isinstance(cell, Decimal):
        return format(cell, "f").replace(".", ",")
    if isinstance(cell, date):
        return formats.short_date(cell)
    return harmless("" if cell is None else str(cell))


def _xlsx(content: bytes, limits: Limits) -> list[Cells]:
    try:
        _must_be_bearable(content, limits)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, EOFError, OSError, ValueError, IndexError) as error:
        raise Trouble(
            _("Fila kan ikke leses som Excel."),
            _("Åpne den i et regneark, lagre den på nytt som .xlsx eller .csv, og prøv igjen."),
        ) from error
    return [[_cell(value) for value in row] for row in rows]


def _must_be_bearable(content: bytes, limits: Limits) -> None:
    """Unpack it piece by piece, since the sizes in the file may lie, and see how far its cells reach.

    The reader makes room for every cell up to the last, so two cells far apart can fill the memory.
    """
    left = limits.unpacked
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for part in packed.infolist():
            with packed.open(part) as stream:
                is_sheet = part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
                left -= _sheet_size(stream, left, limits) if is_sheet else _size(stream, left)
            if left < 0:
                raise _too_large(limits)


def _size(stream: IO[bytes], most: int) -> int:
    size = 0
    while size <= most and (piece := stream.read(PIECE)):
        size += len(piece)
    return size


def _sheet_size(stream: IO[bytes], most: int, limits: Limits) -> int:
    size, rows, columns, tail = 0, 0, 0, b""
    while size <= most and (piece := stream.read(PIECE)):
        size += len(piece)
        for letters, number in CELL_REFERENCE.findall(tail + piece):
            rows, columns = max(rows, int(number)), max(columns, _column(letters))
        if rows * columns > limits.cells:
            raise Trouble(
                _("Arket strekker seg til rad %(rows)d og har for mange tomme celler.") % {"rows": rows},
                _("Kopier bare tabellen til et nytt ark, og lagre det."),
            )
        tail = piece[-LONGEST_REFERENCE * 2 :]
    return size


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _too_large(limits: Limits) -> Trouble:
    most = formats.number(limits.bytes / 1e6, 0)
    return Trouble(
        _("Fila er for stor."),
        _("Den kan være høyst %(most)s MB. Lagre bare arket med tallene.") % {"most": most},
    )


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return Decimal(repr(value))
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else str(value)


def _csv(name: str, content: bytes, limits: Limits) -> list[Cells]:
    text = _decoded(name, content)
    delimiter = _delimiter(text)
    table: list[Cells] = []
    room = limits.cells
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            room -= max(len(row), 1)
            if room < 0:
                raise _too_large(limits)
            # An editor's line breaks inside a quoted cell count as one row, as in a spreadsheet.
            table.append(list(row))
    except csv.Error as error:
        raise Trouble(
            _("Fila kan ikke leses som csv (%(why)s).") % {"why": error},
            _("Lagre den på nytt som csv med semikolon, eller som .xlsx."),
        ) from error
    return table


def _decoded(name: str, content: bytes) -> str:
    encodings = ["utf-8-sig", "cp1252"]
    if content.startswith(UTF16_MARKS):
        encodings = ["utf-16"]
    elif b"\0" in content[:PIECE]:
        every_other = content[1:200:2].count(0) > content[0:200:2].count(0)
        encodings = ["utf-16-le" if every_other else "utf-16-be"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Trouble(
        _("«%(name)s» er verken csv eller Excel (.xlsx).") % {"name": name[:80]},
        _("Lagre tabellen som .xlsx eller som csv i UTF-8, og prøv igjen."),
    )


def _delimiter(text: str) -> str:
    """The sign most of the first lines have; a comma only where nothing better is there, since it may be
    the decimal sign."""
    lines = [line for line in text[:PIECE].splitlines()[: LOOKED_AT * 2] if line.strip()][:LOOKED_AT]
    for sign in (";", "\t"):
        if sum(sign in line for line in lines) * 2 > len(lines) or (lines and lines[0].count(sign) > 1):
            return sign
    return max(";\t,", key=lambda sign: sum(line.count(sign) for line in lines))
