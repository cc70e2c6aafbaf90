"""The demo's database is made whole or not at all, and nobody's own data is touched."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from running import environment, program

pytestmark = pytest.mark.once

# A municipality of one, so that the making itself is what is tested.
ONE_PERSON = """
import contextlib, io, sys, types
from trinnvis.startup import start
start()
from trinnvis.demo import making
from trinnvis.demo.cli import run

def build(*, seed, now, progress):
    from trinnvis.people.models import Person
    from trinnvis.people.sealing import blind_index, seal
    progress("Personer", 0.5)
    Person.objects.create(given_name="Ola", family_name=str(seed), birth_date="1950-01-01", sex="male",
                          identity_sealed=seal(str(seed)), identity_index=blind_index(str(seed)))
    made.append(seed)
    {interruption}

made = []
making.adopt_shipped_policy = lambda now: None
sys.modules["trinnvis.demo.build"] = types.SimpleNamespace(build=build)
with contextlib.redirect_stdout(io.StringIO()):
    run(data=None, seed={seed}, fresh={fresh}, serve_on=None)
print("made" if made else "reused")
"""


def make(
    data: Path, seed: int | None = None, interruption: str = "", *, fresh: bool = False
) -> subprocess.CompletedProcess[str]:
    return program(one_person(seed, interruption, fresh=fresh), environment(data))


def one_person(seed: int | None, interruption: str = "", *, fresh: bool = False) -> str:
    return ONE_PERSON.format(seed=seed, interruption=interruption or "pass", fresh=fresh)


@dataclass(frozen=True)
class First:
    """A data folder with the municipality of seed 1, to copy, made after an interruption that left `left`."""

    data: Path
    left: list[str]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> First:
    data = tmp_path_factory.mktemp("first")
    assert make(data, interruption="raise KeyboardInterrupt").returncode != 0
    left = [p.name for p in data.iterdir() if "sqlite" in p.name and p.stat().st_size]
    assert make(data).stdout == "made\n"
    return First(data, left)


@pytest.fixture
def data(first: First, tmp_path: Path) -> Path:
    """One's own copy of it."""
    return Path(shutil.copytree(first.data, tmp_path / "data"))


def people(data: Path) -> list[str]:
    with sqlite3.connect(data / "trinnvis.sqlite3") as database:
        return [row[0] for row in database.execute("select family_name from people_person")]


def test_a_second_demo_reuses_what_is_there(data: Path) -> None:
    assert make(data).stdout == "reused\n"
    assert people(data) == ["1"]


def test_a_first_demo_that_is_interrupted_leaves_no_database(first: First) -> None:
    assert first.left == []


def test_a_later_demo_that_is_interrupted_leaves_the_earlier_one(data: Path) -> None:
    assert make(data, 2, "raise KeyboardInterrupt", fresh=True).returncode != 0
    assert people(data) == ["1"]
    assert make(data).stdout == "reused\n"


def test_a_demo_that_is_killed_leaves_the_earlier_one_until_another_seed_makes_another_municipality(
    data: Path,
) -> None:
    assert make(data, 2, "import os; os._exit(9)", fresh=True).returncode == 9
    assert people(data) == ["1"]
    assert make(data, 2, fresh=True).stdout == "made\n"
    assert people(data) == ["2"]
    assert not list(data.glob("*.making*"))


def test_without_a_seed_the_one_that_is_here_is_kept_and_made_anew(data: Path) -> None:
    assert make(data, 2, fresh=True).stdout == "made\n"
    assert make(data).stdout == "reused\n"
    assert people(data) == ["2"]
    assert make(data, fresh=True).stdout == "made\n"
    assert people(data) == ["2"]


def log_in(data: Path) -> None:
    """As somebody who has tried the demo."""
    with sqlite3.connect(data / "trinnvis.sqlite3") as database:
        database.execute(
            "insert into access_account (password, last_login, subject, name, title, is_active) "
            "values ('', '2026-11-28', 'sara', 'Sara', '', 1)"
        )


def test_what_nobody_has_used_is_made_anew_unasked(data: Path) -> None:
    assert make(data, seed=2).stdout == "made\n"
    assert people(data) == ["2"]


def test_another_seed_takes_nothing_away_unasked(data: Path) -> None:
    log_in(data)
    refused = make(data, seed=2)
    assert refused.returncode != 0
    assert "fra frø 1" in refused.stderr
    assert people(data) == ["1"]


def test_another_version_takes_nothing_away_unasked(data: Path) -> None:
    log_in(data)
    with sqlite3.connect(data / "trinnvis.sqlite3") as database:
        database.execute("update demo_demobuild set made_from = 'an older version'")
    refused = make(data)
    assert refused.returncode != 0
    assert "en annen versjon" in refused.stderr
    assert people(data) == ["1"]
    assert make(data, fresh=True).stdout == "made\n"


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_of_two_at_once_the_second_stops_and_a_killed_one_is_in_nobodys_way(tmp_path: Path, end: int) -> None:
    waiting = "print('making', file=sys.__stdout__, flush=True); import time; time.sleep(120)"
    first = subprocess.Popen(
        [sys.executable, "-c", one_person(1, waiting)],
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert first.stdout is not None and first.stdout.readline() == "making\n"
        second = make(tmp_path)
        assert second.returncode != 0
        assert "En annen demo lages nå" in second.stderr
    finally:
        first.send_signal(end)
        first.wait(timeout=60)
    assert make(tmp_path).stdout == "made\n"
    assert people(tmp_path) == ["1"]


def test_somebodys_own_database_is_never_replaced(data: Path) -> None:
    with sqlite3.connect(data / "trinnvis.sqlite3") as database:
        database.execute("delete from demo_demobuild")
    refused = make(data, seed=2)
    assert "blir ikke rørt" in refused.stderr
    assert people(data) == ["1"]


def test_a_database_with_only_a_policy_is_also_somebodys_own(data: Path) -> None:
    with sqlite3.connect(data / "trinnvis.sqlite3") as database:
        database.execute("delete from demo_demobuild")
        database.execute("delete from people_person")
        database.execute(
            "insert into policy_policyversion (number, valid_from, adopted_by, adopted_at, sha256, document) "
            "values (1, '2026-01-01', 'Kommunestyret', '2026-01-01', '', '{}')"
        )
    assert "blir ikke rørt" in make(data, seed=2).stderr
