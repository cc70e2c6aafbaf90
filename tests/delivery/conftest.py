"""A small policy in force, and those who plan by it."""

import pytest
from cast import LONG_AGO, NOW, employee
from delivering import HOME, OFFICE
from small_policy import small_policy

from trinnvis.access.actor import Actor
from trinnvis.policy.models import PolicyVersion
from trinnvis.policy.services import adopt


@pytest.fixture
def lunner(db: None) -> PolicyVersion:
    return adopt(policy=small_policy(), valid_from=LONG_AGO, by="Kommunestyret, sak 1/23", now=NOW)


@pytest.fixture
def leader(lunner) -> Actor:
    """Leads the home service."""
    return employee("Leif Leder", "manager", HOME)


@pytest.fixture
def other_leader(lunner) -> Actor:
    return employee("Ola Leder", "manager", OFFICE)


@pytest.fixture
def tor(lunner) -> Actor:
    return employee("Tor Økonom", "economist", "kommunen")
