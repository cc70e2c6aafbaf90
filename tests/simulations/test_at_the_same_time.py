"""Two at once: the same question from two people, and two workers after the same run."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from cast import NOW
from django.db import connection
from simulating import SMALL, ask

from trinnvis.simulations.models import SimulationRun
from trinnvis.simulations.services import work
from trinnvis.simulations.services.requests import request_run

pytestmark = pytest.mark.django_db(transaction=True)
TOGETHER = 4


def together(do: Callable[[int], object]) -> list[object]:
    """The same done by several threads that begin at the same moment."""
    ready = Barrier(TOGETHER)

    def one(number: int) -> object:
        try:
            ready.wait(10)
            return do(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as pool:
        return list(pool.map(one, range(TOGETHER)))


def test_the_same_question_is_one_run_and_everybody_gets_it(planke):
    pks = together(lambda _: request_run(order=SMALL, key="same", actor=planke, now=NOW).pk)
    assert SimulationRun.objects.count() == 1
    assert set(pks) == {SimulationRun.objects.get().pk}


def test_one_worker_gets_each_run_and_no_more_than_allowed_are_under_way(planke):
    for seed in range(1, 4):
        ask(planke, seed=seed)

    def take(number: int) -> int | None:
        run = work.take_next(worker=f"worker-{number}", at_once=2, now=NOW)
        return run and run.pk

    taken = [pk for pk in together(take) if pk is not None]
    assert len(taken) == len(set(taken)) == 2
    assert SimulationRun.objects.filter(state="running").count() == 2
