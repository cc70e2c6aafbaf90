"""Says at start, and in `trinnvis check`, when the login that is set up may not be used here."""

from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

from .login import identity_provider


def check_login(**kwargs: Any) -> list[CheckMessage]:
    try:
        identity_provider()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="trinnvis.exchange.E001")]
    return []
