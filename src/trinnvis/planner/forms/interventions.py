"""An intervention as fields: how often, between what, for whom, from when and how it comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django import forms as django_forms
from django.utils.translation import gettext as _
from pydantic import ValidationError

from trinnvis import formats
from trinnvis.figures.shapes import ILLEGAL_IN_XML
from trinnvis.planner.forms.whole_numbers import whole_number
from trinnvis.planning.demand.schema import Assumption, Profile
from trinnvis.planning.ladder.interventions import Intervention, LadderScenario
from trinnvis.planning.population.axes import AGES
from trinnvis.policy.status import Status
from trinnvis.site import forms

OWN: Final = "eget"
OWN_CODE: Final = "tiltak"
MOST: Final = 10
FIRST_YEAR, LAST_YEAR = 2000, 2100
NUMBERS: Final = ("verdi", "lav", "hoy")
SHARED: Final = (*NUMBERS, "start", "full", "profil")
OWN_PARTS: Final = ("tittel", "fra", "til", "alder_fra", "alder_til", "andel", "kilde")


@dataclass(frozen=True)
class Row:
    """The fields of one intervention; `usual` is None for the planner's own. The texts name its steps."""

    prefix: str
    usual: Intervention | None
    parts: tuple[str, ...] = SHARED
    from_text: str = ""
    to_text: str = ""

    def name(self, part: str) -> str:
        return f"{self.prefix}{part}"

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.name(part) for part in self.parts)


def add_fields(
    fields: dict[str, django_forms.Field], scenario: LadderScenario, steps: Mapping[int, str]
) -> Iterator[Row]:
    """The fields of each of a scenario's interventions."""
    for each in scenario.interventions:
        named = [
            formats.listed(f"«{steps.get(step, step)}»" for step in side)
            for side in (each.from_steps, each.to_steps)
        ]
        row = Row(f"t.{scenario.name}.{each.code}.", each, SHARED, *named)
        _add_shared(fields, row, each.multiplier)
        yield row


def add_own(fields: dict[str, django_forms.Field], steps: Mapping[int, str]) -> Row:
    """The fields of an intervention the planner makes."""
    row = Row(f"t.{OWN}.{OWN_CODE}.", None, (*OWN_PARTS, *SHARED))
    choices = [(str(step), name) for step, name in steps.items()]
    made: dict[str, django_forms.Field] = {
        "tittel": django_forms.CharField(
            label=_("Hva tiltaket heter"), max_length=80,
            error_messages={"required": _("Gi tiltaket et navn.")},
        ),
        "fra": _steps(_("Fra hvilke trinn"), choices, _("Velg minst ett trinn tiltaket flytter fra.")),
        "til": _steps(_("Til hvilke trinn"), choices, _("Velg minst ett trinn tiltaket flytter til.")),
        "alder_fra": whole_number(_("Fra alder"), 0, AGES - 1),
        "alder_til": whole_number(_("Til og med alder"), 0, AGES - 1),
        "andel": whole_number(_("Hvor stor del av dem det når, i prosent"), 0, 100),
        "kilde": django_forms.CharField(
            label=_("Kilde"), max_length=300, widget=forms.TextArea(rows=2),
            help_text=_("Hvorfor du tror det virker slik. Står under figurene"),
            error_messages={"required": _("Skriv hvor tallet kommer fra, eller at det er et eksempel.")},
        ),
    }  # fmt: skip
    for part, field in made.items():
        fields[row.name(part)] = field
    _add_shared(fields, row, None)
    return row


def initial_of(scenario: LadderScenario) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in scenario.interventions:
        found |= _shared_initial(f"t.{scenario.name}.{each.code}.", each)
    return found


def initial_of_own(scenario: LadderScenario | None, steps: Mapping[int, str]) -> dict[str, Any]:
    prefix = f"t.{OWN}.{OWN_CODE}."
    if scenario is None or not scenario.interventions:
        usual = {"alder_fra": 67, "alder_til": AGES - 1, "andel": 100, "start": 2026, "full": 2035,
                 "verdi": Decimal(1), "lav": Decimal(1), "hoy": Decimal(1), "profil": "linear"}  # fmt: skip
        return {f"{prefix}{part}": value for part, value in usual.items()}
    one = scenario.interventions[0]
    own = {
        "tittel": one.title, "fra": [str(s) for s in one.from_steps], "til": [str(s) for s in one.to_steps],
        "alder_fra": one.ages[0], "alder_til": one.ages[1], "andel": round(one.reach * 100),
        "kilde": one.multiplier.source,
    }  # fmt: skip
    return {f"{prefix}{part}": value for part, value in own.items()} | _shared_initial(prefix, one)


def intervention_of(form: django_forms.BaseForm, row: Row) -> Intervention | None:
    """The intervention as filled in; None, with errors on the fields, where it does not hold together."""
    usual = row.usual
    assert usual is not None
    multiplier = _multiplier(form, row, usual.multiplier)
    profile = _profile(form, row)
    if multiplier is None or profile is None:
        return None
    return usual.model_copy(update={"multiplier": multiplier, "profile": profile})


def own_scenario(form: django_forms.BaseForm, row: Row) -> LadderScenario | None:
    """The planner's own intervention as a scenario; None, with errors on the fields, where it is not."""
    got = {part: _printable(form.cleaned_data.get(row.name(part))) for part in OWN_PARTS}
    if both := set(got["fra"] or ()) & set(got["til"] or ()):
        text = _("Samme trinn (%(steps)s) kan ikke stå både som fra og til.")
        form.add_error(row.name("til"), text % {"steps": ", ".join(sorted(both))})
    if got["alder_fra"] is not None and got["alder_til"] is not None and got["alder_fra"] > got["alder_til"]:
        form.add_error(
            row.name("alder_til"), _("Til-alderen må være like høy som fra-alderen, eller høyere.")
        )
    multiplier, profile = _multiplier(form, row, None), _profile(form, row)
    if multiplier is None or profile is None or any(name in form.errors for name in row.names):
        return None
    return LadderScenario(
        name=OWN,
        title=got["tittel"],
        description=got["kilde"],
        interventions=(
            Intervention(
                code=OWN_CODE,
                title=got["tittel"],
                from_steps=tuple(map(int, got["fra"])),
                to_steps=tuple(map(int, got["til"])),
                ages=(got["alder_fra"], got["alder_til"]),
                multiplier=multiplier.model_copy(update={"source": got["kilde"]}),
                reach=got["andel"] / 100,
                profile=profile,
            ),
        ),
    )


def _multiplier(form: django_forms.BaseForm, row: Row, usual: Assumption | None) -> Assumption | None:
    value, low, high = (form.cleaned_data.get(row.name(part)) for part in NUMBERS)
    if value is None or low is None or high is None:
        return None
    if usual is not None and (float(low), float(high)) == (usual.low, usual.high):
        low, high = min(low, value), max(high, value)  # a range nobody touched is widened to hold the value
    if not low <= value <= high:
        part = "lav" if low > value else "hoy"
        text = (
            _("Laveste må være %(value)s eller lavere, siden tiltaket gir %(value)s.")
            if part == "lav"
            else _("Høyeste må være %(value)s eller høyere, siden tiltaket gir %(value)s.")
        )
        form.add_error(row.name(part), text % {"value": formats.number(value)})
        return None
    numbers = {"value": float(value), "low": float(low), "high": float(high)}
    if usual is None:
        return Assumption(unit=_("ganger så ofte"), source=OWN, status=Status.EXAMPLE, **numbers)
    if numbers == {name: getattr(usual, name) for name in numbers}:
        return usual
    source = _(
        "Valgt av den som kjørte, i stedet for %(usual)s (%(low)s til %(high)s). Utgangspunktet: %(source)s"
    ) % {
        "usual": formats.number(usual.value), "low": formats.number(usual.low),
        "high": formats.number(usual.high), "source": usual.source,
    }  # fmt: skip
    return usual.model_copy(update={**numbers, "source": source, "status": Status.EXAMPLE})


def _profile(form: django_forms.BaseForm, row: Row) -> Profile | None:
    start, full, kind = (form.cleaned_data.get(row.name(part)) for part in ("start", "full", "profil"))
    if start is None or full is None or not kind:
        return None
    try:
        return Profile(kind=kind, start=start, full=full)
    except ValidationError:
        text = _("Full virkning må være et senere år enn %(start)d, da tiltaket begynner.")
        form.add_error(row.name("full"), text % {"start": start})
        return None


def _add_shared(fields: dict[str, django_forms.Field], row: Row, usual: Assumption | None) -> None:
    words = {"verdi": _("Ganger så ofte"), "lav": _("Laveste"), "hoy": _("Høyeste")}
    for part, label in words.items():
        field = forms.NorwegianDecimalField(places=3, min_value=0, max_value=MOST)
        field.label = label
        field.error_messages |= {
            "required": _("Skriv et tall under «%(label)s».") % {"label": label},
            "low": _("«%(label)s» kan ikke være under 0. 0 er aldri, 1 er som i dag.") % {"label": label},
            "high": _("«%(label)s» må være %%(limit)s eller lavere.") % {"label": label},
        }
        fields[row.name(part)] = field
    number = fields[row.name("verdi")]
    least, most = _slider(usual)
    number.widget.attrs |= {
        "data-slider-min": str(least), "data-slider-max": str(most), "data-slider-step": "0.01",
        "data-default": formats.number(usual.value if usual else 1.0),
    }  # fmt: skip
    number.help_text = _about(usual)
    fields[row.name("start")] = whole_number(_("Begynner etter"), FIRST_YEAR, LAST_YEAR)
    fields[row.name("full")] = whole_number(_("Full virkning fra"), FIRST_YEAR, LAST_YEAR)
    fields[row.name("profil")] = django_forms.ChoiceField(
        label=_("Slik kommer virkningen"),
        choices=[
            ("linear", _("Jevnt")), ("front", _("Mest i begynnelsen")), ("back", _("Mest mot slutten")),
            ("step", _("Alt på en gang")),
        ],
    )  # fmt: skip


def _shared_initial(prefix: str, one: Intervention) -> dict[str, Any]:
    held = one.multiplier
    values: dict[str, Any] = {
        "verdi": Decimal(str(held.value)), "lav": Decimal(str(held.low)), "hoy": Decimal(str(held.high)),
        "start": one.profile.start, "full": one.profile.full, "profil": one.profile.kind,
    }  # fmt: skip
    return {f"{prefix}{part}": value for part, value in values.items()}


def _about(usual: Assumption | None) -> str:
    if usual is None:
        return _("1 er som i dag, 0,8 er 20 prosent sjeldnere, 1,2 er 20 prosent oftere")
    text = _(
        "Utgangspunkt %(value)s. Trolig %(low)s til %(high)s. 1 er som i dag. Kilde: %(source)s (%(status)s)"
    )
    return text % {
        "value": formats.number(usual.value), "low": formats.number(usual.low),
        "high": formats.number(usual.high), "source": usual.source, "status": usual.status.value,
    }  # fmt: skip


def _slider(usual: Assumption | None) -> tuple[float, float]:
    """The likely and as much again on each side, and nothing impossible."""
    low, high = (usual.low, usual.high) if usual else (0.5, 1.5)
    room = (high - low) or 0.5
    return round(max(0.0, low - room), 2), round(min(float(MOST), high + room), 2)


def _printable(value: Any) -> Any:
    """Without signs no document can carry."""
    return ILLEGAL_IN_XML.sub("", value).strip() if isinstance(value, str) else value


def _steps(label: str, choices: list[tuple[str, str]], told: str) -> django_forms.MultipleChoiceField:
    return django_forms.MultipleChoiceField(
        label=label, choices=choices, widget=django_forms.CheckboxSelectMultiple,
        error_messages={"required": told},
    )  # fmt: skip
