"""The planner's choices as a form in the address: a set of choices is a link that anyone may share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode

from django import forms as django_forms
from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.ownfigures.queries import OwnStaff
from trinnvis.planner.forms.figures_choice import OWN, by_choice, offer_figures
from trinnvis.planning.demand.adjusting import Adjustable, of_basis, of_scenario
from trinnvis.planning.demand.choices import Choices
from trinnvis.planning.demand.forecast import CONSTANT, LAST_DEFAULT
from trinnvis.planning.demand.levels import base_years, check_base
from trinnvis.planning.demand.own import OwnUse
from trinnvis.planning.demand.people import short_name
from trinnvis.planning.demand.reading import Library
from trinnvis.planning.population.municipalities import find
from trinnvis.planning.population.projecting import LAST_YEAR
from trinnvis.scenarios.wording import scale_of, shown_value, title_of, unit_of, value_text
from trinnvis.site import forms
from trinnvis.trouble import Trouble

SCENARIO, BASIS, PLACES = "f.", "g.", "p."
FIRST_SHOWN: Final = "trend"
MOST_PLACES, MOST_STAFF = 5000, 50_000
FEW_DIGITS: Final = 6


@dataclass(frozen=True)
class AssumptionRow:
    """An assumption with its field; the field's help says all a planner must know to change it."""

    field: django_forms.BoundField
    one: Adjustable

    @property
    def unit(self) -> str:
        return unit_of(self.one)


@dataclass(frozen=True)
class Group:
    """Assumptions under one heading: a scenario's, or the basis'. `is_open`: something there needs a look."""

    name: str
    title: str
    description: str
    rows: tuple[AssumptionRow, ...]
    is_chosen: bool
    is_open: bool


class NeedForm(forms.Form):
    """Municipality, years, scenarios and assumptions. After `is_valid`, `choices` is what was chosen."""

    kommune = django_forms.CharField(
        required=False,
        max_length=80,
        widget=django_forms.TextInput(attrs={"list": "kommuner", "autocomplete": "off"}),
    )
    fra = django_forms.IntegerField(required=False)
    til = django_forms.IntegerField(required=False)
    arsverk = forms.NorwegianDecimalField(required=False, places=1, min_value=0, max_value=MOST_STAFF)

    priser = django_forms.ChoiceField(required=False)
    tall = django_forms.ChoiceField(required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        held: Library,
        own: str,
        lists: Sequence[tuple[str, str]] = (),
        uses: Sequence[OwnUse] = (),
        staff: OwnStaff | None = None,
    ) -> None:
        super().__init__(data)
        self.staff = staff
        self.held, self.own, self.uses = held, own, by_choice(uses)
        self.choices: Choices | None = None
        self.adjustables: dict[str, Adjustable] = {}
        self._label()
        self._offer(lists)
        offer_figures(self.fields["tall"], uses)
        for scenario in held.scenarios.values():
            self._add(SCENARIO, of_scenario(scenario))
        self._add(BASIS, of_basis(held.basis))
        for step in place_steps(held):
            field = forms.NorwegianDecimalField(required=False, places=1, min_value=0, max_value=MOST_PLACES)
            field.label = _("Bygde plasser på trinn %(step)d") % {"step": step}
            self.fields[f"{PLACES}{step}"] = field

        self._fill_in()

    def _fill_in(self) -> None:
        """What an address leaves out stands in the form as it is by default."""
        if not self.is_bound:
            return
        typed = self.data.copy() if hasattr(self.data, "copy") else dict(self.data)
        for name in ("kommune", "til", *self.adjustables):
            if name not in typed:
                typed[name] = self.fields[name].initial
        if self._has_own_staff(typed) and self._is_elsewhere(str(typed["kommune"])):
            typed["arsverk"] = ""  # filled in for this municipality, and says nothing of another
        self.data = typed

    def _has_own_staff(self, typed: Mapping[str, Any]) -> bool:
        """Whether the person-years are those of the municipality's own figures."""
        field = self.fields["arsverk"]
        try:
            return self.staff is not None and field.to_python(typed.get("arsverk")) == self.staff.total
        except django_forms.ValidationError:
            return False

    def _is_elsewhere(self, text: str) -> bool:
        try:
            return find(_code_of(text or self.own)).code != self.own
        except Trouble:
            return False

    @property
    def staff_source(self) -> str:
        """Whose count the person-years in the form are; "" where somebody typed them, or there are none."""
        if self.staff is None or not self._has_own_staff(self.data):
            return ""
        words = {"number": formats.number(self.staff.total, 1), "year": self.staff.year,
                 "source": self.staff.source}  # fmt: skip
        return _("%(number)s årsverk i %(year)d etter %(source)s") % words

    def _label(self) -> None:
        fields = self.fields
        fields["kommune"].label = _("Kommune")
        fields["kommune"].help_text = _("Nummer eller navn. Tomt: egen kommune")
        fields["fra"].label = _("Grunnår")
        fields["fra"].help_text = _("Tomt: siste år med tall")
        fields["til"].label = _("Siste år")
        fields["arsverk"].label = _("Årsverk i tjenestene i dag")
        if self.staff:
            fields["arsverk"].help_text = _("Egne tall: %(number)s årsverk i %(year)d") % {
                "number": formats.number(self.staff.total, 1), "year": self.staff.year,
            }  # fmt: skip
        fields["til"].initial, fields["kommune"].initial = LAST_DEFAULT, self.own
        for name in ("fra", "til"):
            fields[name].error_messages["invalid"] = _("Skriv et årstall med fire sifre.")
            fields[name].widget = django_forms.TextInput(
                attrs={"class": "tv-input--number", "inputmode": "numeric", "maxlength": 4}
            )

    def _offer(self, lists: Sequence[tuple[str, str]]) -> None:
        """Prices to compute with: `lists` are adopted ones, by number and name."""
        field = self.fields["priser"]
        field.choices = [("", _("Landets tall og eksempler, som under «Grunnlaget»")), *lists]  # type: ignore[attr-defined]
        field.label = _("Priser og arbeidstimer")
        field.error_messages["invalid_choice"] = _("Prislista finnes ikke. Velg en fra lista.")

    @property
    def offers_prices(self) -> bool:
        return len(self.fields["priser"].choices) > 1 or "priser" in self.errors  # type: ignore[attr-defined]

    @property
    def offers_figures(self) -> bool:
        return bool(self.uses) or "tall" in self.errors

    def _use(self, code: str) -> OwnUse | None:
        """The own recipients chosen, if they are of the municipality in the form."""
        use = self.uses.get(str(self["tall"].value() or ""))
        return use if use and use.municipality == code else None

    def _add(self, prefix: str, adjustables: Iterator[Adjustable]) -> None:
        for one in adjustables:
            self.adjustables[f"{prefix}{one.key}"] = one
            self.fields[f"{prefix}{one.key}"] = _field(one)

    @property
    def chosen(self) -> list[str]:
        """The scenarios ticked; in a form nobody has sent, the one that has hit best so far."""
        if not self.is_bound:
            return [FIRST_SHOWN] if FIRST_SHOWN in self.held.scenarios else []
        given = self.data.getlist("s") if hasattr(self.data, "getlist") else self.data.get("s", [])
        return [name for name in self.held.scenarios if name in given and name != CONSTANT]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._forget_unchosen()
        self._refuse_unknown()
        code = self._municipality(data.get("kommune") or self.own)
        base = self._base(code, data.get("fra"))
        to = self._last(base, data.get("til"))
        if not self.errors and code:
            self.choices = Choices(
                code,
                data.get("fra"),
                to,
                tuple(self.chosen),
                self._changed(SCENARIO),
                self._changed(BASIS),
                {step: float(data[f"{PLACES}{step}"]) for step in place_steps(self.held)
                 if data.get(f"{PLACES}{step}") is not None},
                None if data.get("arsverk") is None else float(data["arsverk"]),
                data.get("priser", ""),
                use.revision if (use := self._use(code)) else None,
            )  # fmt: skip
        return data

    def blame(self, trouble: Trouble, keys: list[str]) -> None:
        """Put what made the choices impossible on the fields that caused it."""
        text = f"{trouble} {trouble.remedy}".strip()
        for key in keys:
            self.add_error(f"{SCENARIO}{key}", text)
        if not keys:
            self.add_error(None, text)

    @property
    def groups(self) -> list[Group]:
        """A group for each scenario that can be ticked."""
        return [
            self._group(f"{SCENARIO}{scenario.name}.", scenario.name, scenario.title, scenario.description)
            for scenario in self.held.scenarios.values()
            if scenario.name != CONSTANT
        ]

    @property
    def basis_group(self) -> Group:
        return self._group(BASIS, "", "", "")

    @property
    def place_fields(self) -> list[django_forms.BoundField]:
        return [self[f"{PLACES}{step}"] for step in place_steps(self.held)]

    @property
    def base_years(self) -> str:
        """The years one may start from, for the municipality in the form."""
        try:
            code = find(_code_of(str(self["kommune"].value() or self.own))).code
            years = base_years(code, self._use(code))
        except Trouble:
            return ""
        gaps = [str(year) for year in range(years[0], years[-1]) if year not in years]
        text = f"{years[0]}–{years[-1]}"
        return f"{text} ({_('ikke')} {formats.listed(gaps)})" if gaps else text

    def _group(self, prefix: str, name: str, title: str, description: str) -> Group:
        names = [field for field in self.adjustables if field.startswith(prefix)]
        rows = tuple(AssumptionRow(self[field], self.adjustables[field]) for field in names)
        is_chosen = name in self.chosen
        wrong = any(field in self.errors for field in names) if self.is_bound else False
        changed = self.choices is not None and any(self._is_changed(field) for field in names)
        return Group(name, title, description, rows, is_chosen, is_chosen or wrong or changed)

    def _forget_unchosen(self) -> None:
        """What stands in a scenario that is not ticked hinders nobody."""
        chosen = self.chosen
        for field, one in self.adjustables.items():
            if field.startswith(SCENARIO) and one.key.split(".")[0] not in chosen:
                self.errors.pop(field, None)
                self.cleaned_data.pop(field, None)

    def _refuse_unknown(self) -> None:
        """A link from elsewhere may name what is not here: computing without it would be another question."""
        given = self.data.getlist("s") if hasattr(self.data, "getlist") else self.data.get("s", [])
        unknown = [name for name in given if name not in self.held.scenarios]
        unknown += [
            name for name in self.data if name[:2] in (SCENARIO, BASIS, PLACES) and name not in self.fields
        ]
        if unknown:
            text = _("Adressen nevner noe som ikke finnes her: %(unknown)s. Velg på nytt og trykk «Regn ut».")
            self.add_error(None, text % {"unknown": ", ".join(name[:80] for name in unknown[:5])})

    def _municipality(self, text: str) -> str:
        try:
            return find(_code_of(text)).code
        except Trouble as trouble:
            self.add_error("kommune", f"{trouble} {trouble.remedy}".strip())
            return ""

    def _base(self, code: str, wanted: int | None) -> int | None:
        if not code or "fra" in self.errors:
            return None
        try:
            return check_base(short_name(find(code)), code, wanted, self._use(code))
        except Trouble as trouble:
            self.add_error("fra", f"{trouble} {trouble.remedy}".strip())
            return None

    def _last(self, base: int | None, wanted: int | None) -> int:
        to = LAST_DEFAULT if wanted is None else wanted
        if base is not None and not base < to < LAST_YEAR:
            text = _("Velg et år fra %(first)d til %(last)d.")
            self.add_error("til", text % {"first": base + 1, "last": LAST_YEAR - 1})
        return to

    def _changed(self, prefix: str) -> dict[str, float]:
        return {
            one.key: _value(one, self.cleaned_data[field])
            for field, one in self.adjustables.items()
            if field.startswith(prefix) and self._is_changed(field)
        }

    def _is_changed(self, field: str) -> bool:
        typed, one = self.cleaned_data.get(field), self.adjustables[field]
        return typed is not None and _value(one, typed) != _rounded(one.assumption.value)


def as_query(choices: Choices, held: Library, **more: object) -> str:
    """The address of the choices: what is as usual is left out. `NeedForm` reads it back."""
    pairs: list[tuple[str, object]] = [("kommune", choices.municipality)]
    if choices.base is not None:
        pairs.append(("fra", choices.base))
    pairs.append(("til", choices.to))
    pairs += [("s", name) for name in choices.scenarios]
    groups = [(SCENARIO, choices.values, of_scenario(s)) for s in held.scenarios.values()]
    for prefix, values, adjustables in [*groups, (BASIS, choices.basis, of_basis(held.basis))]:
        for one in adjustables:
            if one.key in values:
                pairs.append((f"{prefix}{one.key}", _plain(shown_value(one, values[one.key]))))
    pairs += [(f"{PLACES}{step}", _plain(places)) for step, places in choices.places.items()]
    if choices.staff is not None:
        pairs.append(("arsverk", _plain(choices.staff)))
    if choices.prices:
        pairs.append(("priser", choices.prices))
    if choices.own is not None:
        pairs.append(("tall", f"{OWN}{choices.own}"))
    return urlencode([*pairs, *more.items()])


def place_steps(held: Library) -> list[int]:
    """The steps where the basis has places."""
    return sorted(
        {part.step for service in held.basis.services if service.occupancy for part in service.steps}
    )


def _code_of(text: str) -> str:
    """ "3234 Lunner", as the list of suggestions has it, is the code."""
    first = text.split()[0] if text.split() else ""
    return first if first.isdigit() else text


def _field(one: Adjustable) -> forms.NorwegianDecimalField:
    least, most = (Decimal(_plain(shown_value(one, value))) for value in (one.least, one.most))
    field = forms.NorwegianDecimalField(required=False, places=FEW_DIGITS, min_value=least, max_value=most)
    field.label = f"{one.owner}: {title_of(one)}" if one.owner else title_of(one)
    field.initial = value_text(one, one.assumption.value)
    field.help_text = _about(one)
    words = {"label": title_of(one), "unit": unit_of(one).split()[0]}
    field.error_messages |= {
        "low": _("«%(label)s» må være %%(limit)s %(unit)s eller høyere.") % words,
        "high": _("«%(label)s» må være %%(limit)s %(unit)s eller lavere.") % words,
    }
    field.widget.attrs |= {**_slider(one, float(least), float(most)), "data-default": field.initial}
    return field


def _about(one: Adjustable) -> str:
    """The default, what is likely, what is possible at all, and who says so."""
    held = one.assumption
    values = {"default": held.value, "low": held.low, "high": held.high, "least": one.least, "most": one.most}
    text = _("Utgangspunkt %(default)s. Trolig %(low)s til %(high)s. Tillatt %(least)s til %(most)s.")
    told = text % {name: value_text(one, value) for name, value in values.items()}
    return f"{told} {_('Kilde')}: {held.source} ({held.status})"


def _slider(one: Adjustable, least: float, most: float) -> dict[str, str]:
    """The slider spans what is likely and as much again on each side, and nothing impossible."""
    low, high = (shown_value(one, value) for value in (one.assumption.low, one.assumption.high))
    room = (high - low) or abs(low) / 2 or 1.0
    first, last = max(least, low - room), min(most, high + room)
    step = 10.0 ** (len(str(int((last - first) * 10**FEW_DIGITS))) - 3 - FEW_DIGITS)
    ends = {"min": round(first / step) * step, "max": round(last / step) * step, "step": step}
    return {f"data-slider-{name}": _plain(round(value, FEW_DIGITS)) for name, value in ends.items()}


def _value(one: Adjustable, typed: Decimal) -> float:
    return _rounded(float(typed) / scale_of(one))


def _rounded(value: float) -> float:
    return round(value, FEW_DIGITS + 2)


def _plain(value: float) -> str:
    """ "0.5", never "5e-1"."""
    return f"{Decimal(str(value)):f}"
