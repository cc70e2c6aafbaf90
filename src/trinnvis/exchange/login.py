"""The login port: somebody outside says who it is. Which adapter stands behind it is a setting.

ID-porten, Entra and HelseID come to stand where the demo provider stands now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class IdentityClaims:
    """Who it is: `subject` is the key of an Account, `level` how surely it is known."""

    subject: str
    name: str
    level: Literal["demo", "substantial", "high"]


class LoginRefused(Exception):
    """The login did not come through; the text says why and what to do."""


class IdentityProvider(Protocol):
    """What an adapter does. It keeps what it needs between the two steps in the session."""

    def start(self, request: HttpRequest, return_url: str) -> HttpResponseBase:
        """The page or redirect that begins the login; it ends at `return_url`, which is relative."""

    def finish(self, request: HttpRequest) -> IdentityClaims:
        """Who came back.

        Raises:
            LoginRefused: nobody, or the answer cannot be trusted.
        """


def identity_provider() -> IdentityProvider:
    """The adapter that `TRINNVIS_IDENTITY_PROVIDER` names.

    Raises:
        ImproperlyConfigured: there is no such adapter, or it may not be used here.
    """
    named = settings.TRINNVIS_IDENTITY_PROVIDER
    try:
        adapter = import_string(named)
    except ImportError as error:
        raise ImproperlyConfigured(f"{_not_a_login(named)} ({error})") from error
    if not (hasattr(adapter, "start") and hasattr(adapter, "finish")):
        raise ImproperlyConfigured(_not_a_login(named))
    provider: IdentityProvider = adapter()
    return provider


def _not_a_login(named: str) -> str:
    return (
        f"TRINNVIS_IDENTITY_PROVIDER er «{named}», som ikke er en innlogging. "
        "Den skal være Python-stien til en, på formen «pakke.modul.Klasse»."
    )
