"""`trinnvis pathway`, as it is typed, and the files it writes."""

import json
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from python_calamine import CalamineWorkbook

from trinnvis.cli import main
from trinnvis.planning.pathways.document import PathwayDocument


def run(monkeypatch: pytest.MonkeyPatch, *typed: str) -> int:
    monkeypatch.setattr(sys, "argv", ["trinnvis", "pathway", *typed])
    with pytest.raises(SystemExit) as left:
        main()
    return int(left.value.code or 0)


def test_json_follows_the_schema(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "show", "johs", "--json", "--at", "25.11.2026") == 0
    said = PathwayDocument.model_validate(json.loads(capsys.readouterr().out))
    assert said.persona.code == "johs"
    assert [year.age for year in said.pathways[0].years] == list(range(70, 88))


def test_the_schema_beside_the_method_page_is_the_programs_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "schema") == 0
    page = Path(__file__).parents[2] / "docs" / "methods" / "pathway.schema.json"
    assert json.loads(capsys.readouterr().out) == json.loads(page.read_text())


def test_the_table_for_people_says_what_it_hangs_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "show", "astrid", "--months", "proactive=12") == 0
    told = capsys.readouterr().out
    assert "Måneder på heldøgns plass" in told
    assert "Merk: Ingen av mengdene er målt" in told


def test_workbook_and_pdf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    book, pack = tmp_path / "johs.xlsx", tmp_path / "johs.pdf"
    assert run(monkeypatch, "show", "johs", "--xlsx", str(book), "--pdf", str(pack)) == 0
    sheets = CalamineWorkbook.from_filelike(BytesIO(book.read_bytes())).sheet_names
    assert len(sheets) == 12
    with pikepdf.open(pack) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert len(pdf.pages) >= 8


def test_the_persona_as_many(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "spread", "johs", "--json") == 0
    first, *others = json.loads(capsys.readouterr().out)
    assert (first["kind"], len(others)) == ("proactive", 2)
    assert first["alive"][0] == 1 and first["alive"] == sorted(first["alive"], reverse=True)
    for measure in ("as_told", "modelled"):
        assert list(first[measure].values()) == sorted(first[measure].values())


def test_a_file_is_checked_without_being_used(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "min.yaml"
    file.write_text("code: x\n  name: [")
    assert run(monkeypatch, "check", str(file)) == 1
    assert f"{file}:2: " in capsys.readouterr().err
    assert run(monkeypatch, "check", str(tmp_path / "borte.yaml")) == 1


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["show", "ingen"], "Det er ingen persona"),
        (["show", "johs", "--months", "proactive=lenge"], "er ikke et forløp og et antall måneder"),
        (["show", "johs", "--months", "proactive=500"], "kan ikke vare 500 måneder"),
        (["show", "johs", "--discount", "mye"], "er ikke en rente"),
        (["show", "johs", "--at", "1999-01-01"], "ingen priser som gjelder"),
        (["show", "johs", "--personas", "finnes-ikke"], "finnes ikke"),
        (["schema", "ukjent"], "ikke noe skjema"),
    ],
)
def test_mistakes_are_told_plainly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: list[str], says: str
) -> None:
    assert run(monkeypatch, *typed) == 1
    assert says in capsys.readouterr().err
