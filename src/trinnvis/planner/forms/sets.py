"""Naming a scenario set."""

from __future__ import annotations

from django import forms as django_forms
from django.utils.translation import gettext_lazy

from trinnvis.keeping import LONGEST_NAME, LONGEST_NOTE
from trinnvis.site import forms


class SetForm(forms.Form):
    name = django_forms.CharField(
        label=gettext_lazy("Navn"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("For eksempel «Dreining fra 2027, sak til kommunestyret»"),
    )
    note = django_forms.CharField(
        label=gettext_lazy("Merknad"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.TextArea(rows=3),
        help_text=gettext_lazy("Hvorfor valgene er slik. Står i saksvedlegget"),
    )
    revision = django_forms.IntegerField(required=False, widget=django_forms.HiddenInput())
