"""The planners' pages, seen at the same moment, with Lunner's real policy."""

import pytest
from cast import LONG_AGO, NOW, account_of, employee, policy_in
from django.conf import settings as project
from django.test import Client

from trinnvis.access.actor import Actor
from trinnvis.policy.models import PolicyVersion
from trinnvis.policy.services import adopt


@pytest.fixture(autouse=True)
def the_clock(settings) -> None:
    settings.TRINNVIS_CLOCK = "cast.clock"


@pytest.fixture(scope="module")
def lunners_policy(shared_rows: None) -> PolicyVersion:
    folder = project.TRINNVIS_POLICY_FOLDER
    return adopt(policy=policy_in(folder), valid_from=LONG_AGO, by="Kommunestyret, sak 1/23", now=NOW)


@pytest.fixture
def lunner(lunners_policy: PolicyVersion, db: None) -> PolicyVersion:
    return lunners_policy


@pytest.fixture
def astrid(intake_unit: str) -> Actor:
    """A politician: reads plans, changes none."""
    return employee("Astrid Politiker", "politician", intake_unit)


@pytest.fixture
def tor(intake_unit: str) -> Actor:
    """The economist, who also plans."""
    return employee("Tor Økonom", "economist", intake_unit)


@pytest.fixture
def browse():
    """A client logged in as somebody."""

    def as_(actor: Actor) -> Client:
        client = Client()
        client.force_login(account_of(actor))
        return client

    return as_


@pytest.fixture
def plan(browse, planke: Actor) -> Client:
    return browse(planke)
