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
_M0, _M1, _LOW, _HALF = np.uint64(M0), np.uint64(M1), np.uint64(LOW), np.uint64(32)

MOVING: Final = 0
"""The decision of where to be a year later."""

ARRIVING: Final = 1
"""The decision of which step somebody arrives on."""

QUEUEING: Final = 2
"""When the next thing happens in the queue, and what."""


def words(c0: Words, c1: int, c2: int, c3: int, key: tuple[int, int]) -> tuple[Words, Words, Words, Words]:
    """Four words for each first counter word: [person] each."""
    return Opened(c0, c2, c3, key).words(c1)


class Opened:
    """Persons whose second counter word is still to come: what it does not touch of the first three rounds is
    done once. Between rounds a word lies in the low half of 64 bits, the high half nought."""

    def __init__(self, c0: Words, c2: int, c3: int, key: tuple[int, int]) -> None:
        keys0 = [(key[0] + W0 * n) & LOW for n in range(ROUNDS)]
        keys1 = [(key[1] + W1 * n) & LOW for n in range(ROUNDS)]
        self._keys = list(zip(keys0, keys1, strict=True))
        constant = c2 * M1
        self._of_c1 = (constant >> 32) ^ keys0[0]
        first = c0.astype(np.uint64) * _M0
        second = ((first >> _HALF) ^ np.uint64(c3 ^ keys1[0])) * _M1
        third = ((second >> _HALF) ^ np.uint64((constant & LOW) ^ keys0[1])) * _M0
        self._low_first = first & _LOW
        self._low_second = (second & _LOW) ^ np.uint64(keys0[2])
        self._high_third = third >> _HALF
        self._low_third = third & _LOW
        self._room = np.empty((6, len(c0)), np.uint64)

    def words(self, c1: int) -> tuple[Words, Words, Words, Words]:
        """[person] each."""
        a, b, c, d, p0, p1 = self._room
        told = (self._of_c1 ^ c1) * M0
        np.bitwise_xor(self._low_first, np.uint64((told >> 32) ^ self._keys[1][1]), out=c)
        np.multiply(c, _M1, out=p1)
        np.right_shift(p1, _HALF, out=a)
        a ^= self._low_second
        np.bitwise_and(p1, _LOW, out=b)
        np.bitwise_xor(self._high_third, np.uint64((told & LOW) ^ self._keys[2][1]), out=c)
        np.copyto(d, self._low_third)
        for k0, k1 in self._keys[3:]:
            np.multiply(a, _M0, out=p0)
            np.multiply(c, _M1, out=p1)
            np.right_shift(p1, _HALF, out=a)
            a ^= b
            a ^= np.uint64(k0)
            np.right_shift(p0, _HALF, out=c)
            c ^= d
            c ^= np.uint64(k1)
            np.bitwise_and(p1, _LOW, out=b)
            np.bitwise_and(p0, _LOW, out=d)
        return a.astype(np.uint32), b.astype(np.uint32), c.astype(np.uint32), d.astype(np.uint32)
