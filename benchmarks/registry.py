"""What there is to measure. `benchmarks/run.py` finds every `@bench` in `benchmarks/bench_*.py`."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

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


BENCHES: dict[str, Bench] = {}


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
