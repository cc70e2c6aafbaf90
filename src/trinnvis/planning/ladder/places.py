"""Places that can be full: a queue with births, deaths and those who give up waiting, many draws at a time.

Admissions arrive at the rate the cohort solver expects, and a place is free when somebody leaves or dies.
Whoever waits is taken to be as ill as those who live there, so that housed and waiting together are what the
table says. Rates are even within a year. With rates that do not change and patient people this is M/M/c.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from trinnvis.planning.ladder.cohort import Expected, yearly
from trinnvis.planning.ladder.philox import QUEUEING, words
from trinnvis.planning.ladder.world import World
from trinnvis.planning.population.axes import Floats, Ints
from trinnvis.trouble import Trouble

TWO_32: Final = float(1 << 32)
MOST_EVENTS: Final = 10_000_000


@dataclass(frozen=True)
class Rates:
    """Per year: admissions wanted, the chance that a resident leaves or dies, that one who waits does:
    [step in time]."""

    admissions: Floats
    leaving: Floats
    giving_up: Floats


@dataclass(frozen=True)
class Queue:
    """By draw and step in time. waiting, occupied: the mean number through the year. at_end: how many wait on
    31 December. years_waited: the mean wait of those who asked that year (waiting ÷ asked)."""

    waiting: Floats
    occupied: Floats
    at_end: Ints
    asked: Ints

    @property
    def years_waited(self) -> Floats:
        return self.waiting / np.maximum(self.asked, 1)


def rates_of(world: World, expected: Expected, step: int) -> Rates:
    """What the cohort solver says of one step.

    Raises:
        Trouble: a step the model does not have.
    """
    if step not in world.steps[1:]:
        raise Trouble(
            f"Modellen har ikke trinn {step}.", f"Trinnene er {', '.join(map(str, world.steps[1:]))}."
        )
    at = world.steps.index(step)
    flows, totals = expected.flows, expected.totals
    others = [s for s in range(len(world.steps)) if s != at]
    come = flows[:, others, at].sum(axis=1)
    on_step = world.shares[..., at :: len(world.steps)].sum(axis=-1)
    come += (yearly(world.arrivals[1:], world.per_year) * on_step).sum(axis=(1, 2))
    leave = flows[:, at].sum(axis=-1) - flows[:, at, at]
    between = (totals[:-1, at] + totals[1:, at]) / 2.0
    rate = leave / np.maximum(between, 1e-9)
    return Rates(come, rate, rate)


def simulate(rates: Rates, places: int, start: int, draws: int, key: tuple[int, int]) -> Queue:
    """`start` residents or waiting at the beginning; the places the same all through.

    Raises:
        Trouble: fewer than one place or one draw.
    """
    if places < 1 or draws < 1:
        raise Trouble("Det må være minst én plass og én trekning.", "Velg et helt tall fra 1.")
    length = len(rates.admissions)
    here = np.full(draws, start, np.int64)
    who = np.arange(draws, dtype=np.uint32)
    waiting, occupied = np.zeros((draws, length)), np.zeros((draws, length))
    at_end, asked = np.zeros((draws, length), np.int64), np.zeros((draws, length), np.int64)
    event = 0
    for t in range(length):
        come, leave, give_up = rates.admissions[t], rates.leaving[t], rates.giving_up[t]
        left = np.ones(draws)
        going = np.arange(draws)
        while len(going):
            if event > MOST_EVENTS:
                raise Trouble("Køen ble for lang å regne på.", "Velg flere plasser eller færre år.")
            first, second, *_ = words(who[going], event, QUEUEING, 0, key)
            event += 1
            housed = np.minimum(here[going], places)
            queued = here[going] - housed
            total = come + leave * housed + give_up * queued
            step = np.where(
                total > 0, -np.log((first + 1.0) / (TWO_32 + 1.0)) / np.maximum(total, 1e-300), np.inf
            )
            spent = np.minimum(step, left[going])
            waiting[going, t] += spent * queued
            occupied[going, t] += spent * housed
            happens = step < left[going]
            comes = happens & (second / TWO_32 * total < come)
            here[going] += np.where(comes, 1, np.where(happens, -1, 0))
            asked[going, t] += comes
            left[going] -= spent
            going = going[happens]
        at_end[:, t] = np.maximum(here - places, 0)
    return Queue(waiting, occupied, at_end, asked)
