"""A municipality's forecast under the scenarios asked for: what the command, pages and files all read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trinnvis.planning.demand.engine import Amounts, Engine
from trinnvis.planning.demand.levels import Level, check_base, hours_level, levels
from trinnvis.planning.demand.notes import hours_notes, level_notes, own_notes
from trinnvis.planning.demand.own import OwnUse
from trinnvis.planning.demand.people import People, people_of, short_name
from trinnvis.planning.demand.reading import Library
from trinnvis.planning.demand.schema import Basis, Scenario
from trinnvis.planning.demand.starting import need_of
from trinnvis.planning.demand.uncertainty import (
    Interval,
    Swings,
    Widths,
    sum_interval,
    swings,
    users_interval,
    widths,
)
from trinnvis.planning.population.axes import BANDS, Floats, Ints
from trinnvis.planning.population.municipalities import Municipality, find
from trinnvis.trouble import Trouble

LAST_DEFAULT: Final = 2050
CONSTANT: Final = "constant"


@dataclass(frozen=True)
class Outcome:
    """One scenario's result. low, high: 80 % interval of users in each cell, as `amounts.users`."""

    scenario: Scenario
    amounts: Amounts
    swings: Swings
    widths: Widths
    in_total: NDArray[np.bool_]

    @cached_property
    def users_interval(self) -> tuple[Floats, Floats]:
        return users_interval(self.amounts, self.swings, self.widths)

    def total(self, measure: str, service: int | None = None, *, growth: bool = False) -> Interval:
        """A measure ("users", "hours", "work", "places", "nok") of the whole total or one service: [year]."""
        chosen = self.in_total if service is None or measure == "places" else np.zeros_like(self.in_total)
        if measure == "places" and service is None:
            chosen = np.ones_like(self.in_total)
        if service is not None:
            chosen = np.arange(len(self.in_total)) == service
        cells = np.broadcast_to(chosen[:, None, None], self.amounts.users.shape[1:])
        return sum_interval(self.amounts, self.swings, self.widths, measure, cells, growth=growth)

    @cached_property
    def growth(self) -> dict[str, Interval]:
        """Growth since the base year of users, hours and kroner, all services together."""
        return {measure: self.total(measure, growth=True) for measure in ("users", "hours", "nok")}


@dataclass(frozen=True)
class Forecast:
    """Amounts are [year, service, step, band] with the axes named here; bands as the population's."""

    municipality: Municipality
    years: Ints
    basis: Basis
    engine: Engine
    people: People
    level: dict[str, Level]
    outcomes: tuple[Outcome, ...]
    constant: Outcome
    notes: tuple[str, ...]
    own: OwnUse | None = None

    @property
    def base_year(self) -> int:
        return int(self.years[0])

    @property
    def steps(self) -> tuple[int, ...]:
        return self.engine.steps

    @property
    def bands(self) -> tuple[str, ...]:
        return tuple(BANDS)

    @property
    def claim_year(self) -> int:
        """The year of the claim, or the last one when the forecast does not reach it."""
        return min(self.basis.claim.year, int(self.years[-1]))

    def at(self, year: int) -> int:
        return year - self.base_year


def forecast(
    municipality: str,
    scenarios: Sequence[str],
    library: Library,
    *,
    to: int = LAST_DEFAULT,
    base: int | None = None,
    imports: Path | None = None,
    own: OwnUse | None = None,
) -> Forecast:
    """Compute the scenarios (`a`, or `a+b` together) from a base year to the year `to`, both included.

    `imports`: the folder of imported population files; None uses only what the package holds. `own`: the
    municipality's own counts of recipients; another municipality's are not used, and that is noted.

    Raises:
        Trouble: unknown or retired municipality, base year without figures, unknown scenario, a year that
            cannot be projected to, or a scenario that does not fit.
    """
    one = find(municipality)
    mine = own if own and own.municipality == one.code else None
    start = check_base(short_name(one), one.code, base, mine)
    if to <= start:
        raise Trouble(f"Framskrivingen kan ikke gå fra {start} til {to}.", f"Velg et år etter {start}.")
    chosen = [library.choose(name) for name in scenarios]
    if len({scenario.name for scenario in chosen}) < len(chosen):
        raise Trouble("Samme scenario er oppgitt to ganger.", "Oppgi hvert scenario én gang.")
    people = people_of(one.code, start, to, imports)
    level = levels(one.code, start, mine)
    home_hours, own_hours, estimated = hours_level(one.code, start, mine)
    need = need_of(library.basis, people.years, people.persons[0], level, home_hours)
    constant = library.scenarios[CONSTANT]
    engine = Engine(library.basis, need, [constant, *chosen])
    wide = widths(need.services, people.years, level, people.reach)
    outcomes = {scenario.name: compute(engine, scenario, wide) for scenario in chosen}
    plain = outcomes.get(constant.name) or compute(engine, constant, wide)
    notes = (
        *own_notes(one, own, start, library.basis),
        *library.basis.price_notes,
        *level_notes(one, level, library.basis, mine),
        *hours_notes(own_hours, estimated),
    )
    return Forecast(
        one,
        people.years,
        library.basis,
        engine,
        people,
        level,
        tuple(outcomes.values()),
        plain,
        notes + people.notes,
        mine,
    )


def compute(engine: Engine, scenario: Scenario, wide: Widths) -> Outcome:
    """One scenario with its intervals."""
    in_total = np.array([service.in_total for service in engine.services])
    return Outcome(scenario, engine.run(scenario), swings(engine, scenario), wide, in_total)
