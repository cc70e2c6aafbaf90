"""Where the table starts: yearly moves between steps and mortality by step, each with its source."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Annotated

import numpy as np
from pydantic import Field

from trinnvis.planning.demand.reading import read
from trinnvis.planning.population.axes import Floats
from trinnvis.policy.provenance import Frozen, Sourced, Text

Probability = Annotated[float, Field(ge=0, le=1)]

NO_STEP = 0
"""The state of those with no registered service; in the ladder steps 1 to 4."""

FALLBACK = 0.01
"""For a step the prior says nothing of: this share moves to each neighbour and as many end the service."""


class Newcomers(Sourced):
    """New users in a year as a share of all users."""

    value: Probability


class StepMortality(Sourced):
    """Mortality on a step: `ratio` times the odds of the same age and sex, and at least `yearly`."""

    step: int = Field(ge=0)
    ratio: float = Field(gt=0)
    yearly: Probability = 0.0


class Move(Sourced):
    """The share of the survivors on one step who are on another a year later."""

    from_step: int = Field(ge=0, alias="from")
    to_step: int = Field(ge=0, alias="to")
    value: Probability


class Prior(Frozen):
    """All of it (utgangspunktet)."""

    title: Text
    newcomers: Newcomers
    mortality: tuple[StepMortality, ...]
    moves: tuple[Move, ...]


@lru_cache(maxsize=1)
def shipped_prior() -> Prior:
    """The prior that comes with the package."""
    text = files("trinnvis.planning.ladder").joinpath("data", "prior.yaml").read_bytes()
    return read(Prior, "prior.yaml", text)


def prior_flows(
    prior: Prior,
    steps: tuple[int, ...],
    now: Floats,
    then: Floats,
    survival: Floats,
    changes: Floats,
    part: float = 1.0,
) -> Floats:
    """Shares of an age and sex that go from state to state in a `part` of a year, before calibration.

    now, then: [..., group × step], shares on each state before and after; step 0 first. survival: [...], that
    of the part. changes: [group, group], yearly moves between groups, which go with any move between steps.
    Returns [..., state, state + 1], the last column those who die. Every move from and to "no service" is
    above nought, so that any target can be reached.
    """
    moves, ratios, least = _yearly(prior, steps)
    count, groups = len(steps), len(changes)
    both = np.kron(_part(changes, part), _part(moves, part))
    odds = ((1.0 - survival) / np.maximum(survival, 1e-9))[..., None] * np.tile(ratios, groups)
    dying = np.clip(np.maximum(odds / (1.0 + odds), np.tile(_chance(least, part), groups)), 1e-9, 0.95)
    flows = np.empty((*now.shape, count * groups + 1))
    flows[..., :-1] = (now * (1.0 - dying))[..., None] * both
    flows[..., -1] = now * dying
    free = slice(0, count * groups, count)
    coming = now[..., free, None] * _part(changes, part)
    from_group = np.divide(
        coming, coming.sum(axis=-2, keepdims=True), out=np.zeros_like(coming), where=coming > 0
    )
    new = prior.newcomers.value * part * then.reshape(*then.shape[:-1], groups, count)
    left = now[..., free] * (1.0 - dying[..., free])
    for group in range(groups):
        mine = from_group[..., group, :, None] * new
        mine[..., 0] = 0.0
        stay = np.maximum(left[..., group] - mine.sum(axis=(-1, -2)), 0.01 * now[..., group * count])
        mine[..., 0] = stay[..., None] * _part(changes, part)[group]
        flows[..., group * count, :-1] = mine.reshape(then.shape)
    return flows


def _yearly(prior: Prior, steps: tuple[int, ...]) -> tuple[Floats, Floats, Floats]:
    """Moves between steps [step, step], and mortality by step: odds ratio and least, each [step]."""
    count = len(steps)
    moves, said = np.zeros((count, count)), set[int]()
    for move in prior.moves:
        if move.from_step in steps and move.to_step in steps:
            moves[steps.index(move.from_step), steps.index(move.to_step)] = move.value
            said.add(move.from_step)
    for at, step in enumerate(steps[1:], start=1):
        if step not in said:
            moves[at, [0, max(at - 1, 1), min(at + 1, count - 1)]] = FALLBACK
    np.fill_diagonal(moves, 0.0)
    np.fill_diagonal(moves, 1.0 - moves.sum(axis=1))
    ratios, least = np.ones(count), np.zeros(count)
    for each in prior.mortality:
        if each.step in steps:
            ratios[steps.index(each.step)], least[steps.index(each.step)] = each.ratio, each.yearly
    return moves, ratios, least


def _part(moves: Floats, part: float) -> Floats:
    """Yearly moves as those of a part of a year: each so much rarer."""
    each = np.eye(len(moves))
    found: Floats = moves if part == 1.0 else each + (moves - each) * part
    return found


def _chance(yearly: Floats, part: float) -> Floats:
    found: Floats = yearly if part == 1.0 else 1.0 - (1.0 - yearly) ** part
    return found
