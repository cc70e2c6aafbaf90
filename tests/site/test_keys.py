"""Keys that are lost or wrong are told before anybody meets them, and are never replaced in silence."""

import shutil
from pathlib import Path

import pytest
from running import Run, environment, free_port, program

pytestmark = pytest.mark.once

REGISTER = """
from datetime import date, datetime, UTC
from trinnvis.startup import start
start()
from trinnvis.people.identity import synthetic_number
from trinnvis.people.services import register_person
register_person(identity_number=synthetic_number(date(1953, 12, 14), "female", 0), given_name="Kari",
                family_name="Nøkkel", sex="female", now=datetime(2026, 1, 1, tzinfo=UTC))
"""


@pytest.fixture(scope="module")
def inhabited_once(migrated_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = shutil.copytree(migrated_once, tmp_path_factory.mktemp("inhabited") / "data")
    assert program(REGISTER, environment(data)).returncode == 0
    return data


@pytest.fixture
def inhabited(inhabited_once: Path, tmp_path: Path) -> Path:
    """The data folder of `run`, with one person in its database."""
    return shutil.copytree(inhabited_once, tmp_path / "data")


def test_keys_that_fit_are_told_so(run: Run, inhabited: Path) -> None:
    assert "Nøklene passer til databasen" in run("check").stdout


@pytest.mark.parametrize("command", [("check",), ("serve",), ("demo", "--no-serve"), ("demo", "--fresh")])
def test_lost_keys_are_told_and_none_are_made(run: Run, inhabited: Path, command: tuple[str, ...]) -> None:
    (inhabited / "keys").rename(inhabited / "elsewhere")
    said = run(*command, *(("--port", str(free_port())) if command != ("check",) else ()))
    told = said.stdout + said.stderr
    assert said.returncode == 1
    assert all(f"{name} mangler" in told for name in ("secret_key", "sealing_key_1", "index_key"))
    assert "Legg nøklene databasen ble laget med, tilbake" in told
    assert not (inhabited / "keys").exists()


@pytest.mark.parametrize(("wrong", "where"), [("sealing_key_1", "demo"), ("index_key", "production")])
def test_a_wrong_key_is_told_by_name(run: Run, inhabited: Path, wrong: str, where: str) -> None:
    (inhabited / "keys" / wrong).write_text("another key than the one that was used")
    found = run("check", TRINNVIS_ENV=where)
    assert found.returncode == 1
    assert f"{wrong} passer ikke" in found.stdout
    assert "Traceback" not in found.stderr


def test_serving_with_a_wrong_key_is_refused(run: Run, inhabited: Path) -> None:
    (inhabited / "keys" / "index_key").write_text("another key than the one that was used")
    refused = run("serve", "--port", str(free_port()))
    assert refused.returncode == 1
    assert "index_key passer ikke" in refused.stderr and "svarer på" not in refused.stdout


def test_no_key_for_an_empty_id_is_made(run: Run, inhabited: Path) -> None:
    before = sorted(path.name for path in (inhabited / "keys").iterdir())
    assert "Nøklene passer til databasen" in run("check", TRINNVIS_SEALING_KEY_IDS="").stdout
    assert sorted(path.name for path in (inhabited / "keys").iterdir()) == before


def test_production_names_all_the_keys_that_are_missing(run: Run) -> None:
    said = run("check", TRINNVIS_ENV="production", TRINNVIS_INDEX_KEY="")
    assert said.returncode == 1
    assert all(f"TRINNVIS_{name}" in said.stderr for name in ("SECRET_KEY", "SEALING_KEY_1", "INDEX_KEY"))
    assert "Traceback" not in said.stderr


def test_a_short_key_is_remarked(run: Run, migrated: Path) -> None:
    found = run("check", TRINNVIS_ENV="production", TRINNVIS_SECRET_KEY="short")
    assert found.returncode == 1
    assert "TRINNVIS_SECRET_KEY er for kort" in found.stdout
