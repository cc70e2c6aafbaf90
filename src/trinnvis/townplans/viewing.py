"""What a reader looks at: which errand, which way of walking, which age group and which place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from trinnvis.planning.town.arrays import Bools, Floats, Ints
from trinnvis.planning.town.policy import AgeGroup, Category, Profile
from trinnvis.planning.town.running import Reason, Result
from trinnvis.townplans.computing import Computed


@dataclass(frozen=True)
class Look:
    """By number in the policy. area: a settlement by name, "" for all."""

    category: int
    profile: int
    ages: int
    area: str = ""


@dataclass(frozen=True)
class Part:
    """So many of so many."""

    people: float
    of: float

    @property
    def share(self) -> float | None:
        """0 to 1; None of nobody."""
        return self.people / self.of if self.of else None


@dataclass(frozen=True, eq=False)
class Seen:
    """A computed town through one look."""

    found: Computed
    look: Look

    @property
    def category(self) -> Category:
        return self.found.policy.categories[self.look.category]

    @property
    def profile(self) -> Profile:
        return self.found.policy.profiles[self.look.profile]

    @property
    def ages(self) -> AgeGroup:
        return self.found.policy.age_groups[self.look.ages]

    @property
    def daily(self) -> tuple[int, ...]:
        return self.numbers(self.found.policy.daily.categories)

    def numbers(self, codes: tuple[str, ...]) -> tuple[int, ...]:
        """Categories by code as numbers."""
        known = [category.code for category in self.found.policy.categories]
        return tuple(known.index(code) for code in codes)

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """Settlements that anybody of the town lives in, in the data's order; none where it has no areas."""
        homes = self.found.before.town.homes
        used = set(np.unique(homes.areas).tolist())
        named = [name for at, name in enumerate(homes.area_names) if name and at in used]
        return tuple(named) if len(named) > 1 else ()

    def inside(self, result: Result, area: str) -> Bools:
        """[H] the homes of a settlement; "" is all."""
        return result.town.homes.inside(area)

    @cached_property
    def knows_people(self) -> bool:
        """Whether it is known who lives where; else dwellings are counted in place of people."""
        return bool(self.found.before.town.homes.residents.any())

    @property
    def has_services(self) -> bool:
        """Whether there is anything of the errand to reach, before the plan or after."""
        return any(
            len(one.answers[self.look.category].entrances) for one in (self.found.before, self.found.after)
        )

    def people(self, result: Result) -> Floats:
        """[H] residents of the age group, or dwellings."""
        homes = result.town.homes
        return homes.residents[:, self.look.ages] if self.knows_people else homes.dwellings

    def reach(self, category: int, area: str, *, result: Result | None = None) -> Part:
        """Of the age group in an area, who reaches a category."""
        held = result or self.found.after
        here = self.people(held) * self.inside(held, area)
        reached = held.answers[category].reason[self.look.profile] == Reason.REACHED
        return Part(float(here[reached].sum()), float(here.sum()))

    def reasons(self, area: str) -> dict[Reason, float]:
        """The age group in an area by whether they reach the category, and if not, why."""
        held = self.found.after
        reason = held.answers[self.look.category].reason[self.look.profile]
        counted = np.bincount(
            reason, weights=self.people(held) * self.inside(held, area), minlength=len(Reason)
        )
        return {why: float(counted[why]) for why in Reason}

    def moved(self, category: int, area: str) -> tuple[float, float]:
        """Of those who live there before and after: who comes within reach, and who falls outside."""
        before, after = self.found.before, self.found.after
        one, other = self._in_both
        was = (before.answers[category].reason[self.look.profile] == Reason.REACHED)[one]
        now = (after.answers[category].reason[self.look.profile] == Reason.REACHED)[other]
        here = (self.people(after) * self.inside(after, area))[other]
        return float(here[now & ~was].sum()), float(here[was & ~now].sum())

    def settled(self, category: int) -> float:
        """How many more of those who reach a category come of who lives where; negative when fewer."""
        gain, lose = self.moved(category, "")
        before = self.reach(category, "", result=self.found.before).people
        return self.reach(category, "").people - before - gain + lose

    @cached_property
    def _in_both(self) -> tuple[Ints, Ints]:
        """The homes that are there both before and after, by their numbers."""
        old, new = self.found.before.town.homes.ids, self.found.after.town.homes.ids
        if old is new:
            every = np.arange(len(old))
            return every, every
        number = {name: at for at, name in enumerate(new)}
        pairs = [(at, number[name]) for at, name in enumerate(old) if name in number]
        one, other = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        return one, other
