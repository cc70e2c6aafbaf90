"""The cohort solver: expected values and exact variance, without a random number.

Persons are independent: one who is on the states with probabilities p adds diag(p) - p pᵀ to the covariance
of the counts. So it is diag(m) - D for a cohort, m the expected counts and D the sum of p pᵀ, which a year
takes to Bᵀ D B, B the moves of survivors. Today's users are counted, not drawn (p is one or nought); n who
arrive add n π πᵀ.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trinnvis.planning.ladder.world import World
from trinnvis.planning.population.axes import Floats


@dataclass(frozen=True)
class Expected:
    """stock: [year, age, sex, step], persons on 31 December. flows: [year from the first, step, step + 2],
    persons who go from step to step, die, or move away; the diagonal stay. covariance: [year, step, step] of
    the stocks of all ages together, None where it was not asked for. by_group: [year, group, step].

    Where a year is divided, `flows` are those of its parts together, so the diagonal counts a person once for
    each part."""

    stock: Floats
    flows: Floats
    covariance: Floats | None
    by_group: Floats

    @property
    def totals(self) -> Floats:
        """[year, step]"""
        total: Floats = self.stock.sum(axis=(1, 2))
        return total

    def deviation(self) -> Floats:
        """Standard deviation of the stock on each step by chance alone: [year, step]."""
        assert self.covariance is not None
        found: Floats = np.sqrt(np.maximum(np.einsum("tss->ts", self.covariance), 0.0))
        return found


def solve(world: World, *, chance: bool = True) -> Expected:
    """The whole period. `chance`: with the exact covariance."""
    states, steps, length = world.shares.shape[-1], len(world.steps), world.length
    reach = world.moves[..., :states] * (1.0 - world.leaving)[..., None, None]
    stocks = np.empty((length + 1, *world.start.shape))
    stocks[0] = world.start
    for t in range(length):
        going = np.einsum("axs,axsd->axd", stocks[t], reach[t])
        stocks[t + 1] = _older(going) if (t + 1) % world.per_year == 0 else going
        stocks[t + 1] += world.arrivals[t + 1][..., None] * world.shares
    before = stocks[:-1]
    flows = np.empty((length, states, states + 2))
    flows[..., :states] = np.einsum("taxs,taxsd->tsd", before, reach)
    flows[..., states] = np.einsum("taxs,taxs->ts", before, world.moves[..., states])
    flows[..., states + 1] = before.sum(axis=(1, 2)) - flows[..., : states + 1].sum(axis=-1)
    totals = _covariance(world, reach, stocks.sum(axis=(1, 2))) if chance else None
    return _summed(stocks[:: world.per_year], flows, totals, steps, world.per_year)


def _covariance(world: World, reach: Floats, totals: Floats) -> Floats:
    """Of the stocks of all ages together: [time, state, state]. totals: [time, state]."""
    each = np.eye(totals.shape[-1])
    alike = world.start[..., None] * each
    found = np.zeros((*totals.shape, totals.shape[-1]))
    pairs = world.shares[..., None] * world.shares[..., None, :]
    for t, moves in enumerate(reach, start=1):
        alike = np.matmul(np.matmul(moves.swapaxes(-1, -2), alike), moves)
        alike = _older(alike) if t % world.per_year == 0 else alike
        alike = alike + world.arrivals[t][..., None, None] * pairs
        found[t] = totals[t] * each - alike.sum(axis=(0, 1))
    return found


def _summed(stocks: Floats, flows: Floats, totals: Floats | None, steps: int, per_year: int) -> Expected:
    """From states and times to steps and years."""
    groups = stocks.shape[-1] // steps
    by_group = stocks.sum(axis=(1, 2)).reshape(len(stocks), groups, steps)
    if groups > 1:
        stocks = stocks.reshape(*stocks.shape[:-1], groups, steps).sum(axis=-2)
        ends = flows.reshape(len(flows), groups, steps, -1).sum(axis=1)
        inside = ends[..., :-2].reshape(len(flows), steps, groups, steps).sum(axis=2)
        flows = np.concatenate([inside, ends[..., -2:]], axis=-1)
        if totals is not None:
            totals = totals.reshape(len(totals), groups, steps, groups, steps).sum(axis=(1, 3))
    covariance = None if totals is None else totals[::per_year]
    return Expected(stocks, yearly(flows, per_year), covariance, by_group)


def yearly(amounts: Floats, per_year: int) -> Floats:
    """[step in time, ...] summed to [year, ...]"""
    if per_year == 1:
        return amounts
    found: Floats = amounts.reshape(-1, per_year, *amounts.shape[1:]).sum(axis=1)
    return found


def solve_many(start: Floats, moves: Floats, kept: Floats, arrivals: Floats, shares: Floats) -> Floats:
    """Many municipalities with one table: expected stocks [municipality, year, step].

    start: [age, sex, municipality, step]; moves: [time, age, sex, step, step]; kept: [time, age, sex,
    municipality], the share who do not move away; arrivals: [time + 1, age, sex, municipality].
    """
    stock = start
    totals = [start.sum(axis=(0, 1))]
    for t in range(len(moves)):
        stock = _older(np.matmul(stock, moves[t]) * kept[t][..., None])
        stock += arrivals[t + 1][..., None] * shares[:, :, None, :]
        totals.append(stock.sum(axis=(0, 1)))
    return np.stack(totals, axis=1)


def _older(cells: Floats) -> Floats:
    """[age, ...] a year later; the two oldest ages meet in the last."""
    moved = np.zeros_like(cells)
    moved[1:] = cells[:-1]
    moved[-1] += cells[-1]
    return moved
