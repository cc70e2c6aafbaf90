"""The decision (vedtak) as a form: saved however incomplete, and handed on when it is whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trinnvis.casework.queries.parties import Party
from trinnvis.casework.rules.decision import Draft
from trinnvis.casework.rules.party import NEXT_OF_KIN, services_to
from trinnvis.casework.wording import RETURN_REASONS
from trinnvis.desk.forms.lines import DecisionLineForm, Lines
from trinnvis.formats import listed
from trinnvis.policy.model import Policy
from trinnvis.site.forms import Described, Form, NorwegianDateField, RevisionField, TextArea

KINDS = (
    ("grant", Described(_("Innvilges"), _("Innbyggeren får det det er søkt om."))),
    ("part", Described(_("Innvilges delvis"), _("Noe innvilges, og noe avslås."))),
    ("refusal", Described(_("Avslås"), _("Ingen av tjenestene innvilges."))),
)
SELF = 0  # in the form: the person the case is about


def _text(label: Any, help_text: Any = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, widget=TextArea(rows), strip=False
    )


class DecisionForm(Form):
    kind = forms.ChoiceField(label=_("Hva er svaret?"), choices=KINDS, widget=forms.RadioSelect)
    party = forms.TypedChoiceField(
        label=_("Hvem er vedtaket til?"),
        coerce=lambda key: int(key) or None,
        widget=forms.RadioSelect,
    )
    citizen_wish = _text(_("Hva ønsker innbyggeren selv?"), _("Med innbyggerens egne ord."), 3)
    wish_weighed = _text(_("Hvordan er ønsket vektlagt?"), rows=3)
    goal = _text(_("Målet med hjelpen"), _("Hva skal bli bedre eller tryggere i hverdagen?"), 3)
    facts = _text(_("Opplysningene vedtaket bygger på"))
    reasons = _text(
        _("Begrunnelse med egne ord"),
        _("Knytt den til denne personen. Kroner, budsjett og kapasitet hører ikke hjemme her."),
        5,
    )
    refused = _text(_("Hva avslås, og hvorfor?"), _("Bare når noe avslås."), 3)
    starts_on = NorwegianDateField(label=_("Gjelder fra"), required=False, help_text="")
    ends_on = NorwegianDateField(label=_("Gjelder til"), required=False, help_text="")
    review_on = NorwegianDateField(label=_("Vurderes på nytt"), required=False, help_text="")
    revision = RevisionField(initial=0)

    def __init__(
        self, data: QueryDict | None, *, draft: Draft, revision: int, policy: Policy, parties: Iterable[Party]
    ) -> None:
        standing = {name: value for name, value in asdict(draft).items() if name != "lines"}
        super().__init__(data, initial={**standing, "party": draft.party or SELF, "revision": revision})
        field = self.fields["party"]
        assert isinstance(field, forms.TypedChoiceField)
        if to_kin := services_to(NEXT_OF_KIN, policy):
            titles = {"services": listed(service.title for service in to_kin)}
            field.help_text = gettext("Til pårørende, som får sitt eget vedtak: %(services)s.") % titles
        field.choices = [
            (each.key or SELF, Described(each.name, each.relation or _("Innbyggeren saken gjelder")))
            for each in parties
        ]
        self.lines = Lines(DecisionLineForm, data, policy=policy, lines=draft.lines)

    def is_valid(self) -> bool:
        return super().is_valid() & self.lines.is_valid()

    def draft(self) -> Draft:
        """What is typed; empty rows are left out."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        return Draft(**said, lines=tuple(line for _row, line in self.lines.filled))


class ApproveForm(Form):
    words = forms.CharField(
        label=_("Til den som skrev vedtaket"), required=False, widget=TextArea(2), strip=False
    )
    revision = RevisionField()


class ReturnForm(Form):
    return_reason = forms.ChoiceField(
        label=_("Hva må bli bedre?"), choices=list(RETURN_REASONS.items()), widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Hva skal rettes?"),
        help_text=_("Skriv det så det kan rettes."),
        widget=TextArea(3),
        strip=False,
    )
    revision = RevisionField()
