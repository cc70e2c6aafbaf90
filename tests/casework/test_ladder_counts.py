"""Both ladders counted: each person once on a step, at the prices of the day, small numbers hidden."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from cast import NOW, OSLO, person_of
from deciding import GRANT, HELP, NURSING, PLACE, SOON, Desk, ready_to_decide
from small_policy import small_policy

from trinnvis.casework.errors import NotFound
from trinnvis.casework.models import Case, Decision, DecisionLine
from trinnvis.casework.queries.ladder import ladder_counts, ladder_for
from trinnvis.casework.rules.lines import Line
from trinnvis.people.models import Dwelling, Household, Person

POLICY = small_policy()
LATER = SOON + timedelta(days=30)


@pytest.fixture
def at(db) -> Desk:
    return ready_to_decide()


def step(counts, number):
    return next(step for step in counts.steps if step.number == number)


def someone(at: Desk, index: int, *lines: Line, state: str = "sent", sent_at: datetime = NOW) -> Person:
    """Another citizen with a decision, straight in the database."""
    person, _ = Person.objects.get_or_create(
        identity_index=f"x{index}",
        defaults={
            "given_name": "Anna",
            "family_name": str(index),
            "birth_date": date(1940, 1, 1),
            "sex": "female",
            "identity_sealed": "-",
        },
    )
    number = f"T-{Case.objects.count()}"
    case = Case.objects.create(
        number=number, person=person, policy=at.case.policy, unit="tildelingsenheten", opened_at=NOW
    )
    decision = Decision.objects.create(
        case=case,
        number=f"{number}-1",
        kind="grant",
        state=state,
        drafted_by_id=at.sara.account_id,
        drafted_at=sent_at,
        sent_at=sent_at,
    )
    DecisionLine.objects.bulk_create(DecisionLine(decision=decision, **vars(line)) for line in lines)
    return person


def test_a_person_stands_on_several_steps_and_on_one_highest(at):
    at.decide(replace(GRANT, lines=(HELP, replace(NURSING, step=3))))
    counts = ladder_counts(POLICY, LATER)
    assert [(s.people, s.highest) for s in counts.steps] == [(0, 0), (1, 0), (1, 1), (0, 0)]
    assert counts.people == 1


def test_two_services_on_one_step_are_one_person(at):
    at.decide(replace(GRANT, lines=(HELP, NURSING)))
    assert step(ladder_counts(POLICY, LATER), 2).people == 1


def test_hours_and_kroner_are_the_sum_of_the_amounts(at):
    for index in range(3):
        someone(at, index, HELP)
    counted = step(ladder_counts(POLICY, LATER), 2)
    assert counted.hours_per_week == Decimal("9.75")  # 3 × 2.5 × 1.3
    assert counted.kroner_per_year == (Decimal("7.5") * 700 * Decimal("365.25") / 7).quantize(Decimal("0.01"))


@pytest.mark.parametrize("state", ["draft", "submitted", "approved"])
def test_only_what_is_sent_counts(at, state):
    someone(at, 1, HELP, state=state)
    assert ladder_counts(POLICY, LATER).people == 0


def test_refused_lines_and_lines_outside_their_dates_do_not_count(at):
    someone(at, 1, replace(PLACE, granted=False))
    someone(at, 2, replace(HELP, ends_on=LATER - timedelta(days=1)))
    someone(at, 3, replace(HELP, starts_on=LATER + timedelta(days=1)))
    assert ladder_counts(POLICY, LATER).people == 0
    someone(at, 4, replace(HELP, starts_on=LATER, ends_on=LATER))
    assert ladder_counts(POLICY, LATER).people == 1


def test_a_stay_counts_while_its_days_last(at):
    someone(at, 1, Line("korttid", 3, Decimal(14), "days", SOON))
    assert step(ladder_counts(POLICY, SOON + timedelta(days=13)), 3).people == 1
    assert step(ladder_counts(POLICY, SOON + timedelta(days=14)), 3).people == 0


def test_a_stay_now_is_counted_as_a_place_taken_all_year(at):
    for index in range(2):
        someone(at, index, Line("korttid", 3, Decimal(14), "days", SOON))
    assert step(ladder_counts(POLICY, SOON), 3).kroner_per_year == 2 * Decimal("365.25") * 3600


def test_a_single_visit_is_one_visit_a_year(at):
    someone(at, 1, Line("hjemmebesok", 1, Decimal(1), "times", SOON))
    assert step(ladder_counts(POLICY, SOON), 1).kroner_per_year == 1500


def test_a_later_decision_on_the_same_service_replaces_the_earlier(at):
    someone(at, 1, HELP)
    more = replace(HELP, amount=Decimal(10), starts_on=LATER)
    someone(at, 1, more, sent_at=NOW + timedelta(days=20))
    before = step(ladder_counts(POLICY, LATER - timedelta(days=1)), 2)
    after = step(ladder_counts(POLICY, LATER), 2)
    assert (before.hours_per_week, after.hours_per_week) == (Decimal("3.25"), Decimal("13.00"))


def test_the_dead_do_not_count(at):
    person = someone(at, 1, HELP)
    person.died_on = LATER
    person.save()
    assert ladder_counts(POLICY, LATER - timedelta(days=1)).people == 1
    assert ladder_counts(POLICY, LATER).people == 0


def test_what_has_no_price_is_named(at):
    someone(at, 1, replace(HELP, service="uten-pris"))
    assert step(ladder_counts(POLICY, LATER), 2).unpriced == ("uten-pris",)


def test_people_and_dwellings_on_the_housing_ladder(at):
    homes = [
        Dwelling.objects.create(
            address=f"Veien {n}",
            postal_code="2740",
            postal_place="Roa",
            settlement="Roa",
            housing_step=1 + n % 2,
            kind="enebolig",
        )
        for n in range(3)
    ]
    ingrid, stranger = person_of(at.ingrid), person_of(at.fremmed)
    ingrid.household = Household.objects.create(dwelling=homes[0])
    stranger.household = ingrid.household
    ingrid.save()
    stranger.save()
    counts = ladder_counts(POLICY, LATER)
    assert [(h.people, h.dwellings) for h in counts.housing] == [(2, 2), (0, 1)]
    hidden = ladder_counts(POLICY, LATER, suppress_below=5)
    assert [(h.people, h.dwellings) for h in hidden.housing] == [(None, 2), (0, 1)]


def test_small_numbers_are_hidden_with_their_hours_and_kroner(at):
    for index in range(6):
        someone(at, index, HELP)
    for index in range(6, 8):
        someone(at, index, PLACE)
    for index in range(8, 28):
        someone(at, index, Line("mat", 1, Decimal(7), "portions_per_week", SOON))
    counts = ladder_counts(POLICY, LATER, suppress_below=5)
    place, help_at_home, food = step(counts, 4), step(counts, 2), step(counts, 1)
    assert (place.hidden, place.people, place.highest, place.kroner_per_year) == (True, None, None, None)
    assert help_at_home.hidden  # else the two could be found by subtraction
    assert (food.hidden, food.people) == (False, 20)
    assert not step(counts, 3).hidden  # nobody is nobody
    assert counts.people == 28


def test_planners_get_small_numbers_hidden_and_managers_see_them(at):
    someone(at, 1, HELP)
    planner = replace(at.leif, roles=frozenset({("planner", "tildelingsenheten")}))
    assert step(ladder_for(at.leif, POLICY, LATER), 2).people == 1
    assert step(ladder_for(planner, POLICY, LATER), 2).people is None
    with pytest.raises(NotFound):
        ladder_for(at.ingrid, POLICY, LATER)


def test_the_number_of_queries_does_not_grow_with_the_people(at, django_assert_num_queries):
    for index in range(8):
        someone(at, index, HELP, NURSING, sent_at=datetime(2026, 1, 1, tzinfo=OSLO))
    with django_assert_num_queries(3):
        ladder_counts(POLICY, LATER)
