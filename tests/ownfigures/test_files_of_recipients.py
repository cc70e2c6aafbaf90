"""Recipients in files as municipalities make them: what is understood, and why a row is rejected."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from trinnvis.ownfigures.rules.mapping import SPLIT

HEAD = "År;Tjeneste;Aldersgruppe;Brukere 31.12.;Timer i året\n"
THREE = "2025;Hjemmetjenester;0-66;81;{0}\n2025;Hjemmetjenester;67-79;52;\n2025;Hjemmetjenester;80+;90;\n"
WHOLE = HEAD + THREE.format("")


def by_band(read) -> dict[tuple[str, str], Decimal | None]:
    assert not read.faults, [f.told() for f in read.faults]
    return {row.keys: row.values[0] for row in read.rows}


def workbook(*rows: tuple[object, ...]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(line, column, cell, book.add_format({"num_format": "dd.mm.yyyy"}))
            else:
                sheet.write(line, column, cell)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("sign", [";", "\t", ","])
def test_encodings_and_delimiters(figures, encoding, sign):
    read = figures.read(WHOLE.replace(";", sign).encode(encoding))
    assert by_band(read) == {
        ("home_care", "0-66"): 81, ("home_care", "67-79"): 52, ("home_care", "80+"): 90,
    }  # fmt: skip


def test_a_workbook_with_a_title_above_and_ages_across(figures):
    read = figures.read(
        workbook(
            ("Uttrekk fra fagsystemet",),
            ("", "", "Brukere 31.12.", "", ""),
            ("År", "Tjeneste", "0–66 år", "67–79 år", "80–89 år", "90 år og over", "I alt"),
            (2025, "21 Langtidsopphold", 3, 9, 20, 11, 43),
        )
    )
    assert by_band(read) == {
        ("long_term", "0-66"): 3, ("long_term", "67-79"): 9, ("long_term", "80+"): 31,
        ("long_term", "all"): 43,
    }  # fmt: skip


def test_a_column_of_remarks_does_not_part_the_rows_of_a_service(figures):
    head = "År;Tjeneste;Aldersgruppe;Brukere 31.12.;Merknad\n"
    rows = ("0-49;41;", "50-66;:;skjult", "67-79;62;", "80-89;88;", "90+;39;foreløpig")
    read = figures.read(head + "".join(f"2025;Hjemmetjenester;{row}\n" for row in rows))
    assert not read.faults
    assert by_band(read) == {
        ("home_care", "0-66"): None, ("home_care", "67-79"): 62, ("home_care", "80+"): 127,
    }  # fmt: skip


@pytest.mark.parametrize("text", [":", "<4", "1-3", "1–3", "*", "..", "under 5"])
def test_a_hidden_count_is_hidden_and_not_nought(figures, text):
    read = figures.read(WHOLE.replace("80+;90", f"80+;{text}"))
    assert by_band(read)["home_care", "80+"] is None
    assert read.hidden == 1


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("-5", "negativt"), ("12,5", "desimaler"), ("", "tom"), ("mange", "ikke et tall"),
        ("=SUM(A1:A3)", "ikke et tall"), ("1.234", "to måter"), ("99999999", "for høyt"),
        ("#REF!", "ikke et tall"),
    ],
)  # fmt: skip
def test_a_count_that_is_none(figures, cell, says):
    [(line, column, told)] = figures.told(WHOLE.replace("80+;90", f"80+;{cell}"))
    assert (line, column) == (4, "Brukere 31.12.") and says in told


def test_a_spreadsheets_date_for_a_range_is_told(figures):
    rows = [("År", "Tjeneste", "Alder", "Brukere 31.12."), (2025, "Hjemmetjenester", "80+", date(2026, 3, 1))]
    [(line, column, told)] = figures.told(workbook(*rows))
    assert (line, column) == (2, "Brukere 31.12.") and "om til en dato (01.03.2026)" in told


@pytest.mark.parametrize("year", ["25", "1999", "2027", "i fjor", ""])
def test_a_year_that_cannot_be(figures, year):
    faults = figures.told(WHOLE.replace("2025;Hjemmetjenester;80+", f"{year};Hjemmetjenester;80+"))
    assert [(line, column) for line, column, _told in faults] == [(4, "År")]


def test_rows_of_two_sexes_are_added_and_rows_of_both_passed_over(figures):
    head = "År;Tjeneste;Kjønn;Alder;Brukere 31.12.\n"
    rows = "".join(
        f"2025;Langtid;{sex};80+;{n}\n" for sex, n in (("Kvinner", 20), ("Menn", 11), ("Begge kjønn", 31))
    )
    read = figures.read(head + rows)
    assert by_band(read) == {("long_term", "80+"): 31} and read.passed == 1


def test_a_row_twice_is_told_with_the_line_of_the_first(figures):
    assert figures.told(WHOLE + "2025;Hjemmetjenester;80+;90;\n") == [(5, "", "Raden står alt på linje 4.")]


@pytest.mark.parametrize(
    ("ages", "says"),
    [
        (("0-66", "60-79", "80+"), "grensene"),
        (("0-66", "67-85", "80+"), "grensene"),
        (("0-66", "0-17", "67-79", "80+"), "overlapper"),
        (("18-66", "67-79", "80+"), "0–17 mangler"),
        (("0-66", "67-79", "90+"), "80–89 mangler"),
        (("0-66", "67-79", "gamle"), "ikke en aldersgruppe"),
        (("79-67",), "ikke en aldersgruppe"),
    ],
)
def test_ages_that_do_not_fit(figures, ages, says):
    told = figures.told(HEAD + "".join(f"2025;Hjemmetjenester;{age};10;\n" for age in ages))
    assert any(says in text for _line, _column, text in told), told


def test_a_group_across_a_border_is_shared_out_only_when_chosen(figures):
    text = HEAD + "2025;Langtid;0-66;3;\n2025;Langtid;67+;40;\n"
    assert "grensene" in figures.told(text)[0][2]
    read = figures.read(text, values={"age": {"67+": SPLIT}})
    found = by_band(read)
    assert found["long_term", "67-79"] + found["long_term", "80+"] == 40
    assert 5 < found["long_term", "67-79"] < 15
    assert [row.derived for row in read.rows] == [False, True, True]


def test_single_ages_may_leave_out_the_empty(figures):
    text = HEAD + "".join(f"2025;Langtid;{age};1;\n" for age in (45, 71, 83, 90, 95))
    assert by_band(figures.read(text)) == {
        ("long_term", "0-66"): 1,
        ("long_term", "67-79"): 1,
        ("long_term", "80+"): 3,
    }


def test_codes_names_and_what_the_forecast_lacks(figures):
    text = HEAD + "2025;KPR 15;80+;60;\n2025;6 Trygghetsalarm;80+;99;\n2025;Sykehjem, langtid;80+;30;\n"
    read = figures.read(text)
    assert by_band(read) == {("home_care", "80+"): 60, ("long_term", "80+"): 30} and read.left == 1


def test_an_unknown_code_is_told_until_it_is_given_a_meaning(figures):
    text = HEAD + "2025;77 Noe eget;80+;30;\n"
    [(line, column, told)] = figures.told(text)
    assert (line, column) == (2, "Tjeneste") and "«77 Noe eget» er ikke koblet" in told
    assert by_band(figures.read(text, values={"service": {"77 Noe eget": "short_term"}})) == {
        ("short_term", "80+"): 30
    }


def test_two_services_of_a_group_count_no_one_twice_unless_that_is_said(figures):
    text = HEAD + "2025;1 Praktisk bistand;80+;40;\n2025;15 Helsetjenester;80+;60;\n"
    assert "telles to ganger" in figures.told(text)[0][2]
    assert by_band(figures.read(text, adds_up=True)) == {("home_care", "80+"): 100}


def test_a_total_that_does_not_agree(figures):
    told = figures.told(WHOLE + "2025;Hjemmetjenester;I alt;200;\n")
    assert told == [(5, "Brukere 31.12.", "Totalen er 200, men aldersgruppene er til sammen 223.")]
    assert not figures.told(WHOLE + "2025;Hjemmetjenester;I alt;223;\n")


def test_counted_through_the_year_is_refused(figures):
    assert "31. desember" in figures.told(WHOLE, counted="year")[0][2]
    assert "31. desember" in figures.told(WHOLE.replace("Brukere 31.12.", "Brukere"))[0][2]


def test_hours_by_year_and_by_week(figures):
    [row, *_rest] = figures.read(HEAD + THREE.format("1 000,5")).rows
    assert row.values == (81, Decimal("1000.5"))
    weekly = (HEAD + THREE.format("10")).replace("Timer i året", "Timer per uke")
    assert figures.read(weekly).rows[0].values == (81, 520)


def test_a_missing_column_is_told_and_a_year_may_be_given_instead(figures):
    text = WHOLE.replace("År;", "Fra;").replace("2025;", "x;")
    assert any("«År»" in told for _line, _column, told in figures.told(text))
    assert len(figures.read(text, fixed={"year": "2025"}).rows) == 3


def test_next_years_file_is_mapped_as_last_years(figures):
    text = "Aar;Hva;Gruppe;Hoder\n{0};Eget navn;80+;30\n"
    said = {
        "columns": {"year": "Aar", "service": "Hva", "age": "Gruppe", "users": "Hoder"},
        "values": {"service": {"Eget navn": "long_term"}},
        "counted": "31.12",
    }
    assert figures.take_in(text.format(2024), **said) == 1
    read = figures.read(text.format(2025), counted="31.12")
    assert by_band(read) == {("long_term", "80+"): 30}
