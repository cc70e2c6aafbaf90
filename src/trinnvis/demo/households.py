"""Who lives with whom. SSB publishes no households by single year of age for Lunner, so the shares are
examples, chosen to give about as many households as the municipality tells of (3,925 some years ago)."""

from __future__ import annotations

from random import Random

from trinnvis.demo.draft import Citizen, Home, Pool

# Share still living with parents, by age
AT_HOME = dict(
    zip(range(18, 30), (0.97, 0.95, 0.9, 0.84, 0.77, 0.7, 0.62, 0.54, 0.46, 0.38, 0.3, 0.22), strict=True)
)
ADULT = 18
# (youngest age, share of the women who live with a partner when no child is at home)
WITH_PARTNER = ((90, 0.15), (85, 0.32), (80, 0.52), (67, 0.74), (50, 0.98), (30, 0.97), (23, 0.85), (18, 0.4))
MARRIED_FROM, SHARE_MARRIED = 30, 0.8
SINGLE_PARENT = 0.2
FLATSHARE = 0.3
BROODS = {1: 0.1, 2: 0.5, 3: 0.3, 4: 0.1}  # children at home → share of the families


def draw_households(pool: Pool, rng: Random) -> list[Home]:
    """Every citizen left in the pool, in a household."""
    return [*_families(pool, rng), *_couples(pool, rng), *_alone(pool, rng)]


def _families(pool: Pool, rng: Random) -> list[Home]:
    children = _children(pool, rng)
    homes = []
    while eldest := children.oldest():
        homes.append(_family(children.take_this(eldest), children, pool, rng))
    return homes


def _children(pool: Pool, rng: Random) -> Pool:
    """The minors, and the young adults who still live with their parents."""
    taken: list[Citizen] = []
    for age in range(max(AT_HOME) + 1):
        for sex in ("female", "male"):
            leaving: list[Citizen] = []
            while citizen := pool.take(sex, age):
                (taken if rng.random() < AT_HOME.get(age, 1.0) else leaving).append(citizen)
            pool.put_back(leaving)
    return Pool(taken, rng)


def _family(eldest: Citizen, children: Pool, pool: Pool, rng: Random) -> Home:
    """The eldest child's family: siblings two to four years apart, and one or two parents."""
    sizes, weights = list(BROODS), list(BROODS.values())
    brood = [eldest]
    for _ in range(rng.choices(sizes, weights)[0] - 1):
        age = brood[-1].age - rng.choice((2, 2, 3, 4))
        first, second = rng.sample(("female", "male"), 2)
        if age >= 0 and (sibling := children.take(first, age) or children.take(second, age, within=2)):
            brood.append(sibling)
    parents = _parents(pool, rng, oldest=eldest.age, youngest=min(child.age for child in brood))
    for child in brood:
        child.parents = list(parents)
    return Home([*parents, *brood])


def _parents(pool: Pool, rng: Random, *, oldest: int, youngest: int) -> list[Citizen]:
    wanted = oldest + min(max(round(rng.gauss(28, 4)), 20), 40)
    wanted = min(wanted, youngest + 44)
    mother = pool.take("female", wanted, within=12, least=oldest + ADULT)
    if mother is None:
        father = pool.take("male", wanted, within=25, least=oldest + ADULT)
        if father is None:
            raise ValueError("too few adults for the children in these figures")
        return [father]
    if rng.random() < SINGLE_PARENT:
        return [mother]
    father = pool.take("male", mother.age + round(rng.gauss(2, 3)), within=8, least=oldest + ADULT)
    if father is None:
        return [mother]
    _join(mother, father, rng)
    return [mother, father]


def _couples(pool: Pool, rng: Random) -> list[Home]:
    homes = []
    for woman in pool.rest():
        if woman.sex != "female" or rng.random() >= _share_with_partner(woman.age):
            continue
        man = pool.take("male", woman.age + round(rng.gauss(2, 3)), within=12, least=ADULT)
        if man is not None:
            pool.take_this(woman)
            _join(woman, man, rng)
            homes.append(Home([woman, man]))
    return homes


def _alone(pool: Pool, rng: Random) -> list[Home]:
    """One each; a few of the young share."""
    homes: list[Home] = []
    for citizen in pool.rest():
        last = homes[-1] if homes else None
        like = last and last.is_single and citizen.age < 30 and last.members[0].age - citizen.age <= 4
        if last and like and rng.random() < FLATSHARE:
            last.members.append(citizen)
        else:
            homes.append(Home([citizen]))
    return homes


def _share_with_partner(age: int) -> float:
    return next((share for youngest, share in WITH_PARTNER if age >= youngest), 0.0)


def _join(one: Citizen, other: Citizen, rng: Random) -> None:
    one.partner, other.partner = other, one
    one.married = other.married = rng.random() < (SHARE_MARRIED if one.age >= MARRIED_FROM else 0.2)
