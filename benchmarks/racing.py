"""Races: the same work by us and by peers, in interleaved rounds, told as rates and ratios."""

import os
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peers import Peer, Round, Unavailable, running
from registry import AtLeast, Once, Race
from rich.console import Console
from rich.table import Table


@dataclass
class Times:
    """Rounds by name, ours first; why a peer is not among them; what is wrong with the answers."""

    ours: tuple[str, ...]
    rounds: dict[str, list[Round]]
    versions: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def wall(self, name: str) -> float:
        """Median seconds."""
        return statistics.median(each.wall for each in self.rounds[name])

    def cpu(self, name: str) -> float:
        """Median seconds of processor time, all threads together."""
        return statistics.median(each.cpu for each in self.rounds[name])

    def ratio(self, ours: str, peer: str) -> float:
        """How many times as fast ours is: the median over the rounds, each compared with its neighbour."""
        pairs = zip(self.rounds[ours], self.rounds[peer], strict=True)
        return statistics.median(theirs.wall / mine.wall for mine, theirs in pairs)


def run(race: Race, rounds: int) -> Times:
    """Measure. A peer that cannot be had, or stops, is left out."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="trinnvis-race-")))
        entry = stack.enter_context(race.ready(folder))
        times = Times(tuple(entry.calls), {name: [] for name in entry.calls})
        peers: dict[str, Peer] = {}
        for name in race.peers:
            try:
                peers[name] = stack.enter_context(running(name, str(folder)))
                peers[name].round()  # imports and caches are not what is measured
                times.versions[name], times.rounds[name] = peers[name].versions, []
            except Unavailable as why:
                peers.pop(name, None)
                times.missing[name] = str(why)
        for call in entry.calls.values():
            call()
        answers: dict[str, Any] = {}
        for number in range(rounds):
            print(f"  round {number + 1} of {rounds} …", file=sys.stderr, flush=True)
            for name, call in entry.calls.items():
                times.rounds[name].append(_timed(call))
                answers[name] = times.rounds[name][-1].answer
            for name in list(peers):
                try:
                    times.rounds[name].append(peers[name].round())
                    answers[name] = times.rounds[name][-1].answer
                except Unavailable as why:
                    del peers[name], times.rounds[name]
                    answers.pop(name, None)
                    times.missing[name] = str(why)
        times.wrong = entry.agree(answers)
    return times


def _timed(call: Once) -> Round:
    wall, cpu = time.perf_counter(), time.process_time()
    answer = call()
    return Round(time.perf_counter() - wall, time.process_time() - cpu, answer)


def report(race: Race, times: Times) -> int:
    """Print the table and what was promised; the number of broken promises and wrong answers."""
    peers = [name for name in race.peers if name in times.rounds]
    rounds = len(times.rounds[times.ours[0]])
    table = Table(
        race.what, "ms", "CPU ms", f"M {race.unit}/s", f"M {race.unit}/CPU s", *(f"× {p}" for p in peers),
        title=f"{race.name}: medians of {rounds} interleaved rounds", title_justify="left",
    )  # fmt: skip
    for name in times.rounds:
        wall, cpu = times.wall(name), times.cpu(name)
        beside = [f"{times.ratio(name, peer):.3g}" if peer != name else "1" for peer in peers]
        rates = [f"{race.amount / seconds / 1e6:.3g}" for seconds in (wall, cpu)]
        table.add_row(name, f"{wall * 1000:.3g}", f"{cpu * 1000:.3g}", *rates, *beside)
    console = Console(width=max(Console().width, 110))
    console.print(table)
    for versions in times.versions.values():
        console.print(versions, markup=False)
    for name, why in times.missing.items():
        console.print(f"{name}: not measured, {why}", markup=False)
    broken = [said for promise in race.promises if not (said := _kept(race, times, promise))[0]]
    for promise in race.promises:
        console.print(_kept(race, times, promise)[1], markup=False)
    for each in times.wrong:
        console.print(f"WRONG ANSWER: {each}", markup=False)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    console.print(f"{os.cpu_count()} cores; load average of the last minute {load:.1f}.", markup=False)
    return len(broken) + len(times.wrong)


def _kept(race: Race, times: Times, promise: AtLeast) -> tuple[bool, str]:
    """Whether a promise is kept, and how it is told. What could not be measured breaks nothing."""
    if promise.ours not in times.rounds or (promise.beside and promise.beside not in times.rounds):
        return True, f"not measured: {promise.ours} beside {promise.beside}"
    if promise.beside:
        found = times.ratio(promise.ours, promise.beside)
        said = f"{promise.ours}: {found:.3g} × {promise.beside} (promised {promise.times:g} ×)"
    else:
        found = race.amount / times.wall(promise.ours)
        said = f"{promise.ours}: {found / 1e6:.3g} M {race.unit}/s (promised {promise.times / 1e6:g} M)"
    return found >= promise.times, f"{'✓' if found >= promise.times else '✗'} {said}"
