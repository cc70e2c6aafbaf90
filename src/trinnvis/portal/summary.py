"""What stands in a form, as rows to read: used by the summary, and to show what another window saved."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.site.components import SummaryRow
from trinnvis.site.forms import IdentityNumberField

from .forms.contact import ANOTHER, AboutForm, StepForm


def summary_of(form: StepForm) -> list[SummaryRow]:
    """Label and answer of each field that applies, in the form's order."""
    passed_over: tuple[str, ...] = ()
    if isinstance(form, AboutForm) and form["about"].value() != ANOTHER:
        passed_over = form.only_for_another
    return [
        SummaryRow(str(field.label), _in_words(field))
        for field in form
        if not field.is_hidden and field.name not in passed_over
    ]


def _in_words(field: django_forms.BoundField) -> str:
    value = str(field.value() or "")
    if isinstance(field.field, IdentityNumberField):
        return formats.masked_identity_number(value) if value else _("Ikke fylt ut")
    if isinstance(field.field, django_forms.ChoiceField):
        choices: Any = field.field.choices
        labels = {str(code): str(label) for code, label in choices}
        return labels.get(value, _("Ikke fylt ut"))
    return value or _("Ikke fylt ut")
