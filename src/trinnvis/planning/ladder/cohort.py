"""The cohort solver: expected values and exact variance, without a random number.

Persons are independent, so the counts of the states (steps, or groups and steps) of a cohort have covariance
    C' = Bᵀ C B + diag(m B) − Bᵀ diag(m) B      for a year, m the expected counts, B the moves of survivors,
and those who arrive add n(diag π − π πᵀ). It starts at nought: today's users are counted, not drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trinnvis.planning.ladder.world import World
from trinnvis.planning.population.axes import AGES, Floats


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
    stock = world.start
    stocks = [stock]
    flows = np.zeros((length, states, states + 2))
    totals = np.zeros((length + 1, states, states)) if chance else None
    held = np.zeros((AGES, 2, states, states))
    each = np.eye(states)
    spread = world.shares[..., None] * (each - world.shares[..., None, :])
    for t in range(length):
        moves = world.moves[t]
        reach = moves[..., :states] * (1.0 - world.leaving[t])[..., None, None]
        going = np.matmul(stock[..., None, :], reach)[..., 0, :]
        weighted = stock[..., None] * reach
        flows[t, :, :states] = weighted.sum(axis=(0, 1))
        flows[t, :, states] = (stock * moves[..., states]).sum(axis=(0, 1))
        flows[t, :, states + 1] = stock.sum(axis=(0, 1)) - flows[t, :, : states + 1].sum(axis=1)
        ends = (t + 1) % world.per_year == 0
        stock = _older(going) if ends else going
        stock = stock + world.arrivals[t + 1][..., None] * world.shares
        if ends:
            stocks.append(stock)
        if totals is not None:
            turned = reach.swapaxes(-1, -2)
            held = np.matmul(np.matmul(turned, held), reach) - np.matmul(turned, weighted)
            held += going[..., None] * each
            held = _older(held) if ends else held
            held = held + world.arrivals[t + 1][..., None, None] * spread
            totals[t + 1] = held.sum(axis=(0, 1))
    return _summed(np.array(stocks), flows, totals, steps, world.per_year)


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
