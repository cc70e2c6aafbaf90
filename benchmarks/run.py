"""`make bench`: medians of all in `benchmarks/bench_*.py`, on SQLite and, where it answers, PostgreSQL.

Rounds are interleaved, so that a slow moment of the machine falls on all alike. Each database has a process
and a data folder of its own, thrown away afterwards. Races stand beside peers, each in an environment of its
own (`peers.py`). A broken promise gives exit code 1.
"""

import argparse
import importlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import racing
from registry import BENCHES, RACES, Bench
from rich.console import Console
from rich.table import Table

MOST_RACE_ROUNDS = 7  # a slow peer's round takes many seconds
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "scripts"))
POSTGRESQL_DATABASE = "trinnvis_bench"

Medians = dict[str, float]


def main() -> int:
    arguments = parsed()
    for path in sorted(HERE.glob("bench_*.py")):
        importlib.import_module(path.stem)
    known = [*BENCHES, *RACES]
    if unknown := set(arguments.names) - set(known):
        print(f"No such bench: {', '.join(sorted(unknown))}. There are: {', '.join(known)}.")
        return 2
    named = arguments.names or known
    chosen = [BENCHES[name] for name in named if name in BENCHES]
    if arguments.measure:
        print(
            json.dumps(
                measure([b for b in chosen if b.database or arguments.measure == "all"], arguments.rounds)
            )
        )
        return 0
    broken = report(chosen, on_each_database(chosen, arguments.rounds)) if chosen else 0
    for race in (RACES[name] for name in named if name in RACES):
        print(f"Racing {race.name} …", file=sys.stderr, flush=True)
        broken += racing.report(race, racing.run(race, min(arguments.rounds, MOST_RACE_ROUNDS)))
    return int(bool(broken))


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="the benches to run; all of them when none is named")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--measure", choices=["all", "database"], help=argparse.SUPPRESS)
    return parser.parse_args()


def measure(benches: list[Bench], rounds: int) -> Medians:
    """Milliseconds, in this process, on the database of the settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trinnvis.site.settings")
    import django
    from django.core.management import call_command

    django.setup()
    if any(b.database for b in benches):
        call_command("migrate", interactive=False, verbosity=0)
    taken: dict[str, list[float]] = {b.name: [] for b in benches}
    with ExitStack() as stack:
        calls = [(b.name, stack.enter_context(b.ready())) for b in benches]
        for _, call in calls:
            call()  # imports and caches are not what is measured
        for _ in range(rounds):
            for name, call in calls:
                began = time.perf_counter()
                call()
                taken[name].append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(times) for name, times in taken.items()}


def on_each_database(chosen: list[Bench], rounds: int) -> dict[str, Medians]:
    import postgresql

    names = [b.name for b in chosen]
    print("Measuring on SQLite …", file=sys.stderr, flush=True)
    results = {"SQLite": in_own_process(names, rounds, "all", None)}
    if any(b.database for b in chosen):
        server = postgresql.find()
        if server.url is None:
            print(f"PostgreSQL: not measured, {server.said}", file=sys.stderr)
        else:
            print(f"Measuring on {server.said} …", file=sys.stderr, flush=True)
            results["PostgreSQL"] = on_postgresql(server.url, names, rounds)
    return results


def on_postgresql(url: str, names: list[str], rounds: int) -> Medians:
    import psycopg

    own = urlunsplit(urlsplit(url)._replace(path=f"/{POSTGRESQL_DATABASE}"))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"drop database if exists {POSTGRESQL_DATABASE}")
        connection.execute(f"create database {POSTGRESQL_DATABASE}")
        try:
            return in_own_process(names, rounds, "database", own)
        finally:
            connection.execute(f"drop database {POSTGRESQL_DATABASE} with (force)")


def in_own_process(names: list[str], rounds: int, which: str, url: str | None) -> Medians:
    with tempfile.TemporaryDirectory(prefix="trinnvis-bench-") as data:
        environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        environment |= {"TRINNVIS_DATA": data} | ({"DATABASE_URL": url} if url else {})
        command = [sys.executable, __file__, *names, "--rounds", str(rounds), "--measure", which]
        output = subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, text=True, check=True
        ).stdout
    medians: Medians = json.loads(output.splitlines()[-1])
    return medians


def report(chosen: list[Bench], results: dict[str, Medians]) -> int:
    table = Table(
        "Bench", "What", *results, "Promised", title="Medians in milliseconds", title_justify="left"
    )
    slow = 0
    for bench in chosen:
        cells = []
        for medians in results.values():
            median = medians.get(bench.name)
            over = median is not None and bench.limit_ms is not None and median > bench.limit_ms
            slow += over
            shown = "" if median is None else f"{median:.3g}"
            cells.append(f"[red]{shown} ✗[/red]" if over else shown)
        limit = "" if bench.limit_ms is None else f"{bench.limit_ms:g}"
        table.add_row(bench.name, bench.what, *cells, limit)
    Console().print(table)
    return slow


if __name__ == "__main__":
    sys.exit(main())
