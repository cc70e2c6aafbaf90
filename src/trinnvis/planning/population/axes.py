"""The axes every population array has, in this order: variant, year, municipality, age, sex."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

AGES: Final = 106
"""Ages 0 to 105 in full years on 1 January; the last holds all who are 105 or older."""

FEMALE: Final = 0
MALE: Final = 1
SEXES: Final = ("female", "male")


class Variant(StrEnum):
    """An alternative for mortality, births and migration together (framskrivingsalternativ)."""

    MAIN = "main"
    LOW = "low"
    HIGH = "high"


VARIANTS: Final = tuple(Variant)

BANDS: Final[dict[str, tuple[int, int]]] = {
    "0-17": (0, 17),
    "18-66": (18, 66),
    "67-79": (67, 79),
    "80-89": (80, 89),
    "90+": (90, AGES - 1),
}
"""The age bands people read, first and last age included."""


def band_sum(persons: Floats, first: int, last: int, age_axis: int = -2) -> Floats:
    """Persons aged `first` to `last`, both included; the age axis goes."""
    cut = [slice(None)] * persons.ndim
    cut[age_axis] = slice(first, last + 1)
    total: Floats = persons[tuple(cut)].sum(axis=age_axis)
    return total
