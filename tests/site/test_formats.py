"""Numbers, dates and amounts as a Norwegian reader expects them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from trinnvis import formats

NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def bokmal():
    with translation.override("nb"):
        yield


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (182300, "182 300"),
        (Decimal("4.50"), "4,5"),
        (Decimal("-4200.5"), "−4 200,5"),
        (0, "0"),
        (Decimal("-0.0"), "0"),
        (Decimal("1E+3"), "1 000"),
        (1e-7, "0,0000001"),
        (None, "–"),
    ],
)
def test_numbers(value, text):
    assert formats.number(value).replace(NBSP, " ") == text


def test_a_number_that_rounds_to_nothing_has_no_minus():
    assert formats.number(Decimal("-0.2"), 0) == "0"


def test_units_never_part_from_their_number():
    assert formats.kroner(Decimal("182300.50")) == f"182{NBSP}301{NBSP}kr"
    assert formats.hours(Decimal("4.5")) == f"4,5{NBSP}timer"
    assert formats.hours(1) == f"1{NBSP}time"
    assert formats.percent(Decimal("0.18")) == f"18{NBSP}%"
    assert formats.percent(Decimal("0.185"), 1) == f"18,5{NBSP}%"


@pytest.mark.parametrize(
    "function", [formats.kroner, formats.hours, formats.percent, formats.long_date, formats.clock]
)
def test_what_is_missing_is_a_dash_and_not_nought(function):
    assert function(None) == "–"


def test_dates_follow_the_municipality_s_own_time():
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    assert formats.long_date(late).replace(NBSP, " ") == "22. november 2026"
    assert formats.short_date(late) == "22.11.2026"
    assert formats.clock(late) == "kl. 00.30"
    assert formats.long_date(date(2026, 5, 1)).replace(NBSP, " ") == "1. mai 2026"


@pytest.mark.parametrize(
    ("deadline", "text"),
    [
        (date(2026, 3, 12), "om 2 dager"),
        (date(2026, 5, 9), "om 60 dager"),
        (date(2026, 5, 10), "om 2 måneder"),
        (date(2027, 12, 8), "om 21 måneder"),
        (date(2026, 3, 11), "i morgen"),
        (date(2026, 3, 10), "i dag"),
        (date(2026, 3, 9), "1 dag over fristen"),
        (date(2026, 3, 7), "3 dager over fristen"),
        (None, "–"),
    ],
)
def test_deadlines_are_counted_in_days(deadline, text):
    assert formats.due(deadline, date(2026, 3, 10)) == text


def test_a_deadline_late_tonight_is_today_even_when_utc_says_tomorrow():
    assert (
        formats.due(datetime(2026, 6, 10, 21, 59, tzinfo=UTC), datetime(2026, 6, 10, 6, 0, tzinfo=UTC))
        == "i dag"
    )


def test_identity_numbers_are_split_and_may_be_masked():
    assert formats.identity_number("01865010093") == f"018650{NBSP}10093"
    assert "10093" not in formats.masked_identity_number("01865010093")
