"""Granted, planned and executed are three things; what is not reported is missing and not zero."""

from datetime import date
from decimal import Decimal

from carrying import carried
from hypothesis import given
from hypothesis import strategies as st

from trinnvis.delivery.rules.hours import (
    Report,
    Tally,
    ThreeHours,
    compared,
    granted_hours,
    month_end,
    months_to,
    tally,
)

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
NONE = Tally(None, 31)


def row(service="a", *, granted="100", planned="90", executed="80", missing=0) -> ThreeHours:
    def told(value: str | None) -> Tally:
        return NONE if value is None else Tally(Decimal(value), missing)

    return ThreeHours(
        service, 9, None if granted is None else Decimal(granted), told(planned), told(executed)
    )


def test_what_nobody_reported_is_missing():
    assert tally([], *OCTOBER) == NONE
    assert tally([Report(*OCTOBER, Decimal(0))], *OCTOBER) == Tally(Decimal("0.00"), 0)


def test_a_week_across_two_months_counts_by_its_days():
    week = Report(date(2026, 9, 28), date(2026, 10, 4), Decimal(70))
    assert tally([week], *OCTOBER) == Tally(Decimal("40.00"), 27)
    assert tally([week], date(2026, 9, 1), date(2026, 9, 30)) == Tally(Decimal("30.00"), 27)


def test_gaps_are_told_only_where_both_are_whole():
    assert (row().planned_gap, row().executed_gap) == (Decimal(-10), Decimal(-20))
    assert (row(planned=None).planned_gap, row(planned=None).executed_gap) == (None, Decimal(-20))
    assert row(missing=3).executed_gap is None
    assert row(granted=None).planned_gap is None


def test_sums_hold_only_services_with_all_three_and_name_the_others():
    found = compared([row("a"), row("b", executed=None), row("c", granted=None)])
    assert (found.granted, found.planned, found.executed) == (100, 90, 80)
    assert (found.services, found.left_out) == (("a",), ("b",))
    assert compared([row("b", executed=None)]) is None


def test_granted_hours_are_those_of_the_days_a_decision_runs():
    line = carried(amount="7", first=date(2026, 10, 11), last=date(2026, 12, 1))
    assert granted_hours([line], *OCTOBER) == Decimal("21.00")
    place = carried("langtid", "1", "places", first=date(2026, 1, 1))
    assert granted_hours([place], *OCTOBER) == 0


@given(st.integers(1, 28), st.decimals("0.25", 40, places=2))
def test_granted_hours_add_up_over_a_month(day, amount):
    line = carried(amount=str(amount), first=date(2024, 2, day))
    parts = [granted_hours([line], date(2024, 2, n), date(2024, 2, n)) for n in range(1, 30)]
    assert abs(sum(parts) - granted_hours([line], date(2024, 2, 1), date(2024, 2, 29))) < Decimal("0.15")


def test_months_end_where_they_end():
    assert month_end(date(2024, 2, 1)) == date(2024, 2, 29)
    assert month_end(date(2026, 12, 31)) == date(2026, 12, 31)
    assert months_to(date(2026, 2, 1), 3) == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
