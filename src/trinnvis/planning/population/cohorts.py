"""One year on: everybody a year older, fewer by deaths, more or fewer by migration, and the newborn."""

from __future__ import annotations

import numpy as np

from trinnvis.planning.population.axes import AGES, FEMALE, MALE, Floats
from trinnvis.planning.population.births import mothers
from trinnvis.planning.population.sexes import GIRLS


def a_year_on(persons: Floats, survival: Floats, migration: Floats, newborn_per_mother: Floats) -> Floats:
    """The population a year later.

    persons: [municipality, age, sex]. survival: [age, sex]. migration: [municipality, age], net share of
    those aged x who move in during the year. newborn_per_mother: [municipality]. No cell falls below zero.
    """
    staying = persons * np.maximum(survival + migration[:, :, None], 0.0)
    after = np.empty_like(persons)
    after[:, 1:] = staying[:, : AGES - 1]
    after[:, AGES - 1] += staying[:, AGES - 1]
    after[:, 0] = 0.0
    women = (mothers(persons[..., FEMALE]) + mothers(after[..., FEMALE])) / 2.0
    after[:, 0, FEMALE] = newborn_per_mother * women * GIRLS
    after[:, 0, MALE] = newborn_per_mother * women * (1.0 - GIRLS)
    return after
