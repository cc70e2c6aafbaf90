"""Every page of the desk is seen at the same moment, by Lunner's real policy."""

from pathlib import Path

import pytest
from django.conf import settings as project


@pytest.fixture(autouse=True)
def the_clock(settings) -> None:
    settings.TRINNVIS_CLOCK = "desking.moment"


@pytest.fixture
def policy_folder() -> Path:
    return project.TRINNVIS_POLICY_FOLDER
