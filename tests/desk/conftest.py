"""Every page of the desk is seen at the same moment, by Lunner's real policy."""

import pytest
from cast import LONG_AGO, NOW, policy_in
from django.conf import settings as project

from trinnvis.policy.models import PolicyVersion
from trinnvis.policy.services import adopt


@pytest.fixture(autouse=True)
def the_clock(settings) -> None:
    settings.TRINNVIS_CLOCK = "desking.moment"


@pytest.fixture
def lunner(db: None) -> PolicyVersion:
    folder = project.TRINNVIS_POLICY_FOLDER
    return adopt(policy=policy_in(folder), valid_from=LONG_AGO, by="Kommunestyret, sak 1/23", now=NOW)
