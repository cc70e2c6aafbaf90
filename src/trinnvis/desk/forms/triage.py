"""Triage: what an enquiry leads to, with each outcome's consequences told before one is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trinnvis.casework.models import Enquiry
from trinnvis.casework.queries.triage_outlook import Follows, Outlook
from trinnvis.formats import long_date
from trinnvis.policy.model import Unit
from trinnvis.site.forms import Described, Form, TextArea

OTHER_UNIT = Enquiry.Triage.OTHER_UNIT.value
OUTCOMES: dict[str, tuple[Promise, Promise]] = {
    "urgent": (
        gettext_lazy("Det haster"),
        gettext_lazy("Hjelpen settes i gang først. Resten av saken følger etter som vanlig."),
    ),
    "severely_ill": (
        gettext_lazy("Alvorlig syk eller livets siste fase"),
        gettext_lazy("Hjelp samme dag. Avklaring og sammenligning hoppes over, og vedtaket kommer etterpå."),
    ),
    "clarification": (
        gettext_lazy("Avklaring"),
        gettext_lazy("En sak blir åpnet, og vi tilbyr en avklaring. Den er et tilbud, aldri et vilkår."),
    ),
    "advice": (
        gettext_lazy("Råd og veiledning er nok"),
        gettext_lazy("Vi snakker med personen og viser til tilbud som kan brukes uten vedtak."),
    ),
    OTHER_UNIT: (
        gettext_lazy("En annen enhet skal svare"),
        gettext_lazy("Saken åpnes hos enheten du velger, og følger med til den."),
    ),
}


@dataclass(frozen=True)
class Told:
    """One outcome in words, for the table under the form."""

    title: str
    follows: tuple[Follows, ...]


class TriageForm(Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("Hva fører henvendelsen til?"), widget=forms.RadioSelect, choices=[]
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Hvilken enhet skal svare?"),
        help_text=gettext_lazy("Bare når en annen enhet skal svare"),
        error_messages={"required": gettext_lazy("Velg hvilken enhet som skal svare.")},
    )
    is_application = forms.BooleanField(
        label=gettext_lazy("Dette er også en søknad"),
        help_text=gettext_lazy("Da løper fristen fra henvendelsen kom. Det kan ikke tas bort senere."),
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor?"),
        help_text=gettext_lazy("Kort, med egne ord. Innbyggeren kan lese det."),
        widget=TextArea(3),
    )

    def __init__(
        self, *args: Any, others: Sequence[Unit], outlooks: Sequence[Outlook], applied: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        outcome, unit = self.fields["outcome"], self.fields["unit"]
        assert isinstance(outcome, forms.ChoiceField) and isinstance(unit, forms.ChoiceField)
        outcome.choices = [
            (look.outcome, Described(OUTCOMES[look.outcome][0], _description(look))) for look in outlooks
        ]
        unit.choices = [("", _("Velg enhet")), *((row.code, row.title) for row in others)]
        unit.required = not self.is_bound or self.data.get("outcome") == OTHER_UNIT
        if applied:
            del self.fields["is_application"]

    def clean(self) -> dict[str, Any]:
        """A unit left chosen from another outcome says nothing."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("outcome") != OTHER_UNIT:
            said["unit"] = ""
        return said


def told(outlooks: Sequence[Outlook]) -> list[Told]:
    return [Told(str(OUTCOMES[look.outcome][0]), look.follows) for look in outlooks]


def _description(look: Outlook) -> str:
    words = str(OUTCOMES[look.outcome][1])
    first = next((row for row in look.follows if row.due_on), None)
    if first is None or first.due_on is None:
        return words
    due = _("Første frist: %(date)s, %(title)s.") % {
        "date": long_date(first.due_on),
        "title": first.title.lower(),
    }
    return f"{words} {due}"
