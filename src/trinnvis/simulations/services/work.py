"""What a worker writes. A write holds only while the run is that worker's: another may have got it since."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from trinnvis.simulations.errors import Lost, Stopped
from trinnvis.simulations.models import SimulationResult, SimulationRun
from trinnvis.simulations.rules import MOST_INTERRUPTIONS, is_next

State = SimulationRun.State
OPEN = (State.RUNNING, State.QUEUED)


def anything_waits() -> bool:
    """Whether a run is in the queue, or was left under way."""
    return SimulationRun.objects.filter(state__in=OPEN).exists()


@transaction.atomic
def take_next(*, worker: str, at_once: int, now: datetime) -> SimulationRun | None:
    """Take the next run, when fewer than `at_once` are under way. Those who take wait for each other."""
    waiting = list(SimulationRun.objects.select_for_update().filter(state__in=OPEN).order_by("pk"))
    running, queued = (
        [run for run in waiting if run.state == state] for state in (State.RUNNING, State.QUEUED)
    )
    pk = is_next(running, queued, now, at_once)
    if pk is None:
        return None
    run = next(run for run in waiting if run.pk == pk)
    if run.state == State.RUNNING:
        return _taken_up_again(run, worker=worker, at_once=at_once, now=now)
    return _taken(run, worker=worker, now=now)


def _taken_up_again(run: SimulationRun, *, worker: str, at_once: int, now: datetime) -> SimulationRun | None:
    run.interruptions += 1
    if run.stop_asked:
        run.state, run.worker, run.ended_at = State.STOPPED, "", now
    elif run.interruptions > MOST_INTERRUPTIONS:
        run.state, run.worker, run.ended_at = State.FAILED, "", now
        run.failure = _("Simuleringen ble brutt av %(number)d ganger på rad, og er gitt opp.") % {
            "number": run.interruptions
        }
        run.remedy = _("Prøv med færre trekninger eller år. Hjelper det ikke, har maskinen for lite minne.")
    else:
        return _taken(run, worker=worker, now=now)
    run.save()
    return take_next(worker=worker, at_once=at_once, now=now)


def _taken(run: SimulationRun, *, worker: str, now: datetime) -> SimulationRun:
    run.state, run.worker, run.seen_at = State.RUNNING, worker, now
    run.started_at = run.started_at or now
    run.done = run.reused = 0
    run.save()
    return run


def say_alive(pk: int, *, worker: str, now: datetime) -> None:
    _mine(pk, worker).update(seen_at=now)


def say_progress(pk: int, *, worker: str, done: int, reused: int, now: datetime) -> None:
    """
    Raises:
        Stopped: somebody has asked for it. Lost: another worker has the run.
    """
    mine = _mine(pk, worker)
    if mine.filter(stop_asked=False).update(done=done, reused=reused, seen_at=now):
        return
    raise Stopped if mine.update(done=done, reused=reused, seen_at=now) else Lost


@transaction.atomic
def finish(pk: int, *, worker: str, document: dict[str, Any], now: datetime) -> None:
    """
    Raises:
        Lost: another worker has the run.
    """
    _end(pk, worker, state=State.DONE, ended_at=now, stop_asked=False)
    SimulationResult.objects.create(
        run_id=pk, digest=document["simulation"]["digest"], document=document, made_at=now
    )


def stopped(pk: int, *, worker: str, now: datetime) -> None:
    """
    Raises:
        Lost: another worker has the run.
    """
    _end(pk, worker, state=State.STOPPED, ended_at=now, stop_asked=False)


def fail(pk: int, *, worker: str, why: str, remedy: str, now: datetime) -> None:
    """
    Raises:
        Lost: another worker has the run.
    """
    _end(pk, worker, state=State.FAILED, ended_at=now, failure=why, remedy=remedy)


def _end(pk: int, worker: str, **changes: Any) -> None:
    if not _mine(pk, worker).update(worker="", seen_at=None, **changes):
        raise Lost(pk)


def _mine(pk: int, worker: str) -> QuerySet[SimulationRun]:
    return SimulationRun.objects.filter(pk=pk, worker=worker, state=State.RUNNING)
