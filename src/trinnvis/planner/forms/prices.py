"""The forms of price lists. A price is typed as text and read by the same rules as a file's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trinnvis.policy.model import Policy
from trinnvis.policy.status import Status
from trinnvis.pricing.rules.columns import BY_NAME, READ
from trinnvis.pricing.rules.faults import RowFault
from trinnvis.pricing.sheets import MOST_BYTES
from trinnvis.site.forms import Form, NorwegianDateField, TextArea

Choice = tuple[str, str]
HELP = {
    "hours": gettext_lazy("Yrke og timer, for eksempel: sykepleier 0,5; helsefagarbeider 1,25"),
    "travel": gettext_lazy("Hvor mye av timene som er reise. Tomt betyr at ingen har delt dem."),
    "indirect": gettext_lazy("Hvor mye av timene som er rapport, møter og planlegging."),
    "fixed_nok": gettext_lazy("Den delen av kronene som ikke faller når én enhet mindre brukes."),
    "places": gettext_lazy("1 for en fast plass, 0,00274 for ett døgn"),
    "source": gettext_lazy("Hvor tallet kommer fra, for eksempel regnskap, KOSTRA-tabell eller vedtak"),
}
NUMBERS = ("nok", "fixed_nok", "fee_nok", "places", "price_year", "low", "high")


class RowForm(Form):
    """One price. What is right is judged by `pricing.rules.typed`, not here."""

    revision = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, policy: Policy, service: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not service:
            choices = [("", ""), *((each.code, each.title) for each in policy.services)]
            self.fields["service"] = forms.CharField(
                label=_(BY_NAME["service"].title), required=False, widget=forms.Select(choices=choices)
            )
        for name in READ:
            if name not in ("service", "unit"):
                self.fields[name] = forms.CharField(
                    label=_(BY_NAME[name].title),
                    required=False,
                    help_text=HELP.get(name, ""),
                    widget=self._widget(name),
                )
        for name, field in self.fields.items():  # what is needed is told by the reader, with the reason
            if name in BY_NAME and BY_NAME[name].required:
                field.required, field.clean = True, _as_typed  # type: ignore[method-assign]

    @staticmethod
    def _widget(name: str) -> forms.Widget:
        if name == "status":
            return forms.Select(choices=[("", ""), *((each.value, each.value) for each in Status)])
        if name in NUMBERS:
            return forms.TextInput(
                attrs={"class": "tv-input--number", "inputmode": "decimal", "autocomplete": "off"}
            )
        return TextArea(2) if name in ("source", "hours") else forms.TextInput(attrs={"autocomplete": "off"})

    @property
    def typed(self) -> dict[str, str]:
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields if name in BY_NAME}

    @property
    def seen(self) -> int:
        """The revision of the row the writer saw, 0 for a new one."""
        text = str(self.data.get("revision", ""))
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0

    def put_on(self, faults: Iterable[RowFault]) -> None:
        for fault in faults:
            self.add_error(fault.column if fault.column in self.fields else None, fault.told(_))


def _as_typed(value: Any) -> str:
    return str(value or "")


class NewDraftForm(Form):
    title = forms.CharField(
        label=gettext_lazy("Navn"), max_length=160, help_text=gettext_lazy("For eksempel: Priser 2027")
    )
    made_from = forms.ChoiceField(
        label=gettext_lazy("Begynn med prisene i"),
        help_text=gettext_lazy("Du kan endre alle radene etterpå."),
    )

    def __init__(self, *args: Any, lists: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["made_from"].choices = lists  # type: ignore[attr-defined]


class FileForm(Form):
    file = forms.FileField(
        label=gettext_lazy("Fil"),
        help_text=gettext_lazy("Excel (.xlsx) eller csv, høyst 2 MB"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"empty": gettext_lazy("Fila er tom. Velg en annen.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("Fila er for stor. Lagre bare arket med prisene, høyst 2 MB."))
        return file


class IndexForm(FileForm):
    title = forms.CharField(
        label=gettext_lazy("Navn på indeksen"),
        max_length=160,
        help_text=gettext_lazy("For eksempel: Kommunal deflator. Samme navn som før erstatter den gamle."),
    )
    source = forms.CharField(
        label=gettext_lazy("Kilde"),
        max_length=300,
        help_text=gettext_lazy("Hvem som gir den ut, tabell eller side, og dato"),
    )
    licence = forms.CharField(label=gettext_lazy("Vilkår for bruk"), max_length=160, required=False)
    field_order = ("title", "source", "licence", "file")


class ConvertForm(Form):
    index = forms.ChoiceField(label=gettext_lazy("Indeks"))
    to_year = forms.IntegerField(
        label=gettext_lazy("Prisår alle radene skal ha"),
        min_value=2000,
        max_value=2100,
        error_messages={
            "invalid": gettext_lazy("Skriv et årstall, for eksempel 2027."),
            "min_value": gettext_lazy("Skriv et årstall fra 2000."),
            "max_value": gettext_lazy("Skriv et årstall til 2100."),
        },
        widget=forms.TextInput(attrs={"class": "tv-input--number", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, indexes: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["index"].choices = indexes  # type: ignore[attr-defined]


class AdoptForm(Form):
    valid_from = NorwegianDateField(
        label=gettext_lazy("Gjelder fra og med"), help_text=gettext_lazy("For eksempel 1.1.2027")
    )
    decision = forms.CharField(
        label=gettext_lazy("Hvem har vedtatt prisene, og hvor?"),
        max_length=200,
        help_text=gettext_lazy("For eksempel: Kommunestyret, sak 12/26"),
    )
    revision = forms.CharField(widget=forms.HiddenInput, required=False)


class CompareForm(Form):
    fra = forms.ChoiceField(label=gettext_lazy("Fra"))
    til = forms.ChoiceField(label=gettext_lazy("Til"))
    indeks = forms.ChoiceField(
        label=gettext_lazy("Regn om til samme prisår med"),
        required=False,
        help_text=gettext_lazy("Uten omregning er lønns- og prisvekst med i forskjellen."),
    )

    def __init__(self, *args: Any, lists: Sequence[Choice], indexes: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fra"].choices = self.fields["til"].choices = lists  # type: ignore[attr-defined]
        self.fields["indeks"].choices = [("", _("Ingen omregning")), *indexes]  # type: ignore[attr-defined]
