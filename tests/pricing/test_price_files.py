"""Files: what is written is read back, and what is no price list is told."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import pytest
import xlsxwriter
from cast import NOW
from small_policy import small_policy

from trinnvis.pricing import sheets
from trinnvis.pricing.rules.levels import read_levels
from trinnvis.pricing.rules.whole import read_rows
from trinnvis.resources.price_book import rows_on
from trinnvis.trouble import Trouble

POLICY = small_policy()
ROWS = rows_on(POLICY.prices, NOW.date())
HEAD = "tjeneste;kroner;prisår;kilde;status\r\n"


def test_csv_and_excel_are_read_back_as_they_were_written(db):
    harmful = (ROWS[0].model_copy(update={"source": "=HYPERLINK(1)"}), *ROWS[1:])
    for name, content in (
        ("p.csv", sheets.list_csv(harmful, POLICY)),
        ("p.xlsx", sheets.list_xlsx(harmful, POLICY, title="Priser", about=["Om"])),
    ):
        rows, faults = read_rows(sheets.price_rows(name, content), POLICY)
        assert faults == ()
        assert rows == harmful
    assert b";'=HYPERLINK" in sheets.list_csv(harmful, POLICY)


def test_equal_lists_give_equal_files():
    first, second = (sheets.list_xlsx(ROWS, POLICY, title="Priser", about=()) for _ in range(2))
    assert first == second


def test_headings_may_stand_below_a_title_and_lines_are_counted_as_the_reader_sees_them():
    text = f"Prisliste for 2027\r\n\r\n{HEAD}\r\nalarm;x;2026;Test;eksempel\r\n"
    (_row,), faults = (
        sheets.price_rows("p.csv", text.encode("cp1252")),
        read_rows(sheets.price_rows("p.csv", text.encode("cp1252")), POLICY)[1],
    )
    assert [(fault.line, fault.column) for fault in faults] == [(5, "nok")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Fila er tom"),
        (b"tjeneste;kroner\r\nalarm;1\r\n", "mangler kolonneoverskriftene"),
        (b"\x00\x01\x02", "verken csv eller Excel"),
        (b"PK\x03\x04 not a zip", "kan ikke leses som Excel"),
        (b"x" * 2_000_001, "for stor"),
        ((HEAD + "alarm;1;2026;t;eksempel\r\n" * 5001).encode(), "flere enn"),
    ],
)
def test_what_is_no_price_list_is_told(content, said):
    with pytest.raises(Trouble, match=said):
        sheets.price_rows("p.csv", content)


def test_a_packed_bomb_is_not_unpacked():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 41_000_000)
    with pytest.raises(Trouble, match="for stor"):
        sheets.price_rows("p.xlsx", bomb.getvalue())


def test_numbers_in_excel_are_read_without_noise():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["tjeneste", "kroner", "prisår", "kilde", "status", "plasser"])
    sheet.write_row(1, 0, ["alarm", 310.1, 2026, "Test", "eksempel", 0.00274])
    book.close()
    ((_line, cells),) = sheets.price_rows("p.xlsx", out.getvalue())
    assert (cells["nok"], cells["price_year"], cells["places"]) == ("310.1", "2026", "0.00274")


def levels(text: str):
    return read_levels(sheets.index_rows("i.csv", text.encode()))


def test_an_index_is_levels_or_growth_chained():
    assert levels("år;indeks\r\n2024;120,5\r\n2025;125\r\n") == (
        {2024: Decimal("120.5"), 2025: Decimal(125)},
        (),
    )
    found, faults = levels("År;Vekst\r\n2025;10\r\n2026;-50 %\r\n")
    assert found == {2024: 100, 2025: 110, 2026: 55}
    assert faults == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("år;indeks\r\n2024;0\r\n", "ikke en indeks over null"),
        ("år;indeks\r\nto tusen;1\r\n", "ikke et årstall"),
        ("år;indeks\r\n2024;1\r\n2024;2\r\n", "står to ganger"),
        ("år;indeks\r\n2024;1\r\n2026;2\r\n", "2025 mangler"),
        ("år;vekst\r\n2024;51\r\n", "høyst 50 prosent"),
        ("år;indeks;vekst\r\n2024;1;\r\n2025;;3\r\n", "samme mål"),
        ("år;indeks\r\n", "ingen år"),
    ],
)
def test_a_faulty_index_is_told(text, said):
    found, faults = levels(text)
    assert found == {}
    assert said in faults[0].told()


def test_an_index_without_a_measure_is_told():
    with pytest.raises(Trouble, match="indeks"):
        levels("år;tall\r\n2024;1\r\n")
