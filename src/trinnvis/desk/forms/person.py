"""Finding a person by what stands in a form that is posted, so that nothing of it stands in an address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trinnvis.access.actor import Actor
from trinnvis.casework.queries.person_file import Found, find_people, found_again
from trinnvis.people.identity import InvalidIdentityNumber, check_identity_number
from trinnvis.site.forms import Described, Form, IdentityNumberField, NorwegianDateField

UNKNOWN = "unknown"
MOST = 20  # hits shown


def check(text: str) -> str:
    try:
        return check_identity_number(text, synthetic_allowed=settings.TRINNVIS_SYNTHETIC_IDENTITY_NUMBERS)
    except InvalidIdentityNumber as error:
        raise ValueError(_(str(error))) from error


class PersonSearch(Form):
    """Identity number, or name and perhaps birth date."""

    identity_number = IdentityNumberField(check=check, required=False)
    name = forms.CharField(
        label=gettext_lazy("Navn"),
        help_text=gettext_lazy("Hele navnet eller deler av det"),
        required=False,
        max_length=100,
    )
    born = NorwegianDateField(
        label=gettext_lazy("Fødselsdato"), help_text=gettext_lazy("For eksempel 31.12.1950"), required=False
    )

    def __init__(self, *args: Any, name_needed: bool = False, **kwargs: Any) -> None:
        """`name_needed`: it is not a search; the name as it was said is what there is."""
        super().__init__(*args, **kwargs)
        self.name_needed = name_needed
        self.fields["name"].widget.attrs |= {"autocomplete": "off", "class": "tv-input--name"}

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if self.name_needed:
            if not said.get("name", "").strip():
                self.add_error("name", _("Skriv navnet slik det ble sagt."))
        elif not self.errors and not said.get("identity_number") and len(said.get("name", "").strip()) < 2:
            self.add_error("name", _("Skriv fødselsnummeret, eller minst to bokstaver av navnet."))
        return said

    def find(self, actor: Actor, now: datetime) -> list[Found]:
        """Who fits; call it on a form that is valid."""
        said = self.cleaned_data
        if said["identity_number"]:
            return find_people(actor, said["identity_number"], now)
        return find_people(actor, said["name"], now, born=said["born"])


class KinForm(Form):
    """A next of kin as the person has named them."""

    identity_number = IdentityNumberField(
        check=check, label=gettext_lazy("Pårørendes fødselsnummer eller d-nummer")
    )
    relation = forms.CharField(
        label=gettext_lazy("Relasjon"),
        help_text=gettext_lazy("For eksempel datter, ektefelle eller venn"),
        max_length=40,
    )
    is_nearest = forms.BooleanField(label=gettext_lazy("Nærmeste pårørende"), required=False)


class ChoosePerson(Form):
    """One of those found, or nobody yet. What stands for a person is good for the one who searched only."""

    who = forms.ChoiceField(label=gettext_lazy("Hvem er det?"), widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, found: Iterable[Found], actor: Actor, unknown: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, Any]] = [
            (mark_of(one, actor), Described(one.person.full_name, description_of(one)))
            for one in found
            if one.may_open
        ]
        if unknown:
            told = _("Navnet slik det ble sagt, blir stående til personen er funnet.")
            choices.append((UNKNOWN, Described(_("Vi vet ikke hvem det er ennå"), told)))
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.error_messages["required"] = field.error_messages["invalid_choice"] = _(
            "Søk, og velg hvem henvendelsen gjelder."
        )


def description_of(found: Found) -> str:
    """Enough to tell two with the same name apart: "72 år, født 09.12.1953, Grua"."""
    facts = [
        _("%(age)d år") % {"age": found.age},
        _("født %(date)s") % {"date": f"{found.person.birth_date:%d.%m.%Y}"},
        _("adressen er sperret") if found.person.protected_address else found.settlement,
        _("død") if found.person.died_on else "",
    ]
    return ", ".join(filter(None, facts))


def mark_of(found: Found, actor: Actor) -> str:
    return signing.Signer(salt=_salt(actor)).sign(str(found.person.pk))


def person_marked(mark: str, actor: Actor, now: datetime) -> Found | None:
    """The person a mark stands for, when it is this actor who found them."""
    try:
        key = signing.Signer(salt=_salt(actor)).unsign(mark)
    except signing.BadSignature:
        return None
    return found_again(actor, int(key), now)


def _salt(actor: Actor) -> str:
    return f"desk.found-person.{actor.account_id}"
