"""`trinnvis population …` as a planner meets it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from planning.population.answers import as_text, observed, projection
from typer.testing import CliRunner, Result

from trinnvis.planning.population.cli import app
from trinnvis.trouble import Trouble


def run(data: Path, *words: object) -> Result:
    return CliRunner().invoke(app, [*map(str, words), "--data", str(data)])


def imported(data: Path, found: dict[str, object]) -> Result:
    path = data / "svar.json"
    path.write_text(as_text(found), encoding="utf-8")
    result = run(data, "import", path)
    assert result.exit_code == 0, result.exception
    return result


def test_project_as_json(tmp_path: Path) -> None:
    found = json.loads(run(tmp_path, "project", "--municipality", "3234", "--to", "2050", "--json").output)
    assert found["municipality"] == "3234" and found["source"]["kind"] == "own"
    assert len(found["series"]) == 25 * 106 * 2 * 3
    start = sum(r["persons"] for r in found["series"] if r["year"] == 2026 and r["variant"] == "main")
    assert start == pytest.approx(9463, abs=0.2)


def test_show_is_a_table_with_its_source(tmp_path: Path) -> None:
    output = run(tmp_path, "show", "-m", "Lunner").output.replace("\u00a0", " ")
    assert "3234 Lunner (Akershus)" in output
    assert "0-17 år\t18-66 år\t67-79 år\t80-89 år\t90+ år" in output
    assert "2026\t1 825\t5 838\t1 327\t400\t73\t9 463" in output
    assert "Ikke SSBs framskriving" in output and "tabell 07459 og 07902" in output


def test_an_imported_projection_of_ssb_is_preferred_and_named(tmp_path: Path) -> None:
    assert "SSBs framskriving, tabell 14746" in imported(tmp_path, projection()).output
    shown = run(tmp_path, "show", "-m", "3234").output
    assert "Kilde: SSBs framskriving, tabell 14746, publisert 10.06.2026, hentet inn" in shown
    assert "80 % intervall" not in shown
    found = json.loads(run(tmp_path, "project", "-m", "3234", "--json").output)
    assert found["source"]["table"] == "14746"
    assert {r["persons"] for r in found["series"] if r["variant"] == "low"} == {9.0}
    assert "Ikke SSBs" in run(tmp_path, "show", "-m", "3234", "--own").output
    assert "Ikke SSBs" in run(tmp_path, "show", "-m", "3236").output


def test_a_projection_that_is_too_short_is_not_mixed_with_ours(tmp_path: Path) -> None:
    imported(tmp_path, projection(years=("2026", "2030")))
    shown = run(tmp_path, "show", "-m", "3234", "--to", "2040").output
    assert "Ikke SSBs framskriving" in shown and "går bare til 2030" in shown


def test_newer_figures_are_the_new_start(tmp_path: Path) -> None:
    imported(tmp_path, observed(value=lambda region, age, content, year: 50))
    found = json.loads(run(tmp_path, "project", "-m", "3234", "--to", "2027", "--json").output)
    start = [r for r in found["series"] if r["year"] == 2026 and r["variant"] == "main"]
    assert sum(r["persons"] for r in start) == pytest.approx(50 * 106, abs=0.2)
    assert any("tabell 07459" in note for note in found["notes"])


def test_suppressed_figures_are_no_start(tmp_path: Path) -> None:
    found = observed()
    found["value"][99] = None
    found["status"] = {"99": ":"}
    assert "ikke som null" in imported(tmp_path, found).output
    shown = run(tmp_path, "show", "-m", "3234").output.replace("\u00a0", " ")
    assert "9 463" in shown and "Utgangspunktet" not in shown


def test_an_alternative_that_was_not_imported_is_not_made_up(tmp_path: Path) -> None:
    found = projection()
    found["dimension"]["ContentsCode"]["category"]["index"] = {"Personer": 0, "Personer5": 1, "Personer6": 2}
    imported(tmp_path, found)
    listed = json.loads(run(tmp_path, "project", "-m", "3234", "--json").output)["series"]
    assert {row["variant"] for row in listed} == {"main"}


def test_fetch_needs_to_know_for_whom(tmp_path: Path) -> None:
    result = run(tmp_path, "fetch", "--table", "14746")
    assert isinstance(result.exception, Trouble) and "--all" in result.exception.remedy


def test_backtest_of_an_unknown_band() -> None:
    result = CliRunner().invoke(app, ["backtest", "--band", "50+"])
    assert isinstance(result.exception, Trouble) and "80+" in result.exception.remedy


def test_the_program_runs_it_and_tells_errors_in_two_lines(tmp_path: Path) -> None:
    command = [Path(sys.executable).parent / "trinnvis", "population", "show", "--municipality", "3054"]
    environment = {**os.environ, "TRINNVIS_DATA": str(tmp_path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == (
        "Feil: Kommunenummer 3054 gikk ut etter 2023. I dag: 3234 Lunner.\nBruk 3234 Lunner.\n"
    )
