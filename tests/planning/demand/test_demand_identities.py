"""What must hold whatever the figures are."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning.demand.plain import BASE, LUNNER, figure, total

from trinnvis.planning.demand.engine import Engine, Need
from trinnvis.planning.demand.factors import ramp
from trinnvis.planning.demand.levels import levels
from trinnvis.planning.demand.people import people_of
from trinnvis.planning.demand.reading import Library
from trinnvis.planning.demand.schema import Profile, Scenario
from trinnvis.planning.demand.shipped import shape_rates
from trinnvis.planning.demand.waterfall import TOGETHER, waterfall
from trinnvis.planning.population.axes import AGES, BANDS

HOME = ["home_care", "short_term", "long_term"]


def test_constant_rates_are_ssbs_formula_to_the_last_digit(lunner: Need) -> None:
    """persons × users per person, by single age and sex, summed by hand."""
    persons = people_of(LUNNER, BASE, 2050).persons[0]
    level = levels(LUNNER, BASE)
    for s, service in enumerate(lunner.services):
        rates, factor = shape_rates()[service], level[service].factor
        for t in range(len(lunner.years)):
            for age in range(AGES):
                by_hand = sum(persons[t, age, sex] * rates[age, sex] for sex in (0, 1)) * factor[age]
                assert lunner.users[t, s, age] == by_hand


def test_bands_steps_and_services_add_up(engine: Engine, lunner: Need, held: Library) -> None:
    found = engine.run(held.choose("constant"))
    assert total(found.users) == pytest.approx(lunner.users.sum(axis=(1, 2)), rel=1e-12)
    for b, (first, last) in enumerate(BANDS.values()):
        by_age = lunner.users[:, :, first : last + 1].sum(axis=(1, 2))
        assert found.users[..., b].sum(axis=(1, 2)) == pytest.approx(by_age, rel=1e-12)


@pytest.mark.parametrize(
    "name", ["constant", "trend", "healthy-ageing", "family-care", "standard", "dreining", "housing"]
)
def test_nothing_differs_in_the_base_year(engine: Engine, held: Library, name: str) -> None:
    plain, other = engine.run(held.choose("constant")), engine.run(held.choose(name))
    for measure in ("users", "hours", "places", "nok"):
        assert np.array_equal(getattr(plain, measure)[0], getattr(other, measure)[0])


@pytest.mark.parametrize("name", ["dreining", "housing"])
def test_nothing_differs_before_a_measure_starts(engine: Engine, held: Library, name: str) -> None:
    scenario = held.choose(name)
    last_quiet = min(driver.profile.start for driver in scenario.drivers) - BASE  # type: ignore[union-attr]
    plain, other = engine.run(held.choose("constant")), engine.run(scenario)
    assert np.array_equal(plain.hours[: last_quiet + 1], other.hours[: last_quiet + 1])
    assert not np.array_equal(plain.hours[last_quiet + 2], other.hours[last_quiet + 2])


def test_dreining_moves_people_and_loses_nobody(engine: Engine, held: Library) -> None:
    plain, other = engine.run(held.choose("constant")), engine.run(held.choose("dreining"))
    assert total(other.users) == pytest.approx(total(plain.users), rel=1e-12)
    at = {step: engine.steps.index(step) for step in engine.steps}
    assert other.users[-1, :, at[7]].sum() < plain.users[-1, :, at[7]].sum()
    assert other.users[-1, :, at[3]].sum() > 0 == plain.users[-1, :, at[3]].sum()
    # Those moved from institution to housing need a place there instead.
    assert other.places[-1, :, at[11]].sum() < plain.places[-1, :, at[11]].sum()
    assert other.places[-1, :, at[10]].sum() > plain.places[-1, :, at[10]].sum()


def test_dreining_hour_for_hour_saves_no_hours(
    engine: Engine, held: Library, scenario: Callable[..., Scenario]
) -> None:
    moved = scenario(
        {
            "kind": "step_shift",
            "from_step": 7,
            "to": [{"step": 3, "share": 1}],
            "share": figure(0.25),
            "hours_ratio": figure(1),
            "profile": {"kind": "linear", "start": 2026, "full": 2030},
        }
    )
    plain, other = engine.run(held.choose("constant")), engine.run(moved)
    assert total(other.hours) == pytest.approx(total(plain.hours), rel=1e-12)
    step = engine.steps.index(7)
    left = other.hours[-1, :, step].sum() / plain.hours[-1, :, step].sum()
    assert left == pytest.approx(0.75)


@pytest.mark.parametrize(
    "driver",
    [
        {"kind": "rate_trend", "services": HOME, "yearly": figure(0), "damping": figure(0.9)},
        {"kind": "age_shift", "services": HOME, "gain": figure(0.1), "share": figure(0)},
        {"kind": "hours_growth", "services": HOME, "yearly": figure(0)},
        {
            "kind": "family_care",
            "services": HOME,
            "ratio": figure(0.5),
            "change": figure(0),
            "profile": {"start": 2025, "full": 2040},
        },
        {
            "kind": "effect",
            "services": HOME,
            "reach": figure(0),
            "users": figure(-0.5),
            "hours": figure(-0.5),
            "profile": {"start": 2025, "full": 2040},
        },
    ],
)
def test_a_driver_of_nought_changes_nothing(
    engine: Engine, held: Library, scenario: Callable[..., Scenario], driver: dict[str, object]
) -> None:
    plain, other = engine.run(held.choose("constant")), engine.run(scenario(driver))
    assert np.array_equal(plain.users, other.users)
    assert np.array_equal(plain.hours, other.hours)


def test_known_answers(engine: Engine, held: Library, scenario: Callable[..., Scenario]) -> None:
    """Each kind against arithmetic done by hand."""
    plain = total(engine.run(held.choose("constant")).hours)
    grown = scenario({"kind": "hours_growth", "services": [*engine.need.services], "yearly": figure(0.02)})
    assert total(engine.run(grown).hours)[10] == pytest.approx(plain[10] * 1.02**10)
    falling = {"kind": "rate_trend", "services": [*engine.need.services], "yearly": figure(-0.1)}
    undamped = scenario({**falling, "damping": figure(1)})
    assert total(engine.run(undamped).hours)[3] == pytest.approx(plain[3] * 0.9**3)
    damped = scenario({**falling, "damping": figure(0.5)})
    assert total(engine.run(damped).hours)[3] == pytest.approx(plain[3] * 0.9 ** (1 + 0.5 + 0.25))
    family = scenario(
        {
            "kind": "family_care",
            "services": [*engine.need.services],
            "ratio": figure(0.5),
            "change": figure(-0.2),
            "profile": {"start": 2025, "full": 2035},
        }
    )
    assert total(engine.run(family).hours)[5] == pytest.approx(plain[5] * (1 + 0.5 * 0.2 * 0.5))


def test_need_that_comes_later_is_less_need(engine: Engine, held: Library) -> None:
    plain, later = engine.run(held.choose("constant")), engine.run(held.choose("healthy-ageing"))
    old = [b for b, (first, _) in enumerate(BANDS.values()) if first >= 67]
    assert (
        later.users[1:, :, :, old].sum(axis=(1, 2, 3)) < plain.users[1:, :, :, old].sum(axis=(1, 2, 3))
    ).all()
    assert np.array_equal(later.users[..., 0], plain.users[..., 0])


def test_together_is_the_product_where_drivers_are_independent(engine: Engine, held: Library) -> None:
    plain, a, b, both = (
        engine.run(held.choose(name)).hours for name in ("constant", "trend", "standard", "trend+standard")
    )
    positive = plain > 0
    assert (a * b / np.where(positive, plain, 1))[positive] == pytest.approx(both[positive], rel=1e-9)


@pytest.mark.parametrize("name", ["constant", "trend", "trend+standard+dreining", "housing+family-care"])
@pytest.mark.parametrize("measure", ["users", "hours", "nok", "places"])
def test_the_waterfall_ends_where_the_scenario_does(
    engine: Engine, held: Library, name: str, measure: str
) -> None:
    scenario = held.choose(name)
    found = waterfall(engine, scenario, 2040, measure)
    assert found.start + sum(change for _, change in found.bars) == pytest.approx(found.end)
    counted = [s.in_total for s in engine.services]
    assert found.end == pytest.approx(getattr(engine.run(scenario), measure)[15, counted].sum())
    assert len(found.bars) == len(scenario.drivers) + 2
    if len(scenario.drivers) < 2:
        assert dict(found.bars)[TOGETHER] == pytest.approx(0, abs=1e-6)


@given(
    kind=st.sampled_from(["linear", "front", "back", "step"]),
    start=st.integers(2020, 2045),
    length=st.integers(1, 30),
)
def test_a_profile_rises_from_nothing_to_all(kind: str, start: int, length: int) -> None:
    profile = Profile.model_validate({"kind": kind, "start": start, "full": start + length})
    years = np.arange(2020, 2081)
    part = ramp(profile, years, "")
    assert (part[years <= start] == 0).all()
    assert (part[years >= start + length] == 1).all()
    assert all(a <= b for a, b in pairwise(part))


def test_profiles_come_in_the_order_their_names_say() -> None:
    years = np.arange(2020, 2031)
    parts = {
        kind: ramp(Profile.model_validate({"kind": kind, "start": 2020, "full": 2030}), years, "")[5]
        for kind in ("back", "linear", "front", "step")
    }
    assert list(parts.values()) == sorted(parts.values())
    assert parts["linear"] == 0.5
