"""A simulation as it is kept and read back: the engine's own document, and what pages need besides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from trinnvis.planning.demand.schema import Basis
from trinnvis.planning.ladder.differences import difference
from trinnvis.planning.ladder.document import as_json
from trinnvis.planning.ladder.layers import LAYERS
from trinnvis.planning.ladder.simulation import Simulation
from trinnvis.planning.ladder.use import MEASURES, use_of
from trinnvis.planning.population.axes import Floats

PERSONS: Final = "persons"
DECIMALS: Final = 4
PARTS: Final = ("middle", "low", "high", "shares")


def document(found: Simulation, basis: Basis) -> dict[str, Any]:
    """`simulation`: as docs/methods/simulation.schema.json. `use`: by scenario and measure, [year][step].
    `changes`: by scenario, the difference from the first: middle, low, high [year][step], shares
    [layer][year][step]. `price_year`: of the kroner."""
    world = found.world
    use = use_of(basis, world.municipality.code, int(world.years[0]), world.steps, found.own)
    return {
        "simulation": as_json(found),
        "price_year": basis.price_year,
        "use": {
            result.scenario.name: {name: _plain(total) for name, total in use.totals(result.expected).items()}
            for result in found.results
        },
        "changes": {
            result.scenario.name: {name: _plain(getattr(apart, name)) for name in PARTS}
            for result in found.results[1:]
            for apart in [difference(found, result)]
        },
    }


@dataclass(frozen=True)
class Spread:
    """middle, low, high: [year, step]. shares: [layer, year, step], in the order of `layers.LAYERS`."""

    middle: Floats
    low: Floats
    high: Floats
    shares: Floats

    def scaled(self, factor: Floats) -> Spread:
        return Spread(self.middle * factor, self.low * factor, self.high * factor, self.shares)


@dataclass(frozen=True)
class Outcome:
    """One scenario read back. persons: on each step. use: by measure, [year, step].
    change: from «as today», None for that one. flows, queues, years_on_step: as in the engine's document."""

    name: str
    title: str
    description: str
    digest: str
    persons: Spread
    use: Mapping[str, Floats]
    change: Spread | None
    flows: Sequence[Mapping[str, Any]]
    queues: Sequence[Mapping[str, Any]]
    years_on_step: Mapping[int, float]

    def measured(self, measure: str) -> Spread:
        """Persons, or what they use: the interval is that of the persons, at the mean use of a person."""
        if measure == PERSONS:
            return self.persons
        return self.persons.scaled(self._each(measure))

    def changed(self, measure: str) -> Spread | None:
        if self.change is None or measure == PERSONS:
            return self.change
        return self.change.scaled(self._each(measure))

    def _each(self, measure: str) -> Floats:
        each: Floats = self.use[measure] / np.maximum(self.persons.middle, 1e-9)
        return each


@dataclass(frozen=True)
class Answer:
    """A simulation read back. steps: 0 first, which is no service. outcomes: «as today» first."""

    code: str
    municipality: str
    years: tuple[int, ...]
    steps: tuple[int, ...]
    draws: int
    seed: int
    digest: str
    calibration_error: float
    price_year: int
    outcomes: tuple[Outcome, ...]
    assumptions: tuple[str, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]

    def outcome(self, name: str) -> Outcome | None:
        return next((each for each in self.outcomes if each.name == name), None)


def read(held: Mapping[str, Any]) -> Answer:
    """What `document` wrote."""
    said = held["simulation"]
    shape = len(said["years"]), len(said["steps"])
    outcomes = tuple(
        _outcome(part, shape, held["use"][part["name"]], held["changes"].get(part["name"]))
        for part in said["scenarios"]
    )
    return Answer(
        said["municipality"]["code"], said["municipality"]["name"],
        tuple(said["years"]), tuple(said["steps"]), said["draws"], said["seed"], said["digest"],
        said["calibration_error"], held["price_year"], outcomes,
        tuple(said["assumptions"]), tuple(dict.fromkeys(said["sources"])), tuple(said["notes"]),
    )  # fmt: skip


def _outcome(
    part: Mapping[str, Any],
    shape: tuple[int, int],
    use: Mapping[str, Any],
    change: Mapping[str, Any] | None,
) -> Outcome:
    rows = part["stocks"]  # by year, then step
    middle, low, high = (
        np.array([row[name] for row in rows]).reshape(shape) for name in ("expected", "p10", "p90")
    )
    shares = np.array([[row["shares"][layer] for row in rows] for layer in LAYERS]).reshape(-1, *shape)
    return Outcome(
        part["name"], part["title"], part["description"], part["digest"],
        Spread(middle, low, high, shares),
        {name: np.array(use[name]) for name in MEASURES},
        None if change is None else Spread(*(np.array(change[name]) for name in PARTS)),
        part["flows"], part["queues"],
        {int(step): years for step, years in part["years_on_step"].items()},
    )  # fmt: skip


def _plain(values: Floats) -> Any:
    return np.round(values, DECIMALS).tolist()
