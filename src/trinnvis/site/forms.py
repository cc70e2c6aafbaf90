"""Forms that say what to do: the base class of every form, and the fields Norwegian forms need.

The templates under `templates/django/forms/` give them their looks; see docs/developer/front-end.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.validators import BaseValidator, MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from trinnvis import formats

Label = str | Promise


@dataclass(frozen=True)
class Described:
    """The label of a choice, with a line of explanation under it."""

    label: Label
    description: Label

    def __str__(self) -> str:
        return str(self.label)


LIMITS: dict[type, Label] = {
    MaxLengthValidator: gettext_lazy("Skriv høyst %(limit_value)d tegn. Nå er det %(show_value)d."),
    MinValueValidator: gettext_lazy("Tallet må være minst %(limit_value)s."),
    MaxValueValidator: gettext_lazy("Tallet kan være høyst %(limit_value)s."),
}


class PlainMixin:
    """No browser bubbles, no colon after labels, and messages that say what to do.

    `needed_by_choice`: fields that another answer makes required; they are never called optional.
    """

    use_required_attribute = False
    needed_by_choice: tuple[str, ...] = ()
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name in self.needed_by_choice:
            self.fields[name].needed_by_choice = True  # type: ignore[attr-defined]

    def full_clean(self) -> None:
        """The messages are made here, when every field has the label it is shown with."""
        usual = forms.Field.default_error_messages["required"]
        for name, field in self.fields.items():
            said = field.error_messages
            if said.get("required") == usual:
                said["required"] = _what_to_do(field, str(field.label or name))
            if said.get("invalid_choice") == forms.ChoiceField.default_error_messages["invalid_choice"]:
                said["invalid_choice"] = gettext("«%(value)s» er ikke blant svarene. Velg ett av dem.")
            for limit in field.validators:
                # One that is given its own words keeps them.
                if isinstance(limit, BaseValidator) and limit.message == type(limit).message:
                    said.setdefault(limit.code, str(LIMITS.get(type(limit), limit.message)))
        super().full_clean()  # type: ignore[misc]


def _what_to_do(field: forms.Field, label: str) -> str:
    label = label.rstrip("?:. ")
    if isinstance(field, forms.BooleanField):
        return gettext("Kryss av for «%(label)s».") % {"label": label}
    if isinstance(field, forms.FileField):
        return gettext("Velg en fil under «%(label)s».") % {"label": label}
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return gettext("Velg et svar under «%(label)s».") % {"label": label}
    return gettext("Fyll ut «%(label)s».") % {"label": label}


class Form(PlainMixin, forms.Form):
    """The base class of every form."""


class TextArea(forms.Textarea):
    def __init__(self, rows: int = 5) -> None:
        super().__init__(attrs={"rows": rows, "cols": 60})


LARGEST_REVISION = 2**31 - 1  # that a row can have
STALE = gettext_lazy("Siden er utdatert. Last den inn på nytt, og prøv igjen.")


class HiddenField(forms.CharField):
    """What a page sends along with a form. Nobody types it: a fault in it is one of the page."""

    widget = forms.HiddenInput
    default_error_messages = {"required": STALE}

    def run_validators(self, value: Any) -> None:
        try:
            super().run_validators(value)
        except forms.ValidationError:
            raise forms.ValidationError(STALE, code="invalid") from None


class RevisionField(forms.IntegerField):
    """Which revision the writer of a form had read: 0 when nothing was written."""

    widget = forms.HiddenInput
    default_error_messages = {"required": STALE, "invalid": STALE, "min_value": STALE, "max_value": STALE}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=LARGEST_REVISION, **kwargs)


class NorwegianDateField(forms.Field):
    """A date typed as dd.mm.åååå. Takes 1.2.2026, 01022026, 1/2-2026 and 2026-02-01 as well.

    `earliest` and `latest` are dates, or functions giving a date when the form is checked.
    """

    default_error_messages = {
        "required": gettext_lazy("Skriv inn en dato, for eksempel 22.11.2026."),
        "invalid": gettext_lazy("Skriv datoen med dag, måned og år, for eksempel 22.11.2026."),
        "impossible": gettext_lazy("Datoen %(text)s finnes ikke. Se over dag og måned."),
        "early": gettext_lazy("Datoen må være %(limit)s eller senere."),
        "late": gettext_lazy("Datoen må være %(limit)s eller tidligere."),
    }

    def __init__(
        self,
        *,
        earliest: date | Callable[[], date] | None = None,
        latest: date | Callable[[], date] | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Dag, måned og år, for eksempel 22.11.2026"))
        kwargs.setdefault(
            "widget",
            forms.TextInput(attrs={"class": "tv-input--date", "autocomplete": "off", "maxlength": 20}),
        )
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def prepare_value(self, value: Any) -> Any:
        return formats.short_date(value) if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        text = str(value or "").strip().rstrip(".")
        if not text:
            return None
        if match := re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text):
            year, month, day = match.groups()
        elif match := re.fullmatch(
            r"([0-9]{1,2})[.\s/-]+([0-9]{1,2})[.\s/-]+([0-9]{4})|([0-9]{2})([0-9]{2})([0-9]{4})", text
        ):
            day, month, year = (part for part in match.groups() if part)
        else:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            raise forms.ValidationError(
                self.error_messages["impossible"], code="impossible", params={"text": text}
            ) from None

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        for code, limit in (("early", self.earliest), ("late", self.latest)):
            bound = limit() if callable(limit) else limit
            if bound and (value < bound if code == "early" else value > bound):
                raise forms.ValidationError(
                    self.error_messages[code], code=code, params={"limit": formats.long_date(bound)}
                )


class IdentityNumberField(forms.CharField):
    """An identity number (fødselsnummer or d-nummer), spaces allowed, checked by the function given.

    `check` takes the text and gives the eleven digits, or raises a `ValueError` that says what is wrong.
    """

    default_error_messages = {"required": gettext_lazy("Skriv inn fødselsnummeret med 11 siffer.")}

    def __init__(self, *, check: Callable[[str], str], **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Fødselsnummer eller d-nummer"))
        kwargs.setdefault("help_text", gettext_lazy("11 siffer"))
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={
                    "class": "tv-input--identity",
                    "inputmode": "numeric",
                    "autocomplete": "off",
                    "spellcheck": "false",
                    "maxlength": 20,
                }
            ),
        )
        super().__init__(**kwargs)
        self.check = check

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return self.check(text)
        except ValueError as error:
            raise forms.ValidationError(str(error), code="invalid") from error


class NorwegianDecimalField(forms.Field):
    """A number with decimal comma; a point and spaces between thousands are understood too."""

    default_error_messages = {
        "required": gettext_lazy("Skriv inn et tall."),
        "invalid": gettext_lazy("Skriv et tall med sifre, for eksempel 4,5."),
        "decimals": gettext_lazy("Skriv tallet med høyst %(places)s desimaler."),
        "low": gettext_lazy("Tallet må være %(limit)s eller høyere."),
        "high": gettext_lazy("Tallet må være %(limit)s eller lavere."),
    }

    def __init__(
        self,
        *,
        places: int = 2,
        min_value: Decimal | int | None = None,
        max_value: Decimal | int | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={
                    "class": "tv-input--number",
                    "inputmode": "decimal",
                    "autocomplete": "off",
                    "maxlength": 20,
                }
            ),
        )
        super().__init__(**kwargs)
        self.places, self.min_value, self.max_value = places, min_value, max_value

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal | int | float) and not isinstance(value, bool):
            return formats.number(value)
        return value

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        text = re.sub(r"\s", "", str(value)).replace(formats.MINUS, "-")
        if not text:
            return None
        if not re.fullmatch(r"-?[0-9]+([.,][0-9]+)?", text):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return Decimal(text.replace(",", "."))
        except InvalidOperation:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None

    def validate(self, value: Decimal | None) -> None:
        super().validate(value)
        if value is None:
            return
        exponent = value.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > self.places:
            raise forms.ValidationError(
                self.error_messages["decimals"], code="decimals", params={"places": self.places}
            )
        for code, limit in (("low", self.min_value), ("high", self.max_value)):
            if limit is not None and (value < limit if code == "low" else value > limit):
                raise forms.ValidationError(
                    self.error_messages[code], code=code, params={"limit": formats.number(limit)}
                )
