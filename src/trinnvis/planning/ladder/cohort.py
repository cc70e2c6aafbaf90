"""The cohort solver: expected values and exact variance, without a random number.

Persons are independent, so a cohort's counts have covariance
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
    """stock: [year, age, sex, step], persons on 31 December. flows: [step in time, step, step + 2], persons
    who go from step to step, die, or move away; the diagonal stay. covariance: [year, step, step] of the
    stocks of all ages together, None where it was not asked for."""

    stock: Floats
    flows: Floats
    covariance: Floats | None

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
    count, length = len(world.steps), world.length
    stock = np.empty((length + 1, AGES, 2, count))
    stock[0] = world.start
    flows = np.zeros((length, count, count + 2))
    totals = np.zeros((length + 1, count, count)) if chance else None
    held = np.zeros((AGES, 2, count, count))
    each = np.eye(count)
    spread = world.shares[..., None] * (each - world.shares[..., None, :])
    for t in range(length):
        now, moves = stock[t], world.moves[t]
        kept = 1.0 - world.leaving[t][..., None, None]
        alive = moves[..., :count]
        reach = alive * kept
        going = np.matmul(now[..., None, :], reach)[..., 0, :]
        stock[t + 1] = _older(going) + world.arrivals[t + 1][..., None] * world.shares
        weighted = now[..., None] * reach
        flows[t, :, :count] = weighted.sum(axis=(0, 1))
        flows[t, :, count] = (now * moves[..., count]).sum(axis=(0, 1))
        flows[t, :, count + 1] = now.sum(axis=(0, 1)) - flows[t, :, : count + 1].sum(axis=1)
        if totals is not None:
            turned = reach.swapaxes(-1, -2)
            held = np.matmul(np.matmul(turned, held), reach) - np.matmul(turned, weighted)
            held += going[..., None] * each
            held = _older(held) + world.arrivals[t + 1][..., None, None] * spread
            totals[t + 1] = held.sum(axis=(0, 1))
    return Expected(stock, flows, totals)


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
