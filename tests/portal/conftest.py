"""Pages are tried on the real policy: Lunner's, as shipped, at a time that stands still."""

from typing import Any

import pytest
from cast import LONG_AGO, NOW, policy_in
from django.conf import settings as product
from django.test import Client
from journey import Players
from portal_stories import browser_of

from trinnvis.access.actor import Actor
from trinnvis.policy.models import PolicyVersion
from trinnvis.policy.services import adopt


@pytest.fixture(autouse=True)
def still_clock(settings: Any) -> None:
    settings.TRINNVIS_CLOCK = "portal_stories.clock"


@pytest.fixture
def lunner(db: None) -> PolicyVersion:
    folder = product.TRINNVIS_POLICY_FOLDER
    return adopt(policy=policy_in(folder), valid_from=LONG_AGO, by="Kommunestyret, sak 1/23", now=NOW)


@pytest.fixture
def players(ingrid: Actor, sara: Actor, bjorn: Actor) -> Players:
    return Players(ingrid, sara, bjorn)


@pytest.fixture
def web(ingrid: Actor) -> Client:
    """Ingrid, logged in."""
    return browser_of(ingrid)
