"""A year on: nobody appears or vanishes but by births, deaths and migration."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from trinnvis.planning.population import births
from trinnvis.planning.population.axes import AGES, FEMALE
from trinnvis.planning.population.births import mothers
from trinnvis.planning.population.cohorts import a_year_on
from trinnvis.planning.population.mortality import Mortality, smoothed, survival_of
from trinnvis.planning.population.projecting import ALTERNATIVES, Rates, project
from trinnvis.planning.population.sexes import split

PEOPLE = arrays(np.float64, (3, AGES, 2), elements=st.floats(0, 5000))
STILL = np.zeros((3, AGES))
NONE_BORN = np.zeros(3)
IMMORTAL = np.ones((AGES, 2))


@settings(max_examples=25, deadline=None)
@given(PEOPLE)
def test_persons_are_conserved_when_all_rates_are_zero(persons: np.ndarray) -> None:
    after = a_year_on(persons, IMMORTAL, STILL, NONE_BORN)
    assert after.sum(axis=(1, 2)) == pytest.approx(persons.sum(axis=(1, 2)))
    assert np.array_equal(after[:, 1 : AGES - 1], persons[:, : AGES - 2])
    assert after[:, AGES - 1] == pytest.approx(persons[:, AGES - 2] + persons[:, AGES - 1])
    assert not after[:, 0].any()


@settings(max_examples=25, deadline=None)
@given(PEOPLE, st.floats(0, 1), st.floats(-2, 2), st.floats(0, 3))
def test_no_rate_makes_a_cell_negative(persons: np.ndarray, alive: float, moving: float, born: float) -> None:
    after = a_year_on(persons, np.full((AGES, 2), alive), STILL + moving, NONE_BORN + born)
    assert (after >= 0).all()


def test_a_cohort_dies_by_the_product_of_its_survivals() -> None:
    qx = np.tile(np.linspace(0.01, 0.3, AGES + 1), (2, 1))
    persons = np.zeros((1, AGES, 2))
    persons[0, 70] = 1000.0
    rates = Rates(2026, Mortality(qx, np.zeros_like(qx)), np.zeros((1, AGES)), np.zeros(1))
    after = project(persons, rates, 10)[10]
    halves = 1 - (qx[0, 70:80] + qx[0, 71:81]) / 2
    assert after[0, 80] == pytest.approx(1000 * halves.prod())
    assert after.sum() == pytest.approx(2000 * halves.prod())


def test_constant_rates_give_the_stationary_population_of_the_life_table() -> None:
    """With births = deaths year after year, the age distribution becomes that of the survivors."""
    qx = smoothed(np.tile(np.minimum(0.0005 * np.exp(0.07 * np.arange(AGES + 1)), 0.6), (2, 1)))
    survival = survival_of(qx)
    persons = np.zeros((1, AGES, 2))
    for _ in range(250):
        persons = a_year_on(persons, survival, np.zeros((1, AGES)), np.zeros(1))
        persons[0, 0] = 100.0
    lived = 100 * np.concatenate([[1.0], np.cumprod(survival[: AGES - 2, FEMALE])])
    assert persons[0, : AGES - 1, FEMALE] == pytest.approx(lived)


def test_newborn_follow_the_mothers_of_both_ends_of_the_year() -> None:
    persons = np.zeros((1, AGES, 2))
    persons[0, 30, FEMALE] = 1000.0
    after = a_year_on(persons, IMMORTAL, np.zeros((1, AGES)), np.array([2.0]))
    weights = births.schedule()
    assert after[0, 0].sum() == pytest.approx(2.0 * 1000 * (weights[30] + weights[31]) / 2)
    assert weights.sum() == pytest.approx(1)
    assert not weights[:15].any() and not weights[50:].any()
    assert mothers(persons[..., FEMALE])[0] == pytest.approx(1000 * weights[30])


def test_migration_is_a_share_of_those_who_are_there() -> None:
    persons = np.ones((2, AGES, 2))
    moving = np.zeros((2, AGES))
    moving[0, 25] = 0.10
    after = a_year_on(persons, IMMORTAL, moving, np.zeros(2))
    assert after[0, 26] == pytest.approx([1.1, 1.1])
    assert after[1, 26] == pytest.approx([1.0, 1.0])


@settings(max_examples=20, deadline=None)
@given(PEOPLE)
def test_variants_are_ordered_in_every_cell(persons: np.ndarray) -> None:
    qx = smoothed(np.tile(np.minimum(0.0003 * np.exp(0.08 * np.arange(AGES + 1)), 0.6), (2, 1)))
    rates = Rates(2026, Mortality(qx, np.full_like(qx, 0.015)), np.full((3, AGES), 0.001), np.full(3, 1.5))
    main, low, high = (project(persons, rates, 15, variant) for variant in ALTERNATIVES)
    assert (low <= main + 1e-9).all() and (main <= high + 1e-9).all()


@given(arrays(np.float64, (4, AGES), elements=st.floats(0, 1000)), st.floats(0, 1))
def test_splitting_by_sex_keeps_the_sum(persons: np.ndarray, share: float) -> None:
    assert split(persons, np.full(AGES, share)).sum(axis=-1) == pytest.approx(persons)
