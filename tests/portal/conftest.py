"""Pages are tried on the real policy: Lunner's, as shipped, at a time that stands still."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from cast import Beginning
from django.conf import settings as product
from django.test import Client
from journey import Players, after, assessed
from portal_stories import browser_of, decided, offered, told

from trinnvis.access.actor import Actor
from trinnvis.casework.models import Case
from trinnvis.letters.models import Letter


@pytest.fixture(autouse=True)
def still_clock(settings: Any) -> None:
    settings.TRINNVIS_CLOCK = "cast.clock"


@pytest.fixture
def policy_folder() -> Path:
    return product.TRINNVIS_POLICY_FOLDER


BEGINNINGS = {
    "open_case": after(offered, "open_case"),
    "assessed_case": after(assessed, "assessed_case"),
    "told_case": after(told, "told_case"),
    "sent_letter": after(decided, "sent_letter"),
}


@pytest.fixture
def beginnings(beginnings: dict[str, Beginning]) -> dict[str, Beginning]:
    return beginnings | BEGINNINGS


@pytest.fixture
def open_case(scene: Mapping[str, Any]) -> Case:
    """Ingrid's case, not an application, with an offer of clarification."""
    return scene["open_case"]


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
