"""The year's forecast: what is used and what decisions take, to the day, never more and never less."""

from datetime import date, timedelta
from decimal import Decimal

from carrying import carried
from hypothesis import given, settings
from hypothesis import strategies as st
from small_policy import price, small_policy

from trinnvis.delivery.rules.forecast import Used, forecast, taken_between, used_so_far
from trinnvis.delivery.rules.hours import month_end

POLICY = small_policy()
YEARS = st.integers(2021, 2032)
MONEY = st.decimals(0, 10_000_000, places=2)


def months(year: int, number: int, nok: str | None = "1000", hours: str | None = "10") -> list[Used]:
    """The first so many months of a year, equal."""
    firsts = [date(year, month, 1) for month in range(1, number + 1)]
    value = (Decimal(nok) if nok else None, Decimal(hours) if hours else None)
    return [Used(first, month_end(first), *value) for first in firsts]


@st.composite
def lines(draw, year: int):
    kinds = [
        ("praktisk-bistand", "hours_per_week"),
        ("langtid", "places"),
        ("korttid", "days"),
        ("alarm", "pieces"),
        ("bolig", "months"),
        ("mat", "portions_per_week"),
    ]
    found = []
    for person in range(draw(st.integers(0, 4))):
        service, unit = draw(st.sampled_from(kinds))
        first = date(year - 1, 1, 1) + timedelta(days=draw(st.integers(0, 800)))
        length = draw(st.one_of(st.none(), st.integers(0, 500)))
        last = None if length is None else first + timedelta(days=length)
        amount = str(draw(st.integers(1, 40)))
        found.append(carried(service, amount, unit, first=first, last=last, person=person))
    return found


@settings(max_examples=60, deadline=None)
@given(st.data(), YEARS, st.integers(0, 364))
def test_what_is_taken_adds_up_over_any_split_of_the_year(data, year, at):
    running = data.draw(lines(year))
    first, last = date(year, 1, 1), date(year, 12, 31)
    middle = first + timedelta(days=at)
    whole = taken_between(running, POLICY, first, last).use
    parts = (
        taken_between(running, POLICY, first, middle).use
        + taken_between(running, POLICY, middle + timedelta(days=1), last).use
    )
    assert whole.exact == parts.exact


@settings(max_examples=60, deadline=None)
@given(st.data(), YEARS, st.integers(0, 12), MONEY, MONEY)
def test_expected_is_used_and_ahead_and_left_is_the_rest_of_the_budget(data, year, closed, nok, hours):
    running = data.draw(lines(year))
    found = forecast(running, months(year, closed), POLICY, year, nok=nok, hours=hours)
    for outlook, each in ((found.nok, Decimal(1000)), (found.hours, Decimal(10))):
        assert outlook.used == (closed * each if closed else None)
        assert outlook.expected == (outlook.used or 0) + outlook.ahead
        assert outlook.left == outlook.budget - outlook.expected
        assert outlook.ahead >= 0
    if closed == 12:
        assert (found.nok.ahead, found.hours.ahead) == (0, 0)
        assert found.nok.used_to == date(year, 12, 31)


@settings(max_examples=40, deadline=None)
@given(st.data(), YEARS)
def test_one_more_decision_never_makes_the_year_cheaper(data, year):
    running = data.draw(lines(year))
    more = [*running, carried("langtid", "1", "places", first=date(year, 6, 1), person=99)]
    fewer = forecast(running, [], POLICY, year, nok=None, hours=None)
    found = forecast(more, [], POLICY, year, nok=None, hours=None)
    assert found.nok.expected > fewer.nok.expected
    assert found.hours.expected > fewer.hours.expected


def test_a_leap_year_has_a_day_more():
    place = [carried("langtid", "1", "places", first=date(2020, 1, 1))]

    def expected(year: int) -> Decimal:
        return forecast(place, [], POLICY, year, nok=None, hours=None).nok.expected

    assert expected(2028) == 366 * Decimal(3400)
    assert expected(2027) == 365 * Decimal(3400)


def test_a_part_of_a_year_counts_its_days():
    place = [carried("langtid", "1", "places", first=date(2026, 3, 1), last=date(2026, 3, 31))]
    found = forecast(place, [], POLICY, 2026, nok=Decimal(200_000), hours=None)
    assert found.nok.expected == 31 * Decimal(3400)
    assert found.hours.expected == Decimal("145.70")  # 31 days of 4.7 hours
    assert found.nok.left == Decimal(200_000) - 31 * Decimal(3400)
    assert found.hours.left is None


def test_what_is_replaced_counts_until_the_day_before():
    short = carried("langtid", "1", "places", first=date(2026, 1, 1), cut=date(2026, 1, 10))
    assert taken_between([short], POLICY, date(2026, 1, 1), date(2026, 12, 31)).use.gross == 10 * Decimal(
        3400
    )


def test_used_counts_only_as_far_as_there_is_no_gap():
    rows = months(2026, 6)
    without_march = [row for row in rows if row.first.month != 3]
    found = forecast([], without_march, POLICY, 2026, nok=None, hours=None)
    assert (found.nok.used, found.nok.used_to) == (Decimal(2000), date(2026, 2, 28))


def test_kroner_and_hours_may_be_known_to_different_days():
    place = [carried("langtid", "1", "places", first=date(2020, 1, 1))]
    rows = [*months(2026, 9), Used(date(2026, 10, 1), date(2026, 10, 31), None, Decimal(10))]
    found = forecast(place, rows, POLICY, 2026, nok=None, hours=None)
    assert (found.nok.used_to, found.hours.used_to) == (date(2026, 9, 30), date(2026, 10, 31))
    assert found.nok.ahead == 92 * Decimal(3400)
    assert found.hours.ahead == 61 * Decimal("4.7")


def test_nothing_used_is_not_nought():
    assert used_so_far([], 2026) == (None, None)
    assert used_so_far([(date(2026, 1, 1), date(2026, 1, 31), None)], 2026) == (None, None)
    assert used_so_far([(date(2026, 1, 1), date(2026, 1, 31), Decimal(0))], 2026) == (
        Decimal(0),
        date(2026, 1, 31),
    )


def test_what_has_no_price_is_named_and_new_prices_count_from_their_day():
    assert forecast(
        [carried("uten-pris", first=date(2026, 1, 1))], [], POLICY, 2026, nok=None, hours=None
    ).unpriced == ("uten-pris",)
    dearer = small_policy(
        prices=(
            price("langtid", "places", "day", "1000", valid_to=date(2026, 6, 30)),
            price("langtid", "places", "day", "2000", valid_from=date(2026, 7, 1)),
        )
    )
    place = [carried("langtid", "1", "places", first=date(2020, 1, 1))]
    found = forecast(place, [], dearer, 2026, nok=None, hours=None)
    assert found.nok.expected == 181 * 1000 + 184 * 2000
    assert len(found.prices) == 2
