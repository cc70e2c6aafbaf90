"""The municipality while it is being drawn: people, homes and ties that still change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from trinnvis.demo.figures import POPULATION_DATE, AgeGroup
from trinnvis.people.loading import DwellingFacts


@dataclass(eq=False, slots=True)
class Citizen:
    """One invented person. `age` is completed years at the date of the population figures."""

    age: int
    sex: str
    birth_date: date
    given_name: str = ""
    family_name: str = ""
    from_elsewhere: bool = False
    language: str = "nb"
    parents: list[Citizen] = field(default_factory=list)
    partner: Citizen | None = None
    married: bool = False
    in_cast: bool = False
    subject: str = ""  # login, for members of the cast who have one
    receives: str = ""  # service group, for members of the cast who have one
    protected_address: bool = False


@dataclass(eq=False, slots=True)
class Home:
    """People who live together, and where."""

    members: list[Citizen]
    settlement: str = ""
    dwelling: DwellingFacts | None = None

    @property
    def is_single(self) -> bool:
        return len(self.members) == 1


def draw_citizens(groups: Iterable[AgeGroup], rng: Random) -> list[Citizen]:
    """Everybody, by the exact number in each year of age, with a birth date that gives that age."""
    citizens = []
    for group in groups:
        # Born on 1 January one would be a year older on 1 January, so that day is left out.
        first = date(POPULATION_DATE.year - 1 - group.age, 1, 2)
        days = (date(first.year, 12, 31) - first).days
        for place in range(group.persons):
            born = first + timedelta(days=rng.randint(0, days))
            citizens.append(Citizen(group.age, "female" if place < group.female else "male", born))
    return citizens


class Pool:
    """The citizens not placed yet, by sex and age."""

    def __init__(self, citizens: Iterable[Citizen], rng: Random) -> None:
        self._rng = rng
        self._by: dict[tuple[str, int], list[Citizen]] = defaultdict(list)
        for citizen in citizens:
            self._by[citizen.sex, citizen.age].append(citizen)
        for waiting in self._by.values():
            rng.shuffle(waiting)

    def take(self, sex: str, age: int, *, within: int = 0, least: int = 0) -> Citizen | None:
        """Someone of that sex whose age is nearest and at most `within` years off, or None."""
        for off in sorted(range(-within, within + 1), key=abs):
            if age + off >= least and (waiting := self._by.get((sex, age + off))):
                return waiting.pop()
        return None

    def take_any(self, ages: Iterable[int], weight: float = 1.0) -> Citizen | None:
        """Anyone within the ages; `weight` above 1 leans towards the oldest."""
        waiting = [(key, people) for key, people in self._by.items() if key[1] in ages and people]
        if not waiting:
            return None
        youngest = min(key[1] for key, _ in waiting)
        weights = [len(people) * (key[1] - youngest + 1) ** (weight - 1) for key, people in waiting]
        return self._rng.choices([people for _, people in waiting], weights)[0].pop()

    def take_this(self, citizen: Citizen) -> Citizen:
        self._by[citizen.sex, citizen.age].remove(citizen)
        return citizen

    def put_back(self, citizens: Iterable[Citizen]) -> None:
        for citizen in citizens:
            self._by[citizen.sex, citizen.age].append(citizen)

    def oldest(self) -> Citizen | None:
        key = max(
            (key for key, people in self._by.items() if people), key=lambda k: (k[1], k[0]), default=None
        )
        return self._by[key][-1] if key else None

    def rest(self) -> list[Citizen]:
        """Everybody still waiting, oldest first."""
        left = [citizen for people in self._by.values() for citizen in people]
        return sorted(left, key=lambda citizen: (-citizen.age, citizen.sex, citizen.birth_date))
