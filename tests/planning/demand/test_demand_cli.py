"""`trinnvis forecast`, as it is typed."""

import json
import sys
from pathlib import Path

import pytest

from trinnvis.cli import main
from trinnvis.planning.demand.document import ForecastDocument


def run(monkeypatch: pytest.MonkeyPatch, *typed: str) -> int:
    monkeypatch.setattr(sys, "argv", ["trinnvis", "forecast", *typed])
    with pytest.raises(SystemExit) as left:
        main()
    return int(left.value.code or 0)


def test_json(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--municipality", "3234", "--scenario", "constant", "--scenario", "trend+dreining"]
    assert run(monkeypatch, *asked, "--to", "2045", "--base", "2022", "--json") == 0
    said = ForecastDocument.model_validate_json(capsys.readouterr().out)
    assert said.base_year == 2022
    assert [scenario.name for scenario in said.scenarios] == ["constant", "trend+dreining"]
    assert {row.year for row in said.scenarios[0].series} == set(range(2022, 2046))


def test_the_table_for_people(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "-m", "Lunner", "-s", "all") == 0
    told = capsys.readouterr().out
    assert "Påstanden er at" in told
    assert "Samspill" in told
    assert "2040" in told
    assert "Ikke SSBs framskriving" in told


def test_another_municipality_is_told_what_it_lacks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "-m", "0301") == 0
    assert "ingen egne brukertall for Oslo" in capsys.readouterr().out


def test_excel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "behov.xlsx"
    assert run(monkeypatch, "-m", "3446", "--xlsx", str(path)) == 0
    assert path.read_bytes().startswith(b"PK")


def test_pdf(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path, book = tmp_path / "behov.pdf", tmp_path / "behov.xlsx"
    typed = ["-m", "3446", "-s", "constant", "-s", "trend+dreining", "--pdf", str(path), "--xlsx", str(book)]
    assert run(monkeypatch, *typed) == 0
    assert path.read_bytes().startswith(b"%PDF-") and book.exists()
    assert f"{book} og {path}" in capsys.readouterr().out


def test_a_pdf_that_cannot_be_written_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(monkeypatch, "-m", "3446", "--pdf", str(tmp_path / "nei" / "behov.pdf")) == 1
    assert "kan ikke skrives" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ([], "Si hvilken kommune"),
        (["-m", "3054"], "I dag: 3234 Lunner"),
        (["-m", "3234", "-s", "nei"], "finnes ikke"),
        (["-m", "3234", "--scenario-file", "nei.yaml"], "finnes ikke"),
        (["schema", "nei"], "ikke noe skjema"),
    ],
)
def test_trouble_is_a_line_and_a_way_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: list[str], told: str
) -> None:
    assert run(monkeypatch, *typed) == 1
    said = capsys.readouterr()
    assert told in said.err
    assert not said.out
    assert "Traceback" not in said.err


def test_scenarios_and_schema(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "scenarios") == 0
    assert "hjemmehjelp-til-tidlig-innsats" in capsys.readouterr().out
    for kind in ("forecast", "scenario", "basis"):
        assert run(monkeypatch, "schema", kind) == 0
        assert "properties" in json.loads(capsys.readouterr().out)
