"""Fields the citizens' forms share."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trinnvis.people.identity import InvalidIdentityNumber, check_identity_number
from trinnvis.site import forms

LONGEST = 10_000  # characters, as casework keeps them


def checked_number(text: str) -> str:
    """The eleven digits, or a `ValueError` with what to do in the reader's language."""
    try:
        return check_identity_number(text, synthetic_allowed=settings.TRINNVIS_SYNTHETIC_IDENTITY_NUMBERS)
    except InvalidIdentityNumber as error:
        raise ValueError(gettext(str(error))) from error


class OwnWords(django_forms.CharField):
    """A large field for someone's own words."""

    default_error_messages = {
        "max_length": _(
            "Teksten er for lang. Det er plass til %(limit_value)d tegn, og du har skrevet %(show_value)d."
        )
    }

    def __init__(self, label: Any, *, rows: int = 6, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST)
        super().__init__(label=label, widget=forms.TextArea(rows), **kwargs)

    def widget_attrs(self, _widget: django_forms.Widget) -> dict[str, Any]:
        """No `maxlength`: a browser that cuts off what is pasted tells nobody."""
        return {}
