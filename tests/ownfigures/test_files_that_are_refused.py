"""Files with persons in them, and files that are no tables: refused, with nothing kept."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from trinnvis.ownfigures.errors import HoldsPersons
from trinnvis.ownfigures.models import FileDraft, OwnFigures
from trinnvis.ownfigures.rules.kinds import Kind
from trinnvis.people.identity import synthetic_number
from trinnvis.trouble import Trouble

HEAD = "År;Tjeneste;Alder;Brukere 31.12.\n"
NUMBER = synthetic_number(date(1941, 5, 4), "female", 7)


@pytest.mark.parametrize(
    "text",
    [
        "Fødselsnummer;År\nx;2025\n", "Fornavn;År\nx;2025\n", "Ansattnr;Årsverk\n1;1\n",
        "År;Adresse\n2025;x\n",
        "År;Stillingsprosent\n2025;80\n",
        HEAD + f"2025;{NUMBER};80+;1\n", HEAD + f"2025;{NUMBER[:6]} {NUMBER[6:]};80+;1\n",
        HEAD + f"2025;Langtid;80+;{NUMBER}\n",
        "År;Hvem;Antall\n2025;Kari Nordmann;1\n2025;Ola Hansen;1\n2025;Berg, Ingrid;1\n",
    ],
)  # fmt: skip
def test_a_file_with_persons_is_refused_and_never_kept(figures, text):
    with pytest.raises(HoldsPersons, match="ingenting fra fila er lagret") as told:
        figures.upload(text)
    assert NUMBER not in str(told.value)
    assert not FileDraft.objects.exists()


def test_a_row_for_each_person_is_refused(figures):
    rows = HEAD + "2025;Langtid;85;1\n" * 25
    [(_line, _column, told)] = figures.told(rows)
    assert "én rad for hver" in told
    staff = "År;Yrke;Årsverk\n" + "2025;Sykepleier;0,8\n" * 10
    [(_line, _column, told)] = figures.told(staff, Kind.STAFF)
    assert "én rad for hver" in told


def test_places_with_names_as_people_have_are_no_people(figures):
    places = ("Roa Omsorgssenter", "Grua Bofellesskap", "Harestua Hjemmetjeneste")
    text = "År;Enhet;Årsverk\n" + "".join(f"2025;{place};20\n" for place in places)
    assert len(figures.read(text, Kind.STAFF).rows) == 3


def _packed(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts:
            packed.writestr(name, content)
    return out.getvalue()


FAR = b'<sheetData><row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row></sheetData>'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "tom"),
        (b" \n", "tom"),
        (b"\x89PNG\r\n\0\x01\x02", "verken csv eller Excel"),
        (b"PK\x03\x04 not a book", "kan ikke leses som Excel"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "gamle Excel-formatet"),
        (b"x" * 10_000_001, "for stor"),
        (_packed(("xl/worksheets/sheet1.xml", b"0" * 101_000_000)), "for stor"),
        (_packed(("xl/worksheets/sheet1.xml", FAR)), "tomme celler"),
        (b"a;b\n" * 760_000, "for stor"),
        (b"2025;Langtid;80+;1\n" * 100_000, "100\u00a0000 rader"),
    ],
)
def test_a_file_that_is_no_table_is_told(figures, content, says):
    with pytest.raises(Trouble, match=says):
        figures.upload(content)
    assert not FileDraft.objects.exists() and not OwnFigures.objects.exists()


def test_a_wrong_ending_does_not_matter(figures):
    key = figures.upload(HEAD + "2025;Langtid;80+;3\n", name="tall.xlsx")
    assert FileDraft.objects.get(pk=key).file_name == "tall.xlsx"
