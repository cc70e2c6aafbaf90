"""Pages are tried on the real policy: Lunner's, as shipped, at a time that stands still."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from built_once import built_once
from cast import Beginning, people_under
from django.conf import settings as product
from django.test import Client
from journey import Players, assessed, players_in
from portal_stories import browser_of, decided, told

from trinnvis.access.actor import Actor
from trinnvis.casework.models import Case
from trinnvis.letters.models import Letter


@pytest.fixture(autouse=True)
def still_clock(settings: Any) -> None:
    settings.TRINNVIS_CLOCK = "portal_stories.clock"


@pytest.fixture
def policy_folder() -> Path:
    return product.TRINNVIS_POLICY_FOLDER


@built_once
def assessed_both_ways() -> dict[str, Any]:
    people = people_under(product.TRINNVIS_POLICY_FOLDER)
    return people | {"assessed_case": assessed(players_in(people))}


@built_once
def told_in_full() -> dict[str, Any]:
    people = people_under(product.TRINNVIS_POLICY_FOLDER)
    return people | {"told_case": told(players_in(people))}


@built_once
def decided_with_letter() -> dict[str, Any]:
    people = people_under(product.TRINNVIS_POLICY_FOLDER)
    return people | {"sent_letter": decided(players_in(people))}


@pytest.fixture
def beginnings(beginnings: dict[str, Beginning]) -> dict[str, Beginning]:
    return beginnings | {
        "assessed_case": assessed_both_ways,
        "told_case": told_in_full,
        "sent_letter": decided_with_letter,
    }


@pytest.fixture
def assessed_case(scene: Mapping[str, Any]) -> Case:
    """Ingrid's case, where both have written and the assessment is complete."""
    return scene["assessed_case"]


@pytest.fixture
def told_case(scene: Mapping[str, Any]) -> Case:
    """Ingrid's case told in full (`portal_stories.told`)."""
    return scene["told_case"]


@pytest.fixture
def sent_letter(scene: Mapping[str, Any]) -> Letter:
    """The letter of the decision in Ingrid's case."""
    return scene["sent_letter"]


@pytest.fixture
def players(ingrid: Actor, sara: Actor, bjorn: Actor) -> Players:
    return Players(ingrid, sara, bjorn)


@pytest.fixture
def web(ingrid: Actor) -> Client:
    """Ingrid, logged in."""
    return browser_of(ingrid)
