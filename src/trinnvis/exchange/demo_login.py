"""The demo identity provider: one chooses who to be. It refuses to exist in production."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from trinnvis.access.models import Account

from .login import IdentityClaims, LoginRefused


class Someone(Protocol):
    """A person to choose (`demo.cast.CastMember`)."""

    @property
    def subject(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def door(self) -> str: ...


class DemoIdentityProvider:
    def __init__(self) -> None:
        if settings.PRODUCTION:
            raise ImproperlyConfigured(
                "Demoinnloggingen kan ikke brukes når TRINNVIS_ENV=production. "
                "Sett TRINNVIS_IDENTITY_PROVIDER til en virkelig innlogging."
            )

    def start(self, request: HttpRequest, return_url: str) -> HttpResponse:
        people = self._people()
        context = {
            "return_url": return_url,
            "groups": [
                (_("Innbyggere og pårørende"), [one for one in people if one.door == "portal"]),
                (_("Ansatte i kommunen"), [one for one in people if one.door == "desk"]),
            ],
            "nobody": not people,
        }
        return render(request, "exchange/demo_login.html", context)

    def finish(self, request: HttpRequest) -> IdentityClaims:
        subject = request.POST.get("subject", "")
        chosen = next((one for one in self._people() if one.subject == subject), None)
        if chosen is None:
            raise LoginRefused(_("Velg en person fra listen."))
        return IdentityClaims(subject=chosen.subject, name=chosen.name, level="demo")

    def _people(self) -> list[Someone]:
        """Those the demo offers who have an account in this database."""
        offered: Iterable[Someone] = import_string(settings.TRINNVIS_DEMO_PEOPLE)()
        here = set(Account.objects.filter(is_active=True).values_list("subject", flat=True))
        return [one for one in offered if one.subject in here]
