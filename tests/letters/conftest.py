"""Letters are tried on the real policy: Lunner's, as shipped."""

import pytest
from cast import LONG_AGO, NOW, policy_in
from django.conf import settings
from journey import Players

from trinnvis.access.actor import Actor
from trinnvis.policy.models import PolicyVersion
from trinnvis.policy.services import adopt


@pytest.fixture
def lunner(db: None) -> PolicyVersion:
    folder = settings.TRINNVIS_POLICY_FOLDER
    return adopt(policy=policy_in(folder), valid_from=LONG_AGO, by="Kommunestyret, sak 1/23", now=NOW)


@pytest.fixture
def players(ingrid: Actor, sara: Actor, bjorn: Actor) -> Players:
    return Players(ingrid, sara, bjorn)
