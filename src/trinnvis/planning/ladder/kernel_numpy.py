"""The microsimulation in NumPy: the same decisions, to the bit, as the compiled kernel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from trinnvis.planning.ladder.philox import ARRIVING, MOVING, Opened, Words, words
from trinnvis.planning.ladder.tallies import Int64s
from trinnvis.planning.ladder.thresholds import Cells, Int32s, Rules, Uint8s, Uint32s
from trinnvis.planning.population.axes import AGES

CHUNK: Final = 1 << 15
"""Persons at a time: small enough to stay in the cache."""

WORTH: Final = 8
"""The dead stay in the ranks until they are one in so many: closing the ranks costs more than they do."""

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
    lookup = Lookup.of(rules)
    part = slice(first, last)
    for entry in np.unique(cells.entry[part]):
        mine = np.flatnonzero(cells.entry[part] == entry) + first
        where = np.repeat(mine, cells.count[mine])
        before = np.cumsum(cells.count[mine]) - cells.count[mine]
        serial = np.arange(len(where)) - np.repeat(before, cells.count[mine])
        ids = (cells.first[where] + serial).astype(np.uint32)
        row = (cells.age[where] * 2 + cells.sex[where]).astype(np.int32)
        state = _start(rules, cells, mine, entry, ids, row, draw, key)
        seen = np.bincount(row * steps + state, minlength=arrived[entry].size)
        arrived[entry] = seen.reshape(arrived[entry].shape)
        at = row * np.int64(steps + 2) + state
        for begin in range(0, len(ids), CHUNK):
            chunk = slice(begin, begin + CHUNK)
            _years(rules, lookup, int(entry), ids[chunk], at[chunk], draw, key, flows)
    return arrived


@dataclass(frozen=True)
class Lookup:
    """The rules by one number, (age × 2 + sex) × states + state; the oldest age is repeated, so nobody
    outlives the table. stay: [time, number]. state, row (age × 2 + sex): [number]. order: [step × (step +
    1)].
    """

    stay: Uint32s
    state: Int64s
    row: Int64s
    order: Int64s

    @classmethod
    def of(cls, rules: Rules) -> Lookup:
        states = rules.steps + 2
        ages = np.minimum(np.arange(AGES + rules.length // rules.per_year + 1), OLDEST)
        stay = rules.stay[:, ages].reshape(rules.length, -1)
        rows = (ages[:, None] * 2 + np.arange(2)).ravel()
        return cls(
            stay,
            np.tile(np.arange(states), len(rows)),
            np.repeat(rows, states),
            rules.order.astype(np.int64).ravel(),
        )


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
    rules: Rules, lookup: Lookup, entry: int, ids: Words, at: Int64s, draw: int, key: tuple[int, int],
    flows: Int32s,
) -> None:  # fmt: skip
    """`at` is where a person's age, sex and state stood in the lookups on arrival; ageing moves the lookups
    instead."""
    steps, states = rules.steps, rules.steps + 2
    go = rules.go.reshape(rules.length, -1, steps + 1)
    tally = flows.reshape(rules.length, -1)
    opened = Opened(ids, MOVING, draw, key)
    at = at.copy()
    gone = 0
    year_words: tuple[Words, ...] = ()
    for year in range(entry, rules.length):
        if not year_words or year % YEARS_PER_BLOCK == 0:
            if gone * WORTH > len(ids):
                here = np.flatnonzero(lookup.state.take(at) < steps)
                ids, at, gone = ids.take(here), at.take(here), 0
                opened = Opened(ids, MOVING, draw, key)
            year_words = opened.words(year // YEARS_PER_BLOCK)
        word = year_words[year % YEARS_PER_BLOCK]
        older = (year // rules.per_year - entry // rules.per_year) * 2 * states
        moving = np.flatnonzero(word > lookup.stay[year, older:].take(at))
        if len(moving):
            stood = at.take(moving)
            was = lookup.state.take(stood)
            where = lookup.row[older:].take(stood) * steps + was
            beyond = word.take(moving)[:, None] > go[year].take(where, axis=0)
            becomes = lookup.order.take(was * (steps + 1) + beyond.argmin(axis=1))
            np.add.at(tally[year], where * states + becomes, ONE)
            at[moving] = stood + becomes - was
            gone += int(np.count_nonzero(becomes >= steps))
