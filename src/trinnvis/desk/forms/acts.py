"""Small forms of the case page, one for each thing that is done on a page of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trinnvis.access.models import Account
from trinnvis.casework.models import Goal
from trinnvis.casework.wording import CAPACITY, CLARIFICATION_OUTCOMES
from trinnvis.policy.model import Instrument, Unit
from trinnvis.site.forms import Form, NorwegianDateField, NorwegianDecimalField, RevisionField, TextArea

GOAL_STATES = (
    (Goal.State.REACHED.value, gettext_lazy("Målet er nådd")),
    (Goal.State.PARTLY.value, gettext_lazy("Delvis nådd")),
    (Goal.State.NOT_REACHED.value, gettext_lazy("Ikke nådd")),
    (Goal.State.ACTIVE.value, gettext_lazy("Det arbeides fortsatt med målet")),
)


def choice(label: Any, choices: Iterable[tuple[Any, Any]], **more: Any) -> forms.ChoiceField:
    """One of a few, shown as radio buttons; nothing is chosen beforehand."""
    return forms.ChoiceField(label=label, choices=list(choices), widget=forms.RadioSelect, **more)


def long_text(label: Any, help_text: Any = "", rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, widget=TextArea(rows), strip=False, **more)


class Nothing(Form):
    """A page that only asks whether one is sure."""


class Reason(Form):
    reason = long_text(gettext_lazy("Hvorfor?"))


class OptionalReason(Form):
    reason = long_text(gettext_lazy("Hvorfor?"), required=False)


class Assign(Form):
    to = forms.ChoiceField(label=gettext_lazy("Hvem skal ha saken?"))

    def __init__(self, *args: Any, staff: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = {str(account.pk): account for account in staff}
        named = [(key, f"{a.name}, {a.title}" if a.title else a.name) for key, a in self.staff.items()]
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Velg")), *named]


class Move(Form):
    unit = forms.ChoiceField(label=gettext_lazy("Hvilken enhet skal svare?"))
    reason = long_text(gettext_lazy("Hvorfor?"), gettext_lazy("Innbyggeren kan lese det."))

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Velg enhet")), *((unit.code, unit.title) for unit in units)]


class Note(Form):
    text = long_text(gettext_lazy("Notat"), rows=6)
    internal = forms.BooleanField(
        label=gettext_lazy("Internt arbeidsnotat"),
        help_text=gettext_lazy("Innbyggeren ser det ikke på tidslinjen, men kan be om innsyn."),
        required=False,
    )


class Apply(Form):
    applies_for = long_text(
        gettext_lazy("Hva søkes det om?"), gettext_lazy("Skriv med innbyggerens egne ord.")
    )
    received_on = NorwegianDateField(label=gettext_lazy("Når ble det søkt?"))


class HelpGiven(Form):
    what = long_text(
        gettext_lazy("Hvilken hjelp er i gang, og hvem gir den?"),
        gettext_lazy("For eksempel: «Hjemmesykepleien kom kl. 14 og kommer igjen i kveld.»"),
    )


class Heard(Form):
    how = long_text(
        gettext_lazy("Når og hvordan snakket dere sammen?"),
        gettext_lazy("For eksempel: «Hjemmebesøk 12. november. Mannen var med.»"),
        rows=3,
    )


class PreliminaryReply(Form):
    reason = long_text(gettext_lazy("Hvorfor tar svaret lengre tid?"))
    expected_on = NorwegianDateField(label=gettext_lazy("Når kan innbyggeren vente svar?"))


class OfferClarification(Form):
    starts_on = NorwegianDateField(label=gettext_lazy("Fra"), required=False)
    ends_on = NorwegianDateField(label=gettext_lazy("Til"), required=False)


class AnswerClarification(Form):
    accept = choice(
        gettext_lazy("Hva svarte innbyggeren?"), [("ja", gettext_lazy("Ja")), ("nei", gettext_lazy("Nei"))]
    )
    note = long_text(
        gettext_lazy("Hvordan og når svarte innbyggeren?"),
        gettext_lazy("Skriv gjerne med innbyggerens egne ord."),
        rows=3,
    )


class TeamMember(Form):
    account = forms.ChoiceField(label=gettext_lazy("Ansatt som bruker Trinnvis"), required=False)
    name = forms.CharField(
        label=gettext_lazy("Eller navnet på en annen fagperson"), required=False, max_length=160
    )
    profession = forms.CharField(
        label=gettext_lazy("Fag"), help_text=gettext_lazy("For eksempel ergoterapeut"), max_length=80
    )

    def __init__(self, *args: Any, staff: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(a.pk), f"{a.name}, {a.title}" if a.title else a.name) for a in staff]
        field = self.fields["account"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Velg, eller skriv navnet under")), *named]


class EndClarification(Form):
    outcome = choice(gettext_lazy("Hva endte avklaringen med?"), CLARIFICATION_OUTCOMES.items())
    note = long_text(gettext_lazy("Hva fant dere ut?"))


class WriteGoal(Form):
    words = long_text(
        gettext_lazy("Målet, med innbyggerens egne ord"),
        gettext_lazy("For eksempel: «Jeg vil gå til butikken selv innen påske.»"),
        rows=3,
    )


class EvaluateGoal(Form):
    state = choice(gettext_lazy("Hvordan gikk det?"), GOAL_STATES)
    note = long_text(gettext_lazy("Hva hjalp, og hva hindret?"), rows=3, required=False)


class Measure(Form):
    part = forms.ChoiceField(label=gettext_lazy("Hva er målt?"))
    moment = choice(
        gettext_lazy("Når i forløpet?"), [("before", gettext_lazy("Før")), ("after", gettext_lazy("Etter"))]
    )
    goal = forms.ChoiceField(label=gettext_lazy("Hvilket mål gjelder det?"), required=False)
    value = NorwegianDecimalField(label=gettext_lazy("Verdi"))
    measured_on = NorwegianDateField(label=gettext_lazy("Målt den"))

    def __init__(
        self, *args: Any, instruments: Iterable[Instrument], goals: Iterable[Goal], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        parts = [
            (tool.title, [(f"{tool.code}/{part.code}", f"{tool.title}: {part.title}") for part in tool.parts])
            for tool in instruments
        ]
        for name, choices in (
            ("part", [("", _("Velg")), *parts]),
            ("goal", [("", _("Ikke knyttet til ett mål")), *((str(goal.pk), str(goal)) for goal in goals)]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


class Capacity(Form):
    conclusion = choice(gettext_lazy("Hva er konklusjonen?"), CAPACITY.items())
    reason = long_text(
        gettext_lazy("Begrunnelse"),
        gettext_lazy("Hva forstår innbyggeren av saken, av valgene og av følgene?"),
    )
    shown_to = forms.CharField(
        label=gettext_lazy("Hvem har fått se vurderingen?"),
        help_text=gettext_lazy(
            "Innbyggeren og nærmeste pårørende når samtykkekompetansen mangler helt eller delvis, "
            "eller hvorfor det ikke lot seg gjøre."
        ),
        max_length=200,
        required=False,
    )
    revision = RevisionField(required=False)
