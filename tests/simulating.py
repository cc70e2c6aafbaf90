"""Small simulations, and a clock that can be moved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cast import NOW

from trinnvis.access.actor import Actor
from trinnvis.planning.ladder.interventions import scenarios
from trinnvis.simulations.computing import key_here
from trinnvis.simulations.models import SimulationRun
from trinnvis.simulations.queries import Run, run_of
from trinnvis.simulations.rules import Order
from trinnvis.simulations.services.requests import request_run
from trinnvis.simulations.worker import work_off

HURDAL = "3242"  # some 3,000 inhabitants

SMALL = Order(HURDAL, 2025, 6, 60, scenarios=(scenarios()["housing-led"],), places={11: 20})


TYPED = {"kommune": "Hurdal", "ar": "6", "trekninger": "60", "s": ["housing-led"], "p.11": "20"}
"""The same in the form."""


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def later(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def ask(actor: Actor, *, now: datetime = NOW, **changes: object) -> SimulationRun:
    order = replace(SMALL, **changes)
    return request_run(order=order, key=key_here(order), actor=actor, now=now)


def finished_run(actor: Actor, **changes: object) -> Run:
    run = ask(actor, **changes)
    work_off(lambda: NOW)
    return run_of(actor, run.pk, NOW)
