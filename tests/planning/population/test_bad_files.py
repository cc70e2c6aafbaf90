"""What is wrong with a file is told with its place and what to do, and nothing is imported."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from planning.population.answers import AGES, answer, as_text, observed, projection
from typer.testing import CliRunner

from trinnvis.planning.population.cli import app
from trinnvis.trouble import Trouble

SAMPLES = Path(__file__).parent / "samples"
HTML_404 = "<!DOCTYPE html PUBLIC><html><head><title>404 - File or directory not found.</title></head>"


def refused(data: Path, *files: Path) -> str:
    """The error text and remedy of an import; the folder must be as empty as before."""
    result = CliRunner().invoke(app, ["import", *map(str, files), "--data", str(data)])
    assert isinstance(result.exception, Trouble), result.output + repr(result.exception)
    assert not list(data.rglob("*.npz")) and not list(data.rglob("*.part"))
    return f"{result.exception} | {result.exception.remedy}"


def without(name: str) -> Callable[[dict[str, Any]], None]:
    def change(found: dict[str, Any]) -> None:
        at = found["id"].index(name)
        assert found["size"][at] == 1
        del found["id"][at], found["size"][at], found["dimension"][name]

    return change


def sized(found: dict[str, Any]) -> None:
    found["value"] = found["value"][:50]


def with_text(found: dict[str, Any]) -> None:
    found["value"][3] = "mange"


def negative(found: dict[str, Any]) -> None:
    found["value"][7] = -4


def unexplained_gap(found: dict[str, Any]) -> None:
    found["value"][7] = None


@pytest.mark.parametrize(
    ("found", "change", "told"),
    [
        (observed("9998"), None, ["9998", "Region=9998"]),
        (observed("123"), None, ["123"]),
        (observed("3054"), None, ["3054", "gikk ut etter 2023", "3234 Lunner", "2026"]),
        (projection(["3054"]), None, ["3054", "gikk ut etter 2023", "3234 Lunner"]),
        (observed(), without("Region"), ["mangler Region", "--municipality"]),
        (observed(), without("Tid"), ["mangler Tid"]),
        (observed(dimensions={"ContentsCode": ["Personer1", "Personer9"]}), None, ["2 innhold", "Personer9"]),
        (observed(years=["2026U05"]), None, ["2026U05", "uker"]),
        (observed(years=["2026M01"]), None, ["måneder"]),
        (observed(years=["2026K2"]), None, ["kvartaler"]),
        (observed(dimensions={"Alder": [*AGES[:-1], "F303"]}), None, ["F303", "ettårige"]),
        (observed(dimensions={"Alder": AGES[:50] + AGES[51:]}), None, ["50 år", "3234"]),
        (observed(dimensions={"Alder": ["67-79"]}), None, ["67-79", "gruppe"]),
        (observed(dimensions={"Sivilstand": ["1", "2"]}), None, ["Sivilstand"]),
        (observed(dimensions={"Kjonn": ["1"]}), None, ["bare 1", "kvinner"]),
        (observed(), sized, ["50 tall", "106"]),
        (observed(), with_text, ["celle 3", "mange"]),
        (observed(), negative, ["celle 7", "Alder=007", "-4"]),
        (observed(), unexplained_gap, ["7 år", "mangler tall"]),
        (observed(value=lambda *_: None), None, ["ingen tall"]),
        (observed(value=lambda *_: 0), None, ["bare nuller", "3234", "2026"]),
        (projection(years=["2026"]) | {"value": [0] * 636}, None, ["bare nuller"]),
        (observed("0"), None, ["ingen tall som kan brukes", "ikke er kommuner"]),
        (answer({"Region": ["3234"], "Tid": ["2026"]}, table="12134"), None, ["12134", "mangler Alder"]),
        (
            {"type": "Parameter error", "title": "Non-existent value", "status": 400},
            None,
            ["Non-existent value"],
        ),
        ({"query": [], "response": {"format": "json-stat2"}}, None, ["JSON"]),
        ({"title": "14746", "variables": []}, None, ["metadata"]),
    ],
)
def test_a_bad_answer(
    tmp_path: Path, found: dict[str, Any], change: Callable[[dict[str, Any]], None] | None, told: list[str]
) -> None:
    found = json.loads(json.dumps(found))
    if change:
        change(found)
    path = tmp_path / "svar.json"
    path.write_text(as_text(found))
    text = refused(tmp_path / "data", path)
    assert [word for word in told if word not in text] == [], text


def test_a_projection_without_sex(tmp_path: Path) -> None:
    shape = {"Region": ["3234"], "Alder": AGES, "ContentsCode": ["Personer"], "Tid": ["2026"]}
    path = tmp_path / "svar.json"
    path.write_text(as_text(answer(shape, table="14746")))
    assert "mangler Kjonn" in refused(tmp_path / "data", path)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (HTML_404, ["nettside", "404 - File"]),
        (as_text(observed())[:2000], ["linje 1", "kuttet"]),
        ("", ["tom"]),
        ("\x00\x01\x02binært", ["ikke en tekstfil"]),
        ("bare litt tekst\n", ["kolonnenavn"]),
        ("municipality,year,age,persons\n3234,2026,0,77\n3234,2026,1\n", ["linje 3", "3 felt"]),
        ("municipality,year,age,persons\n3234,2026,0,sju\n", ["linje 2", "«sju»"]),
        ("municipality,year,age,persons\n3234,2026,0,7\n3234,2026,0,8\n", ["linje 3", "to ganger"]),
        ("municipality,year,age,persons\n0533,2026,0,7\n", ["linje 2", "0533", "3234 Lunner"]),
        ("municipality,year,age,persons\nSørbygda,2026,0,7\n", ["linje 2", "Sørbygda"]),
        ("municipality,year,age,sex,persons\n3234,2026,0,x,7\n", ["Kjønnet «x»", "linje 2"]),
        ("municipality,year,age,sex,variant,persons\n3234,2026,0,1,middels,7\n", ["«middels»"]),
        ("municipality,year,age,persons\n", ["ingen tall"]),
    ],
)
def test_a_bad_text(tmp_path: Path, content: str, told: list[str]) -> None:
    path = tmp_path / "fil.csv"
    path.write_text(content)
    text = refused(tmp_path / "data", path)
    assert [word for word in told if word not in text] == [], text


def test_a_file_of_500_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "stor.json"
    with path.open("wb") as file:
        file.truncate(500_000_000)
    assert "500 MB" in refused(tmp_path / "data", path)


def test_a_small_file_that_unpacks_to_a_large_one(tmp_path: Path) -> None:
    path = tmp_path / "stor.csv.gz"
    with gzip.open(path, "wb", compresslevel=9) as file:
        for _ in range(101):
            file.write(b"0" * 1_000_000)
    assert "for stor" in refused(tmp_path / "data", path)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert "kan ikke leses" in refused(tmp_path / "data", tmp_path / "borte.json")
    assert "ikke en fil" in refused(tmp_path / "data", tmp_path)


def test_one_bad_file_stops_the_good_ones_too(tmp_path: Path) -> None:
    bad = tmp_path / "svar.json"
    bad.write_text(HTML_404)
    refused(tmp_path / "data", SAMPLES / "own_layout_2026.csv", bad)
