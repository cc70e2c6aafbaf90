"""The synthetic municipality's people, drawn from the published figures: the same seed, the same people."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from random import Random
from typing import Literal, cast

from trinnvis.demo.cast import HOMES, IN_STAFFED_HOUSING, CastCitizen
from trinnvis.demo.draft import Citizen, Home, Pool, draw_citizens
from trinnvis.demo.figures import POPULATION_DATE, CareGroup, Figures
from trinnvis.demo.households import draw_households
from trinnvis.demo.housing import (
    LONG_TERM,
    MUNICIPAL,
    OUTSIDE,
    SCATTERED,
    SHORT_TERM,
    STAFFED,
    Houses,
    Places,
    let_municipal,
    settle,
    share_out,
)
from trinnvis.demo.kinship import give_names, link_grown_children
from trinnvis.demo.ties import draw_ties
from trinnvis.people.identity import synthetic_number
from trinnvis.people.loading import DwellingFacts, PersonFacts, Register

TOWARDS_OLDEST = 2.2  # how much places lean to the oldest of an age group (example)
PROTECTED_HOMES = 3  # homes with protected address (example)


@dataclass(frozen=True)
class Population:
    """The register to load, and what is known besides: who is in the cast and how old each is."""

    register: Register
    ages: tuple[int, ...]  # completed years at the date of the figures
    logins: dict[str, int]  # cast subject → place in register.people
    in_cast: frozenset[int]
    receives: dict[int, str]  # the cast's own services: place in register.people → service group

    def dwelling_of(self, person: int) -> DwellingFacts:
        household = self.register.people[person].household
        if household is None:
            raise LookupError(f"person {person} lives nowhere")
        return self.register.dwellings[self.register.households[household]]

    def digest(self) -> str:
        """SHA-256 over everything: equal for equal populations."""
        return hashlib.sha256(repr(self.register).encode()).hexdigest()


def draw_population(figures: Figures, seed: int) -> Population:
    """Everybody, housed and related. Each stage draws from its own generator, so that a change in one
    leaves the others as they were."""

    def rng(stage: str) -> Random:
        return Random(f"{seed}/{stage}")

    citizens = draw_citizens(figures.population, rng("citizens"))
    pool = Pool(citizens, rng("pool"))
    staffed = Places(STAFFED, figures.settlements)
    homes = _cast_homes(pool)
    homes.append(staffed.let(Home([_play(pool, IN_STAFFED_HOUSING)])))
    houses = Houses(figures.settlements, rng("houses"))
    for home, part in zip(homes, HOMES, strict=False):
        home.dwelling = houses.build(part.settlement, part.kind, part.housing_step)
    long_term = Places(LONG_TERM, figures.settlements)
    homes += _residents(pool, long_term, figures.receivers("long_term"))
    homes += _residents(pool, staffed, figures.receivers("housing_24h"), taken=homes)
    left = share_out(figures.settlements, figures.persons)
    for home in homes:
        left[SCATTERED if home.settlement == OUTSIDE else home.settlement] -= len(home.members)
    ordinary = draw_households(pool, rng("households"))
    settle(ordinary, left, rng("settlements"))
    municipal = Places(MUNICIPAL, figures.settlements)
    let_municipal(ordinary, municipal, rng("municipal"))
    for home in ordinary:
        if home.dwelling is None:
            home.dwelling = houses.draw(home.settlement)
    for home in rng("protected").sample(ordinary, PROTECTED_HOMES):
        for citizen in home.members:
            citizen.protected_address = True
    homes += ordinary
    link_grown_children(homes, rng("kinship"))
    give_names(citizens, rng("names"))
    empty = [*staffed.vacant, *long_term.vacant, *municipal.vacant]
    empty += Places(SHORT_TERM, figures.settlements).vacant
    return _register(homes, empty, rng("ties"))


def _cast_homes(pool: Pool) -> list[Home]:
    homes = []
    for part in HOMES:
        members = [_play(pool, member) for member in part.members]
        for citizen, member in zip(members, part.members, strict=True):
            citizen.parents = [members[place] for place in member.parents]
            if member.partner is not None:
                citizen.partner, citizen.married = members[member.partner], True
        homes.append(Home(members, part.settlement))
    return homes


def _play(pool: Pool, part: CastCitizen) -> Citizen:
    """Someone of the part's sex and age steps out of the crowd and takes the part."""
    age = POPULATION_DATE.year - 1 - part.birth_date.year
    citizen = pool.take(part.sex, age)
    if citizen is None:
        raise ValueError(f"nobody in the figures can play {part.given_name}: {part.sex}, {age}")
    citizen.birth_date = part.birth_date
    citizen.given_name, citizen.family_name = part.given_name, part.family_name
    citizen.subject, citizen.receives, citizen.in_cast = part.subject, part.receives, True
    return citizen


def _residents(
    pool: Pool, places: Places, groups: tuple[CareGroup, ...], taken: list[Home] | None = None
) -> list[Home]:
    """One resident to each place, oldest group first; those in `taken` who have such a place count."""
    have = [home.members[0].age for home in taken or [] if home.dwelling and home.dwelling.housing_step == 5]
    homes = []
    for group in sorted(groups, key=lambda group: -group.age_from):
        ages = range(group.age_from, group.age_to + 1)
        for _ in range(group.persons - sum(age in ages for age in have)):
            adults = range(max(18, ages.start), ages.stop)
            citizen = pool.take_any(adults, TOWARDS_OLDEST)
            if citizen is None:
                raise ValueError(f"too few people aged {ages.start}-{ages.stop - 1} for {group.group}")
            homes.append(places.let(Home([citizen])))
    return homes


def _register(homes: list[Home], empty: list[DwellingFacts], rng: Random) -> Population:
    citizens = [citizen for home in homes for citizen in home.members]
    dwellings = [home.dwelling for home in homes if home.dwelling is not None]
    ties = draw_ties(citizens, homes, rng)
    sequence: defaultdict[tuple[object, str], int] = defaultdict(int)
    people = []
    for number, home in enumerate(homes):
        for citizen in home.members:
            key = citizen.birth_date, citizen.sex
            sex = cast(Literal["female", "male"], citizen.sex)
            people.append(
                PersonFacts(
                    identity_number=synthetic_number(citizen.birth_date, sex, sequence[key]),
                    given_name=citizen.given_name,
                    family_name=citizen.family_name,
                    birth_date=citizen.birth_date,
                    sex=citizen.sex,
                    household=number,
                    language=citizen.language,
                    protected_address=citizen.protected_address,
                )
            )
            sequence[key] += 1
    return Population(
        register=Register(
            dwellings=(*dwellings, *empty),
            households=tuple(range(len(homes))),
            people=tuple(people),
            kin=tuple(ties.kin.values()),
            mandates=tuple(ties.mandates),
            consents=tuple(ties.consents),
        ),
        ages=tuple(citizen.age for citizen in citizens),
        logins={citizen.subject: place for place, citizen in enumerate(citizens) if citizen.subject},
        receives={place: citizen.receives for place, citizen in enumerate(citizens) if citizen.receives},
        in_cast=frozenset(place for place, citizen in enumerate(citizens) if citizen.in_cast),
    )
