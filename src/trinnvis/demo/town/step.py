"""The demo's step that writes the invented town to the data folder, in place of any there was."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils import timezone

from trinnvis.demo.town.making import Dwelling, invented_town
from trinnvis.planning.town.importing.store import save
from trinnvis.planning.town.shipped import shipped_policy
from trinnvis.townplans.bases import INVENTED, folder_of

if TYPE_CHECKING:
    from trinnvis.demo.build import Town
    from trinnvis.demo.population import Population


def draw_walking_town(town: Town) -> None:
    dwellings = dwellings_of(town.drawn)
    made_on = timezone.localdate(town.now)
    dataset = invented_town(dwellings, shipped_policy(), seed=town.seed, made_on=made_on)
    folder = folder_of(INVENTED)
    written = save(folder, dataset, INVENTED)
    for older in folder.glob("*.npz"):
        if older != written:
            older.unlink()


def dwellings_of(population: Population) -> list[Dwelling]:
    """Every dwelling of the demo, empty ones too, with who lives there."""
    register = population.register
    ages: defaultdict[int, list[int]] = defaultdict(list)
    for age, person in zip(population.ages, register.people, strict=True):
        if person.household is not None:
            ages[register.households[person.household]].append(age)
    return [
        Dwelling(one.address, one.settlement, tuple(ages[at])) for at, one in enumerate(register.dwellings)
    ]
