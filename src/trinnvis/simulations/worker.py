"""The worker: carries out the runs in the queue, in threads of the process that serves the pages.

A process that is killed leaves its run marked as running; when it has been silent for a while, a worker of
any process takes it up and reads the blocks that were finished. `docs/adr/0015-in-process-worker.md`.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.utils import translation
from django.utils.translation import gettext as _

from trinnvis.simulations import computing
from trinnvis.simulations.errors import Lost, Stopped
from trinnvis.simulations.models import SimulationRun
from trinnvis.simulations.rules import Order
from trinnvis.simulations.services import work
from trinnvis.simulations.services.requests import ASKED
from trinnvis.trouble import Trouble

Clock = Callable[[], datetime]

LOOK_EVERY: Final = 5.0
"""Seconds between looks for runs that other processes have queued, or left."""

BEAT_EVERY: Final = 3.0
TELL_EVERY: Final = 0.5
log = logging.getLogger(__name__)


def start(clock: Clock) -> list[threading.Thread]:
    """Begin to work in the background; the threads end with the process."""
    threads = [
        threading.Thread(target=_work_for_ever, args=(clock,), name=f"simulations-{n}", daemon=True)
        for n in range(settings.TRINNVIS_SIMULATIONS_AT_ONCE)
    ]
    for thread in threads:
        thread.start()
    return threads


def work_off(clock: Clock) -> int:
    """Carry out everything that waits, here and now; returns how many runs that was."""
    name, number = _name(), 0
    while run := _next(name, clock):
        carry_out(run, name, clock)
        number += 1
    return number


def carry_out(run: SimulationRun, worker: str, clock: Clock, *, tell_every: float = 0.0) -> None:
    """Do a run this worker has taken, and write down how it went."""
    who = {"worker": worker}
    folder = computing.folder_of(run.key)
    try:
        document = computing.compute(
            Order.from_json(run.order), folder, _teller(run, worker, clock, tell_every)
        )
        work.finish(run.pk, document=document, now=clock(), **who)
        computing.forget(folder)
    except Stopped:
        work.stopped(run.pk, now=clock(), **who)
    except Lost:
        log.warning("Run %s was given to another worker", run.pk)
    except Trouble as trouble:
        work.fail(run.pk, why=str(trouble), remedy=trouble.remedy, now=clock(), **who)
    except DatabaseError:
        raise  # nothing can be written down now; the run is taken up again
    except Exception as error:
        log.exception("Run %s failed", run.pk)
        why = _("Noe uventet gikk galt mens simuleringen kjørte (%(kind)s).") % {"kind": type(error).__name__}
        remedy = _(
            "Det du valgte, er tatt vare på, og det som er regnet ferdig, blir brukt. Prøv igjen. Skjer det "
            "en gang til, be den som drifter Trinnvis se i loggen etter simulering %(number)d."
        ) % {"number": run.pk}
        work.fail(run.pk, why=why, remedy=remedy, now=clock(), **who)


def _teller(run: SimulationRun, worker: str, clock: Clock, every: float) -> computing.Told:
    last = 0.0

    def tell(done: int, reused: int) -> None:
        nonlocal last
        if done < run.total and time.monotonic() - last < every:
            return
        last = time.monotonic()
        work.say_progress(run.pk, worker=worker, done=done, reused=reused, now=clock())

    return tell


def _work_for_ever(clock: Clock) -> None:
    name = _name()
    with translation.override(settings.LANGUAGE_CODE):
        while True:
            close_old_connections()
            try:
                run = _next(name, clock)
                if run is not None:
                    with _heard_from(run, name, clock):
                        carry_out(run, name, clock, tell_every=TELL_EVERY)
                    continue
            except (DatabaseError, Lost) as error:  # taken up again when its worker has been silent
                log.warning("The simulations' worker could not write: %s", error)
            ASKED.wait(LOOK_EVERY)
            ASKED.clear()


def _next(name: str, clock: Clock) -> SimulationRun | None:
    if not work.anything_waits():  # looking is cheap, taking keeps others from writing
        return None
    return work.take_next(worker=name, at_once=settings.TRINNVIS_SIMULATIONS_AT_ONCE, now=clock())


@contextmanager
def _heard_from(run: SimulationRun, worker: str, clock: Clock) -> Iterator[None]:
    """Say every few seconds that the run is being worked on, also while a long block is under way."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(BEAT_EVERY):
            try:
                work.say_alive(run.pk, worker=worker, now=clock())
            except DatabaseError as error:
                log.warning("Run %s could not say that it is alive: %s", run.pk, error)
        connection.close()

    thread = threading.Thread(target=beat, name=f"simulation-{run.pk}-alive", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _name() -> str:
    """Nobody else's, also when a process gets the number of one that is gone."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{uuid.uuid4().hex[:12]}"
