"""What a planner chooses, as one value that can be computed, kept and compared (scenariosett)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trinnvis.planning.demand.adjusting import adjusted_library, of_basis, of_scenario
from trinnvis.planning.demand.forecast import CONSTANT, LAST_DEFAULT, Forecast, Outcome, forecast
from trinnvis.planning.demand.own import OwnUse
from trinnvis.planning.demand.reading import PLUS, Library


@dataclass(frozen=True)
class Choices:
    """A forecast somebody asks for.

    base: None is the newest year with figures. scenarios: besides constant rates. values, basis: assumptions
    given other values, by the keys of `adjusting`. places: built places by step, instead of those known.
    staff: person-years there are today, None when nobody has said. prices: the number of an adopted price
    list, "" for the basis' own prices. own: the revision of the municipality's own recipients to use, None
    for the public ones; chosen, never fallen back on.
    """

    municipality: str
    base: int | None = None
    to: int = LAST_DEFAULT
    scenarios: tuple[str, ...] = ()
    values: Mapping[str, float] = field(default_factory=dict)
    basis: Mapping[str, float] = field(default_factory=dict)
    places: Mapping[int, float] = field(default_factory=dict)
    staff: float | None = None
    prices: str = ""
    own: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values; `from_json` gives the same choices back."""
        return {
            "municipality": self.municipality,
            "base": self.base,
            "to": self.to,
            "scenarios": list(self.scenarios),
            "values": dict(self.values),
            "basis": dict(self.basis),
            "places": {str(step): places for step, places in self.places.items()},
            "staff": self.staff,
            "prices": self.prices,
            "own": self.own,
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Choices:
        places = {int(step): float(value) for step, value in said["places"].items()}
        return cls(**{**said, "scenarios": tuple(said["scenarios"]), "places": places})


def computed(
    choices: Choices, held: Library, imports: Path | None = None, own: OwnUse | None = None
) -> Forecast:
    """Constant rates first, then each scenario chosen, then all of them together when there are several.

    Raises:
        Trouble: as `forecast` and `adjusted_library`.
    """
    library = adjusted_library(held, choices.values, choices.basis)
    chosen = [name for name in choices.scenarios if name != CONSTANT]
    names = [CONSTANT, *chosen, *([PLUS.join(chosen)] if len(chosen) > 1 else [])]
    return forecast(
        choices.municipality, names, library, to=choices.to, base=choices.base, imports=imports, own=own
    )


def main_outcome(found: Forecast) -> Outcome:
    """The one the choices come to: the scenarios taken together, the first one chosen, or constant rates."""
    chosen = [each for each in found.outcomes if each.scenario.name != CONSTANT]
    together = [each for each in chosen if PLUS in each.scenario.name]
    return together[-1] if together else chosen[0] if chosen else found.constant


def without_unknown(choices: Choices, held: Library) -> tuple[Choices, tuple[str, ...]]:
    """The choices as far as the library still knows them, and the keys of those it does not."""
    known = {one.key for scenario in held.scenarios.values() for one in of_scenario(scenario)}
    in_basis = {one.key for one in of_basis(held.basis)}
    lost = [name for name in choices.scenarios if name not in held.scenarios]
    lost += [key for key in choices.values if key not in known]
    lost += [key for key in choices.basis if key not in in_basis]
    kept = Choices(
        choices.municipality,
        choices.base,
        choices.to,
        tuple(name for name in choices.scenarios if name in held.scenarios),
        {key: value for key, value in choices.values.items() if key in known},
        {key: value for key, value in choices.basis.items() if key in in_basis},
        choices.places,
        choices.staff,
        choices.prices,
        choices.own,
    )
    return kept, tuple(lost)
