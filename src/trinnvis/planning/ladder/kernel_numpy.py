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
ONE: Final = np.int32(1)
"""Of the counts' own type: NumPy adds it many times as fast as a plain 1."""


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
        np.add.at(arrived[entry].reshape(-1), row * steps + state, ONE)
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
    """`row` is age × 2 + sex. `at`, where a person's row of `stay` begins, is moved on a year at a time; the
    rows of the oldest are repeated so that it never runs out of them."""
    steps, states = rules.steps, rules.steps + 2
    go = rules.go.reshape(rules.length, -1, steps + 1)
    tally = flows.reshape(rules.length, -1)
    ages = np.minimum(np.arange(AGES + rules.length // rules.per_year), OLDEST)
    year_words: tuple[Words, ...] = ()
    at, state = row.astype(np.int64) * states + state, state.copy()
    for year in range(entry, rules.length):
        if not year_words or year % YEARS_PER_BLOCK == 0:
            here = state < steps
            if not here.all():
                ids, at, state = ids[here], at[here], state[here]
            year_words = words(ids, year // YEARS_PER_BLOCK, MOVING, draw, key)
        word = year_words[year % YEARS_PER_BLOCK]
        moving = np.flatnonzero(word > rules.stay[year, ages].ravel().take(at))
        if len(moving):
            was = state[moving].astype(np.int64)
            where = at[moving] // states
            where = np.minimum(where, 2 * OLDEST + (where & 1)) * steps + was
            beyond = word[moving, None] > go[year].take(where, axis=0)
            becomes = rules.order[was, beyond.argmin(axis=1)]
            np.add.at(tally[year], where * states + becomes, ONE)
            at[moving] += becomes - was
            state[moving] = becomes
        if (year + 1) % rules.per_year == 0:
            at += 2 * states
