"""The login port: somebody outside says who it is. Which adapter stands behind it is a setting.

ID-porten, Entra and HelseID come to stand where the demo provider stands now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from django.conf import settings
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
        ImproperlyConfigured: when it may not be used here.
    """
    provider: IdentityProvider = import_string(settings.TRINNVIS_IDENTITY_PROVIDER)()
    return provider
