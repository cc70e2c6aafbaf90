"""Deadlines are counted as the law counts them, and say why they end when they do."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trinnvis.policy.dates import holiday, is_working_day
from trinnvis.policy.deadlines import compute, end_of
from trinnvis.policy.model import DeadlineRule, Length
from trinnvis.policy.status import Status


def rule(number: int, unit: str, rolls: bool = True) -> DeadlineRule:
    return DeadlineRule(
        code="frist",
        title="Frist",
        trigger="Brevet kom",
        length=Length.model_validate({"number": number, "unit": unit}),
        rolls_to_working_day=rolls,
        legal_basis="§ 1",
        explanation="Frist",
        valid_from=date(2000, 1, 1),
        source="test",
        status=Status.EXAMPLE,
    )


DAYS = st.dates(date(2024, 1, 1), date(2060, 12, 31))
UNITS = st.sampled_from(["days", "working_days", "weeks", "months", "years"])


@pytest.mark.parametrize(
    ("number", "unit", "start", "due"),
    [
        (3, "weeks", date(2026, 3, 12), date(2026, 4, 7)),  # Maundy Thursday, then Easter
        (3, "weeks", date(2026, 11, 24), date(2026, 12, 15)),  # the same weekday
        (4, "weeks", date(2026, 11, 28), date(2026, 12, 28)),  # 26 December is a Saturday
        (1, "months", date(2027, 1, 31), date(2027, 3, 1)),  # 28 February is a Sunday
        (1, "months", date(2028, 1, 31), date(2028, 2, 29)),
        (1, "years", date(2028, 2, 29), date(2029, 2, 28)),
        (4, "years", date(2028, 2, 29), date(2032, 3, 1)),  # 29 February 2032 is a Sunday
        (1, "months", date(2026, 12, 15), date(2027, 1, 15)),
        (6, "months", date(2026, 11, 17), date(2027, 5, 18)),  # 17 May, which is Whit Monday too
        (1, "days", date(2026, 4, 30), date(2026, 5, 4)),  # 1 May, a Friday
        (1, "working_days", date(2026, 4, 1), date(2026, 4, 7)),
        (6, "working_days", date(2026, 12, 23), date(2027, 1, 4)),  # Christmas, New Year and two weekends
        (0, "days", date(2026, 11, 22), date(2026, 11, 23)),  # a Sunday
        (0, "working_days", date(2026, 11, 23), date(2026, 11, 23)),
    ],
)
def test_counted_by_hand(number: int, unit: str, start: date, due: date) -> None:
    assert compute(rule(number, unit), start).due == due


@pytest.mark.parametrize(
    ("number", "unit", "start", "why"),
    [
        (3, "weeks", date(2026, 3, 12),
         "3 uker etter 12. mars 2026 er torsdag 2. april 2026; det er skjærtorsdag, derfor første virkedag, "
         "tirsdag 7. april 2026."),
        (3, "weeks", date(2026, 11, 24), "3 uker etter 24. november 2026 er tirsdag 15. desember 2026."),
        (1, "months", date(2027, 1, 31),
         "1 måned etter 31. januar 2027 er søndag 28. februar 2027 (februar 2027 har ikke dag 31); "
         "det er søndag, derfor første virkedag, mandag 1. mars 2027."),
        (6, "months", date(2026, 11, 17),
         "6 måneder etter 17. november 2026 er mandag 17. mai 2027; det er andre pinsedag og 17. mai, derfor "
         "første virkedag, tirsdag 18. mai 2027."),
        (1, "days", date(2026, 5, 22),
         "1 dag etter 22. mai 2026 er lørdag 23. mai 2026; det er lørdag, derfor første virkedag, "
         "tirsdag 26. mai 2026."),
        (2, "working_days", date(2026, 11, 20),
         "2 virkedager etter 20. november 2026 er tirsdag 24. november 2026 (lørdager, søndager og "
         "helligdager telles ikke)."),
        (0, "days", date(2026, 11, 23), "Fristen er samme dag, mandag 23. november 2026."),
    ],
)  # fmt: skip
def test_says_why(number: int, unit: str, start: date, why: str) -> None:
    assert compute(rule(number, unit), start).why == why


def test_rolls_only_when_the_rule_says_so() -> None:
    found = compute(rule(3, "weeks", rolls=False), date(2026, 3, 12))
    assert (found.due, "derfor" in found.why, found.rule) == (date(2026, 4, 2), False, "frist")


@given(DAYS, st.integers(0, 60), UNITS)
def test_a_rolled_deadline_is_the_first_working_day_from_the_counted_one(
    start: date, number: int, unit: str
) -> None:
    found = compute(rule(number, unit), start).due
    counted = end_of(rule(number, unit).length, start)
    assert is_working_day(found)
    assert found.weekday() < 5
    assert holiday(found) is None
    assert all(not is_working_day(counted + timedelta(days=n)) for n in range((found - counted).days))


@given(DAYS, st.integers(0, 400), st.integers(0, 60), UNITS)
def test_a_later_start_never_ends_earlier(start: date, later: int, number: int, unit: str) -> None:
    end = compute(rule(number, unit), start + timedelta(days=later)).due
    assert end >= compute(rule(number, unit), start).due


@given(DAYS, st.integers(0, 60), UNITS)
def test_one_more_never_ends_earlier(start: date, number: int, unit: str) -> None:
    assert compute(rule(number + 1, unit), start).due >= compute(rule(number, unit), start).due


@given(DAYS, st.integers(1, 60))
def test_weeks_end_on_the_same_weekday(start: date, number: int) -> None:
    assert end_of(rule(number, "weeks").length, start).weekday() == start.weekday()


@given(DAYS, st.integers(0, 60))
@example(date(2028, 2, 29), 12)
def test_months_end_on_the_same_date_or_the_last(start: date, number: int) -> None:
    end = end_of(rule(number, "months").length, start)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == number
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)


@given(DAYS, st.integers(1, 30))
def test_working_days_are_each_counted_once(start: date, number: int) -> None:
    end = end_of(rule(number, "working_days").length, start)
    between = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(map(is_working_day, between)) == number


@given(DAYS, st.integers(1, 60))
@example(date(2026, 3, 12), 6)  # three weeks end on Maundy Thursday; six weeks do not start from there
def test_a_deadline_is_counted_from_its_start_alone(start: date, number: int) -> None:
    expected = start + timedelta(weeks=number)
    while expected.weekday() > 4 or holiday(expected):
        expected += timedelta(days=1)
    assert compute(rule(number, "weeks"), start).due == expected


def easter(year: int) -> date:
    """Easter Sunday by Gauss's rule as corrected for 1900–2099: an oracle of its own."""
    a, b, c = year % 19, year % 4, year % 7
    d = (19 * a + 24) % 30
    e = (2 * b + 4 * c + 6 * d + 5) % 7
    if (d == 29 and e == 6) or (d == 28 and e == 6 and a > 10):
        e -= 7
    return date(year, 3, 22) + timedelta(days=d + e)


@pytest.mark.parametrize("year", range(2024, 2061))
def test_the_holidays_of_a_year(year: int) -> None:
    sunday = easter(year)
    movable = [sunday + timedelta(days=n) for n in (-3, -2, 0, 1, 39, 49, 50)]
    fixed = [date(year, *day) for day in ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))]
    found = {date(year, 1, 1) + timedelta(days=n) for n in range(366) if n < 365 or year % 4 == 0}
    assert {day for day in found if holiday(day)} == {*movable, *fixed}
    assert is_working_day(date(year, 12, 24)) == (date(year, 12, 24).weekday() < 5)
