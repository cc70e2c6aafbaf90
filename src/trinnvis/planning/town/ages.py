"""How people of unknown age are spread on age groups: as in the municipality, or in the whole country."""

from __future__ import annotations

import numpy as np

from trinnvis.planning.population.municipalities import find
from trinnvis.planning.population.shipped import figures
from trinnvis.planning.town.arrays import Floats
from trinnvis.planning.town.policy import TownPolicy


def age_shares(policy: TownPolicy, municipality: str | None) -> tuple[Floats, str]:
    """[G] shares that add up to 1, and a sentence that says where they are from.

    Raises:
        Trouble: no such municipality.
    """
    data = figures()
    if municipality is None:
        persons, where, year = data.nation[-1], "hele landet", int(data.nation_years[-1])
    else:
        found = find(municipality)
        persons, where = data.persons[-1][data.codes.index(found.code)], found.name
        year = data.last_year
    groups = np.array(
        [np.nansum(persons[group.from_age : group.to_age + 1]) for group in policy.age_groups],
        dtype=np.float64,
    )
    said = f"Alder er ukjent og fordelt som i {where} 1. januar {year} (SSB 07459)."
    return groups / groups.sum(), said
