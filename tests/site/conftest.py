"""The program, run in a data folder of its own."""

import shutil
from functools import partial
from pathlib import Path

import pytest
from running import Run, trinnvis


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return partial(trinnvis, tmp_path / "data")


@pytest.fixture(scope="module")
def migrated_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("migrated") / "data"
    assert trinnvis(data, "migrate").returncode == 0
    return data


@pytest.fixture
def migrated(migrated_once: Path, tmp_path: Path) -> Path:
    """The data folder of `run`, with an empty database that is up to date."""
    return shutil.copytree(migrated_once, tmp_path / "data")
