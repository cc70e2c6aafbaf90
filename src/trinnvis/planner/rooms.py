"""The rooms of the planners' door: what the front page and the menu of every planner page lead to.

A room whose address is not installed, or not for the reader's roles, is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trinnvis.access.actor import Actor
from trinnvis.access.rules import PLAN_READERS, PLANNING_ROLES
from trinnvis.site.components import Tab
from trinnvis.site.navigation import url_or_empty


@dataclass(frozen=True)
class Room:
    """`url_name`: the room's first page. `explanation`: what one can find out there, in one sentence."""

    title: Promise
    url_name: str
    explanation: Promise
    icon: str
    roles: frozenset[str] = PLAN_READERS


@dataclass(frozen=True)
class Door:
    """A room with the address where this reader enters it."""

    room: Room
    url: str


ROOMS: tuple[Room, ...] = (
    Room(
        _("Behovet framover"),
        "planner:need",
        _("Hvor mye hjelp trengs i 2040, hva driver behovet, og hva endrer hvert valg?"),
        "staircase",
    ),
    Room(
        _("Forløp"),
        "planner:pathways",
        _("Hva koster det når hjelpen kommer tidlig, som normalt eller først når det haster?"),
        "person",
    ),
    Room(
        _("Simulering"),
        "planner:simulation",
        _("Hvem er på hvilket trinn år for år, og hvor mange plasser holder også i et tungt år?"),
        "family",
    ),
    Room(
        _("Kapasitet og budsjett"),
        "planner:capacity",
        _("Hva er bevilget, innvilget og brukt i hver enhet, og hvor mye er igjen av året?"),
        "house",
    ),
    Room(
        _("Prislister"),
        "planner:prices",
        _("Hva koster en time, en plass og et besøk, og hvem har vedtatt prisen?"),
        "calculator",
    ),
    Room(
        _("5-minutters tettsted"),
        "planner:town",
        _("Hvem når butikk, buss og møteplass til fots, og hva endrer en ny plan?"),
        "location",
    ),
    Room(
        _("Egne tall"),
        "planner:own_figures",
        _("Hent inn kommunens egne tall for mottakere, regnskap og ansatte."),
        "upload",
        PLANNING_ROLES,
    ),
)


def doors(actor: Actor) -> list[Door]:
    """The rooms there are for this reader, in order."""
    open_to = [room for room in ROOMS if actor.has_role(*room.roles)]
    return [Door(room, url) for room in open_to if (url := url_or_empty(room.url_name))]


def tabs(actor: Actor, path: str) -> list[Tab]:
    """The same as a menu, with the room the reader stands in marked."""
    return [
        Tab(str(door.room.title), door.url, path == door.url or path.startswith(f"{door.url}/"))
        for door in doors(actor)
    ]
