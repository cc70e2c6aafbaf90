"""The table as the simulation kernels read it: whole numbers, made once, so that every kernel decides alike.

A person whose word is at most `stay` stays; else the first destination whose threshold is not below the word
is taken: the other steps in ladder order, then death, then moving away.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trinnvis import __version__
from trinnvis.planning.ladder.world import World
from trinnvis.planning.population.axes import AGES, Floats

TWO_32: Final = float(1 << 32)
TOP: Final = 0xFFFFFFFF
ID_AGE_SEX: Final = 18
"""Bits of a person's number that count those of the same age, sex and year of arrival."""

Uint8s = NDArray[np.uint8]
Uint32s = NDArray[np.uint32]
Int32s = NDArray[np.int32]


@dataclass(frozen=True)
class Rules:
    """Steps here are the world's states. stay: [time, age, sex, step + 2] (the dead and those who moved away
    stay). go: [time, age, sex, step, step + 1], rising thresholds of the destinations in `order`: [step,
    step + 1]. arrive: [age, sex, step].
    """

    stay: Uint32s
    go: Uint32s
    order: Uint8s
    arrive: Uint32s
    per_year: int = 1

    @property
    def length(self) -> int:
        return int(self.stay.shape[0])

    @property
    def steps(self) -> int:
        return int(self.order.shape[0])


@dataclass(frozen=True)
class Cells:
    """People of one age and sex who arrive in one year (0: from the start), a row each: [cell].

    on_step: [cell, step], where those there from the start are. first: the number of the first person.
    """

    entry: Int32s
    age: Int32s
    sex: Int32s
    count: Int32s
    on_step: Int32s
    first: Uint32s

    @property
    def persons(self) -> int:
        return int(self.count.sum())

    def __len__(self) -> int:
        return len(self.count)


def rules_of(world: World) -> Rules:
    """Thresholds of a world; moving away is decided together with the step."""
    count = world.shares.shape[-1]
    kept = (1.0 - world.leaving)[..., None, None]
    alive = world.moves[..., :count] * kept
    full = np.concatenate(
        [alive, world.moves[..., count:], world.moves[..., :count].sum(-1, keepdims=True) * (1.0 - kept)],
        axis=-1,
    )
    order = np.array(
        [[*(d for d in range(count) if d != s), count, count + 1] for s in range(count)], np.uint8
    )
    stay = np.full((world.length, AGES, 2, count + 2), TOP, np.uint32)
    diagonal = np.einsum("taxss->taxs", full[..., :count])
    stay[..., :count] = _threshold(diagonal)
    going = np.take_along_axis(
        full, np.broadcast_to(order.astype(np.int64), (*full.shape[:3], *order.shape)), axis=-1
    )
    go = _threshold(diagonal[..., None] + np.cumsum(going, axis=-1))
    go[..., -1] = TOP
    arrive = _threshold(np.cumsum(world.shares, axis=-1))
    arrive[..., -1] = TOP
    return Rules(stay, np.ascontiguousarray(go), order, arrive, world.per_year)


def cells_of(world: World) -> Cells:
    """Whole persons by cell, those from the start first. `world` must be `whole`."""
    entries, ages, sexes = np.nonzero(world.arrivals)
    start_ages, start_sexes = np.nonzero(world.start.sum(axis=-1))
    on_step = world.start[start_ages, start_sexes].astype(np.int32)
    none = np.zeros((len(entries), on_step.shape[1]), np.int32)
    entry = np.concatenate([np.zeros(len(start_ages), np.int64), entries])
    age, sex = np.concatenate([start_ages, ages]), np.concatenate([start_sexes, sexes])
    count = np.concatenate([on_step.sum(axis=1), world.arrivals[entries, ages, sexes].astype(np.int64)])
    first = ((entry // world.per_year * 128 + age) * 2 + sex) << ID_AGE_SEX
    return Cells(
        entry.astype(np.int32),
        age.astype(np.int32),
        sex.astype(np.int32),
        count.astype(np.int32),
        np.concatenate([on_step, none]),
        first.astype(np.uint32),
    )


def fingerprint(rules: Rules, cells: Cells) -> str:
    """What a simulation depends on besides seed and draws, the program's version with it."""
    made = hashlib.sha256(f"{__version__} {rules.per_year}".encode())
    for part in (rules.stay, rules.go, rules.arrive, cells.entry, cells.age, cells.sex, cells.on_step):
        made.update(str(part.shape).encode())
        made.update(np.ascontiguousarray(part).tobytes())
    made.update(cells.count.tobytes())
    return made.hexdigest()


def _threshold(probability: Floats) -> Uint32s:
    """The highest word that still falls under a probability; at least one word always does."""
    top = np.floor(probability * TWO_32 + 0.5) - 1.0
    return np.clip(top, 0.0, float(TOP)).astype(np.uint32)
