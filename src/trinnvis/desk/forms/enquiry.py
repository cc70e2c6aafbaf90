"""The desk's form for an enquiry by phone, from GP or hospital, at the counter or on a home visit."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trinnvis.casework.models import Enquiry
from trinnvis.casework.queries.triage_outlook import application_clock
from trinnvis.casework.rules.enquiry import Contact, Said
from trinnvis.casework.wording import CHANNELS
from trinnvis.formats import long_date
from trinnvis.site.forms import Described, Form, HiddenField, NorwegianDateField, TextArea

CLOCK = re.compile(r"(?:kl\.?\s*)?(\d{1,2})[.:]?(\d{2})", re.IGNORECASE)
DESK_CHANNELS = [channel for channel in Enquiry.Channel.values if channel != Enquiry.Channel.PORTAL]
SELF, OTHER = "self", "other"
YES, NO = "yes", "no"
PROFESSIONALS = (Enquiry.Channel.GP.value, Enquiry.Channel.HOSPITAL.value)


def choice(label: Any, choices: Any = (), **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


def words(label: Any, help_text: Any = "", rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, widget=TextArea(rows), required=False, **more)


def missing(told: Any) -> dict[str, Any]:
    return {"required": told}


def line(label: Any, help_text: Any = "", **more: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, **more)


class ClockField(forms.CharField):
    """A time of day: 14.05, 14:05 or 1405."""

    def clean(self, value: Any) -> time:
        match = CLOCK.fullmatch(super().clean(value).strip())
        if match and int(match[1]) < 24 and int(match[2]) < 60:
            return time(int(match[1]), int(match[2]))
        raise forms.ValidationError(
            _("Skriv klokkeslettet med time og minutt, for eksempel 14.05."), "invalid"
        )


class EnquiryForm(Form):
    submission_key = HiddenField(max_length=64)
    channel = choice(
        gettext_lazy("Hvordan kom henvendelsen?"), [(code, CHANNELS[code]) for code in DESK_CHANNELS]
    )
    received_on = NorwegianDateField(
        label=gettext_lazy("Dato"), help_text=gettext_lazy("Når den kom, ikke når du skriver den inn")
    )
    received_clock = ClockField(
        label=gettext_lazy("Klokkeslett"), help_text=gettext_lazy("For eksempel 14.05")
    )
    caller = choice(
        gettext_lazy("Hvem tar kontakt?"),
        [
            (SELF, gettext_lazy("Personen selv")),
            (
                OTHER,
                Described(
                    gettext_lazy("Noen andre"),
                    gettext_lazy("Pårørende, fastlege, sykehus, nabo. Fyll ut hvem under."),
                ),
            ),
        ],
    )
    contact_name = line(
        gettext_lazy("Navnet på den som tar kontakt"),
        gettext_lazy("Fornavn og etternavn"),
        max_length=160,
        error_messages=missing(gettext_lazy("Skriv navnet på den som tar kontakt.")),
    )
    contact_role = line(
        gettext_lazy("Rolle"), gettext_lazy("For eksempel datter eller fastlege"), max_length=80
    )
    contact_phone = line(gettext_lazy("Telefon"), max_length=20)
    consent_note = line(
        gettext_lazy("Hvordan har personen sagt ja til kontakten?"),
        gettext_lazy(
            "For eksempel «muntlig til datteren i dag». Var det ikke mulig å spørre, skriv hvorfor."
        ),
        max_length=300,
        error_messages=missing(
            gettext_lazy("Skriv hvordan personen har sagt ja, eller hvorfor det ikke gikk.")
        ),
    )
    what_matters = words(
        gettext_lazy("Hva gjelder det, og hva er viktig for personen?"),
        gettext_lazy("Skriv det som ble sagt, helst med personens egne ord."),
        rows=5,
        error_messages=missing(gettext_lazy("Skriv med noen ord hva henvendelsen gjelder.")),
    )
    what_i_manage = words(gettext_lazy("Hva klarer personen selv?"), rows=2)
    who_is_around = words(gettext_lazy("Hvem er rundt personen?"), rows=2)
    how_i_live = words(gettext_lazy("Hvordan bor personen?"), rows=2)
    says_urgent = choice(gettext_lazy("Haster det?"))
    urgency_note = words(gettext_lazy("Hva er det som haster?"), rows=2)
    is_application = choice(gettext_lazy("Blir det søkt om noe?"))
    applies_for = line(
        gettext_lazy("Hva søkes det om?"),
        gettext_lazy("Med vanlige ord. Tjenesten blir valgt senere."),
        error_messages=missing(gettext_lazy("Skriv med noen ord hva det søkes om.")),
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "submission_key": uuid4().hex,
            "received_on": timezone.localdate(now),
            "received_clock": f"{timezone.localtime(now):%H.%M}",
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        self._required_when()
        for name, style in (("received_clock", "tv-input--number"), ("contact_phone", "tv-input--short")):
            self.fields[name].widget.attrs |= {"class": style, "autocomplete": "off"}
        self._choices(
            "says_urgent", _("Hjelpen gis straks, og vedtaket kommer etterpå."), _("Vanlig behandling.")
        )
        self._choices("is_application", _clock_text(now), _("Søknaden kan komme senere, også muntlig."))

    def _required_when(self) -> None:
        """Some fields belong to one answer only; a form not sent yet shows them as they are then."""
        sent = self.data if self.is_bound else {"caller": OTHER, "is_application": YES, "says_urgent": NO}
        for name, needed in (
            ("contact_name", sent.get("caller") == OTHER),
            ("consent_note", sent.get("caller") == OTHER),
            ("applies_for", sent.get("is_application") == YES),
            ("what_matters", sent.get("says_urgent") != YES),
        ):
            self.fields[name].required = needed

    def _choices(self, name: str, yes: str, no: str) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(YES, Described(_("Ja"), yes)), (NO, Described(_("Nei"), no))]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("caller") == SELF and said.get("channel") in PROFESSIONALS:
            self.add_error("caller", _("Fastlege og sykehus tar kontakt for en annen. Velg «Noen andre»."))
        return said

    @property
    def received_at(self) -> datetime:
        """When it came; a minute typed is never later than the very moment it is sent."""
        typed = datetime.combine(self.cleaned_data["received_on"], self.cleaned_data["received_clock"])
        return timezone.make_aware(typed)

    @property
    def said(self) -> Said:
        said = self.cleaned_data
        texts = (
            "what_matters",
            "what_i_manage",
            "who_is_around",
            "how_i_live",
            "urgency_note",
            "applies_for",
        )
        return Said(
            says_urgent=said["says_urgent"] == YES,
            is_application=said["is_application"] == YES,
            **{name: said[name] for name in texts},
        )

    @property
    def contact(self) -> Contact:
        said = self.cleaned_data
        if said["caller"] == SELF:
            return Contact(phone=said["contact_phone"])
        return Contact(
            said["contact_name"], said["contact_role"], said["contact_phone"], said["consent_note"]
        )


def _clock_text(now: datetime) -> str:
    deadline = application_clock(timezone.localdate(now))
    told = _("Da løper fristen fra henvendelsen kom, uansett hva vurderingen blir.")
    if deadline.due is None:
        return told
    by = _("Svar eller foreløpig svar senest %(date)s når den kom i dag.") % {"date": long_date(deadline.due)}
    return f"{told} {by}"
