"""Who receives what: Lunner's counts of 2025 by age, each person once, the hours of the year."""

from collections import Counter
from decimal import Decimal
from random import Random

import pytest

from trinnvis.demo.figures import shipped_figures
from trinnvis.demo.population import draw_population
from trinnvis.demo.receivers import choose_receivers

FIGURES = shipped_figures()


@pytest.fixture(scope="module", params=[1, 99])
def drawn(request):
    population = draw_population(FIGURES, request.param)
    return population, choose_receivers(population, FIGURES, Random(request.param))


def test_each_group_and_age_has_its_published_count(drawn):
    population, receivers = drawn
    for row in FIGURES.care:
        if row.group == "housing_24h":
            found = [r for r in receivers if r.in_staffed_housing]
        else:
            found = [r for r in receivers if r.group == row.group]
        ages = [population.ages[r.person] for r in found]
        assert sum(row.age_from <= age <= row.age_to for age in ages) == row.persons, row


def test_the_totals_are_those_of_lunner(drawn):
    _, receivers = drawn
    groups = Counter(receiver.group for receiver in receivers)
    assert (groups["home_care"], groups["long_term"]) == (223, 43)
    assert sum(receiver.in_staffed_housing for receiver in receivers) == 34
    assert len(receivers) == 340


def test_each_receiver_is_one_person_of_the_municipality(drawn):
    population, receivers = drawn
    people = [receiver.person for receiver in receivers]
    assert len(set(people)) == len(people)
    assert set(people) <= set(range(len(population.register.people)))


def test_residents_receive_where_they_live(drawn):
    population, receivers = drawn
    for receiver in receivers:
        step = population.dwelling_of(receiver.person).housing_step
        assert (step == 6) == (receiver.group == "long_term")
        assert (step == 5) == receiver.in_staffed_housing


def test_home_care_hours_add_up_to_the_year(drawn):
    _, receivers = drawn
    at_home = [r for r in receivers if r.group == "home_care"]
    week = sum((r.hours_per_week for r in at_home), Decimal(0))
    assert abs(week * 52 - FIGURES.home_care_hours_per_year) < 26
    assert all(Decimal("0.25") <= r.hours_per_week <= 168 for r in at_home)
    assert all(r.hours_per_week % Decimal("0.25") == 0 for r in receivers)
    assert all(r.hours_per_week == 0 for r in receivers if r.group != "home_care")


def test_of_the_cast_only_those_whose_story_says_so_receive(drawn):
    population, receivers = drawn
    names = {
        population.register.people[r.person].given_name for r in receivers if r.person in population.in_cast
    }
    assert names == {"Per", "Jonas"}


def test_the_choice_follows_the_generator(drawn):
    population, receivers = drawn
    seeds = {receivers == choose_receivers(population, FIGURES, Random(seed)) for seed in (1, 99)}
    assert seeds == {True, False}
