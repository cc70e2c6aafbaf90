"""A run as an Excel workbook, and as CSV files."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from trinnvis.planning.town.document import Row, Told, headings
from trinnvis.trouble import Trouble

HEADINGS: Final = {
    "area": "Område",
    "category": "Gjøremål",
    "profile": "Ganggruppe",
    "ages": "Alder",
    "residents": "Innbyggere",
    "of_residents": "Av innbyggere",
    "share": "Andel",
    "dwellings": "Boliger",
    "of_dwellings": "Av boliger",
    "share_dwellings": "Andel av boliger",
    "flat": "Innbyggere på flat mark",
    "lost_to_slope": "Tapt på stigning",
    "lost_to_steps": "Tapt på trapper",
    "lost_to_missing_link": "Tapt på manglende forbindelse",
    "lost_to_not_connected": "Ikke tilknyttet gangnettet",
    "lost_to_distance": "For langt unna",
    "lost_to_no_service": "Uten noe tilbud",
    "flat_dwellings": "Boliger på flat mark",
    "dwellings_lost_to_slope": "Boliger tapt på stigning",
    "dwellings_lost_to_steps": "Boliger tapt på trapper",
    "dwellings_lost_to_missing_link": "Boliger tapt på manglende forbindelse",
    "dwellings_lost_to_not_connected": "Boliger ikke tilknyttet gangnettet",
    "dwellings_lost_to_distance": "Boliger for langt unna",
    "dwellings_lost_to_no_service": "Boliger uten noe tilbud",
    "least": "Minst så mange gjøremål",
    "metres": "Meter",
    "before": "Før",
    "after": "Etter",
    "gain": "Kommer innenfor",
    "lose": "Faller utenfor",
    "moved_in": "Nye innbyggere innenfor",
    "moved_out": "Fraflyttede som var innenfor",
    "what": "Hva",
    "id": "Id",
    "title": "Kilde",
    "licence": "Lisens",
    "attribution": "Kreditering",
    "imported_on": "Hentet inn",
    "sha256": "SHA-256",
}
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")


def tables(told: Told) -> dict[str, list[Row]]:
    """The tables by the name of their sheet, those that have rows."""
    every = {
        "Rekkevidde": told.reach(),
        "Flere gjøremål": told.every(),
        "Avstand": told.bands(),
        "Endring": told.changes(),
        "Lange adkomster": told.quality(),
        "Kilder": told.sources(),
    }
    words = _words(told)
    return {
        name: [{key: words.get((key, value), value) for key, value in row.items()} for row in rows]
        for name, rows in every.items()
        if rows
    }


def write_xlsx(told: Told, path: Path) -> None:
    """
    Raises:
        Trouble: the file cannot be written.
    """
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    shapes = {
        "share": book.add_format({"num_format": "0.0 %"}),
        "residents": book.add_format({"num_format": "#,##0"}),
    }
    book.set_properties({"title": told.title or told.result.policy.title})
    for name, rows in tables(told).items():
        sheet, columns = book.add_worksheet(name), headings(rows)
        for column, key in enumerate(columns):
            form = shapes["share"] if key.startswith("share") else shapes["residents"]
            sheet.set_column(column, column, 22 if column < 4 else 14, form)
            sheet.write_string(0, column, HEADINGS.get(key, key), bold)
        for number, row in enumerate(rows, start=1):
            for column, key in enumerate(columns):
                _write(sheet, number, column, row[key])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    notes = book.add_worksheet("Merknader")
    for number, note in enumerate(told.notes or ("Ingen.",)):
        notes.write_string(number, 0, note)
    try:
        book.close()
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise Trouble(
            f"{path} kan ikke skrives ({error}).", "Lukk fila om den er åpen, eller velg en annen."
        ) from error


def write_csv(told: Told, folder: Path) -> list[Path]:
    """One file for each table: UTF-8 with a mark, semicolons, decimal commas.

    Raises:
        Trouble: the folder cannot be written to.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in tables(told).items():
            path = folder / f"{name.lower().replace(' ', '-').replace('ø', 'o')}.csv"
            columns = headings(rows)
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file, delimiter=";")
                writer.writerow(HEADINGS.get(key, key) for key in columns)
                writer.writerows([_text(row[key]) for key in columns] for row in rows)
            written.append(path)
    except OSError as error:
        raise Trouble(f"{folder} kan ikke skrives til ({error.strerror}).", "Velg en annen mappe.") from error
    return written


def _words(told: Told) -> dict[tuple[str, Any], str]:
    """Titles instead of codes."""
    policy = told.result.policy
    words: dict[tuple[str, Any], str] = {("ages", "alle"): "Alle"}
    for key, rows in (
        ("category", policy.categories), ("profile", policy.profiles), ("ages", policy.age_groups)
    ):  # fmt: skip
        words |= {(key, row.code): row.title for row in rows}
    return words


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write_number(row, column, value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_SIGNS) else value
    return f"{value:.10g}".replace(".", ",")
