"""The contact form (henvendelse), one form for each step. A form knows whether it is about another person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trinnvis.access.queries import Represented
from trinnvis.portal.wording import MANDATE_KINDS
from trinnvis.site import forms

from .fields import OwnWords, PhoneField, WholeText, checked_number

MYSELF, ANOTHER, FOR = "meg", "en-annen", "for-"
YES, NO = "ja", "nei"


class StepForm(forms.Form):
    """A step. `represented`: whom the writer may contact us for; `for_another`: it is about someone else."""

    for_another_texts: dict[str, tuple[Any, Any]] = {}

    def __init__(
        self,
        *args: Any,
        represented: Sequence[Represented] = (),
        for_another: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.represented = represented
        if for_another:
            for name, (label, help_text) in self.for_another_texts.items():
                self.fields[name].label, self.fields[name].help_text = label, help_text


class AboutForm(StepForm):
    """Who it is about."""

    about = django_forms.ChoiceField(label=_("Hvem gjelder det?"), widget=django_forms.RadioSelect)
    name = WholeText(label=_("Navnet på den det gjelder"), max_length=160, required=False)
    identity_number = forms.IdentityNumberField(
        check=checked_number,
        label=_("Fødselsnummeret til den det gjelder"),
        help_text=_("11 siffer. Vet du det ikke, holder det med navnet."),
        required=False,
    )
    consent = WholeText(
        label=_("Hvordan har den det gjelder sagt ja til at du tar kontakt?"),
        help_text=_("For eksempel «muntlig, i går»."),
        max_length=300,
        required=False,
    )
    role = WholeText(
        label=_("Hvem er du for den det gjelder?"),
        help_text=_("For eksempel datter, nabo eller venn."),
        max_length=80,
        required=False,
    )
    phone = PhoneField(label=_("Telefonnummeret vi kan nå deg på"), required=False)
    only_for_another = ("name", "identity_number", "consent", "role")
    needed_by_choice = ("name", "consent")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_mandate = [
            (
                f"{FOR}{each.person.pk}",
                forms.Described(
                    each.person.full_name,
                    gettext("Du kan ta kontakt for %(name)s (%(kinds)s).")
                    % {
                        "name": each.person.given_name,
                        "kinds": ", ".join(str(MANDATE_KINDS[kind]) for kind in each.kinds),
                    },
                ),
            )
            for each in self.represented
            if each.may_contact
        ]
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            (MYSELF, _("Meg selv")),
            *by_mandate,
            (ANOTHER, forms.Described(_("En annen"), _("Den det gjelder, må ha sagt ja til det."))),
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("about") != ANOTHER:
            for name in self.only_for_another:
                self.errors.pop(name, None)
                given[name] = ""
            return given
        if "name" not in self.errors and not given.get("name"):
            self.add_error("name", _("Skriv navnet på den det gjelder."))
        if "consent" not in self.errors and not given.get("consent"):
            self.add_error(
                "consent",
                _("Skriv hvordan den det gjelder har sagt ja. Har du ikke spurt ennå, gjør det først."),
            )
        return given


class MattersForm(StepForm):
    """What matters."""

    what_matters = OwnWords(
        _("Hva er viktig for deg nå?"),
        help_text=_("Skriv med dine egne ord. Hva vil du gjerne klare, beholde eller få tilbake?"),
        rows=8,
    )
    for_another_texts = {
        "what_matters": (
            _("Hva er viktig for den det gjelder?"),
            _(
                "Skriv det personen selv sier, hvis du kan. "
                "Hva vil hun eller han klare, beholde eller få tilbake?"
            ),
        )
    }


class ManageForm(StepForm):
    """What one manages."""

    what_i_manage = OwnWords(
        _("Hva klarer du selv i dag?"),
        help_text=_("Hva går greit, hva har du funnet egne løsninger på, og hva er blitt vanskelig?"),
        required=False,
    )
    for_another_texts = {
        "what_i_manage": (
            _("Hva klarer personen selv i dag?"),
            _("Hva går greit, og hva er blitt vanskelig?"),
        )
    }


class AroundForm(StepForm):
    """Who is around."""

    who_is_around = OwnWords(
        _("Hvem har du rundt deg?"),
        help_text=_(
            "Familie, venner, naboer eller andre. Hjelp fra dem er frivillig, "
            "og aldri et vilkår for å få hjelp av oss."
        ),
        required=False,
    )
    for_another_texts = {
        "who_is_around": (
            _("Hvem har personen rundt seg?"),
            _("Familie, venner, naboer eller andre. Skriv også hvis noen trenger avlastning, deg selv også."),
        )
    }


class LivingForm(StepForm):
    """How one lives."""

    how_i_live = OwnWords(
        _("Hvordan bor du?"),
        help_text=_(
            "For eksempel hus eller leilighet, trapper, bad, og hvor langt det er til butikk og folk."
        ),
        required=False,
    )
    for_another_texts = {
        "how_i_live": (
            _("Hvordan bor personen?"),
            _("For eksempel hus eller leilighet, trapper, bad, og hvor langt det er til butikk og folk."),
        )
    }


class HasteForm(StepForm):
    """How soon, and whether it is an application."""

    urgent = django_forms.ChoiceField(
        label=_("Haster det?"),
        widget=django_forms.RadioSelect,
        choices=[
            (NO, _("Nei, det kan vente noen dager")),
            (
                YES,
                forms.Described(
                    _("Ja, det haster"), _("Da ser vi på dette først. Er det akutt, ring i stedet.")
                ),
            ),
        ],
    )
    urgency_note = OwnWords(_("Hva er det som haster?"), rows=3, required=False)
    application = django_forms.ChoiceField(
        label=_("Vil du søke om en tjeneste nå?"),
        help_text=_(
            "Når du søker, har du rett til svar innen en frist, og du kan klage på svaret. "
            "Du kan søke og få annen hjelp samtidig."
        ),
        widget=django_forms.RadioSelect,
        choices=[
            (
                YES,
                forms.Described(
                    _("Ja, jeg søker nå"),
                    _("Da løper fristen for å svare deg fra i dag."),
                ),
            ),
            (
                NO,
                forms.Described(
                    _("Nei, jeg vil bare snakke med noen først"),
                    _("Du kan søke når som helst senere. Du mister ingen rettigheter ved å vente."),
                ),
            ),
        ],
    )
    applies_for = OwnWords(
        _("Hva søker du om?"),
        help_text=_("Du trenger ikke vite hva tjenesten heter. Skriv hva du trenger hjelp til."),
        rows=3,
        required=False,
    )
