"""The days a granted line really runs agree with what is in force on each of those days."""

from datetime import date, timedelta

import pytest
from carrying import grant
from cast import NOW, citizen, person_of

from trinnvis.casework.queries.ladder import held_on
from trinnvis.casework.queries.running import running_between
from trinnvis.policy.model import AmountUnit

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 1)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


@pytest.fixture
def history(lunner, sara, ingrid, fremmed):
    """A service given anew twice, one that ends, a stay of days, and someone who dies."""

    def give(actor, first, last=None, ago=100, **more):
        grant(
            person_of(actor),
            more.pop("service", "a"),
            by=sara,
            policy_version=lunner.pk,
            first=first,
            last=last,
            sent_at=NOW - timedelta(days=ago),
            **more,
        )

    give(ingrid, date(2025, 6, 1), ago=500)
    give(ingrid, date(2026, 1, 20), ago=300, amount="3")
    give(ingrid, date(2026, 1, 10), date(2026, 2, 5), ago=200, amount="4")
    give(ingrid, date(2025, 1, 1), date(2026, 1, 15), service="b")
    give(fremmed, date(2026, 1, 5), service="c", amount="14", unit=AmountUnit.DAYS)
    give(fremmed, date(2026, 2, 20), date(2026, 9, 1), service="d")
    dead = citizen("Død", date(1930, 1, 1))
    person = person_of(dead)
    person.died_on = date(2026, 2, 1)
    person.save()
    give(dead, date(2025, 2, 1))


def test_every_day_of_the_stretch_agrees_with_the_ladder(history):
    stretch = running_between(FIRST, LAST)
    for day in DAYS:
        told = sorted(
            (each.person, each.line.service, each.line.amount) for each in stretch if each.runs_on(day)
        )
        in_force = sorted((held.person, held.line.service, held.line.amount) for held in held_on(day))
        assert told == in_force, day


def test_a_line_that_ended_before_is_not_there(history):
    assert {each.line.service for each in running_between(date(2026, 6, 1), LAST + timedelta(days=300))} == {
        "d"
    }


def test_it_takes_one_query(history, django_assert_num_queries):
    with django_assert_num_queries(1):
        running_between(FIRST, LAST)
