"""Places built and taken, who waits and why, and when a place is freed."""

from datetime import date
from fractions import Fraction

from carrying import carried

from trinnvis.delivery.rules.places import (
    Built,
    Freed,
    built_on,
    freed_after,
    freed_between,
    taken_on,
    waiting_on,
)

TODAY = date(2026, 11, 16)


def place(person=1, first=date(2026, 1, 1), **more):
    return carried("langtid", "1", "places", first=first, person=person, **more)


def test_no_number_registered_is_not_no_places():
    assert built_on([], TODAY) is None
    assert built_on([Built(8, date(2027, 1, 1))], TODAY) == 0
    assert (
        built_on([Built(8, date(2020, 1, 1)), Built(2, date(2026, 11, 16), date(2026, 11, 16))], TODAY) == 10
    )


def test_stays_take_their_share_and_a_lease_one_place():
    stay = carried("korttid", "28", "days", first=date(2026, 1, 1), last=date(2026, 12, 31))
    lease = carried("bolig", "36", "months", first=date(2026, 1, 1), last=date(2028, 12, 1))
    assert taken_on([stay], TODAY) == Fraction(28, 365)
    assert taken_on([lease, place()], TODAY) == 2


def test_whoever_has_a_decision_from_a_later_day_waits_for_it():
    later = place(first=date(2026, 12, 1), sent_on=date(2026, 11, 6))
    (found,) = waiting_on([later], None, TODAY)
    assert (found.days, found.why, found.starts_on) == (10, "start", date(2026, 12, 1))


def test_more_granted_than_built_makes_the_last_wait():
    lines = [place(person=n, first=date(2026, n, 1)) for n in (1, 2, 3)]
    (found,) = waiting_on(lines, 2, TODAY)
    assert (found.why, found.starts_on) == ("place", date(2026, 3, 1))
    assert len(waiting_on(lines, 0, TODAY)) == 3
    assert waiting_on(lines, 3, TODAY) == []
    assert waiting_on(lines, None, TODAY) == []  # nobody knows how many there are


def test_a_place_is_freed_the_day_after_its_decision_ends():
    lines = [place(last=date(2026, 12, 31)), place(person=2), place(person=3, last=date(2026, 11, 20))]
    assert freed_after(lines, TODAY, date(2027, 11, 16)) == [
        Freed(date(2026, 11, 21), Fraction(1)),
        Freed(date(2027, 1, 1), Fraction(1)),
    ]


def test_stays_that_ended_last_year_are_counted():
    lines = [
        place(cut=date(2026, 5, 1)),
        place(person=2),
        place(person=3, cut=date(2024, 5, 1), first=date(2024, 1, 1)),
    ]
    assert freed_between(lines, date(2025, 11, 16), date(2026, 11, 15)) == 1
