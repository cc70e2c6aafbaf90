"""Whole numbers within limits, with one message that says what to write whatever is wrong."""

from __future__ import annotations

from django import forms as django_forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _


def whole_number(
    label: str, least: int, most: int, *, told: str = "", help_text: str = "", required: bool = True
) -> django_forms.IntegerField:
    """`told`: the message, when the usual one does not do."""
    usual = _("Skriv et helt tall fra %(least)d til %(most)d under «%(label)s».")
    text = told or usual % {"least": least, "most": most, "label": label}
    return django_forms.IntegerField(
        label=label,
        help_text=help_text,
        required=required,
        validators=[MinValueValidator(least, text), MaxValueValidator(most, text)],
        error_messages={"required": text, "invalid": text},
        widget=django_forms.TextInput(
            attrs={"class": "tv-input--number", "inputmode": "numeric", "maxlength": 12}
        ),
    )
