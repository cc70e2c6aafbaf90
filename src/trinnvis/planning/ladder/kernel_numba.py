"""The microsimulation compiled: blocks of people born the same year, persons outside and years inside.

Needs numba (the extra `fast`). Decides exactly as `kernel_numpy`.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from trinnvis.planning.ladder.kernel_numpy import WORTH
from trinnvis.planning.ladder.philox import ARRIVING, M0, M1, MOVING, ROUNDS, W0, W1
from trinnvis.planning.ladder.thresholds import Cells, Int32s, Rules, Uint8s, Uint32s
from trinnvis.planning.population.axes import AGES

BLOCK = 1024
OLDEST = AGES - 1
_M0, _M1 = np.uint64(M0), np.uint64(M1)
_W0, _W1 = np.uint32(W0), np.uint32(W1)
_HALF = np.uint64(32)


def simulate(
    rules: Rules, cells: Cells, first: int, last: int, draw: int, key: tuple[int, int], flows: Int32s
) -> Int32s:
    """As `kernel_numpy.simulate`."""
    arrived = np.zeros((rules.length + 1, AGES, 2, rules.steps), np.int32)
    _simulate(
        rules.stay, rules.go, rules.order, rules.arrive,
        rules.per_year, cells.entry, cells.age, cells.sex, cells.count, cells.on_step, cells.first,
        first, last, np.uint32(draw), np.uint32(key[0] & 0xFFFFFFFF), np.uint32(key[1] & 0xFFFFFFFF),
        flows, arrived,
    )  # fmt: skip
    return arrived


@njit(inline="always")
def _words(c0, c1, c2, c3, k0, k1):  # type: ignore[no-untyped-def]
    for _ in range(ROUNDS):
        p0 = np.uint64(c0) * _M0
        p1 = np.uint64(c2) * _M1
        c0 = np.uint32(p1 >> _HALF) ^ c1 ^ k0
        c2 = np.uint32(p0 >> _HALF) ^ c3 ^ k1
        c1 = np.uint32(p1)
        c3 = np.uint32(p0)
        k0 = np.uint32(k0 + _W0)
        k1 = np.uint32(k1 + _W1)
    return c0, c1, c2, c3


@njit(nogil=True, cache=True, boundscheck=False)
def _simulate(
    stay: Uint32s, go: Uint32s, order: Uint8s, arrive: Uint32s, per_year: int,
    entry: Int32s, age: Int32s, sex: Int32s, count: Int32s, on_step: Int32s, first_id: Uint32s,
    first: int, last: int, draw: np.uint32, k0: np.uint32, k1: np.uint32, flows: Int32s, arrived: Int32s,
) -> None:  # fmt: skip
    length, steps = stay.shape[0], order.shape[0]
    ids = np.empty(BLOCK, np.uint32)
    state = np.empty(BLOCK, np.uint8)
    words = np.empty((4, BLOCK), np.uint32)
    mover = np.empty(BLOCK, np.int32)
    for cell in range(first, last):
        begin, x = entry[cell], sex[cell]
        from_step, used = 0, 0
        for at in range(0, count[cell], BLOCK):
            n = min(BLOCK, count[cell] - at)
            for i in range(n):
                ids[i] = np.uint32(first_id[cell] + np.uint32(at + i))
            if begin == 0:
                for i in range(n):
                    while used >= on_step[cell, from_step]:
                        from_step += 1
                        used = 0
                    state[i] = from_step
                    used += 1
            else:
                for i in range(n):
                    arriving, _, _, _ = _words(
                        ids[i], np.uint32(begin), np.uint32(ARRIVING), draw, k0, k1
                    )  # fmt: skip
                    step = 0
                    while arriving > arrive[age[cell], x, step]:
                        step += 1
                    state[i] = step
            for i in range(n):
                arrived[begin, age[cell], x, state[i]] += 1
            gone = 0
            for year in range(begin, length):
                a = min(age[cell] + year // per_year - begin // per_year, OLDEST)
                if year == begin or year % 4 == 0:
                    if gone * WORTH > n:
                        kept = 0
                        for i in range(n):
                            ids[kept], state[kept] = ids[i], state[i]
                            kept += state[i] < steps
                        n, gone = kept, 0
                    block = np.uint32(year // 4)
                    for i in range(n):
                        words[0, i], words[1, i], words[2, i], words[3, i] = _words(
                            ids[i], block, np.uint32(MOVING), draw, k0, k1
                        )
                if n == 0:
                    break
                # Two sievings without a branch, which a processor would guess wrong. Up to the least
                # threshold of all states everybody stays: that takes one comparison.
                word = words[year % 4]
                stays = stay[year, a, x]
                least = stays.min()
                maybe = 0
                for i in range(n):
                    mover[maybe] = i
                    maybe += word[i] > least
                moving = 0
                for j in range(maybe):
                    i = mover[j]
                    mover[moving] = i
                    moving += word[i] > stays[state[i]]
                for j in range(moving):
                    i = mover[j]
                    was = state[i]
                    beyond = go[year, a, x, was]
                    k = 0
                    while word[i] > beyond[k]:
                        k += 1
                    becomes = order[was, k]
                    flows[year, a, x, was, becomes] += 1
                    state[i] = becomes
                    gone += becomes >= steps
