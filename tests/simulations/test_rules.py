"""What makes two questions the same, how much a page may ask for, and what is kept."""

from dataclasses import replace

import pytest
from simulating import SMALL

from trinnvis.planning.ladder.interventions import scenarios
from trinnvis.simulations.rules import MOST_DRAWS, Order, command_line, key_of, most_draws

BOTH = replace(SMALL, scenarios=(scenarios()["housing-led"], scenarios()["reablement"]))


def test_an_order_is_the_same_after_being_kept():
    for order in (SMALL, BOTH, replace(SMALL, places_source={11: "registrert"})):
        assert Order.from_json(order.as_json()) == order


def test_several_scenarios_are_also_run_together():
    assert [each.name for each in BOTH.chosen] == ["housing-led", "reablement", "housing-led+reablement"]
    assert BOTH.total == 4 * BOTH.draws and SMALL.total == 2 * SMALL.draws
    together = BOTH.chosen[-1]
    assert len(together.interventions) == 2


def test_the_key_changes_with_everything_it_is_computed_on():
    keys = {
        key_of(SMALL, "1", "a"), key_of(SMALL, "2", "a"), key_of(SMALL, "1", "b"), key_of(BOTH, "1", "a"),
        key_of(replace(SMALL, places={11: 21}), "1", "a"),
    }  # fmt: skip
    assert len(keys) == 5
    assert key_of(replace(SMALL, places_source={11: "x"}), "1", "a") in keys


@pytest.mark.parametrize(
    ("persons", "years", "most"), [(3_000, 25, MOST_DRAWS), (700_000, 25, 100), (6e6, 33, 25)]
)
def test_a_page_asks_for_as_much_as_is_done_in_minutes(persons, years, most):
    assert most_draws(persons, years, 2) == most


def test_the_command_for_more():
    assert command_line(BOTH) == (
        "trinnvis simulate --municipality 3242 --years 6 --draws 60 --base 2025 --seed 1 "
        "--scenario housing-led --scenario reablement --scenario housing-led+reablement "
        "--places 11=20 --figures public --progress"
    )
    assert "--figures own" in command_line(replace(SMALL, own=2))


def test_an_order_from_before_own_figures_could_be_chosen_rests_on_the_public_ones():
    said = SMALL.as_json()
    del said["own"]
    assert Order.from_json(said) == SMALL
