"""Forms of capacity: sites, places, budgets, hours and files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from trinnvis.delivery.errors import Fault
from trinnvis.delivery.services.keeping import STATUSES
from trinnvis.site.forms import Form, NorwegianDateField, NorwegianDecimalField

SOURCE_HELP = gettext_lazy("For eksempel: økonomiplan 2026–2029, kommunestyresak 112/25")


class Revised(Form):
    """A form about a stored row: it carries the revision that was read."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def clean_revision(self) -> int:
        return self.cleaned_data.get("revision") or 0


class SourcedFields(Form):
    source = forms.CharField(
        label=gettext_lazy("Hvor kommer tallet fra?"), max_length=300, help_text=SOURCE_HELP
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Hvor sikkert er det?"), choices=[(code, code) for code in STATUSES]
    )


class SiteForm(Revised):
    name = forms.CharField(label=gettext_lazy("Navn på stedet"), max_length=120)
    address = forms.CharField(label=gettext_lazy("Adresse"), max_length=200, required=False)
    bought = forms.BooleanField(label=gettext_lazy("Plassene er kjøpt av andre"), required=False)


class PlacesForm(SourcedFields, Revised):
    site = forms.TypedChoiceField(label=gettext_lazy("Sted"), coerce=int)
    kind = forms.TypedChoiceField(label=gettext_lazy("Type plass"), coerce=int)
    number = forms.IntegerField(
        label=gettext_lazy("Antall plasser"),
        min_value=0,
        max_value=5000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "tv-input--short"}),
    )
    valid_from = NorwegianDateField(label=gettext_lazy("Første dag"))
    valid_to = NorwegianDateField(label=gettext_lazy("Siste dag"), required=False)
    field_order = ("site", "kind", "number", "valid_from", "valid_to", "source", "status")

    def __init__(
        self, *args: Any, sites: list[tuple[int, str]], kinds: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _choices(self.fields["site"], sites)
        _choices(self.fields["kind"], kinds)


class BudgetForm(SourcedFields, Revised):
    """Kroner, and hours for each profession in the field `hours_<code>`."""

    nok = NorwegianDecimalField(label=gettext_lazy("Kroner"), required=False, min_value=0)
    field_order = ("nok",)

    def __init__(self, *args: Any, professions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, title in professions:
            self.fields[f"hours_{code}"] = NorwegianDecimalField(
                label=title, required=False, min_value=0, help_text=gettext_lazy("Arbeidstimer i året")
            )
        self.order_fields(["nok", *(f"hours_{code}" for code, _title in professions), "source", "status"])


class PeriodForm(SourcedFields):
    """Planned and executed hours of each service; for a month, kroner and working hours used."""

    read = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(self, *args: Any, services: list[tuple[str, str]], monthly: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, title in services:
            for part, label in (("planned", gettext_lazy("planlagt")), ("executed", gettext_lazy("utført"))):
                self.fields[f"{part}_{code}"] = NorwegianDecimalField(
                    label=f"{title}, {label}", required=False, min_value=0
                )
        if monthly:
            self.fields["nok"] = NorwegianDecimalField(
                label=gettext_lazy("Kroner brukt etter regnskapet"), required=False
            )
            self.fields["used_hours"] = NorwegianDecimalField(
                label=gettext_lazy("Arbeidstimer brukt etter lønn og timelister"), required=False, min_value=0
            )
        last = ["source", "status"]
        self.order_fields([*(name for name in self.fields if name not in last), *last])


class KindForm(Revised):
    title = forms.CharField(label=gettext_lazy("Navn på plasstypen"), max_length=80)
    housing_step = forms.TypedChoiceField(label=gettext_lazy("Trinn på boligtrappen"), coerce=int)
    services = forms.MultipleChoiceField(
        label=gettext_lazy("Tjenester som bruker plassene"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, steps: list[tuple[int, str]], services: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _choices(self.fields["housing_step"], steps)
        _choices(self.fields["services"], services)


class AreaForm(Form):
    service = forms.ChoiceField(label=gettext_lazy("Tjeneste"))
    settlement = forms.ChoiceField(label=gettext_lazy("For dem som bor i"))
    unit = forms.ChoiceField(label=gettext_lazy("Utføres av"))

    def __init__(
        self,
        *args: Any,
        services: list[tuple[str, str]],
        settlements: list[tuple[str, str]],
        units: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("service", services), ("settlement", settlements), ("unit", units)):
            _choices(self.fields[name], choices)


class BudgetFileForm(Form):
    prefix = "budget"
    file = forms.FileField(label=gettext_lazy("Utfylt budsjettabell (Excel eller csv)"))


class ReportFileForm(SourcedFields):
    file = forms.FileField(label=gettext_lazy("Utfylt tabell (Excel eller csv)"))
    field_order = ("file", "source", "status")


class HoursFileForm(ReportFileForm):
    prefix = "hours"


class UsedFileForm(ReportFileForm):
    prefix = "used"


def _choices(field: forms.Field, choices: list[Any]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def put_on(form: forms.BaseForm, faults: tuple[Fault, ...], names: dict[str, str] | None = None) -> None:
    """The service's faults on the form's fields; what has no field of its own stands on top."""
    for fault in faults:
        name = (names or {}).get(fault.field, fault.field)
        form.add_error(name if name in form.fields else None, fault.message)
