"""The forms of own figures: a file, and what its columns and words stand for."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trinnvis.ownfigures.rules.codes import NOT_USED, functions, group_titles
from trinnvis.ownfigures.rules.kinds import ACROSS, FIELDS, Counted, Kind, Unit
from trinnvis.ownfigures.rules.mapping import LOOK_FOR_HEADINGS, SPLIT, Mapping
from trinnvis.ownfigures.rules.words import Asked
from trinnvis.ownfigures.services import LARGEST
from trinnvis.site.forms import Form

COLUMN, VALUE = "k.", "v."


class FileForm(Form):
    file = forms.FileField(
        label=gettext_lazy("Fil"),
        help_text=gettext_lazy("Excel (.xlsx) eller csv, høyst 10 MB. Bare summer, aldri enkeltpersoner"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={"empty": gettext_lazy("Fila er tom. Velg en annen.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST.bytes:
            raise forms.ValidationError(_("Fila er for stor. Lagre bare arket med tallene, høyst 10 MB."))
        return file


class Pick(forms.ChoiceField):
    """A question to answer; one left open is told of on the preview, with its rows and what to do."""

    def clean(self, value: Any) -> str:
        text = str(value or "")
        if not self.valid_value(text):
            raise forms.ValidationError(_("Velg et av svarene på lista."))
        return text


@dataclass(frozen=True)
class Block:
    """Fields under one heading."""

    title: str
    fields: list[forms.BoundField]


class MappingForm(Form):
    """Which column is what, and what the words in them stand for. `mapping` is what was chosen."""

    heading_row = forms.IntegerField(
        label=gettext_lazy("Linja med overskriftene"),
        min_value=1,
        max_value=LOOK_FOR_HEADINGS,
        widget=forms.TextInput(attrs={"class": "tv-input--number", "inputmode": "numeric"}),
    )
    across = Pick(label=gettext_lazy("Hva står bortover?"))

    def __init__(
        self,
        data: Map[str, Any] | None = None,
        *,
        said: Mapping,
        columns: Sequence[str],
        asked: Sequence[Asked] = (),
    ) -> None:
        super().__init__(data)
        self.said, self.asked = said, asked
        self.fields["heading_row"].initial = said.heading_row
        one_each = _("Hver rad har ett tall")
        self.fields["across"].choices = [  # type: ignore[attr-defined]
            ("", one_each),
            *((f.name, _("En kolonne for hver: %(what)s") % {"what": _(f.title)}) for f in ACROSS[said.kind]),
        ]
        self.fields["across"].initial = said.across
        for field in FIELDS[said.kind]:
            chosen = said.columns.get(field.name, "")
            # A file of another layout than last year's keeps what was chosen, marked as missing, to mend.
            known = [("", _("Ingen kolonne")), *((name, name) for name in columns)]
            missing = [(chosen, _("%(name)s (finnes ikke i fila)") % {"name": chosen})] if chosen else []
            self.fields[f"{COLUMN}{field.name}"] = Pick(
                label=_(field.title),
                required=field.required,
                choices=[
                    ("", _("Ingen kolonne")),
                    *known,
                    *(missing if chosen not in columns else ()),
                ],
                initial=chosen,
            )
        self._add_rest(said)
        for number, one in enumerate(asked):
            self.fields[f"{VALUE}{number}"] = Pick(
                label=_("«%(text)s» (%(rows)s rader, først på linje %(line)s)")
                % {"text": one.text[:80], "rows": one.rows, "line": one.line},
                choices=_meanings(one.field),
                initial=one.meaning,
            )

    def _add_rest(self, said: Mapping) -> None:
        self.fields["year"] = forms.IntegerField(
            label=_("Året, når ingen kolonne sier det"),
            required=False,
            min_value=2000,
            max_value=2100,
            initial=said.fixed.get("year", ""),
            widget=forms.TextInput(attrs={"class": "tv-input--number", "inputmode": "numeric"}),
        )
        if said.kind is Kind.ACCOUNTS:
            choices = [(str(Unit.ONE), _("Kroner")), (str(Unit.THOUSAND), _("1 000 kroner"))]
            self.fields["unit"] = forms.ChoiceField(
                label=_("Beløpene er i"), choices=choices, initial=said.unit
            )
        if said.kind is Kind.RECIPIENTS:
            choices = [(str(Unit.PER_YEAR), _("Timer i året")), (str(Unit.PER_WEEK), _("Timer i uka"))]
            self.fields["unit"] = forms.ChoiceField(label=_("Timene er"), choices=choices, initial=said.unit)
            self.fields["counted"] = Pick(
                label=_("Brukerne er telt"),
                choices=[
                    ("", _("Velg")),
                    (str(Counted.AT_YEAR_END), _("31. desember")),
                    (str(Counted.THROUGH_YEAR), _("Gjennom året")),
                ],
                initial=said.counted,
            )
            self.fields["adds_up"] = forms.BooleanField(
                label=_("Ingen er telt to ganger i tjenester av samme gruppe, så de kan legges sammen"),
                required=False,
                initial=said.adds_up,
            )

    @property
    def mapping(self) -> Mapping:
        data = self.cleaned_data
        columns = {f.name: data[f"{COLUMN}{f.name}"] for f in FIELDS[self.said.kind]}
        values = {field: dict(held) for field, held in self.said.values.items()}
        for number, one in enumerate(self.asked):
            if meaning := data[f"{VALUE}{number}"]:
                values.setdefault(one.field, {})[one.text] = meaning
            else:
                values.get(one.field, {}).pop(one.text, None)
        return Mapping(
            self.said.kind,
            data["heading_row"],
            {name: column for name, column in columns.items() if column},
            data["across"],
            {"year": str(data["year"])} if data.get("year") else {},
            values,
            Unit(data.get("unit") or Unit.ONE),
            data.get("counted", ""),
            data.get("adds_up", False),
        )

    @property
    def blocks(self) -> list[Block]:
        layout = [self["heading_row"], self["across"]]
        columns = [self[name] for name in self.fields if name.startswith(COLUMN)]
        rest = [self[name] for name in ("year", "unit", "counted", "adds_up") if name in self.fields]
        words = [self[name] for name in self.fields if name.startswith(VALUE)]
        titles = (_("Oppsettet"), _("Kolonnene"), _("Om tallene"), _("Hva ordene i fila står for"))
        blocks = zip(titles, (layout, columns, rest, words), strict=True)
        return [Block(title, fields) for title, fields in blocks if fields]


def _meanings(field: str) -> list[tuple[str, str]]:
    unknown, unused = ("", _("Velg")), (NOT_USED, _("Skal ikke være med"))
    if field == "service":
        return [unknown, *group_titles().items(), unused]
    if field == "function":
        return [unknown, *((each.code, f"{each.code} {each.title}") for each in functions()), unused]
    return [("", _("Avvis radene")), (SPLIT, _("Del brukerne etter landets bruk i hver alder"))]
