"""Fields the citizens' forms share."""

from __future__ import annotations

import re
from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trinnvis import formats
from trinnvis.people.identity import InvalidIdentityNumber, check_identity_number
from trinnvis.site import forms

LONGEST = 10_000  # characters, as casework keeps them
PHONE = re.compile(
    r"(\+|00)[1-9][0-9]{6,14}|[2-9][0-9]{7}"
)  # from abroad as in ITU-T E.164; in Norway eight digits


def checked_number(text: str) -> str:
    """The eleven digits, or a `ValueError` with what to do in the reader's language."""
    try:
        return check_identity_number(text, synthetic_allowed=settings.TRINNVIS_SYNTHETIC_IDENTITY_NUMBERS)
    except InvalidIdentityNumber as error:
        raise ValueError(gettext(str(error))) from error


class WholeText(django_forms.CharField):
    """Text judged as it was typed: a browser that cuts off what is pasted (`maxlength`) tells nobody.

    `max_length` in characters.
    """

    default_error_messages = {
        "long": _("Teksten er for lang. Det er plass til %(longest)s tegn, og du har skrevet %(written)s.")
    }

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = max_length

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.longest:
            params = {"longest": formats.number(self.longest), "written": formats.number(len(value))}
            raise django_forms.ValidationError(self.error_messages["long"], code="long", params=params)


class OwnWords(WholeText):
    """A large field for someone's own words."""

    def __init__(self, label: Any, *, rows: int = 6, max_length: int = LONGEST, **kwargs: Any) -> None:
        super().__init__(label=label, max_length=max_length, widget=forms.TextArea(rows), **kwargs)


class PhoneField(WholeText):
    """A telephone number as people write it, with spaces; one from abroad begins with its country (+46)."""

    default_error_messages = {
        "invalid": _("Skriv telefonnummeret med sifre, for eksempel 412 34 567 eller +46 70 123 45 67."),
    }

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"type": "tel", "autocomplete": "tel", "class": "tv-input--short"}
        super().__init__(max_length=20, widget=django_forms.TextInput(attrs=attrs), **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not PHONE.fullmatch("".join(value.split())):
            raise django_forms.ValidationError(self.error_messages["invalid"], code="invalid")
