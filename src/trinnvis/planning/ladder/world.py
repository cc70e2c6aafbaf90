"""A municipality as the solvers see it: who is where, who comes and leaves, and the table of every year.

The year Y is 31 December of Y. What the projection adds to or takes from the survivors of a cohort is net
migration: those who come have today's use of services, those who leave are anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from trinnvis.planning.demand.levels import check_base, levels
from trinnvis.planning.demand.own import OwnUse
from trinnvis.planning.demand.people import people_of, short_name
from trinnvis.planning.demand.schema import Basis
from trinnvis.planning.ladder.groups import NO_GROUPS, Groups, groups_of
from trinnvis.planning.ladder.interventions import Intervention, changed
from trinnvis.planning.ladder.table import MONTHS, OLDER, Table, table_for
from trinnvis.planning.population.axes import AGES, VARIANTS, Floats, Ints, Variant
from trinnvis.planning.population.municipalities import Municipality, find
from trinnvis.planning.population.projecting import LAST_YEAR
from trinnvis.trouble import Trouble

MOST_IN_CELL: Final = 1 << 18
"""Persons of one age, sex and year of arrival: what a person's number has room for."""

MOST_YEARS: Final = 60


@dataclass(frozen=True)
class World:
    """What happens to the people of one municipality.

    A state is a step, or with groups a group and a step (see `Table`). A step in time is a year, or a part of
    one; people come, leave and grow older at the end of a year.
    years: 31 December of each, the first is the base year. start: [age, sex, state], persons then.
    arrivals: [time, age, sex], who have come since the time before (none in the first). leaving: [step in
    time, age, sex], the share of the survivors who move away. shares: [age, sex, state], where arrivals are.
    moves: [step in time, age, sex, state, state + 1]; the last column is death.
    """

    municipality: Municipality
    years: Ints
    steps: tuple[int, ...]
    start: Floats
    arrivals: Floats
    leaving: Floats
    shares: Floats
    moves: Floats
    source: str
    notes: tuple[str, ...] = ()
    groups: Groups = NO_GROUPS
    per_year: int = 1

    @property
    def length(self) -> int:
        """Steps in time."""
        return (len(self.years) - 1) * self.per_year

    def with_interventions(self, interventions: Sequence[Intervention]) -> World:
        """The same people and the same calibrated table, with dated multipliers on its moves."""
        if not interventions:
            return self
        moves = changed(self.moves, self.steps, self.years, interventions, self.groups, self.per_year)
        return replace(self, moves=moves)

    def whole(self) -> World:
        """With whole persons: what the simulations start from. Sums are kept to within one person."""
        start = _whole_start(self.start)
        arrivals = np.stack([_rounded_running(self.arrivals[:, :, s]) for s in range(2)], axis=-1)
        if max(start.sum(axis=-1).max(), arrivals.max()) >= MOST_IN_CELL:
            raise Trouble("Det er for mange av samme alder og kjønn til å simulere i én omgang.")
        return replace(self, start=start, arrivals=arrivals)


def world_of(
    municipality: str,
    basis: Basis,
    *,
    years: int,
    base: int | None = None,
    variant: Variant = Variant.MAIN,
    imports: Path | None = None,
    groups: Sequence[str] = (),
    per_year: int = 1,
    own: OwnUse | None = None,
) -> World:
    """A municipality from its base year, calibrated to its own users and the life table.

    groups: dimensions to divide people by (`groups.shipped_dimensions`). per_year: 1, or 12 for months.
    own: its own counts of recipients, which the shares on each step then rest on.

    Raises:
        Trouble: an unknown municipality, one without people, or years that cannot be projected to.
    """
    one = find(municipality)
    start = check_base(short_name(one), one.code, base, own)
    most = min(LAST_YEAR - 1 - start, MOST_YEARS)
    if not 1 <= years <= most:
        raise Trouble(f"Det går ikke å simulere {years} år fra {start}.", f"Velg fra 1 til {most} år.")
    if per_year not in (1, MONTHS):
        raise Trouble(f"Et år kan ikke deles i {per_year}.", f"Velg 1 (år) eller {MONTHS} (måneder).")
    people = people_of(one.code, start, start + years, imports)
    table = table_for(basis, levels(one.code, start, own), start, years, groups_of(groups), per_year)
    persons = people.persons[VARIANTS.index(variant)]
    return world(one, people.years, persons, table, people.source, people.notes)


def world(
    one: Municipality,
    years: Ints,
    persons: Floats,
    table: Table,
    source: str = "",
    notes: tuple[str, ...] = (),
) -> World:
    """From persons [year, age, sex] and a table.

    Raises:
        Trouble: nobody lives there, or ages outside 0 to 105.
    """
    if persons.shape[1:] != (AGES, 2):
        raise Trouble(
            f"Folketallet har {persons.shape[1]} aldre; modellen har alder 0 til {AGES - 1}.",
            f"Slå sammen alle på {AGES - 1} år og eldre.",
        )
    if not (np.isfinite(persons).all() and persons.min() >= 0 and persons[0].sum() > 0):
        raise Trouble(f"{one} har ingen innbyggere å simulere.", "Sjekk folketallet for kommunen.")
    survival = table.survival[table.epoch[:: table.per_year] // table.per_year]
    survivors = _a_year_older(persons[:-1] * survival)
    net = persons[1:] - survivors
    share = np.divide(-net, survivors, out=np.zeros_like(net), where=survivors > 0)
    length, ends = len(table.epoch), slice(table.per_year - 1, None, table.per_year)
    leaving, arrivals = np.zeros((length, AGES, 2)), np.zeros((length + 1, AGES, 2))
    leaving[ends] = np.clip(np.where(net < 0, share, 0.0), 0.0, 1.0)[:, OLDER]
    arrivals[1:][ends] = np.maximum(net, 0.0)
    return World(
        one,
        years,
        table.steps,
        persons[0][..., None] * table.shares,
        arrivals,
        leaving,
        table.shares,
        np.ascontiguousarray(table.moves[table.epoch]),
        source,
        notes,
        table.groups,
        table.per_year,
    )


def _a_year_older(persons: Floats) -> Floats:
    """[..., age, sex] → the same a year later; those of 104 and of 105 or older are both 105 or older."""
    older = np.zeros_like(persons)
    older[..., 1:, :] = persons[..., :-1, :]
    older[..., -1, :] += persons[..., -1, :]
    return older


def _whole_start(start: Floats) -> Floats:
    """Whole persons on each state: sums over ages are kept on every state of each sex."""
    return np.stack(
        [
            np.stack([_rounded_running(start[:, sex, s]) for s in range(start.shape[-1])], axis=-1)
            for sex in range(2)
        ],
        axis=1,
    )


def _rounded_running(amounts: Floats) -> Floats:
    """Whole numbers whose running sum is never more than half from the amounts' own; any shape."""
    running = np.floor(np.cumsum(amounts.ravel()) + 0.5)
    return np.diff(running, prepend=0.0).reshape(amounts.shape)
