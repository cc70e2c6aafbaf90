"""Interventions (tiltak): dated multipliers on the moves of the calibrated table, which is frozen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final, Self

import numpy as np
from pydantic import Field, model_validator

from trinnvis.planning.demand.factors import ramp
from trinnvis.planning.demand.reading import read
from trinnvis.planning.demand.schema import ALL_AGES, Assumption, Profile
from trinnvis.planning.ladder.groups import NO_GROUPS, Groups
from trinnvis.planning.population.axes import AGES, Floats, Ints
from trinnvis.policy import messages
from trinnvis.policy.provenance import Code, Frozen, Text
from trinnvis.trouble import Trouble

SHIPPED: Final = "trinnvis.planning.ladder"
PLUS: Final = "+"


class Intervention(Frozen):
    """Some moves happen more or less often: `multiplier` times, for those it reaches, from a date.

    from_steps, to_steps: step numbers, 0 is no service. groups: only people with all these levels (such as
    alone, unfit). to_group: instead of to_steps, moves to this level by people on from_steps, such as to fit
    housing. reach: the share of people it reaches.
    """

    code: Code
    title: Text
    from_steps: tuple[int, ...] = Field(min_length=1)
    to_steps: tuple[int, ...] = ()
    groups: tuple[Code, ...] = ()
    to_group: Code | None = None
    ages: tuple[int, int] = ALL_AGES
    multiplier: Assumption
    reach: float = Field(default=1.0, ge=0, le=1)
    profile: Profile

    @model_validator(mode="after")
    def _sound(self) -> Self:
        self.multiplier.within(0, 10, "multiplier")
        if not 0 <= self.ages[0] <= self.ages[1] < AGES:
            raise ValueError(f"ages må være to aldre mellom 0 og {AGES - 1}, den laveste først")
        if bool(self.to_steps) == (self.to_group is not None):
            raise ValueError("skriv enten to_steps eller to_group")
        if set(self.from_steps) & set(self.to_steps):
            raise ValueError("samme trinn står både i from_steps og to_steps")
        return self


class LadderScenario(Frozen):
    """Interventions that belong together (scenario)."""

    name: Code
    title: Text
    description: Text
    interventions: tuple[Intervention, ...] = ()

    @model_validator(mode="after")
    def _codes(self) -> Self:
        codes = [each.code for each in self.interventions]
        if len(set(codes)) < len(codes):
            raise ValueError("samme kode står på to tiltak")
        return self


def scenarios(own: Sequence[Path] = ()) -> dict[str, LadderScenario]:
    """Those that ship, and those of own files; an own one of the same name comes instead.

    Raises:
        Trouble: a file with faults, by file and line.
    """
    held = (*_shipped(), *(read(LadderScenario, name, data) for name, data in _own(own)))
    return {scenario.name: scenario for scenario in held}


def choose(held: dict[str, LadderScenario], wanted: str) -> LadderScenario:
    """The scenario of a name, or several together: `a+b`.

    Raises:
        Trouble: there is no such scenario.
    """
    names = [name.strip() for name in wanted.split(PLUS)]
    for name in names:
        if name not in held:
            near = messages.nearest(name, list(held))
            hint = f"Mente du {near}? " if near else ""
            raise Trouble(f"Scenarioet «{name}» finnes ikke.", f"{hint}Velg blant {', '.join(held)}.")
    chosen = [held[name] for name in names]
    if len(chosen) == 1:
        return chosen[0]
    return LadderScenario.model_construct(
        name=wanted,
        title=" + ".join(each.title for each in chosen),
        description=" ".join(each.description for each in chosen),
        interventions=tuple(
            part.model_copy(update={"code": f"{each.name}.{part.code}"})
            for each in chosen
            for part in each.interventions
        ),
    )


def at_end(interventions: Sequence[Intervention], at: int, end: str) -> tuple[Intervention, ...]:
    """The same with one multiplier at its `low` or `high`."""
    value = getattr(interventions[at].multiplier, end)
    other = interventions[at].multiplier.model_copy(update={"value": value})
    moved = interventions[at].model_copy(update={"multiplier": other})
    return (*interventions[:at], moved, *interventions[at + 1 :])


def changed(
    moves: Floats,
    steps: tuple[int, ...],
    years: Ints,
    chosen: Sequence[Intervention],
    groups: Groups = NO_GROUPS,
    per_year: int = 1,
) -> Floats:
    """moves: [step in time, age, sex, state, state + 1], `per_year` of them from each of `years` to the next;
    a new array.

    What is taken from or given to a move comes from staying, so that rows still sum to one and mortality on
    a step is as it was.

    Raises:
        Trouble: a step the model does not have, or so many moves that nobody could stay.
    """
    found = moves.copy()
    for each in chosen:
        known = [step for step in (*each.from_steps, *each.to_steps) if step not in steps]
        if known:
            raise Trouble(
                f"Tiltaket «{each.title}» gjelder trinn {', '.join(map(str, known))}, som modellen ikke har.",
                f"Trinnene er {', '.join(map(str, steps))} (0 er ingen tjeneste).",
            )
        so_far = np.repeat(ramp(each.profile, years, each.title)[1:], per_year)
        factor = 1.0 + (each.multiplier.value - 1.0) * each.reach * so_far
        ages = slice(each.ages[0], each.ages[1] + 1)
        for a, b in _pairs(each, steps, groups):
            more = found[:, ages, :, a, b] * (factor - 1.0)[:, None, None]
            found[:, ages, :, a, b] += more
            found[:, ages, :, a, a] -= more
    if found.min() < 0:
        t, age, _, state, _ = np.unravel_index(int(found.argmin()), found.shape)
        step, year = steps[int(state) % len(steps)], int(years[1 + int(t) // per_year])
        raise Trouble(
            f"Tiltakene flytter flere enn alle fra trinn {step} ({int(age)} år, {year}).",
            "Sett ned multiplikatoren.",
        )
    return found


def _pairs(each: Intervention, steps: tuple[int, ...], groups: Groups) -> Iterator[tuple[int, int]]:
    """The moves an intervention changes: from state, to state. With to_steps also those who change group."""
    count = len(steps)
    if each.to_group is not None:
        groups.having([each.to_group])
    for group in groups.having(each.groups):
        for step in each.from_steps:
            state = group * count + steps.index(step)
            if each.to_group is None:
                for to in each.to_steps:
                    yield from ((state, other * count + steps.index(to)) for other in range(len(groups)))
                continue
            other = groups.moved(group, each.to_group)
            if other != group:
                yield state, other * count + steps.index(step)


@lru_cache(maxsize=1)
def _shipped() -> tuple[LadderScenario, ...]:
    """Frozen, and the same as long as the program runs."""
    folder = files(SHIPPED).joinpath("scenarios")
    found = sorted((each for each in folder.iterdir() if each.name.endswith(".yaml")), key=lambda f: f.name)
    return tuple(read(LadderScenario, file.name, file.read_bytes()) for file in found)


def _own(paths: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        try:
            yield str(path), path.read_bytes()
        except OSError as error:
            raise Trouble(f"{path} kan ikke leses ({error.strerror}).", "Sjekk stien.") from error
