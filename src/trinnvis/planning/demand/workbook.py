"""The forecast as an Excel workbook with charts that Excel itself draws."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO, Final

import xlsxwriter

from trinnvis.planning.demand.claim import claim
from trinnvis.planning.demand.document import rows, sources_of
from trinnvis.planning.demand.forecast import Forecast, Outcome
from trinnvis.planning.demand.tables import growth_rows
from trinnvis.planning.demand.waterfall import waterfall
from trinnvis.trouble import Trouble

ROW_HEADER: Final = {
    "year": "År",
    "service": "Tjeneste",
    "age_band": "Alder",
    "step": "Trinn",
    "users": "Brukere",
    "hours": "Timer",
    "person_years": "Årsverk",
    "places": "Plasser",
    "nok": "Kroner",
    "low": "Brukere, lav (80 %)",
    "high": "Brukere, høy (80 %)",
}
MEASURES: Final = (("users", "Brukere"), ("hours", "Timer"), ("places", "Plasser"), ("nok", "Kroner"))
WIDE: Final = {"width": 760, "height": 380}
SHEET_NAME: Final = 31
"""The characters Excel allows in the name of a sheet."""
NOT_IN_SHEET_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def write_workbook(forecast: Forecast, path: Path | BinaryIO) -> None:
    """Write the workbook to a file or to an open stream.

    Raises:
        Trouble: the file cannot be written.
    """
    book = xlsxwriter.Workbook(
        str(path) if isinstance(path, Path) else path,
        {"constant_memory": False, "strings_to_formulas": False},
    )
    styles = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "whole": book.add_format({"num_format": "#,##0"}),
    }
    book.set_properties({"title": f"Behov i {forecast.municipality.name}", "comments": claim(forecast)})
    _front(book, forecast, styles)
    for number, outcome in enumerate(forecast.outcomes, start=1):
        _scenario(book, forecast, outcome, styles, number)
    _series(book, forecast, styles)
    _sources(book, forecast, styles)
    try:
        book.close()
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise Trouble(
            f"{path} kan ikke skrives ({error}).", "Lukk fila om den er åpen, eller velg en annen."
        ) from error


def _front(book: Any, forecast: Forecast, styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet("Påstanden")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 12, 20)
    sheet.write(
        0,
        0,
        f"Behov for tjenester i {forecast.municipality.name}, {forecast.base_year}–{forecast.years[-1]}",
        styles["title"],
    )
    sheet.merge_range(1, 0, 1, 7, claim(forecast), styles["text"])
    sheet.set_row(1, 190)
    header, lines = growth_rows(forecast, forecast.claim_year)
    sheet.write_row(3, 0, header, styles["head"])
    for at, line in enumerate(lines, start=4):
        sheet.write_row(at, 0, line, styles["text"])
    at = 6 + len(lines)
    sheet.write(at, 0, "Tallene i parentes er 80 prosents intervaller.")
    for note in forecast.notes:
        at += 1
        sheet.write(at, 0, note)
    data = book.add_worksheet("Behov mot grunnåret")
    data.write_row(0, 0, ["År", *(o.scenario.title for o in forecast.outcomes)], styles["head"])
    data.set_column(0, len(forecast.outcomes), 18)
    for t, year in enumerate(forecast.years, start=1):
        data.write_row(
            t, 0, [int(year), *(float(o.growth["hours"].middle[t - 1]) for o in forecast.outcomes)]
        )
    chart = book.add_chart({"type": "line"})
    last = len(forecast.years)
    for column, outcome in enumerate(forecast.outcomes, start=1):
        chart.add_series(
            {
                "name": outcome.scenario.title,
                "categories": [data.name, 1, 0, last, 0],
                "values": [data.name, 1, column, last, column],
            }
        )
    chart.set_title({"name": f"Timer mot {forecast.base_year}"})
    chart.set_y_axis({"num_format": "0.0", "min": 0})
    chart.set_size(WIDE)
    sheet.insert_chart(
        at + 2, 0, chart, {"description": "Linjer: timer i alle tjenester mot grunnåret, per scenario"}
    )


def _sheet_name(number: int, outcome: Outcome) -> str:
    return f"{number} {outcome.scenario.title}".translate(NOT_IN_SHEET_NAMES)[:SHEET_NAME].strip()


def _scenario(book: Any, forecast: Forecast, outcome: Outcome, styles: dict[str, Any], number: int) -> None:
    """Sums by step, with a stacked chart, the fan of hours and the waterfall."""
    sheet = book.add_worksheet(_sheet_name(number, outcome))
    sheet.write(0, 0, outcome.scenario.title, styles["title"])
    sheet.write(1, 0, outcome.scenario.description)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 30, 14)
    steps = [f"Trinn {step}" for step in forecast.steps]
    by_step = outcome.amounts.hours[:, outcome.in_total].sum(axis=(1, 3))
    fan = outcome.total("hours")
    header = ["År", *(f"{step}, timer" for step in steps), "Timer", "Timer, lav", "Timer, høy"]
    header += [f"{title}, alle" for _, title in MEASURES if title != "Timer"]
    sheet.write_row(3, 0, header, styles["head"])
    sums = [outcome.total(measure).middle for measure, title in MEASURES if title != "Timer"]
    for t, year in enumerate(forecast.years):
        line = [*by_step[t], fan.middle[t], fan.low[t], fan.high[t], *(part[t] for part in sums)]
        sheet.write_number(4 + t, 0, int(year))
        for column, value in enumerate(line, start=1):
            sheet.write_number(4 + t, column, float(value), styles["whole"])
    first, last = 4, 3 + len(forecast.years)
    stacked = book.add_chart({"type": "column", "subtype": "stacked"})
    for column, step in enumerate(steps, start=1):
        if by_step[:, column - 1].any():
            stacked.add_series(_series_of(sheet.name, step, column, first, last))
    stacked.set_title({"name": "Timer per trinn"})
    stacked.set_size(WIDE)
    sheet.insert_chart(last + 3, 0, stacked, {"description": "Stablede søyler: timer per trinn og år"})
    lines = book.add_chart({"type": "line"})
    for offset, name in enumerate(("Forventet", "Lav (80 %)", "Høy (80 %)"), start=1):
        lines.add_series(_series_of(sheet.name, name, len(steps) + offset, first, last))
    lines.set_title({"name": "Timer med 80 prosents intervall"})
    lines.set_size(WIDE)
    sheet.insert_chart(
        last + 24, 0, lines, {"description": "Linjer: timer med lav og høy ende av intervallet"}
    )
    _waterfall(book, sheet, forecast, outcome, styles, last + 45)


def _waterfall(
    book: Any, sheet: Any, forecast: Forecast, outcome: Outcome, styles: dict[str, Any], row: int
) -> None:
    found = waterfall(forecast.engine, outcome.scenario, forecast.claim_year)
    sheet.write_row(row, 0, ["Drivkraft", "Usynlig", "Opp", "Ned", "Sum"], styles["head"])
    level = found.start
    lines: list[tuple[str, float, float, float, float]] = [(str(forecast.base_year), 0, 0, 0, found.start)]
    for title, change in found.bars:
        lines.append((title, min(level, level + change), max(change, 0.0), max(-change, 0.0), 0))
        level += change
    lines.append((str(found.year), 0, 0, 0, found.end))
    for at, (title, *values) in enumerate(lines, start=row + 1):
        sheet.write(at, 0, title)
        for column, value in enumerate(values, start=1):
            sheet.write_number(at, column, value, styles["whole"])
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    for column, name, fill in (
        (1, "", None),
        (2, "Opp", "#B3261E"),
        (3, "Ned", "#2E7D32"),
        (4, "Sum", "#1E3A5F"),
    ):
        series = _series_of(sheet.name, name, column, row + 1, row + len(lines))
        series["fill"] = {"none": True} if fill is None else {"color": fill}
        chart.add_series(series)
    chart.set_title({"name": f"Timer: hva som endrer behovet fra {forecast.base_year} til {found.year}"})
    chart.set_legend({"delete_series": [0], "position": "bottom"})
    chart.set_size(WIDE)
    sheet.insert_chart(
        row, 6, chart, {"description": "Fossefall: hva hver drivkraft legger til eller trekker fra"}
    )


def _series_of(sheet: str, name: str, column: int, first: int, last: int) -> dict[str, Any]:
    series: dict[str, Any] = {
        "categories": [sheet, first, 0, last, 0],
        "values": [sheet, first, column, last, column],
    }
    return series | ({"name": name} if name else {})


def _series(book: Any, forecast: Forecast, styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet("Alle tall")
    sheet.write_row(0, 0, ["Scenario", *ROW_HEADER.values()], styles["head"])
    sheet.freeze_panes(1, 0)
    titles = {service.code: service.title for service in forecast.basis.services}
    at = 0
    for outcome in forecast.outcomes:
        for row in rows(forecast, outcome):
            at += 1
            told = row | {"service": titles[row["service"]]}
            sheet.write_row(at, 0, [outcome.scenario.title, *(told[key] for key in ROW_HEADER)])
    sheet.autofilter(0, 0, at, len(ROW_HEADER))


def _sources(book: Any, forecast: Forecast, styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet("Kilder")
    sheet.set_column(0, 1, 60)
    sheet.write_row(
        0, 0, ["Hva", "Kilde", "Lisens", "Verdi", "Enhet", "Lav", "Høy", "Status"], styles["head"]
    )
    for at, source in enumerate(sources_of(forecast), start=1):
        stated = source["assumption"] or {}
        line = [source["title"], source["source"], source["licence"] or ""]
        line += [stated.get(key, "") for key in ("value", "unit", "low", "high", "status")]
        sheet.write_row(at, 0, line, styles["text"])
