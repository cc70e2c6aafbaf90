"""Pages are tried on the real policy: Lunner's, as shipped, at a time that stands still."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as product
from django.test import Client
from journey import Players
from portal_stories import browser_of

from trinnvis.access.actor import Actor


@pytest.fixture(autouse=True)
def still_clock(settings: Any) -> None:
    settings.TRINNVIS_CLOCK = "portal_stories.clock"


@pytest.fixture
def policy_folder() -> Path:
    return product.TRINNVIS_POLICY_FOLDER


@pytest.fixture
def players(ingrid: Actor, sara: Actor, bjorn: Actor) -> Players:
    return Players(ingrid, sara, bjorn)


@pytest.fixture
def web(ingrid: Actor) -> Client:
    """Ingrid, logged in."""
    return browser_of(ingrid)
