"""Letters are tried on the real policy: Lunner's, as shipped."""

from pathlib import Path

import pytest
from django.conf import settings
from journey import Players

from trinnvis.access.actor import Actor


@pytest.fixture
def policy_folder() -> Path:
    return settings.TRINNVIS_POLICY_FOLDER


@pytest.fixture
def players(ingrid: Actor, sara: Actor, bjorn: Actor) -> Players:
    return Players(ingrid, sara, bjorn)
