"""`trinnvis figures` and `trinnvis forecast --figures`, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cast import account_of
from typer.testing import CliRunner

from trinnvis.ownfigures import cli
from trinnvis.ownfigures.models import FileDraft, OwnFigures
from trinnvis.planning.demand.cli import House
from trinnvis.planning.demand.cli import app as forecast

TEXT = (
    "År;Tjeneste;Aldersgruppe;Brukere 31.12.\n2025;Hjemmetjenester;0-66;90\n2025;Hjemmetjenester;67-79;60\n"
)
WHOLE = TEXT + "2025;Hjemmetjenester;80+;120\n"


@pytest.fixture(autouse=True)
def the_clock(settings, lunner) -> None:
    settings.TRINNVIS_CLOCK = "cast.clock"


def run(*args: object, app=cli.app, obj: object = lambda _data: None) -> str:
    """What the command says; the text of its error when it stops."""
    result = CliRunner().invoke(app, [str(arg) for arg in args], obj=obj)
    if result.exception is not None:
        return f"{result.stdout} STOPPED {result.exception} {getattr(result.exception, 'remedy', '')}"
    return result.output


@pytest.fixture
def take_in(planke, tmp_path: Path):
    def take(text: str, *args: object, name: str = "tall.csv") -> str:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return run("import", file, "--by", account_of(planke).subject, "--kind", "recipients", *args)

    return take


def test_import_and_show(take_in):
    assert "Tok inn 3 tall fra tall.csv som utgave 1." in take_in(WHOLE)
    assert not FileDraft.objects.exists()
    [recipients, accounts, _staff] = json.loads(run("show", "--json"))
    assert recipients["rows"][0] == {
        "year": 2025, "service": "home_care", "band": "0-66", "users": "90", "hours": None,
    }  # fmt: skip
    assert recipients["revision"] == 1 and accounts["revision"] == 0
    assert "home_care" in run("show") and "accounts: ingen egne tall." in run("show")


def test_every_rejected_row_is_told_and_nothing_is_taken_in(take_in):
    told = take_in(WHOLE.replace(";60", ";-6").replace(";120", ";x y"))
    assert "Linje 3, Brukere 31.12.: Antallet -6 er negativt." in told and "Linje 4, " in told
    assert "STOPPED 2 feil. Ingenting er tatt inn." in told
    assert not OwnFigures.objects.exists() and not FileDraft.objects.exists()


def test_columns_and_words_are_mapped(take_in):
    text = WHOLE.replace("Tjeneste;", "Hva;").replace("Hjemmetjenester", "Vår = egen")
    assert "Ingen kolonne er valgt for «Tjeneste»" in take_in(text)
    assert "som utgave 1" in take_in(text, "--map", "service=Hva", "--value", "service:Vår = egen=home_care")
    assert "er ikke FELT=KOLONNE" in take_in(text, "--map", "Hva")
    assert "er ikke FELT:TEKST=BETYDNING" in take_in(text, "--value", "Hva")


def test_only_looked_over(take_in):
    assert "3 tall uten feil. Ingenting er tatt inn." in take_in(WHOLE, "--check")
    assert not OwnFigures.objects.exists() and not FileDraft.objects.exists()


def test_who_and_what_is_wrong(take_in, sara, tmp_path):
    assert "ingen bruker «borte»" in run("import", tmp_path / "x.csv", "--by", "borte", "--kind", "staff")
    subject = account_of(sara).subject
    file = tmp_path / "y.csv"
    file.write_text(WHOLE)
    assert "kan ikke ta inn tall" in run("import", file, "--by", subject, "--kind", "recipients")
    assert "kan ikke leses" in run("import", tmp_path / "z.csv", "--by", subject, "--kind", "recipients")
    assert (
        "Fornavn" not in (told := take_in("Fornavn;År\nx;2025\n")) and "ingenting fra fila er lagret" in told
    )


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_template_can_be_filled_in_and_taken_in(take_in, planke, ending, tmp_path):
    file = tmp_path / f"mal.{ending}"
    assert "12 rader" in run("template", file, "--kind", "recipients")
    assert "kjent endelse" in run("template", tmp_path / "mal.ods", "--kind", "recipients")
    told = run("import", file, "--by", account_of(planke).subject, "--kind", "recipients", "--check")
    assert "Cellen er tom" in told  # what is not published is left for the municipality to fill in
    take_in(WHOLE)
    assert "3 rader" in run("template", file, "--kind", "recipients")
    assert "3 tall uten feil" in run(
        "import", file, "--by", account_of(planke).subject, "--kind", "recipients", "--check"
    )


def test_the_forecast_command_uses_them_and_says_so(take_in, tmp_path):
    def ahead(*args: str) -> str:
        house = House(lambda _data: None, lambda _data, code: cli.newest_use(code), lambda *_: None)
        return run(
            "-m", "3234", "--to", "2030", "--json", "--data", str(tmp_path), *args, app=forecast, obj=house
        )

    (tmp_path / "trinnvis.sqlite3").touch()
    plain = ahead()
    assert "eget uttrekk" not in plain and "STOPPED Det er ikke tatt inn egne tall" in ahead(
        "--figures", "own"
    )
    take_in(WHOLE)
    assert "Brukere: kommunens eget uttrekk, 16.11.2026 (utgave 1)" in ahead() and ahead() != plain
    assert ahead("--figures", "public") == plain
