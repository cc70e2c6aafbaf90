"""What a simulation counts, in whole numbers only: neither sums nor digest depend on the order of work."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trinnvis.planning.ladder.thresholds import Int32s
from trinnvis.planning.population.axes import BANDS

Int64s = NDArray[np.int64]
BAND_STARTS = [first for first, _ in BANDS.values()]


@dataclass(frozen=True)
class Tally:
    """Draws `first` and on of one municipality.

    A state is a step, or with groups a group and a step; times are years, or months.
    stocks: [draw, time, band, state], persons then. moves: [draw, step in time, state, state + 2], those who
    changed state, died or moved away. flows, arrived: all draws together, by age and sex: [step in time, age,
    sex, state, state + 2] and [time, age, sex, state].
    """

    first: int
    stocks: Int32s
    moves: Int32s
    flows: Int64s
    arrived: Int64s

    @property
    def draws(self) -> int:
        return len(self.stocks)


def counted(flows: Int32s, arrived: Int32s, per_year: int = 1) -> tuple[Int32s, Int32s]:
    """One draw's changes as stocks [time, band, state] and moves [step in time, state, state + 2]."""
    steps = arrived.shape[-1]
    net = flows[..., :steps].sum(axis=-2, dtype=np.int32) - flows.sum(axis=-1, dtype=np.int32)
    stock = arrived[0].copy()
    stocks = np.empty((len(arrived), len(BAND_STARTS), steps), np.int32)
    for t in range(len(flows) + 1):
        stocks[t] = np.add.reduceat(stock.sum(axis=1, dtype=np.int32), BAND_STARTS, axis=0)
        if t < len(flows):
            stock += net[t]
            if (t + 1) % per_year == 0:
                oldest = stock[-1].copy()
                stock[1:] = stock[:-1]
                stock[0] = 0
                stock[-1] += oldest
            stock += arrived[t + 1]
    return stocks, flows.sum(axis=(1, 2), dtype=np.int32)


def joined(parts: Sequence[Tally]) -> Tally:
    """Blocks of draws in any order as one."""
    ordered = sorted(parts, key=lambda part: part.first)
    return Tally(
        ordered[0].first,
        np.concatenate([part.stocks for part in ordered]),
        np.concatenate([part.moves for part in ordered]),
        np.sum([part.flows for part in ordered], axis=0, dtype=np.int64),
        np.sum([part.arrived for part in ordered], axis=0, dtype=np.int64),
    )


def digest(tally: Tally) -> str:
    """A fingerprint of every number counted; the same for any threads, blocks, kernels and workers."""
    made = hashlib.sha256()
    for part in (tally.stocks, tally.moves, tally.flows, tally.arrived):
        made.update(str(part.shape).encode())
        made.update(np.ascontiguousarray(part, dtype="<i8").tobytes())
    return made.hexdigest()
