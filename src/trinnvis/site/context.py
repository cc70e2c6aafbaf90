"""What every template may show: the actor, the municipality and the menus."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from trinnvis.access.actor import NOBODY, Actor
from trinnvis.access.models import StaffRole
from trinnvis.site import navigation
from trinnvis.site.clock import site_now


def municipality() -> Any:
    """The municipality of the policy in force today, or None before one is adopted."""
    if find_spec("trinnvis.policy.queries") is None:
        return None
    from trinnvis.policy import queries

    try:
        return queries.policy_at(site_now().date()).municipality
    except queries.NoPolicy:
        return None


def role_names(actor: Actor) -> str:
    """The actor's roles in words, in the order of the code list."""
    return ", ".join(str(role.label) for role in StaffRole.Role if role in actor.role_names)


def everywhere(request: HttpRequest) -> dict[str, Any]:
    actor = getattr(request, "actor", NOBODY)
    return {
        "actor": actor,
        "actor_roles": SimpleLazyObject(lambda: role_names(actor)),
        "municipality": SimpleLazyObject(municipality),
        "portal_menu": SimpleLazyObject(lambda: navigation.menu(navigation.PORTAL, request.path)),
        "desk_menu": SimpleLazyObject(lambda: navigation.menu(navigation.DESK, request.path, actor)),
        "languages": settings.LANGUAGES,  # each by its own name, whatever language the page is in
        "login_url": SimpleLazyObject(lambda: navigation.url_or_empty("login")),
        "logout_url": SimpleLazyObject(lambda: navigation.url_or_empty("logout")),
    }
