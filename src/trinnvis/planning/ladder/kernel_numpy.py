"""The microsimulation in NumPy: the same decisions, to the bit, as the compiled kernel."""

from __future__ import annotations

from typing import Final

import numpy as np

from trinnvis.planning.ladder.philox import ARRIVING, MOVING, Words, words
from trinnvis.planning.ladder.thresholds import Cells, Int32s, Rules, Uint8s
from trinnvis.planning.population.axes import AGES

CHUNK: Final = 1 << 14
"""Persons at a time: small enough to stay in the cache."""

YEARS_PER_BLOCK: Final = 4
OLDEST: Final = AGES - 1


def simulate(
    rules: Rules, cells: Cells, first: int, last: int, draw: int, key: tuple[int, int], flows: Int32s
) -> Int32s:
    """Cells first to last − 1 through one draw.

    Adds each change to `flows` [time, age, sex, step, step + 2]. Returns who arrived on which step: [year,
    age, sex, step].
    """
    steps, length = rules.steps, rules.length
    arrived = np.zeros((length + 1, AGES, 2, steps), np.int32)
    part = slice(first, last)
    for entry in np.unique(cells.entry[part]):
        mine = np.flatnonzero(cells.entry[part] == entry) + first
        where = np.repeat(mine, cells.count[mine])
        begin = np.cumsum(cells.count[mine]) - cells.count[mine]
        serial = np.arange(len(where)) - np.repeat(begin, cells.count[mine])
        ids = (cells.first[where] + serial).astype(np.uint32)
        row = (cells.age[where] * 2 + cells.sex[where]).astype(np.int32)
        state = _start(rules, cells, mine, entry, ids, row, draw, key)
        np.add.at(arrived, (entry, row >> 1, row & 1, state), 1)
        for at in range(0, len(ids), CHUNK):
            chunk = slice(at, at + CHUNK)
            _years(rules, int(entry), ids[chunk], row[chunk], state[chunk], draw, key, flows)
    return arrived


def _start(
    rules: Rules,
    cells: Cells,
    mine: np.ndarray,
    entry: int,
    ids: Words,
    row: Int32s,
    draw: int,
    key: tuple[int, int],
) -> Uint8s:
    steps = rules.steps
    if entry == 0:
        on_step = cells.on_step[mine]
        return np.repeat(np.tile(np.arange(steps, dtype=np.uint8), len(mine)), on_step.ravel())
    word, *_ = words(ids, int(entry), ARRIVING, draw, key)
    found: Uint8s = (word[:, None] > rules.arrive.reshape(-1, steps)[row]).sum(axis=1).astype(np.uint8)
    return found


def _years(
    rules: Rules,
    entry: int,
    ids: Words,
    row: Int32s,
    state: Uint8s,
    draw: int,
    key: tuple[int, int],
    flows: Int32s,
) -> None:
    """`row` is age × 2 + sex; a year later it is two more, and the oldest stay the oldest."""
    steps = rules.steps
    stay = rules.stay.reshape(rules.length, -1)
    go = rules.go.reshape(rules.length, -1, steps + 1)
    tally = flows.reshape(rules.length, -1)
    year_words: tuple[Words, ...] = ()
    row, state = row.copy(), state.copy()
    for year in range(entry, rules.length):
        if not year_words or year % YEARS_PER_BLOCK == 0:
            here = state < steps
            if not here.all():
                ids, row, state = ids[here], row[here], state[here]
            year_words = words(ids, year // YEARS_PER_BLOCK, MOVING, draw, key)
        word = year_words[year % YEARS_PER_BLOCK]
        moving = np.flatnonzero(word > stay[year][row * (steps + 2) + state])
        if len(moving):
            was, at = state[moving].astype(np.int64), row[moving].astype(np.int64)
            choice = (word[moving, None] > go[year][at * steps + was]).sum(axis=1)
            becomes = rules.order[was, choice]
            np.add.at(tally[year], (at * steps + was) * (steps + 2) + becomes, 1)
            state[moving] = becomes
        row += 2
        np.minimum(row, 2 * OLDEST + (row & 1), out=row)
