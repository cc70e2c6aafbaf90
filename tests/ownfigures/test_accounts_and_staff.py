"""Accounts by function and art, and person-years: read, summed and laid beside the forecast."""

from __future__ import annotations

from decimal import Decimal

import pytest

from trinnvis.ownfigures.rules.accounts import gross_of
from trinnvis.ownfigures.rules.kinds import Kind, Unit
from trinnvis.ownfigures.rules.reconciling import compared, whole

ACCOUNTS = Kind.ACCOUNTS


def sums(read):
    assert not read.faults, [f.told() for f in read.faults]
    return {(row.year, *row.keys): row.values[0] for row in read.rows}


def test_years_across_and_other_sectors_left_out(figures):
    text = (
        "Funksjon;Art;Regnskap 2024;Regnskap 2025;Budsjett 2026\n"
        "254 Hjemmeboende;010;1 000;2 000,50;1\n202 Grunnskole;010;5;5;5\nSum;;1 005;2 005;6\n"
    )
    read = figures.read(text, ACCOUNTS)
    assert sums(read) == {(2024, "254", "010"): 1000, (2025, "254", "010"): Decimal("2000.50")}
    assert read.left == 4


def test_gross_leaves_out_income_and_finance_and_keeps_negative_corrections(figures):
    amounts = {"010": 900, "011": -100, "600": -300, "590": 50, "520": 7}
    text = "År;Funksjon;Art;Beløp\n" + "".join(f"2025;253;{art};{nok}\n" for art, nok in amounts.items())
    read = figures.read(text, ACCOUNTS)
    assert gross_of(read.rows) == {(2025, "253"): 850}


def test_local_functions_begin_with_kostras_and_thousands_are_told(figures):
    read = figures.read("År;Funksjon;Regnskap i 1000 kr\n2025;25410;12,5\n", ACCOUNTS)
    assert sums(read) == {(2025, "254", ""): 12_500}
    assert figures.read("År;Funksjon;Kroner\n2025;254;7\n", ACCOUNTS, unit=Unit.THOUSAND).rows[0].values == (
        7000,
    )


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("2025;Hjemme;010;1", "ikke en kjent KOSTRA-funksjon"), ("2025;254;12345;1", "ikke en art"),
        ("2025;254;010;", "tom"), ("2025;254;010;1.234", "to måter"), ("2030;254;010;1", "utenfor"),
    ],
)  # fmt: skip
def test_rows_that_are_rejected(figures, row, says):
    [(line, _column, told)] = figures.told(f"År;Funksjon;Art;Beløp\n{row}\n", ACCOUNTS)
    assert line == 2 and says in told


def test_the_forecast_beside_the_accounts(figures):
    text = "År;Funksjon;Beløp\n2025;253;100\n2025;261;20\n2025;254;80\n2025;234;9\n"
    rows = figures.read(text, ACCOUNTS).rows
    found = compared(
        rows, 2025, {"long_term": Decimal(90), "short_term": Decimal(15), "home_care": Decimal(95)}
    )
    assert [(one.accounts, one.computed) for one in found] == [(120, 105), (80, 95), (9, None)]
    assert whole(found).ratio == 1


def test_person_years_by_unit_and_profession(figures):
    text = "År;Enhet;Yrke;Årsverk\n2025;Roa;Sykepleier;12,5\n2025;Roa;Vernepleier;3\nSum;;;15,5\n"
    read = figures.read(text, Kind.STAFF)
    assert sums(read) == {(2025, "Roa", "Sykepleier"): Decimal("12.5"), (2025, "Roa", "Vernepleier"): 3}
    assert read.passed == 1


def test_negative_person_years_and_the_same_row_twice(figures):
    text = "År;Enhet;Yrke;Årsverk\n2025;Roa;Sykepleier;-1\n2025;Roa;Vernepleier;3\n2025;Roa;Vernepleier;4\n"
    told = figures.told(text, Kind.STAFF)
    assert [line for line, _column, _text in told] == [2, 4]
    assert "negativt" in told[0][2] and "linje 3" in told[1][2]
