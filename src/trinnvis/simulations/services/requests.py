"""Asking for a simulation, stopping it and going on with it. Only those who plan may."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Final

from django.db import transaction

from trinnvis import __version__
from trinnvis.access.actor import Actor
from trinnvis.access.rules import PLANNING_ROLES
from trinnvis.simulations.errors import NotFound
from trinnvis.simulations.models import SimulationRun
from trinnvis.simulations.rules import Order

State = SimulationRun.State

ASKED: Final = threading.Event()
"""Set when something waits, so that a worker of this process need not find out by itself."""


@transaction.atomic
def request_run(*, order: Order, key: str, actor: Actor, now: datetime) -> SimulationRun:
    """The run of this key: a new one in the queue, or the one that is there. One that failed is tried again,
    and one that was stopped goes on.

    Raises:
        NotFound: the actor does not plan.
    """
    _must_plan(actor)
    run, is_new = SimulationRun.objects.get_or_create(
        key=key,
        defaults={
            "order": order.as_json(),
            "version": __version__,
            "requested_by_id": actor.key,
            "requested_at": now,
            "queued_at": now,
            "total": order.total,
        },
    )
    if is_new:
        transaction.on_commit(ASKED.set)
        return run
    if run.state in (State.FAILED, State.STOPPED):
        return continue_run(run.pk, actor=actor, now=now)
    return run


@transaction.atomic
def stop_run(pk: int, *, actor: Actor, now: datetime) -> SimulationRun:
    """Ask a run to stop. One that waits is stopped at once, one under way when its next block is done.

    Raises:
        NotFound: no such run, or the actor does not plan.
    """
    run = _locked(pk, actor)
    if run.state == State.QUEUED:
        run.state, run.ended_at = State.STOPPED, now
    elif run.state == State.RUNNING:
        run.stop_asked = True
    run.save(update_fields=["state", "ended_at", "stop_asked"])
    return run


@transaction.atomic
def continue_run(pk: int, *, actor: Actor, now: datetime) -> SimulationRun:
    """Put a stopped or failed run last in the queue; what is finished of it is used.

    Raises:
        NotFound: as `stop_run`.
    """
    run = _locked(pk, actor)
    if run.state in (State.STOPPED, State.FAILED):
        run.state, run.queued_at, run.ended_at = State.QUEUED, now, None
        run.stop_asked, run.interruptions, run.failure, run.remedy = False, 0, "", ""
        run.save()
        transaction.on_commit(ASKED.set)
    elif run.state == State.RUNNING and run.stop_asked:
        run.stop_asked = False
        run.save(update_fields=["stop_asked"])
    return run


def _must_plan(actor: Actor) -> None:
    if actor.account_id is None or not actor.has_role(*PLANNING_ROLES):
        raise NotFound


def _locked(pk: int, actor: Actor) -> SimulationRun:
    _must_plan(actor)
    run = SimulationRun.objects.select_for_update().filter(pk=pk).first()
    if run is None:
        raise NotFound(pk)
    return run
