"""The JSON, its schema and the workbook."""

import json
import zipfile
from pathlib import Path

import pytest
from planning.demand.plain import LUNNER
from python_calamine import CalamineWorkbook

from trinnvis.planning.demand.document import ForecastDocument, as_json
from trinnvis.planning.demand.forecast import Forecast, forecast
from trinnvis.planning.demand.reading import Library
from trinnvis.planning.demand.workbook import write_workbook
from trinnvis.trouble import Trouble

DOCS = Path(__file__).resolve().parents[3] / "docs" / "methods"


def test_exactly_the_promised_keys(everything: Forecast) -> None:
    said = as_json(everything)
    assert list(said) == ["municipality", "base_year", "claim", "scenarios", "sources"]
    assert list(said["scenarios"][0]) == ["name", "series", "ratio"]
    assert list(said["scenarios"][0]["series"][0]) == [
        *("year", "service", "age_band", "step", "users", "hours", "person_years", "places", "nok"),
        *("low", "high"),
    ]
    assert said["scenarios"][0]["ratio"]["2025"] == 1
    assert said["municipality"] == LUNNER


def test_it_is_as_the_schema_says(everything: Forecast) -> None:
    ForecastDocument.model_validate(json.loads(json.dumps(as_json(everything))))
    for row in as_json(everything)["scenarios"][0]["series"]:
        assert row["low"] <= row["users"] <= row["high"]


def test_the_published_schema_is_the_one_in_use() -> None:
    published = json.loads((DOCS / "forecast.schema.json").read_text(encoding="utf-8"))
    assert published == ForecastDocument.model_json_schema(), "trinnvis forecast schema > docs/methods/…"


def test_the_series_adds_up_to_the_ratio(everything: Forecast) -> None:
    said = as_json(everything)
    for scenario in said["scenarios"]:
        hours = dict.fromkeys((2025, 2040), 0.0)
        for row in scenario["series"]:
            if row["year"] in hours and row["service"] != "housing_24h":
                hours[row["year"]] += row["hours"]
        assert hours[2040] / hours[2025] == pytest.approx(scenario["ratio"]["2040"], rel=1e-3)


def test_sources_name_every_assumption_used(everything: Forecast) -> None:
    titles = [source["title"] for source in as_json(everything)["sources"]]
    assert "Folketall" in titles
    assert any("Fra institusjon til bolig" in title for title in titles)
    assert any(title.startswith("SSB tabell 04686") for title in titles)
    assert any("landets, ikke Lunners eget" in s["source"] for s in as_json(everything)["sources"])


def test_the_workbook_opens_with_native_charts(everything: Forecast, tmp_path: Path) -> None:
    path = tmp_path / "behov.xlsx"
    write_workbook(everything, path)
    names = CalamineWorkbook.from_path(str(path)).sheet_names
    assert names[0] == "Påstanden" and "3 Friskere eldre" in names
    assert {"Alle tall", "Kilder"} <= set(names)
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Alle tall").to_python()
    assert rows[1][0] == "Som i dag" and rows[1][2] == "Hjemmetjenester"
    assert len(rows) == 1 + sum(len(s["series"]) for s in as_json(everything)["scenarios"])
    with zipfile.ZipFile(path) as parts:
        charts = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
        text = "".join(parts.read(name).decode() for name in charts)
    assert len(charts) == 1 + 3 * len(everything.outcomes)
    assert "<c:f></c:f>" not in text


def test_a_workbook_for_combined_scenarios(held: Library, tmp_path: Path) -> None:
    names = ["constant", "trend+healthy-ageing+family-care+standard+dreining+housing"]
    write_workbook(forecast(LUNNER, names, held), tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").stat().st_size > 10_000


def test_a_file_that_cannot_be_written(everything: Forecast, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="kan ikke skrives"):
        write_workbook(everything, tmp_path / "no" / "a.xlsx")
