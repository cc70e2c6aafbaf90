"""Philox4x32-10 (Salmon et al. 2011): random words as a function of who, when and what they decide.

Counter (person, block of four years, decision, draw), key (seed, municipality). Nobody's words depend on how
many others there are or on the order of the work, so scenarios share them (common random numbers), and any
split gives the same bits.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint32]

ROUNDS: Final = 10
M0: Final = 0xD2511F53
M1: Final = 0xCD9E8D57
W0: Final = 0x9E3779B9
W1: Final = 0xBB67AE85
LOW: Final = 0xFFFFFFFF

MOVING: Final = 0
"""The decision of where to be a year later."""

ARRIVING: Final = 1
"""The decision of which step somebody arrives on."""

QUEUEING: Final = 2
"""When the next thing happens in the queue, and what."""


def words(c0: Words, c1: int, c2: int, c3: int, key: tuple[int, int]) -> tuple[Words, Words, Words, Words]:
    """Four words for each first counter word: [person] each."""
    a, c = c0.astype(np.uint64), np.full(c0.shape, c2, np.uint64)
    b, d = np.full(c0.shape, c1, np.uint64), np.full(c0.shape, c3, np.uint64)
    p0, p1 = np.empty_like(a), np.empty_like(a)
    low, half = np.uint64(LOW), np.uint64(32)
    k0, k1 = key[0] & LOW, key[1] & LOW
    for _ in range(ROUNDS):
        np.multiply(a, np.uint64(M0), out=p0)
        np.multiply(c, np.uint64(M1), out=p1)
        np.right_shift(p1, half, out=a)
        a ^= b
        a ^= np.uint64(k0)
        np.right_shift(p0, half, out=c)
        c ^= d
        c ^= np.uint64(k1)
        np.bitwise_and(p1, low, out=b)
        np.bitwise_and(p0, low, out=d)
        k0, k1 = (k0 + W0) & LOW, (k1 + W1) & LOW
    return a.astype(np.uint32), b.astype(np.uint32), c.astype(np.uint32), d.astype(np.uint32)
