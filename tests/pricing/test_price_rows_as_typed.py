"""A price row as typed: read back to itself, or told what is wrong on the right column."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_policy import EARLY, small_policy

from trinnvis.policy.model import PriceRow
from trinnvis.policy.status import Status
from trinnvis.pricing.rules.typed import as_typed, number, read_row
from trinnvis.pricing.rules.whole import read_rows
from trinnvis.resources.price_book import undated

POLICY = small_policy()
HELP = undated(POLICY.price("praktisk-bistand", POLICY.service("praktisk-bistand").unit, EARLY))


def typed(**changes: str) -> dict[str, str]:
    return as_typed(HELP) | changes


def wrong(**changes: str) -> list[tuple[str, str]]:
    row, faults = read_row(typed(**changes), POLICY)
    assert row is None
    return [(fault.column, fault.told()) for fault in faults]


def decimals(most: int, places: int, least: int = 0) -> st.SearchStrategy[Decimal]:
    """Decimals made of whole numbers: much faster than drawing them digit by digit."""
    one = Decimal(1).scaleb(-places)
    return st.integers(least * 10**places, most * 10**places).map(lambda whole: whole * one)


kroner = decimals(9_999_999, 2)
hours = st.dictionaries(st.sampled_from(["sykepleier", "helsefagarbeider"]), decimals(90, 4, 2))
parts = st.dictionaries(st.sampled_from(["sykepleier", "helsefagarbeider"]), decimals(1, 4))
words = st.text(st.characters(exclude_categories=["Cc", "Cs", "Z"]), min_size=1, max_size=60)


@given(
    st.sampled_from([undated(price) for price in POLICY.prices]),
    kroner, kroner, hours, parts, parts, words, st.sampled_from(Status), st.integers(2000, 2100),
)  # fmt: skip
def test_every_sound_row_is_read_back_as_it_was(base, nok, fee, whole, road, other, source, status, year):
    row = PriceRow.model_validate(
        base.model_dump()
        | {
            "nok": nok, "fee_nok": fee, "hours": whole, "source": source, "status": status,
            "price_year": year, "travel": {key: each for key, each in road.items() if key in whole},
            "indirect": {key: each for key, each in other.items() if key in whole},
            "fixed_nok": fee if fee <= nok else None,
            "low": nok, "high": None,
        }
    )  # fmt: skip
    back, faults = read_row(as_typed(row), POLICY)
    assert (back, faults) == (row, ())


def test_a_row_without_source_is_refused_with_the_reason():
    (fault,) = wrong(source="  ")
    assert fault[0] == "source"
    assert "ingen pris tas inn uten kilde" in fault[1]


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("service", "fotpleie", "finnes ikke"),
        ("nok", "", "Fyll ut «kroner»"),
        ("nok", "gratis", "er ikke et tall"),
        ("nok", "-5", "fra 0"),
        ("nok", "100000000", "fra 0 til"),
        ("nok", "1,005", "høyst 2 desimaler"),
        ("nok", "NaN", "er ikke et tall"),
        ("nok", "1e9", "er ikke et tall"),
        ("hours", "sykepleier", "ikke til å forstå"),
        ("hours", "lege 1", "finnes ikke i politikken"),
        ("hours", "sykepleier 1; sykepleier 2", "står to ganger"),
        ("hours", "sykepleier -1", "fra 0"),
        ("travel", "helsefagarbeider 9", "mer enn alle timene"),
        ("fixed_nok", "900", "større enn prisen"),
        ("price_year", "99", "et år fra 2000"),
        ("price_year", "²⁰²⁶", "et år fra 2000"),
        ("low", "701", "utenfor sitt eget anslag"),
        ("status", "kanskje", "Velg status"),
        ("unit", "places", "tildeles i"),
        ("source", "x" * 1001, "for lang"),
    ],
)
def test_each_fault_stands_on_its_column(column, text, said):
    faults = wrong(**{column: text})
    assert faults[0][0] == column
    assert said in faults[0][1]


def test_every_fault_of_a_row_is_told_at_once():
    assert [column for column, _ in wrong(nok="x", source="", status="")] == ["nok", "source", "status"]


def test_professions_may_be_told_by_title_and_services_too():
    row, _ = read_row(
        typed(service="Praktisk bistand", hours="Sykepleier: 0,5; helsefagarbeider 1.25"), POLICY
    )
    assert row is not None
    assert row.service == "praktisk-bistand"
    assert row.hours == {"sykepleier": Decimal("0.5"), "helsefagarbeider": Decimal("1.25")}


@pytest.mark.parametrize(
    ("text", "value"), [("1 234,50", "1234.50"), ("672.5", "672.5"), ("−3", "-3"), ("1,2,3", None)]
)
def test_numbers_are_read_as_norwegians_write_them(text, value):
    assert number(text) == (Decimal(value) if value else None)


def test_the_same_service_twice_is_told_with_both_lines():
    _rows, faults = read_rows([(2, typed()), (5, typed(nok="800"))], POLICY)
    assert [(fault.line, fault.column) for fault in faults] == [(5, "service")]
    assert "linje 2" in faults[0].told()


def test_a_list_without_rows_is_a_fault():
    assert [fault.told() for fault in read_rows([], POLICY)[1]] == ["Fila har ingen prisrader."]
