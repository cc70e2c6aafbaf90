"""Runs in the queue: asked for once, carried out in turn, stopped, cut off, taken up again, and failing."""

from __future__ import annotations

import pytest
from cast import NOW
from simulating import SMALL, Clock, ask

from trinnvis.planning.demand.reading import library
from trinnvis.planning.ladder import running
from trinnvis.planning.ladder.interventions import scenarios
from trinnvis.planning.ladder.simulation import simulation
from trinnvis.planning.ladder.store import Store
from trinnvis.simulations import computing, worker
from trinnvis.simulations.errors import Lost, NotFound
from trinnvis.simulations.models import SimulationResult, SimulationRun
from trinnvis.simulations.queries import finished, newest_finished, run_of, runs
from trinnvis.simulations.services import work
from trinnvis.simulations.services.requests import continue_run, request_run, stop_run
from trinnvis.simulations.wording import interrupted, standing
from trinnvis.simulations.worker import work_off
from trinnvis.trouble import Trouble

State = SimulationRun.State


class PowerCut(BaseException):
    """The process is killed: nobody gets to write anything down."""


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def digest() -> str:
    """Of «as today», run straight through without the queue."""
    with running.threads(1) as workers:
        found = simulation(
            SMALL.municipality, library().basis, [scenarios()["as-today"]],
            lambda job, draws: running.run(job, draws, workers, size=7),
            years=SMALL.years, draws=SMALL.draws, base=SMALL.base,
        )  # fmt: skip
    return found.results[0].digest


def cut_off_after(blocks: int, monkeypatch, what: type[BaseException] = PowerCut) -> None:
    keep, kept = Store.keep, []

    def stops(store, job, tally):
        keep(store, job, tally)
        kept.append(tally.first)
        if len(kept) == blocks:
            raise what

    monkeypatch.setattr(Store, "keep", stops)


def test_asked_for_and_carried_out(planke, clock, digest):
    run = ask(planke)
    assert run_of(planke, run.pk, NOW).state == State.QUEUED
    assert newest_finished(planke, NOW) is None
    assert work_off(clock) == 1
    found = finished(planke, run.pk, NOW)
    assert found.answer.digest == digest
    assert (found.run.done, found.run.total, found.run.reused) == (120, 120, 0)
    assert [each.name for each in found.answer.outcomes] == ["as-today", "housing-led"]
    assert not computing.folder_of(run.key).exists()
    assert newest_finished(planke, NOW).run == found.run


def test_the_same_question_is_one_run(planke, leif, clock):
    first, again = ask(planke), ask(leif)
    assert first.pk == again.pk and SimulationRun.objects.count() == 1
    work_off(clock)
    assert ask(planke).state == State.DONE and work_off(clock) == 0
    assert SimulationResult.objects.count() == 1
    others = [ask(planke, seed=2), ask(planke, draws=61), ask(planke, scenarios=()), ask(planke, places={})]
    assert len({first.pk, *(run.pk for run in others)}) == 5


def test_other_figures_or_another_version_is_another_question(planke, monkeypatch, data_folder):
    first = ask(planke)
    folder = data_folder / "imports" / "population"
    folder.mkdir(parents=True)
    (folder / "egne.csv").write_text("tall")
    try:
        assert ask(planke).pk != first.pk
    finally:
        (folder / "egne.csv").unlink()
        folder.rmdir()
    assert ask(planke).pk == first.pk
    monkeypatch.setattr(computing, "__version__", "9.9")
    assert ask(planke).pk != first.pk


def test_where_the_number_of_places_is_from_does_not_make_it_another(planke):
    assert ask(planke, places_source={11: "typed"}).pk == ask(planke, places_source={11: "registered"}).pk


def test_they_wait_for_each_other_in_the_order_they_came(planke, settings, clock):
    settings.TRINNVIS_SIMULATIONS_AT_ONCE = 2
    first, second, third = (ask(planke, seed=seed) for seed in (1, 2, 3))
    assert [run_of(planke, run.pk, NOW).ahead for run in (first, second, third)] == [0, 1, 2]
    assert standing(run_of(planke, third.pk, NOW)) == "Simuleringen står i kø. Antall foran: 2."
    taken = [work.take_next(worker=name, at_once=2, now=NOW) for name in ("a", "b", "c")]
    assert [run and run.pk for run in taken] == [first.pk, second.pk, None]
    work.fail(second.pk, worker="b", why="x", remedy="y", now=NOW)
    assert work.take_next(worker="c", at_once=2, now=NOW).pk == third.pk


def test_a_killed_process_loses_nothing_and_the_answer_is_the_same(planke, clock, monkeypatch, digest):
    run = ask(planke)
    with monkeypatch.context() as patch:
        cut_off_after(2, patch)
        with pytest.raises(PowerCut):
            work_off(clock)
    assert run_of(planke, run.pk, clock.now).state == State.RUNNING
    clock.later(5)
    assert work_off(clock) == 0  # it may still be alive
    clock.later(30)
    assert "tas opp igjen av seg selv" in standing(run_of(planke, run.pk, clock.now))
    assert work_off(clock) == 1
    found = finished(planke, run.pk, clock.now)
    assert found.answer.digest == digest
    assert (found.run.interruptions, found.run.reused) == (1, 50)
    assert "50 trekninger var ferdige fra før" in interrupted(found.run)


def test_a_run_that_brings_the_process_down_every_time_is_given_up(planke, clock, monkeypatch):
    run, other = ask(planke), ask(planke, seed=2)
    with monkeypatch.context() as patch:
        patch.setattr(computing, "compute", _raises(PowerCut))
        for _ in range(4):
            with pytest.raises(PowerCut):
                work_off(clock)
            clock.later(60)
    assert work_off(clock) == 1
    seen = run_of(planke, run.pk, clock.now)
    assert seen.state == State.FAILED and "gitt opp" in seen.failure and "færre trekninger" in seen.remedy
    assert run_of(planke, other.pk, clock.now).state == State.DONE


def test_stopped_and_gone_on_with(planke, clock, monkeypatch, digest):
    run = ask(planke)
    say = work.say_progress

    def asked_to_stop(pk, **said):
        if said["done"] == 50:
            stop_run(pk, actor=planke, now=clock.now)
        say(pk, **said)

    with monkeypatch.context() as patch:
        patch.setattr(work, "say_progress", asked_to_stop)
        work_off(clock)
    seen = run_of(planke, run.pk, NOW)
    assert (seen.state, seen.done) == (State.STOPPED, 50)
    assert "50 av 120" in standing(seen)
    continue_run(run.pk, actor=planke, now=NOW)
    work_off(clock)
    found = finished(planke, run.pk, NOW)
    assert found.answer.digest == digest and found.run.reused == 50
    assert interrupted(found.run) == ""


def test_one_that_waits_is_stopped_at_once_and_asking_again_goes_on(planke, clock):
    run = ask(planke)
    assert stop_run(run.pk, actor=planke, now=NOW).state == State.STOPPED
    assert work_off(clock) == 0
    assert ask(planke).state == State.QUEUED
    assert work_off(clock) == 1
    assert stop_run(run.pk, actor=planke, now=NOW).state == State.DONE
    assert continue_run(run.pk, actor=planke, now=NOW).state == State.DONE


def test_a_stop_asked_of_a_process_that_is_gone(planke, clock):
    run = ask(planke)
    work.take_next(worker="gone", at_once=1, now=NOW)
    stop_run(run.pk, actor=planke, now=NOW)
    assert "stopper når" in standing(run_of(planke, run.pk, NOW))
    clock.later(60)
    assert work_off(clock) == 0
    assert run_of(planke, run.pk, NOW).state == State.STOPPED


def test_regretting_a_stop_before_it_is_seen(planke):
    run = ask(planke)
    work.take_next(worker="a", at_once=1, now=NOW)
    stop_run(run.pk, actor=planke, now=NOW)
    assert not continue_run(run.pk, actor=planke, now=NOW).stop_asked
    work.say_progress(run.pk, worker="a", done=25, reused=0, now=NOW)


@pytest.mark.parametrize(
    ("error", "why", "what"),
    [
        (Trouble("Køen ble for lang å regne på.", "Velg flere plasser."), "for lang", "Velg flere plasser"),
        (MemoryError(), "uventet", "Prøv igjen"),
    ],
)
def test_what_goes_wrong_is_told_with_what_to_do(planke, clock, monkeypatch, error, why, what):
    run, other = ask(planke), ask(planke, seed=2)
    with monkeypatch.context() as patch:
        compute = computing.compute
        patch.setattr(
            computing, "compute",
            lambda order, *rest: _raises(error)() if order.seed == 1 else compute(order, *rest),
        )  # fmt: skip
        assert work_off(clock) == 2
    seen = run_of(planke, run.pk, NOW)
    assert seen.state == State.FAILED and why in seen.failure and what in seen.remedy
    assert run_of(planke, other.pk, NOW).state == State.DONE
    assert ask(planke).state == State.QUEUED
    work_off(clock)
    assert run_of(planke, run.pk, NOW).state == State.DONE


def test_a_worker_that_was_thought_dead_writes_nothing_over_the_next_one(planke):
    run = ask(planke)
    work.take_next(worker="slow", at_once=1, now=NOW)
    clock = Clock()
    clock.later(60)
    assert work.take_next(worker="next", at_once=1, now=clock.now).pk == run.pk
    for write in (
        lambda: work.say_progress(run.pk, worker="slow", done=25, reused=0, now=clock.now),
        lambda: work.finish(run.pk, worker="slow", document={}, now=clock.now),
        lambda: work.fail(run.pk, worker="slow", why="x", remedy="", now=clock.now),
        lambda: work.stopped(run.pk, worker="slow", now=clock.now),
    ):
        with pytest.raises(Lost):
            write()
    work.say_alive(run.pk, worker="slow", now=NOW)
    assert SimulationRun.objects.get().seen_at == clock.now
    assert SimulationRun.objects.get().state == State.RUNNING


def test_those_who_do_not_plan(planke, sara, ingrid, fremmed, clock):
    run = ask(planke)
    work_off(clock)
    for actor in (sara, ingrid, fremmed):
        assert not runs(actor).exists() and newest_finished(actor, NOW) is None
        for forbidden in (
            lambda who=actor: run_of(who, run.pk, NOW),
            lambda who=actor: finished(who, run.pk, NOW),
            lambda who=actor: stop_run(run.pk, actor=who, now=NOW),
            lambda who=actor: continue_run(run.pk, actor=who, now=NOW),
            lambda who=actor: request_run(order=SMALL, key="k", actor=who, now=NOW),
        ):
            with pytest.raises(NotFound):
                forbidden()
    with pytest.raises(NotFound):
        run_of(planke, run.pk + 1, NOW)


def test_two_at_once_are_one_run_and_one_worker_gets_it(planke):
    """What the unique key is for: the second of two who ask at the same moment."""
    first = ask(planke)
    SimulationRun.objects.filter(pk=first.pk).update(queued_at=NOW)
    assert ask(planke).pk == first.pk
    taken = [work.take_next(worker=name, at_once=9, now=NOW) for name in ("a", "b")]
    assert taken[0] is not None and taken[1] is None


def _raises(error):
    def compute(*_args):
        raise error

    return compute


def test_the_background_worker_takes_what_waits(planke, clock, monkeypatch):
    """One turn of the loop that never ends."""
    run = ask(planke)
    beats = []
    monkeypatch.setattr(worker, "BEAT_EVERY", 1000)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)

    class Ends(BaseException):
        pass

    class Once:
        def wait(self, seconds):
            beats.append(seconds)
            raise Ends

    monkeypatch.setattr(worker, "ASKED", Once())
    with pytest.raises(Ends):
        worker._work_for_ever(clock)
    assert run_of(planke, run.pk, NOW).state == State.DONE and beats == [worker.LOOK_EVERY]
