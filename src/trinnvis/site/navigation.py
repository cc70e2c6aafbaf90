"""The two menus. An item whose page is not installed, or not for the actor's roles, is left out."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from trinnvis.access.actor import NOBODY, Actor
from trinnvis.access.rules import CASEWORK_ROLES, PLAN_READERS, PROFESSIONAL_ROLES

PORTAL: tuple[tuple[str, Promise], ...] = (
    ("portal:services", gettext_lazy("Tjenester")),
    ("portal:contact", gettext_lazy("Kontakt oss")),
    ("portal:my_page", gettext_lazy("Min side")),
)
DESK: tuple[tuple[str, Promise], ...] = (
    ("desk:worklist", gettext_lazy("Oppgavebenk")),
    ("desk:ladder", gettext_lazy("Trappen")),
    ("desk:find_person", gettext_lazy("Finn innbygger")),
    ("desk:new_enquiry", gettext_lazy("Ny henvendelse")),
    ("planner:front", gettext_lazy("Planlegging")),
)
FOR_ROLES: dict[str, frozenset[str]] = {
    "desk:worklist": PROFESSIONAL_ROLES,
    "desk:find_person": CASEWORK_ROLES,
    "desk:new_enquiry": CASEWORK_ROLES,
    "planner:front": PLAN_READERS,
}


@dataclass(frozen=True)
class MenuItem:
    title: str
    url: str
    current: str  # the value of aria-current: "page", "true" (a page below it) or ""


def url_or_empty(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def menu(items: tuple[tuple[str, Promise], ...], path: str, actor: Actor = NOBODY) -> list[MenuItem]:
    """The items with an address that the actor may open, the one the reader stands in marked."""
    open_to = [item for item in items if item[0] not in FOR_ROLES or actor.has_role(*FOR_ROLES[item[0]])]
    found = [(str(title), url) for name, title in open_to if (url := url_or_empty(name))]
    return [MenuItem(title, url, _place(url, path)) for title, url in found]


def _place(url: str, path: str) -> str:
    if path == url:
        return "page"
    return "true" if path.startswith(url.rstrip("/") + "/") else ""
