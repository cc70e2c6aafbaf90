"""Reads of simulations, for everyone who reads plans and nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from trinnvis.access.actor import Actor
from trinnvis.access.rules import PLAN_READERS
from trinnvis.simulations.document import Answer, read
from trinnvis.simulations.errors import NotFound
from trinnvis.simulations.models import SimulationResult, SimulationRun
from trinnvis.simulations.rules import Order, is_silent

State = SimulationRun.State


@dataclass(frozen=True)
class Run:
    """A run as pages show it. ahead: how many are before it in the queue. silent: its worker is gone."""

    pk: int
    state: str
    order: Order
    version: str
    requested_by: str
    requested_at: datetime
    done: int
    total: int
    reused: int
    interruptions: int
    stop_asked: bool
    ahead: int
    silent: bool
    started_at: datetime | None
    ended_at: datetime | None
    failure: str
    remedy: str

    @property
    def is_open(self) -> bool:
        return self.state in (State.QUEUED, State.RUNNING)

    @property
    def is_done(self) -> bool:
        return self.state == State.DONE


@dataclass(frozen=True)
class Finished:
    run: Run
    answer: Answer
    made_at: datetime


def runs(actor: Actor) -> QuerySet[SimulationRun]:
    """Every run, newest first; none for those who do not read plans. `seen` makes one readable."""
    if not actor.has_role(*PLAN_READERS):
        return SimulationRun.objects.none()
    return SimulationRun.objects.select_related("requested_by").order_by("-requested_at", "-pk")


def run_of(actor: Actor, pk: int, now: datetime) -> Run:
    """
    Raises:
        NotFound: there is none, or the actor does not read plans.
    """
    row = runs(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound(pk)
    return seen([row], now)[0]


def finished(actor: Actor, pk: int, now: datetime) -> Finished:
    """
    Raises:
        NotFound: as `run_of`, or it is not finished.
    """
    run = run_of(actor, pk, now)
    result = SimulationResult.objects.filter(run_id=pk).first()
    if result is None:
        raise NotFound(pk)
    return Finished(run, read(result.document), result.made_at)


def document_of(actor: Actor, pk: int) -> dict[str, object]:
    """Every number, as it is kept.

    Raises:
        NotFound: as `finished`.
    """
    if not actor.has_role(*PLAN_READERS):
        raise NotFound(pk)
    result = SimulationResult.objects.filter(run_id=pk).first()
    if result is None:
        raise NotFound(pk)
    found: dict[str, object] = result.document
    return found


def newest_finished(actor: Actor, now: datetime) -> Finished | None:
    """The run that was finished last, for those who have not asked for any."""
    row = runs(actor).filter(state=State.DONE).order_by("-ended_at", "-pk").first()
    return finished(actor, row.pk, now) if row else None


def seen(rows: Iterable[SimulationRun], now: datetime) -> list[Run]:
    """Rows as pages show them, with their places in the queue, in one query at most."""
    held = list(rows)
    places: dict[int, int] = {}
    if any(row.state == State.QUEUED for row in held):
        waiting = SimulationRun.objects.filter(state__in=(State.RUNNING, State.QUEUED))
        order = sorted(
            waiting.values_list("state", "queued_at", "pk"), key=lambda row: (row[0] == State.QUEUED, row)
        )
        places = {pk: place for place, (_state, _at, pk) in enumerate(order)}
    return [_seen(row, now, places.get(row.pk, 0)) for row in held]


def _seen(row: SimulationRun, now: datetime, ahead: int) -> Run:
    return Run(
        row.pk, row.state, Order.from_json(row.order), row.version, row.requested_by.name, row.requested_at,
        row.done, row.total, row.reused, row.interruptions, row.stop_asked, ahead,
        row.state == State.RUNNING and is_silent(row, now),
        row.started_at, row.ended_at, row.failure, row.remedy,
    )  # fmt: skip
