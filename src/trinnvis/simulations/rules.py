"""What can be asked for, what makes two questions the same, and who is next in the queue. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from trinnvis.planning.ladder.interventions import PLUS, LadderScenario, choose
from trinnvis.planning.ladder.simulation import AS_TODAY

MOST_DRAWS: Final = 2000
FEW_DRAWS: Final = 100
"""With fewer, what chance does to a difference is itself uncertain."""

MOST_PERSON_YEARS: Final = 4_000_000_000
"""Persons × years × draws × scenarios of one run: a few minutes' work for one thread."""

ROUND: Final = 25
PLAIN: Final = ("municipality", "base", "years", "draws", "seed")
MOST_SCENARIOS: Final = 4
LEASE: Final = timedelta(seconds=15)
"""A run whose worker has not been heard from for so long is taken up by another."""

MOST_INTERRUPTIONS: Final = 3
"""A run that has been cut off so often is the likely cause, and is given up."""


@dataclass(frozen=True)
class Order:
    """What to simulate (bestilling). scenarios: those beside «as today», whole, so that the run does not
    change when a shipped scenario does. places: by step, for the queue; places_source: who says so.
    own: the revision of the municipality's own recipients it rests on, None for the public ones."""

    municipality: str
    base: int
    years: int
    draws: int
    seed: int = 1
    scenarios: tuple[LadderScenario, ...] = ()
    places: Mapping[int, int] = field(default_factory=dict)
    places_source: Mapping[int, str] = field(default_factory=dict)
    own: int | None = None

    @property
    def chosen(self) -> tuple[LadderScenario, ...]:
        """Each alone, and all of them together when there are several."""
        names = [each.name for each in self.scenarios]
        if len(names) < 2:
            return self.scenarios
        return (*self.scenarios, choose({each.name: each for each in self.scenarios}, PLUS.join(names)))

    @property
    def total(self) -> int:
        """Draws of all scenarios, «as today» too."""
        return self.draws * (1 + len(self.chosen))

    def as_json(self) -> dict[str, Any]:
        return {
            **{name: getattr(self, name) for name in PLAIN},
            "own": self.own,
            "scenarios": [each.model_dump(mode="json") for each in self.scenarios],
            "places": {str(step): self.places[step] for step in sorted(self.places)},
            "places_source": {str(step): text for step, text in self.places_source.items()},
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Order:
        return cls(
            **{name: said[name] for name in PLAIN},
            own=said.get("own"),
            scenarios=tuple(LadderScenario.model_validate(each) for each in said["scenarios"]),
            places={int(step): number for step, number in said["places"].items()},
            places_source={int(step): text for step, text in said["places_source"].items()},
        )


def key_of(order: Order, version: str, ground: str) -> str:
    """The same for the same question. `ground`: fingerprint of what it is computed on."""
    asked = {name: value for name, value in order.as_json().items() if name != "places_source"}
    said = json.dumps([asked, version, ground], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def most_draws(persons: float, years: int, scenarios: int) -> int:
    """How many draws a page may ask for; `scenarios` with «as today»."""
    room = MOST_PERSON_YEARS / max(persons * years * scenarios, 1.0)
    return max(ROUND, min(MOST_DRAWS, int(room // ROUND) * ROUND))


def command_line(order: Order) -> str:
    """The same simulation as a command, for as many draws as one likes. Own interventions need a file."""
    parts = [f"trinnvis simulate --municipality {order.municipality}", f"--years {order.years}"]
    parts += [f"--draws {order.draws}", f"--base {order.base}", f"--seed {order.seed}"]
    parts += [f"--scenario {each.name}" for each in order.chosen if each.name != AS_TODAY]
    parts += [f"--places {step}={number}" for step, number in sorted(order.places.items())]
    parts += [f"--figures {'public' if order.own is None else 'own'}"]
    return " ".join([*parts, "--progress"])


class Waiting(Protocol):
    """A run that is not over."""

    pk: int
    worker: str
    seen_at: datetime | None
    queued_at: datetime


def is_silent(run: Waiting, now: datetime) -> bool:
    """Nobody has been heard from who works on it."""
    return run.seen_at is None or now - run.seen_at > LEASE


def is_next(running: Iterable[Waiting], queued: Iterable[Waiting], now: datetime, at_once: int) -> int | None:
    """The key of the run to take: one that was cut off before those that wait, in the order they came.
    None when `at_once` are under way, or nothing waits."""
    held = list(running)
    silent = [run for run in held if is_silent(run, now)]
    if len(held) - len(silent) >= at_once:
        return None
    waits = [*sorted(silent, key=_age), *sorted(queued, key=_age)]
    return waits[0].pk if waits else None


def _age(run: Waiting) -> tuple[datetime, int]:
    return run.queued_at, run.pk
