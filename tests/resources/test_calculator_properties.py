"""The calculator keeps its sums: over lines, over adjacent periods, over leap years, without drift."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from small_policy import EARLY, price, small_policy

from trinnvis.resources import ServiceLine, Use, calculate, gaps
from trinnvis.resources.calculator import use_between
from trinnvis.resources.calendar import days, kpr_hours_per_week, months, year_from
from trinnvis.resources.lines import run_of

BASE = small_policy()
CHANGE = date(2027, 2, 17)
POLICY = small_policy(
    prices=tuple(
        row
        for old in BASE.prices
        for row in (
            old.model_dump() | {"valid_to": CHANGE - timedelta(days=1)},
            old.model_dump() | {"valid_from": CHANGE, "nok": old.nok * Decimal("1.037")},
        )
    )
)
UNITS = {row.service: row.unit for row in BASE.prices}

dates = st.dates(date(2026, 1, 1), date(2032, 12, 31))
amounts = st.decimals(min_value="0.01", max_value="168", places=2)


@st.composite
def lines(draw, ended=False):
    service = draw(st.sampled_from(sorted(UNITS)))
    first = draw(dates)
    last = first + timedelta(days=draw(st.integers(0, 1500)))
    return ServiceLine(
        service, draw(amounts), UNITS[service], 2, first, last if ended or draw(st.booleans()) else None
    )


@given(st.lists(lines(), max_size=6), st.lists(lines(), max_size=6), dates)
def test_two_sets_of_lines_take_what_both_take(some, others, on):
    both = calculate([*some, *others], POLICY, on).sums
    apart = calculate(some, POLICY, on).sums + calculate(others, POLICY, on).sums
    assert both.week.exact == apart.week.exact
    assert both.year.exact == apart.year.exact
    assert both.period.exact == apart.period.exact


@given(lines(ended=True), st.data())
def test_adjacent_periods_sum_to_the_whole(line, data):
    run = run_of(line)
    cuts = sorted(data.draw(st.sets(st.dates(run.first, run.last), max_size=5)))
    starts = [run.first, *(cut + timedelta(days=1) for cut in cuts)]
    ends = [*cuts, run.last]
    parts = [use_between(run, POLICY, a, b)[0] for a, b in zip(starts, ends, strict=True)]
    whole = use_between(run, POLICY, run.first, run.last)[0]
    assert sum(parts, Use()).exact == whole.exact


@given(lines(ended=True), st.integers(2, 50))
def test_many_small_lines_do_not_drift_from_one_large(line, number):
    large = ServiceLine(line.service, line.amount * number, line.unit, 2, line.starts_on, line.ends_on)
    many = calculate([line] * number, POLICY, line.starts_on).sums.period
    assert many.gross == calculate([large], POLICY, line.starts_on).sums.period.gross


@given(dates, dates, dates)
def test_days_and_months_count_every_day_once(a, b, c):
    first, middle, last = sorted((a, b, c))
    after = middle + timedelta(days=1)
    assert days(first, middle) + days(after, last) == days(first, last)
    assert months(first, middle) + months(after, last) == months(first, last)


@given(st.integers(2026, 2060))
def test_a_calendar_year_is_twelve_months_and_all_its_days(year):
    first, last = date(year, 1, 1), date(year, 12, 31)
    device = ServiceLine("alarm", Decimal(1), UNITS["alarm"], 1, first, last)
    place = ServiceLine("langtid", Decimal(1), UNITS["langtid"], 4, first, last)
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    assert calculate([device], BASE, first).sums.period.gross == 12 * 310
    assert calculate([place], BASE, first).sums.period.gross == (366 if leap else 365) * 3400


@given(lines(), dates)
def test_net_is_gross_less_fee_and_nothing_is_negative(line, on):
    for use in (sums := calculate([line], POLICY, on).sums).week, sums.year, sums.period:
        assert abs(use.net - (use.gross - use.fee)) <= Decimal("0.01")
        assert min(use.gross, use.fee, use.hours, use.person_years) >= 0


@given(st.decimals(min_value="0.01", max_value="100000", places=2))
def test_every_price_is_kept_to_the_ore(nok):
    policy = small_policy(prices=(price("langtid", "places", "day", str(nok)),))
    day = ServiceLine("langtid", Decimal(1), UNITS["langtid"], 4, date(2026, 1, 1), date(2026, 1, 1))
    assert calculate([day], policy, date(2026, 1, 1)).sums.period.gross == nok


@given(lines(), dates)
def test_a_line_without_an_end_takes_as_much_in_its_year_as_in_its_period(line, on):
    """At one price; 29 February counts in both or in neither."""
    result = calculate([line], BASE, on)
    if result.lines[0].open_ended or line.own_end <= year_from(line.starts_on):
        assert result.sums.year.exact == result.sums.period.exact
    else:
        assert result.sums.year.exact.gross < result.sums.period.exact.gross


@given(lines(), dates, st.decimals(0, "1.5", places=2), st.decimals(0, "1.5", places=2))
def test_parts_of_the_hours_and_of_the_kroner_sum_to_the_whole(line, on, travel, indirect):
    row = BASE.price(line.service, line.unit, EARLY).model_dump()
    hours = {"sykepleier": travel + indirect + 1, "assistent": Decimal("0.3")}
    divided = row | {
        "hours": hours,
        "travel": {"sykepleier": travel},
        "indirect": {"sykepleier": indirect},
        "fixed_nok": row["nok"] / 3,
    }
    for policy in (small_policy(prices=(divided,)), small_policy(prices=(row | {"hours": hours},))):
        use = calculate([line], policy, on).sums.year
        assert sum(value for _key, value in use.exact.hours) == use.exact.person_years * 1500
        assert abs(sum(use.hours_by_kind.values()) - use.hours) <= Decimal("0.03")
    known = calculate([line], small_policy(prices=(divided,)), on).sums.year.exact
    assert known.fixed + known.variable == known.gross


@given(lines(ended=True), st.data())
def test_amounts_of_adjacent_spans_sum_to_the_whole_to_a_hundredth(line, data):
    last = line.ends_on
    cut = data.draw(st.dates(line.starts_on, last))
    (whole,) = gaps([line], line.starts_on, last)
    (before,) = gaps([line], line.starts_on, cut)
    (after,) = gaps([line], cut + timedelta(days=1), last) if cut < last else (None,)
    parts = before.granted + (after.granted if after else 0)
    assert abs(parts - whole.granted) <= Decimal("0.02")


@given(st.decimals(0, 700, places=2))
def test_kpr_makes_four_weeks_of_a_month_and_loses_nothing(hours):
    assert kpr_hours_per_week(hours) * 4 == hours
