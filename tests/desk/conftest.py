"""Every page of the desk is seen at the same moment, by Lunner's real policy."""

from pathlib import Path
from typing import Any

import pytest
from built_once import built_once
from cast import Beginning, opened_under
from desking import AtDesk, assess, compare
from django.conf import settings as project

from trinnvis.access.actor import Actor
from trinnvis.casework.models import Case


@pytest.fixture(autouse=True)
def the_clock(settings) -> None:
    settings.TRINNVIS_CLOCK = "cast.clock"


@pytest.fixture
def policy_folder() -> Path:
    return project.TRINNVIS_POLICY_FOLDER


@built_once
def assessed_case() -> dict[str, Any]:
    stands = opened_under(project.TRINNVIS_POLICY_FOLDER)()
    assess(AtDesk(stands["sara"], stands["case"].number))
    return stands


@built_once
def compared_case() -> dict[str, Any]:
    stands = assessed_case()
    compare(AtDesk(stands["sara"], stands["case"].number))
    return stands


@pytest.fixture
def beginnings(beginnings: dict[str, Beginning]) -> dict[str, Beginning]:
    return beginnings | {"assessed": assessed_case, "ready": compared_case}


@pytest.fixture
def assessed(case: Case, sara: Actor) -> AtDesk:
    """Sara at the case, which begins with its assessment complete."""
    return AtDesk(sara, case.number)


@pytest.fixture
def ready(case: Case, sara: Actor) -> AtDesk:
    """Sara at the case, which begins ready for the decision to be written."""
    return AtDesk(sara, case.number)
