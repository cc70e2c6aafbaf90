"""The rows of a pathway's editor: the pathway, its episodes, and each episode's services and expenses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from trinnvis.personas.documents import Document
from trinnvis.planner.forms.persona import KINDS, STATUSES
from trinnvis.planner.forms.rows import plain
from trinnvis.planning.pathways.schema import OLDEST
from trinnvis.policy.model import AmountUnit, Policy
from trinnvis.pricing.rules.columns import UNIT_WORDS
from trinnvis.site import forms

PAYERS = [("state", _("Staten")), ("citizen", _("Innbyggeren")), ("municipality", _("Kommunen"))]
PER = [("month", _("hver måned")), ("once", _("én gang"))]
ENDS = [("death", _("Personen dør")), ("horizon", _("Vi ser ikke lenger"))]
ON = "on"
STAY = ("months_low", "months_high", "months_source", "months_status")


def number(
    label: Any, *, required: bool = False, places: int = 6, **limits: Any
) -> forms.NorwegianDecimalField:
    return forms.NorwegianDecimalField(label=label, required=required, places=places, **limits)


Choices = Mapping[str, Sequence[tuple[Any, Any]]]
"""What each field of a row with this name can be, so that many rows are told by one reading of the policy."""


def choices_of(policy: Policy) -> Choices:
    by_step: dict[int, list[tuple[str, str]]] = {}
    for service in policy.services:
        by_step.setdefault(min(service.steps), []).append((service.code, service.title))
    groups = [(f"{n}. {policy.step(n).title}", by_step[n]) for n in sorted(by_step)]
    return {
        "service": [("", _("Velg en tjeneste")), *groups],
        "unit": [(unit.value, translated(words)) for unit, words in UNIT_WORDS.items()],
        "step": [("", _("Tjenestens eget")), *_numbered(policy.effort_ladder.steps)],
        "housing_step": _numbered(policy.housing_ladder.steps),
    }


def _numbered(steps: Iterable[Any]) -> list[tuple[int, str]]:
    return [(step.number, f"{step.number}. {step.title}") for step in steps]


class Row(forms.Form):
    """One row. `code` and `value` of its fields are those of the document unless `content` says otherwise."""

    def __init__(self, *args: Any, policy: Policy, choices: Choices, **kwargs: Any) -> None:
        self.policy = policy
        super().__init__(*args, **kwargs)
        for name in choices.keys() & self.fields.keys():
            self.fields[name].choices = choices[name]  # type: ignore[attr-defined]

    @property
    def is_blank(self) -> bool:
        """Whether nobody has written anything in it: such a row is left out."""
        return not any(str(self.data.get(self.add_prefix(name), "")).strip() for name in self.written)

    written: tuple[str, ...] = ()

    def content(self) -> Document:
        raise TypeError(f"{type(self).__name__} says nothing")


class PathwayRow(Row):
    kind = django_forms.ChoiceField(label=_("Slags forløp"), choices=[(k.value, t) for k, t in KINDS.items()])
    title = django_forms.CharField(label=_("Navn på forløpet"), max_length=200)
    story = django_forms.CharField(label=_("Historien kort"), max_length=2000, widget=forms.TextArea(rows=2))
    to_age = number(_("Slutter ved alder"), required=True, min_value=0, max_value=OLDEST)
    ends = django_forms.ChoiceField(label=_("Hva som skjer da"), choices=ENDS)
    source = django_forms.CharField(label=_("Hvor kommer historien fra?"), max_length=500)
    status = django_forms.ChoiceField(label=_("Hvor sikker er den?"), choices=STATUSES)

    def content(self) -> Document:
        said = self.cleaned_data
        return {**{key: said[key] for key in ("kind", "title", "story", "ends", "source", "status")},
                "to_age": plain(said["to_age"])}  # fmt: skip


class EpisodeRow(Row):
    title = django_forms.CharField(label=_("Navn på episoden"), max_length=200)
    happened = django_forms.CharField(
        label=_("Hva som skjedde"), max_length=2000, widget=forms.TextArea(rows=2)
    )
    from_age = number(_("Begynner ved alder"), min_value=0, max_value=OLDEST)
    from_date = forms.NorwegianDateField(label=_("… eller på datoen"), required=False)
    months = number(_("… eller varer i måneder"), min_value=0, max_value=OLDEST * 12)
    months_low = number(_("Måneder, lavt anslag"), min_value=0)
    months_high = number(_("Måneder, høyt anslag"), min_value=0)
    months_source = django_forms.CharField(label=_("Kilde for månedene"), required=False, max_length=500)
    months_status = django_forms.ChoiceField(
        label=_("Hvor sikkert er det?"), required=False, choices=STATUSES
    )
    housing_step = django_forms.TypedChoiceField(label=_("Trinn på boligtrappen"), coerce=int)
    next_of_kin_hours = number(_("Pårørendes timer i uken"), min_value=0, max_value=168)

    @property
    def main_fields(self) -> list[django_forms.BoundField]:
        return [field for field in self if field.name not in STAY]

    @property
    def stay_fields(self) -> list[django_forms.BoundField]:
        """What belongs to an episode given in months."""
        return [self[name] for name in STAY]

    @property
    def shows_stay(self) -> bool:
        return bool(self["months"].value()) or any(name in self.errors for name in STAY)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts = [name for name in ("from_age", "from_date", "months") if data.get(name) is not None]
        if not {"from_age", "from_date", "months"} & set(self.errors):
            if not starts:
                self.add_error("from_age", _("Skriv når episoden begynner: en alder, en dato eller måneder."))
            elif len(starts) > 1:
                self.add_error(starts[-1], _("Fyll ut bare ett av feltene alder, dato og måneder."))
        return data

    def content(self) -> Document:
        said = self.cleaned_data
        found: Document = {key: said[key] for key in ("title", "happened", "housing_step")}
        if said["from_age"] is not None:
            found["from_age"] = plain(said["from_age"])
        if said["from_date"]:
            found["from_date"] = said["from_date"].isoformat()
        if said["months"] is not None:
            value = said["months"]
            found["months"] = {
                "value": plain(value),
                "low": plain(value if said["months_low"] is None else said["months_low"]),
                "high": plain(value if said["months_high"] is None else said["months_high"]),
                "source": said["months_source"] or translated("Ikke oppgitt"),
                "status": said["months_status"] or "må kontrolleres",
            }
        if said["next_of_kin_hours"]:
            found["next_of_kin_hours"] = plain(said["next_of_kin_hours"])
        return found


class LineRow(Row):
    service = django_forms.ChoiceField(label=_("Tjeneste"))
    amount = number(_("Mengde"), required=True, places=4)
    unit = django_forms.ChoiceField(label=_("Enhet"))
    step = django_forms.TypedChoiceField(label=_("Trinn"), required=False, coerce=int, empty_value=None)
    each_year = django_forms.BooleanField(label=_("Like mye hvert år"), required=False)
    written = ("service", "amount")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].error_messages["required"] = _("Skriv hvor mye.")

    def clean_amount(self) -> Any:
        amount = self.cleaned_data["amount"]
        if amount is not None and amount <= 0:
            raise django_forms.ValidationError(_("Mengden må være mer enn null."))
        return amount

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        service, unit = data.get("service"), data.get("unit")
        held = {row.unit for row in self.policy.prices if row.service == service}
        if service and unit and held and AmountUnit(unit) not in held:
            words = " / ".join(str(translated(UNIT_WORDS[each])) for each in sorted(held))
            self.add_error("unit", translated("Prislista har bare pris i %(units)s.") % {"units": words})
        in_all = (AmountUnit.DAYS, AmountUnit.MONTHS, AmountUnit.TIMES)
        if data.get("each_year") and unit and AmountUnit(unit) not in in_all:
            text = _("Enheten er alt per uke. Ta bort krysset, eller velg døgn, måneder eller ganger.")
            self.add_error("each_year", text)
        return data

    def content(self) -> Document:
        said = self.cleaned_data
        found: Document = {"service": said["service"], "amount": plain(said["amount"]), "unit": said["unit"]}
        if said["step"] is not None:
            found["step"] = said["step"]
        if said["each_year"]:
            found["each_year"] = True
        return found


class ExpenseRow(Row):
    title = django_forms.CharField(label=_("Hva det er"), max_length=200)
    payer = django_forms.ChoiceField(label=_("Hvem som betaler"), choices=PAYERS)
    per = django_forms.ChoiceField(label=_("Hvor ofte"), choices=PER)
    nok = number(_("Kroner"), required=True, places=2, min_value=0)
    low = number(_("Lavt anslag"), places=2, min_value=0)
    high = number(_("Høyt anslag"), places=2, min_value=0)
    instead_of_municipality = django_forms.BooleanField(
        label=_("Dekker en del av kommunens utgift"),
        required=False,
        help_text=_("Som beboerens betaling for sykehjem"),
    )
    source = django_forms.CharField(label=_("Hvor kommer tallet fra?"), max_length=500)
    status = django_forms.ChoiceField(label=_("Hvor sikkert er det?"), choices=STATUSES)
    written = ("title", "nok", "source")

    def content(self) -> Document:
        said = self.cleaned_data
        found: Document = {key: said[key] for key in ("title", "payer", "per", "source", "status")}
        for key in ("nok", "low", "high"):
            found[key] = plain(said["nok"] if said[key] is None else said[key])
        if said["instead_of_municipality"]:
            found["instead_of_municipality"] = True
        return found
