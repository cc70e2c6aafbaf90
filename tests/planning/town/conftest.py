"""Small towns to walk in."""

import pytest

from trinnvis.planning.town.policy import TownPolicy
from trinnvis.planning.town.shipped import shipped_policy


@pytest.fixture(scope="session")
def policy() -> TownPolicy:
    return shipped_policy()
