"""Grown children of the old, and names that run in families. All shares are examples."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from trinnvis.demo import names
from trinnvis.demo.draft import Citizen, Home, Pool

OLD = 67
CHILDREN_NEARBY = {0: 0.32, 1: 0.36, 2: 0.24, 3: 0.08}
FROM_ELSEWHERE = 0.06
LANGUAGES = {"nb": 0.95, "nn": 0.02, "en": 0.03}


def link_grown_children(homes: Iterable[Home], rng: Random) -> None:
    """Gives the old some of the municipality's adults as their children."""
    rows = list(homes)
    adults = [
        c for home in rows for c in home.members if 25 <= c.age < OLD and not c.parents and not c.in_cast
    ]
    pool = Pool(adults, rng)
    sizes, weights = list(CHILDREN_NEARBY), list(CHILDREN_NEARBY.values())
    for home in rows:
        parents = [c for c in home.members if c.age >= OLD]
        if not parents or any(c.in_cast for c in parents):
            continue
        youngest = min(c.age for c in parents)
        for _ in range(rng.choices(sizes, weights)[0]):
            sex = rng.choice(("female", "male"))
            if child := pool.take(sex, youngest - rng.randint(22, 38), within=4):
                child.parents = list(parents)


def give_names(citizens: Iterable[Citizen], rng: Random) -> None:
    """Names everybody, the oldest first so that family names can pass on."""
    languages, weights = list(LANGUAGES), list(LANGUAGES.values())
    for citizen in sorted(citizens, key=lambda c: (c.birth_date, c.sex)):
        if citizen.given_name:
            continue
        near = [*citizen.parents, *([citizen.partner] if citizen.partner and citizen.married else [])]
        named = [relative for relative in near if relative.family_name]
        elsewhere = named[0].from_elsewhere if named else citizen.age < OLD and rng.random() < FROM_ELSEWHERE
        citizen.from_elsewhere = elsewhere
        citizen.given_name = names.given_name(
            rng, sex=citizen.sex, birth_year=citizen.birth_date.year, from_elsewhere=elsewhere
        )
        kept = 1.0 if citizen.age < 18 else 0.8 if citizen.sex == "male" or citizen.married else 0.5
        citizen.family_name = (
            named[0].family_name
            if named and rng.random() < kept
            else names.family_name(rng, from_elsewhere=elsewhere)
        )
        citizen.language = rng.choices(languages, weights)[0] if not elsewhere else rng.choice(("nb", "en"))
