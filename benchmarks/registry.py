"""What there is to measure. `benchmarks/run.py` finds every `@bench` and `@race` in `bench_*.py`."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Once = Callable[[], object]


@dataclass(frozen=True)
class Bench:
    """One measurement.

    `ready` makes ready, gives the call to time, and tidies up. A bench on the `database` runs on each
    database there is, with its tables made. `limit_ms` is the promised median, if one is promised.
    """

    name: str
    what: str
    ready: Callable[[], AbstractContextManager[Once]]
    database: bool
    limit_ms: float | None


@dataclass(frozen=True)
class AtLeast:
    """Promised: `ours` does so many units a second; or, with `beside`, is so many times as fast as a peer."""

    ours: str
    times: float
    beside: str | None = None


@dataclass(frozen=True)
class Entry:
    """Ours in a race. calls: by name, each does the whole work once and gives its answer.

    agree: told all the answers by name, says what is wrong with any of them.
    """

    calls: dict[str, Once]
    agree: Callable[[dict[str, Any]], list[str]] = lambda answers: []


@dataclass(frozen=True)
class Race:
    """The same work done by us and by peers, in interleaved rounds of one run.

    One round does `amount` units of work. `ready` is given an empty folder, writes the peers' input there
    (they are started with its path), and gives our calls. `peers` are names in `benchmarks/peers`.
    """

    name: str
    what: str
    unit: str
    amount: float
    ready: Callable[[Path], AbstractContextManager[Entry]]
    peers: tuple[str, ...]
    promises: tuple[AtLeast, ...]


BENCHES: dict[str, Bench] = {}
RACES: dict[str, Race] = {}


def bench(
    what: str, *, database: bool = False, limit_ms: float | None = None
) -> Callable[[Callable[[], Iterator[Once]]], Callable[[], Iterator[Once]]]:
    """Register a generator function that makes ready, yields the call to time once, and tidies up."""

    def register(function: Callable[[], Iterator[Once]]) -> Callable[[], Iterator[Once]]:
        BENCHES[function.__name__] = Bench(
            function.__name__, what, contextmanager(function), database, limit_ms
        )
        return function

    return register


def race(
    what: str,
    *,
    unit: str,
    amount: float,
    peers: tuple[str, ...],
    promises: tuple[AtLeast, ...] = (),
) -> Callable[[Callable[[Path], Iterator[Entry]]], Callable[[Path], Iterator[Entry]]]:
    """Register a generator function that makes ready in a folder, yields our entry once, and tidies up."""

    def register(function: Callable[[Path], Iterator[Entry]]) -> Callable[[Path], Iterator[Entry]]:
        RACES[function.__name__] = Race(
            function.__name__, what, unit, amount, contextmanager(function), peers, promises
        )
        return function

    return register
