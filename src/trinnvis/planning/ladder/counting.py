"""The third solver: only how many, cell by cell (multinomial). Its cost does not grow with the population.

For national counts where nobody's history is asked for. It has no common random numbers between scenarios;
its draws are its own and repeat for the same key.
"""

from __future__ import annotations

import numpy as np

from trinnvis.planning.ladder.tallies import BAND_STARTS
from trinnvis.planning.ladder.thresholds import Int32s
from trinnvis.planning.ladder.world import World


def count(world: World, draw: int, seed: int) -> Int32s:
    """Stocks [time, band, state] of one draw. `world` must be `whole`."""
    source = np.random.Philox(key=(seed << 32) | int(world.municipality.code), counter=[0, 0, 0, draw])
    make = np.random.Generator(source)
    steps = world.shares.shape[-1]
    stock = world.start.astype(np.int64)
    stocks = np.empty((world.length + 1, len(BAND_STARTS), steps), np.int32)
    kept = 1.0 - world.leaving[..., None, None]
    alive = world.moves[..., :steps] * kept
    chances = np.concatenate([alive, 1.0 - alive.sum(axis=-1, keepdims=True)], axis=-1)
    chances = np.clip(chances, 0.0, 1.0)
    shares = np.clip(world.shares, 0.0, 1.0)
    for t in range(world.length + 1):
        stocks[t] = np.add.reduceat(stock.sum(axis=1), BAND_STARTS, axis=0)
        if t == world.length:
            break
        there = make.multinomial(stock, chances[t])[..., :steps].sum(axis=-2)
        stock = there
        if (t + 1) % world.per_year == 0:
            stock = np.zeros_like(there)
            stock[1:] = there[:-1]
            stock[-1] += there[-1]
        stock += make.multinomial(world.arrivals[t + 1].astype(np.int64), shares)
    return stocks
