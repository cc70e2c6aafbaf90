"""Groups the table may be split in: household, housing fit, or both (grupper). A state is a group and a step.

States are ordered by group, then step. Summed over the groups everybody is on the steps as without them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import product
from typing import Annotated, Final, Self

import numpy as np
from pydantic import Field, model_validator

from trinnvis.planning.demand.reading import read
from trinnvis.planning.ladder.calibrating import scaled
from trinnvis.planning.population.axes import AGES, Floats
from trinnvis.policy import messages
from trinnvis.policy.provenance import Code, Frozen, Sourced, Text
from trinnvis.trouble import Trouble

Share = Annotated[float, Field(ge=0, le=1)]

EVERYBODY: Final = "all"


class Level(Frozen):
    code: Code
    title: Text


class Shares(Sourced):
    """The share on the second level, by age: rows of age, women, men, with straight lines between."""

    value: tuple[tuple[int, Share, Share], ...] = Field(min_length=1)

    def by_age(self) -> Floats:
        """[age, sex]"""
        ages, *sexes = np.array(self.value, float).T
        return np.stack([np.interp(np.arange(AGES), ages, shares) for shares in sexes], axis=1)


class Odds(Sourced):
    """Odds of being on a step for those on the second level, against those on the first."""

    value: dict[int, Annotated[float, Field(gt=0)]]


class Changes(Sourced):
    """Yearly shares that go from the first level to the second, and back."""

    value: tuple[Share, Share]


class Dimension(Frozen):
    """What divides people in two (inndeling)."""

    code: Code
    title: Text
    levels: tuple[Level, Level]
    share: Shares
    odds: Odds
    changes: Changes

    @model_validator(mode="after")
    def _rising(self) -> Self:
        ages = [row[0] for row in self.share.value]
        if ages != sorted(set(ages)) or ages[-1] >= AGES:
            raise ValueError(f"aldrene i share må stige og ligge under {AGES}")
        return self


class Dimensions(Frozen):
    title: Text
    dimensions: tuple[Dimension, ...]


@dataclass(frozen=True)
class Groups:
    """The groups of some dimensions, every combination of their levels; one group when there are none.

    names: «alone+unfit» and so on. levels: [group] of the level codes it has.
    """

    dimensions: tuple[Dimension, ...] = ()

    @property
    def levels(self) -> tuple[tuple[str, ...], ...]:
        return tuple(product(*((level.code for level in each.levels) for each in self.dimensions)))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple("+".join(levels) or EVERYBODY for levels in self.levels)

    @property
    def titles(self) -> tuple[str, ...]:
        each = product(*((level.title for level in one.levels) for one in self.dimensions))
        return tuple(", ".join(titles) or "Alle" for titles in each)

    @property
    def key(self) -> str:
        """What they are known by: changes with any figure of theirs."""
        return "".join(each.model_dump_json() for each in self.dimensions)

    def __len__(self) -> int:
        return 1 << len(self.dimensions)

    def shares(self) -> Floats:
        """[age, sex, group]; the dimensions independent of each other."""
        found = np.ones((AGES, 2, 1))
        for each in self.dimensions:
            second = each.share.by_age()
            two = np.stack([1.0 - second, second], axis=-1)
            found = (found[..., None] * two[..., None, :]).reshape(AGES, 2, -1)
        return found

    def by_step(self, steps: tuple[int, ...], shares: Floats) -> Floats:
        """Shares on each step [age, sex, step] as shares on each state [age, sex, group × step]."""
        if not self.dimensions:
            return shares
        odds = np.array([self._odds(levels, steps) for levels in self.levels])
        mine = self.shares()
        weights = mine[..., None] * shares[..., None, :] * odds
        names = ["ingen tjeneste", *(f"trinn {step}" for step in steps[1:])]
        found = scaled(weights, mine, shares, names)
        return found.reshape(AGES, 2, -1)

    def changes(self) -> Floats:
        """Yearly moves between groups before calibration: [group, group]."""
        found = np.ones((1, 1))
        for each in self.dimensions:
            there, back = each.changes.value
            found = np.kron(found, np.array([[1 - there, there], [back, 1 - back]]))
        return found

    def having(self, codes: Sequence[str]) -> list[int]:
        """The groups that have all these levels; every group when none is named.

        Raises:
            Trouble: the model is not split so.
        """
        known = [level.code for each in self.dimensions for level in each.levels]
        for code in codes:
            if code not in known:
                raise Trouble(
                    f"Modellen er ikke delt etter «{code}».",
                    f"Gruppene er {', '.join(known)}." if known else "Velg grupper med --groups.",
                )
        return [at for at, levels in enumerate(self.levels) if set(codes) <= set(levels)]

    def moved(self, group: int, to: str) -> int:
        """The group one is in after a change of level."""
        (dimension,) = (d for d, each in enumerate(self.dimensions) if to in [x.code for x in each.levels])
        levels = list(self.levels[group])
        levels[dimension] = to
        return self.levels.index(tuple(levels))

    def _odds(self, levels: tuple[str, ...], steps: tuple[int, ...]) -> list[float]:
        found = [1.0] * len(steps)
        for each, level in zip(self.dimensions, levels, strict=True):
            if level == each.levels[1].code:
                found = [f * each.odds.value.get(step, 1.0) for f, step in zip(found, steps, strict=True)]
        return found


NO_GROUPS: Final = Groups()


@lru_cache(maxsize=1)
def shipped_dimensions() -> dict[str, Dimension]:
    """Those that come with the package, by code."""
    text = files("trinnvis.planning.ladder").joinpath("data", "groups.yaml").read_bytes()
    return {each.code: each for each in read(Dimensions, "groups.yaml", text).dimensions}


def groups_of(codes: Sequence[str]) -> Groups:
    """
    Raises:
        Trouble: there is no such dimension.
    """
    held = shipped_dimensions()
    for code in codes:
        if code not in held:
            near = messages.nearest(code, list(held))
            hint = f"Mente du {near}? " if near else ""
            raise Trouble(f"Det finnes ingen grupper «{code}».", f"{hint}Velg blant {', '.join(held)}.")
    return Groups(tuple(held[code] for code in dict.fromkeys(codes)))
