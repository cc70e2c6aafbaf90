"""Looking for a service."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from trinnvis.marking import Norwegian
from trinnvis.policy.model import Policy
from trinnvis.portal.public import Looking, themes
from trinnvis.site import forms


class LookForm(forms.Form):
    """A search by GET; what makes no sense is passed over, never an error."""

    q = django_forms.CharField(
        label=_("Søk"),
        required=False,
        max_length=80,
        widget=django_forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    trinn = django_forms.TypedChoiceField(label=_("Trinn"), required=False, coerce=int, empty_value=None)
    tema = django_forms.ChoiceField(label=_("Tema"), required=False)
    i_dag = django_forms.BooleanField(label=_("Kan brukes i dag, uten vedtak"), required=False)

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = [
            (str(step.number), Norwegian(f"{step.number}. {step.title}"))
            for step in policy.effort_ladder.steps
        ]
        self.fields["trinn"].choices = [("", _("Alle trinn")), *steps]  # type: ignore[attr-defined]
        self.fields["tema"].choices = [  # type: ignore[attr-defined]
            ("", _("Alle tema")),
            *((theme, Norwegian(theme)) for theme in themes(policy)),
        ]

    def looking(self) -> Looking:
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        return Looking(
            words=given.get("q") or "",
            step=given.get("trinn"),
            theme=given.get("tema") or "",
            today=bool(given.get("i_dag")),
        )
