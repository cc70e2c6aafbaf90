from pathlib import Path

import pytest
from policy.policy_folders import FOUR_STEPS, SEVEN_STEPS, Copy

from trinnvis.policy.loading import load_folder
from trinnvis.policy.model import Policy


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path / "fjordvik")


@pytest.fixture(scope="session")
def four_steps() -> Policy:
    return load_folder(FOUR_STEPS)


@pytest.fixture(scope="session")
def seven_steps() -> Policy:
    return load_folder(SEVEN_STEPS)
