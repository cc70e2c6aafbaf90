"""The people and the table of the ladder race, as every peer reads them; and what every peer counts."""

import sys
from pathlib import Path

import numpy as np

AGES, SEXES, STATES, YEARS = 106, 2, 10, 25
DEAD = STATES - 1
OLDEST = AGES - 1


def load():
    """ages, sexes, states: [person], sorted by sex and age; moves: [age, sex, state, state]."""
    with np.load(Path(sys.argv[1]) / "people.npz") as held:
        return tuple(held[name] for name in ("age", "sex", "state", "moves"))


def tally(ages, sexes, states):
    """Persons by age, sex and state, from those alive; as every engine of the race must count each year."""
    where = (ages.astype(np.int64) * SEXES + sexes) * STATES + states
    return np.bincount(where, minlength=AGES * SEXES * STATES).reshape(AGES, SEXES, STATES)


def totals(tallies):
    """What is compared: the living by year and state."""
    return [each.sum(axis=(0, 1))[:DEAD].tolist() for each in tallies]
