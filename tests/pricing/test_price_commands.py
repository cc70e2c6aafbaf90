"""`trinnvis prices`: show, compare, export and import, and what is told when it goes wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from cast import NOW, account_of
from typer.testing import CliRunner

from trinnvis.pricing import cli, services
from trinnvis.pricing.models import PriceDraft, PriceIndex


@pytest.fixture(autouse=True)
def the_clock(settings) -> None:
    settings.TRINNVIS_CLOCK = "cast.clock"


def run(*args: object) -> str:
    """What the command says; the text of its error when it stops."""
    result = CliRunner().invoke(cli.app, [str(arg) for arg in args], obj=lambda _data: None)
    if result.exception is not None:
        return f"{result.stdout} STOPPED {result.exception} {getattr(result.exception, 'remedy', '')}"
    return result.stdout


def by(actor) -> tuple[str, str]:
    return "--by", account_of(actor).subject


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_list_goes_out_and_comes_in_again_as_a_draft(ending, draft, eva, tmp_path: Path):
    file = tmp_path / f"priser.{ending}"
    assert "9 priser" in run("export", f"utkast-{draft.pk}", file)
    assert "har 9 priser" in run("import", file, "--title", "Igjen", *by(eva))
    again = PriceDraft.objects.get(title="Igjen")
    assert "0 av 9 rader" in run("compare", f"utkast-{draft.pk}", f"utkast-{again.pk}")


def test_lists_and_rows_are_shown(draft, leif):
    assert f"utkast-{draft.pk}: Priser 2027" in run("show")
    assert "politikkens egne priser" in run("show")
    assert "Mat\t120\tportions_per_week\t2026\teksempel" in run("show", "politikk")
    services.adopt(
        draft.pk, valid_from=date(2026, 1, 1), decision="KS 1/26", expected_revision=1, actor=leif, now=NOW
    )
    assert "1: Priser 2027, gjelder fra 01.01.2026 (KS 1/26)" in run("show")
    assert "I bruk i dag: Prisliste 1" in run("show")


def test_what_differs_is_told_in_kroner_and_per_cent(draft, eva):
    row = draft.rows.get(service="mat")
    typed = {"service": "mat", "nok": "150", "price_year": "2026", "source": "Test", "status": "eksempel"}
    services.save_row(draft.pk, typed=typed, expected_revision=row.revision, actor=eva, now=NOW)
    assert "Mat\t120\t150\t30\t25 %\tendret" in run("compare", "politikk", f"utkast-{draft.pk}")


def test_a_faulty_file_is_told_line_by_line_and_takes_in_nothing(lunner, eva, tmp_path: Path):
    file = tmp_path / "p.csv"
    file.write_text("tjeneste;kroner;prisår;kilde;status\nmat;1;2026;;eksempel\nalarm;x;2026;T;eksempel\n")
    said = run("import", file, "--title", "x", *by(eva))
    assert "Linje 2, kilde: Raden har ingen kilde" in said
    assert "Linje 3, kroner:" in said
    assert "2 feil. Ingenting er tatt inn" in said
    assert not PriceDraft.objects.exists()


def test_an_index_comes_in_with_its_source(lunner, eva, tmp_path: Path):
    file = tmp_path / "i.csv"
    file.write_text("år;indeks\n2025;100\n2026;104\n")
    said = run("import-index", file, "--title", "Prøve", "--source", "Test", *by(eva))
    assert "fra 2025 til 2026" in said
    assert PriceIndex.objects.get().source == "Test"
    file.write_text("år;indeks\n2025;0\n")
    assert "Linje 2, indeks" in run("import-index", file, "--title", "P", "--source", "T", *by(eva))


def test_who_and_what_must_be_known(lunner, eva, sara, tmp_path: Path):
    file = tmp_path / "p.csv"
    file.write_text("tjeneste;kroner;prisår;kilde;status\nmat;1;2026;T;eksempel\n")
    assert "ingen bruker «ingen»" in run("import", file, "--title", "x", "--by", "ingen")
    assert "Bare ledere" in run("import", file, "--title", "x", *by(sara))
    assert "ingen prisliste «7»" in run("show", "7")
    assert "kan ikke leses" in run("import", tmp_path / "mangler.csv", "--title", "x", *by(eva))
    assert "kjent endelse" in run("export", "politikk", tmp_path / "p.pdf")
    assert "kan ikke skrives" in run("export", "politikk", tmp_path / "finnes" / "ikke.csv")
