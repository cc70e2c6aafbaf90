"""What lines take: a week, a year, a period; every unit; prices that change or are missing."""

from datetime import date
from decimal import Decimal

import pytest
from small_policy import price, small_policy

from trinnvis.resources import ServiceLine, Stage, TimeKind, calculate, change, compare, gaps
from trinnvis.resources.calendar import kpr_hours_per_week

POLICY = small_policy()
ON = date(2026, 3, 10)


def line(service, amount, unit, step, starts=ON, ends=None):
    return ServiceLine(service, Decimal(amount), unit, step, starts, ends)


def test_hours_a_week_become_hours_kroner_and_person_years():
    result = calculate([line("praktisk-bistand", "3", "hours_per_week", 2)], POLICY, ON)
    assert result.sums.week.gross == Decimal("2100.00")
    assert result.sums.week.fee == Decimal("300.00")
    assert result.sums.week.net == Decimal("1800.00")
    assert result.sums.week.hours_by_profession == {"helsefagarbeider": Decimal("3.90")}
    assert result.sums.year.gross == Decimal("109500.00")  # 2100 × 365 / 7
    assert result.sums.year.person_years == Decimal("0.136")  # 3.9 × 52.18 / 1500
    assert (result.sums.week.low, result.sums.week.high) == (Decimal("1800.00"), Decimal("2700.00"))


def test_an_open_line_counts_one_year_of_days_unless_a_horizon_is_given():
    lines = [line("langtid", "1", "places", 4, date(2026, 1, 1))]
    assert calculate(lines, POLICY, ON).sums.period.gross == 365 * 3400
    until = calculate(lines, POLICY, ON, horizon=date(2026, 1, 10))
    assert until.sums.period.gross == 10 * 3400
    assert until.sums.year.gross == 365 * 3400
    assert until.lines[0].open_ended


def test_a_leap_year_has_a_day_more():
    leap = calculate([line("langtid", "1", "places", 4, date(2028, 1, 1), date(2028, 12, 31))], POLICY, ON)
    plain = calculate([line("langtid", "1", "places", 4, date(2027, 1, 1), date(2027, 12, 31))], POLICY, ON)
    assert leap.sums.period.gross - plain.sums.period.gross == 3400


@pytest.mark.parametrize(
    ("service", "amount", "unit", "ends", "gross"),
    [
        ("hjemmesykepleie", "14", "visits_per_week", date(2026, 3, 16), "4900.00"),
        ("dagaktivitet", "2", "days_per_week", date(2026, 3, 23), "3600.00"),
        ("mat", "7", "portions_per_week", date(2026, 3, 16), "840.00"),
        ("korttid", "14", "days", date(2026, 3, 23), "50400.00"),
        ("korttid", "14", "days", None, "50400.00"),
        ("bolig", "36", "months", None, "324000.00"),
        ("hjemmebesok", "3", "times", None, "4500.00"),
        ("hjemmebesok", "3", "times", date(2026, 6, 30), "4500.00"),
        ("alarm", "2", "pieces", date(2027, 3, 9), "7440.00"),
    ],
)
def test_every_unit_over_its_period(service, amount, unit, ends, gross):
    result = calculate([line(service, amount, unit, 2, ON, ends)], POLICY, ON)
    assert result.sums.period.gross == Decimal(gross)


def test_a_device_costs_whole_months_whatever_their_length():
    february = line("alarm", "1", "pieces", 1, date(2026, 2, 1), date(2026, 2, 28))
    assert calculate([february], POLICY, ON).sums.period.gross == 310


def test_a_short_stay_is_not_blown_up_to_a_year():
    stay = calculate([line("korttid", "14", "days", 3)], POLICY, ON)
    assert stay.sums.year.gross == stay.sums.period.gross == 14 * 3600
    assert stay.sums.week.gross == 7 * 3600


def test_a_lease_of_three_years_has_twelve_months_in_a_year():
    lease = calculate([line("bolig", "36", "months", 3)], POLICY, ON)
    assert lease.sums.year.gross == 12 * 9000


def test_places_are_those_taken_at_the_same_time():
    result = calculate(
        [
            line("langtid", "1", "places", 4),
            line("dagaktivitet", "3", "days_per_week", 2),
            line("korttid", "14", "days", 3),
        ],
        POLICY,
        ON,
    )
    assert [item.places for item in result.lines] == [Decimal("1.00"), Decimal("0.60"), Decimal("1.00")]
    assert result.places == Decimal("2.60")


def test_lines_after_each_other_never_run_together():
    first = line("langtid", "1", "places", 4, date(2026, 1, 1), date(2026, 1, 21))
    later = line("langtid", "1", "places", 4, date(2026, 1, 22))
    overlapping = line("langtid", "1", "places", 4, date(2026, 1, 21))
    assert not calculate([first, later], POLICY, ON).runs_together
    assert calculate([first, overlapping], POLICY, ON).runs_together
    assert calculate([], POLICY, ON).runs_together


def test_a_price_that_changes_splits_the_period_on_its_day():
    prices = (
        price("langtid", "places", "day", "100", valid_to=date(2026, 6, 30), price_year=2025),
        price("langtid", "places", "day", "200", valid_from=date(2026, 7, 1), status="vedtatt"),
    )
    policy = small_policy(prices=prices)
    result = calculate(
        [line("langtid", "1", "places", 4, date(2026, 6, 1), date(2026, 7, 31))], policy, date(2026, 6, 15)
    )
    assert result.sums.period.gross == 30 * 100 + 31 * 200
    assert result.sums.week.gross == 700
    assert result.price_years == (2025, 2026)
    assert result.statuses == ("eksempel", "vedtatt")


def test_the_work_year_of_each_day_counts():
    years = small_policy().work_years[0].model_dump()
    policy = small_policy(
        work_years=(
            years | {"valid_to": date(2026, 6, 30)},
            years | {"valid_from": date(2026, 7, 1), "hours": Decimal(750)},
        )
    )
    place = line("langtid", "1", "places", 4, date(2026, 6, 21), date(2026, 7, 10))
    expected = Decimal("4.7") * 10 / 1500 + Decimal("4.7") * 10 / 750
    assert calculate([place], policy, ON).sums.period.person_years == expected.quantize(Decimal("0.001"))


def test_what_has_no_price_is_named_and_never_a_silent_nought():
    known = line("praktisk-bistand", "1", "hours_per_week", 2)
    unknown = line("uten-pris", "5", "hours_per_week", 2)
    result = calculate([known, unknown], POLICY, ON)
    assert [item.line for item in result.unpriced] == [unknown]
    assert result.sums.week.gross == 700
    assert [side.complete for side in compare([calculate([known], POLICY, ON), result])] == [True, False]


def test_days_before_the_first_price_are_named():
    policy = small_policy(prices=(price("langtid", "places", "day", "100", valid_from=date(2026, 1, 1)),))
    place = line("langtid", "1", "places", 4, date(2025, 12, 22), date(2026, 1, 10))
    result = calculate([place], policy, date(2026, 1, 5))
    assert result.sums.period.gross == 1000
    (gap,) = result.unpriced
    assert (gap.first, gap.last) == (date(2025, 12, 22), date(2025, 12, 31))


def test_person_years_without_a_work_year_are_named():
    result = calculate([line("langtid", "1", "places", 4)], small_policy(work_years=()), ON)
    assert {item.what for item in result.unpriced} == {"work_year"}
    assert result.sums.week.gross == 7 * 3400


@pytest.mark.parametrize("amount", ["0", "-1", "NaN", "Infinity"])
def test_an_amount_must_be_positive(amount):
    with pytest.raises(ValueError, match="positive"):
        line("praktisk-bistand", amount, "hours_per_week", 2)


def test_a_line_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="before it starts"):
        line("praktisk-bistand", "1", "hours_per_week", 2, ON, date(2026, 3, 9))


def test_alternatives_stand_side_by_side_with_their_steps_and_their_difference():
    home = calculate(
        [
            line("praktisk-bistand", "2", "hours_per_week", 2),
            line("hjemmesykepleie", "7", "visits_per_week", 3),
        ],
        POLICY,
        ON,
    )
    place = calculate([line("langtid", "1", "places", 4)], POLICY, ON)
    first, second = compare([home, place])
    assert (first.highest_step, first.steps) == (3, (2, 3))
    assert (second.highest_step, second.steps) == (4, (4,))
    assert first.difference.year.gross == 0
    assert second.difference.week.gross == 7 * 3400 - (2 * 700 + 7 * 350)
    assert second.difference.week.hours == Decimal("26.10")  # 7 × 4.7 − (2 × 1.3 + 7 × 0.6)


def test_kpr_divides_the_month_by_four():
    assert kpr_hours_per_week(Decimal(16)) == 4


def test_times_without_an_end_are_spread_over_a_year_and_not_over_a_day():
    visits = calculate([line("hjemmebesok", "12", "times", 1)], POLICY, ON)
    assert visits.sums.year.gross == visits.sums.period.gross == 12 * 1500
    assert visits.lines[0].last == date(2027, 3, 9)
    assert visits.sums.week.gross == Decimal("345.21")  # 12 × 1500 × 7 / 365


def test_hours_are_divided_in_direct_travel_and_indirect_where_the_price_says_so():
    rows = (
        price(
            "praktisk-bistand", "hours_per_week", "hour", "700",
            hours={"helsefagarbeider": Decimal("1.3")},
            travel={"helsefagarbeider": Decimal("0.2")},
            indirect={"helsefagarbeider": Decimal("0.1")},
        ),
        price("hjemmesykepleie", "visits_per_week", "visit", "350", hours={"sykepleier": Decimal("0.5")}),
    )  # fmt: skip
    week = calculate(
        [
            line("praktisk-bistand", "3", "hours_per_week", 2),
            line("hjemmesykepleie", "7", "visits_per_week", 3),
        ],
        small_policy(prices=rows),
        ON,
    ).sums.week
    assert week.hours_by_profession == {"helsefagarbeider": Decimal("3.90"), "sykepleier": Decimal("3.50")}
    assert week.hours_by_kind == {
        TimeKind.DIRECT: Decimal("3.00"),
        TimeKind.TRAVEL: Decimal("0.60"),
        TimeKind.INDIRECT: Decimal("0.30"),
        TimeKind.UNDIVIDED: Decimal("3.50"),
    }


def test_fixed_and_variable_kroner_are_told_only_where_the_price_says_so():
    rows = (
        price("langtid", "places", "day", "3400", fixed_nok=Decimal(3000)),
        price("mat", "portions_per_week", "portion", "120"),
    )
    lines = [line("langtid", "1", "places", 4), line("mat", "7", "portions_per_week", 2)]
    week = calculate(lines, small_policy(prices=rows), ON).sums.week
    assert (week.fixed, week.variable, week.gross) == (21000, 2800, 7 * 3400 + 7 * 120)


def test_granted_planned_and_done_are_never_summed_but_held_beside_each_other():
    def nursing(amount, stage, ends=None):
        return ServiceLine(
            "praktisk-bistand", Decimal(amount), "hours_per_week", 2, date(2026, 1, 1), ends, stage=stage
        )

    lines = [nursing("10", "granted"), nursing("8", "planned"), nursing("7", "executed", date(2026, 1, 7))]
    with pytest.raises(ValueError, match="different things"):
        calculate(lines, POLICY, ON)
    with pytest.raises(ValueError, match="same stage"):
        compare([calculate(lines[:1], POLICY, ON), calculate(lines[1:2], POLICY, ON)])
    (gap,) = gaps(lines, date(2026, 1, 1), date(2026, 1, 14))
    assert (gap.per, gap.granted, gap.planned, gap.executed) == ("hour", 20, 16, 7)
    assert gap.executed_share == Decimal("0.35")
    (gap,) = gaps(lines[:1], date(2025, 1, 1), date(2026, 1, 7))
    assert (gap.granted, gap.executed, gap.executed_share) == (10, None, None)
    assert calculate(lines[2:], POLICY, ON).stage == Stage.EXECUTED


def test_each_site_has_its_own_sums():
    roa, lunner = (
        ServiceLine("langtid", Decimal(amount), "places", 4, ON, site=site)
        for amount, site in ((2, "roa"), (3, "lunner"))
    )
    result = calculate([roa, lunner], POLICY, ON)
    assert {site: sums.week.gross for site, sums in result.by_site.items()} == {
        "roa": 7 * 2 * 3400,
        "lunner": 7 * 3 * 3400,
    }


def test_what_changes_is_after_less_before():
    before = calculate([line("praktisk-bistand", "2", "hours_per_week", 2)], POLICY, ON)
    after = calculate([line("praktisk-bistand", "5", "hours_per_week", 2)], POLICY, ON)
    assert change(before, after).week.net == 3 * 600
    assert change(after, before).week.net == -3 * 600
