"""What to simulate, as a form. Each intervention has its multiplier, range, years and profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django import forms as django_forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.planner.forms.figures_choice import OWN as OWN_FIGURES
from trinnvis.planner.forms.figures_choice import by_choice, offer_figures
from trinnvis.planner.forms.interventions import (
    OWN,
    SHARED,
    Row,
    add_fields,
    add_own,
    initial_of,
    initial_of_own,
    intervention_of,
    own_scenario,
)
from trinnvis.planner.forms.whole_numbers import whole_number
from trinnvis.planning.demand.levels import check_base
from trinnvis.planning.demand.means import built_by_step, built_places
from trinnvis.planning.demand.own import OwnUse
from trinnvis.planning.demand.people import short_name
from trinnvis.planning.ladder.interventions import LadderScenario
from trinnvis.planning.population.municipalities import Municipality, find
from trinnvis.planning.population.shipped import figures
from trinnvis.simulations.rules import MOST_SCENARIOS, Order, command_line, most_draws
from trinnvis.site import forms
from trinnvis.trouble import Trouble

PLACES: Final = "p."
MOST_PLACES: Final = 5000
MOST_YEARS: Final = 33
MOST_TYPED: Final = 10**9
LAST_SEED: Final = (1 << 32) - 1
USUAL: Final = {"ar": 25, "trekninger": 200, "fro": 1}
ALWAYS: Final = (*USUAL, *SHARED, "alder_fra", "alder_til", "andel")


@dataclass(frozen=True)
class Here:
    """What the form must know of this installation. own: the municipality's number, "" without a policy.
    places: its registered places by step. steps: those of the model, 0 first, with their names. uses: its
    own recipients to choose from, newest first."""

    own: str
    places: Mapping[int, int]
    steps: Mapping[int, str]
    place_steps: tuple[int, ...]
    scenarios: Mapping[str, LadderScenario] = field(default_factory=dict)
    uses: tuple[OwnUse, ...] = ()


@dataclass(frozen=True)
class Group:
    """A scenario with the rows of its interventions."""

    scenario: LadderScenario
    rows: tuple[tuple[Row, list[django_forms.BoundField]], ...]
    is_chosen: bool
    is_open: bool


class SimulationForm(forms.Form):
    """After `is_valid`, `order` is what was asked for."""

    kommune = django_forms.CharField(
        max_length=80, widget=django_forms.TextInput(attrs={"list": "kommuner", "autocomplete": "off"})
    )

    tall = django_forms.ChoiceField(required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, here: Here, first: Order | None = None
    ) -> None:
        self.here = here
        self.order: Order | None = None
        initial = _initial(here, first)
        super().__init__(_filled(data, initial), initial=initial)
        self._add_numbers()
        self.rows = {
            name: tuple(add_fields(self.fields, scenario, here.steps))
            for name, scenario in here.scenarios.items()
        }
        self.own_row = add_own(self.fields, here.steps)

    def _add_numbers(self) -> None:
        kommune, fields = self.fields["kommune"], self.fields
        kommune.label, kommune.help_text = _("Kommune"), _("Nummer eller navn")
        kommune.error_messages["required"] = _("Skriv hvilken kommune som skal simuleres.")
        offer_figures(fields["tall"], self.here.uses)
        fields["ar"] = whole_number(
            _("År framover"), 1, MOST_YEARS, help_text=_("Høyst 33, folketallet er framskrevet dit"),
            told=_("Velg fra 1 til %(most)d år.") % {"most": MOST_YEARS},
        )  # fmt: skip
        fields["trekninger"] = whole_number(
            _("Trekninger"), 1, MOST_TYPED, told=_("Velg minst 1 trekning. 200 er vanlig."),
            help_text=_("Hvor mange ganger framtiden trekkes. 200 er nok til å planlegge på"),
        )  # fmt: skip
        fields["fro"] = whole_number(
            _("Frø"), 0, LAST_SEED, help_text=_("Samme frø gir samme tall, på sifferet"),
            told=_("Velg et helt tall fra 0 til 4 294 967 295."),
        )  # fmt: skip
        for step in self.here.place_steps:
            fields[f"{PLACES}{step}"] = whole_number(
                _("Plasser på %(step)s") % {"step": self.here.steps[step]}, 1, MOST_PLACES, required=False,
                told=_("Velg fra 1 til %(most)d plasser, eller la feltet stå tomt.") % {"most": MOST_PLACES},
                help_text=self._known_text(step),
            )  # fmt: skip

    @property
    def offers_figures(self) -> bool:
        return bool(self.here.uses) or "tall" in self.errors

    def _use(self, code: str) -> OwnUse | None:
        """The own recipients chosen, if they are of the municipality asked for."""
        use = by_choice(self.here.uses).get(self.cleaned_data.get("tall") or "")
        return use if use and use.municipality == code else None

    def _known_text(self, step: int) -> str:
        number, source = self._known(self.here.own, step)
        if not number:
            return _("Tomt: ingen kø regnes")
        return _("Tomt i egen kommune: %(number)d, %(source)s") % {"number": number, "source": source}

    def _known(self, code: str, step: int) -> tuple[int, str]:
        if code == self.here.own and step in self.here.places:
            return self.here.places[step], _("registrert under kapasitet")
        number = int(built_by_step(code).get(step, 0))
        said = [f"{row.source} ({row.status})" for row in built_places(code) if row.step == step]
        return number, "; ".join(said)

    @property
    def chosen(self) -> list[str]:
        if not self.is_bound:
            return list(self.initial["s"])
        given = self.data.getlist("s") if hasattr(self.data, "getlist") else self.data.get("s", [])
        return [name for name in (*self.here.scenarios, OWN) if name in given]

    @property
    def groups(self) -> list[Group]:
        return [
            Group(
                scenario,
                tuple((row, [self[each] for each in row.names]) for row in self.rows[name]),
                name in self.chosen,
                self._is_open(name),
            )
            for name, scenario in self.here.scenarios.items()
        ]

    @property
    def own_is_chosen(self) -> bool:
        return OWN in self.chosen

    @property
    def place_fields(self) -> list[django_forms.BoundField]:
        return [self[f"{PLACES}{step}"] for step in self.here.place_steps]

    @property
    def own_fields(self) -> list[django_forms.BoundField]:
        return [self[name] for name in self.own_row.names]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self._forget_unchosen()
        where = self._municipality(data.get("kommune") or "")
        scenarios = tuple(self._scenarios())
        if len(self.chosen) > MOST_SCENARIOS:
            self.add_error(
                None,
                _("Velg høyst %(most)d scenarioer om gangen. Hvert regnes for seg, og alle samlet.")
                % {"most": MOST_SCENARIOS},
            )
        if where is None or self.errors:
            return data
        places = dict(self._chosen_places(where.code))
        use = self._use(where.code)
        order = Order(
            where.code, check_base(short_name(where), where.code, None, use), data["ar"], data["trekninger"],
            data["fro"], scenarios, {step: number for step, (number, _source) in places.items()},
            {step: source for step, (_number, source) in places.items()},
            use.revision if use else None,
        )  # fmt: skip
        if self._check_size(order):
            self.order = order
        return data

    def blame(self, scenario: LadderScenario, at: int, trouble: Trouble) -> None:
        """Put what the model cannot bear on the multiplier that caused it."""
        rows = [self.own_row] if scenario.name == OWN else self.rows.get(scenario.name, ())
        if not rows:  # only together
            parts = [row for each in self.here.scenarios if each in self.chosen for row in self.rows[each]]
            rows = [*parts, self.own_row]
        row = rows[min(at, len(rows) - 1)]
        self.add_error(row.name("verdi"), f"{trouble} {trouble.remedy}".strip())

    def _is_open(self, name: str) -> bool:
        names = [each for row in self.rows[name] for each in row.names]
        return name in self.chosen or (self.is_bound and any(each in self.errors for each in names))

    def _forget_unchosen(self) -> None:
        """What stands in a scenario that is not ticked hinders nobody."""
        for name, rows in {**self.rows, OWN: (self.own_row,)}.items():
            if name not in self.chosen:
                for field_name in (each for row in rows for each in row.names):
                    self.errors.pop(field_name, None)

    def _municipality(self, text: str) -> Municipality | None:
        if "kommune" in self.errors:
            return None
        first = text.split()[0] if text.split() else ""
        try:
            return find(first if first.isdigit() else text)
        except Trouble as trouble:
            self.add_error("kommune", f"{trouble} {trouble.remedy}".strip())
            return None

    def _scenarios(self) -> Iterator[LadderScenario]:
        for name in self.chosen:
            if name == OWN:
                own = own_scenario(self, self.own_row)
                if own is not None:
                    yield own
                continue
            changed = [intervention_of(self, row) for row in self.rows[name]]
            if None not in changed:
                yield self.here.scenarios[name].model_copy(update={"interventions": tuple(changed)})

    def _chosen_places(self, code: str) -> Iterator[tuple[int, tuple[int, str]]]:
        for step in self.here.place_steps:
            typed = self.cleaned_data.get(f"{PLACES}{step}")
            if typed:
                yield step, (typed, _("skrevet inn av den som kjørte simuleringen"))
            elif (known := self._known(code, step))[0]:
                yield step, known

    def _check_size(self, order: Order) -> bool:
        persons = figures().persons[-1, figures().codes.index(order.municipality)].sum()
        most = most_draws(float(persons), order.years, 1 + len(order.chosen))
        if order.draws <= most:
            return True
        text = _(
            "%(draws)s trekninger er for mange her. Velg høyst %(most)s, eller kjør dette fra kommandolinja: "
            "%(command)s"
        ) % {
            "draws": formats.number(order.draws), "most": formats.number(most),
            "command": command_line(order),
        }  # fmt: skip
        self.add_error("trekninger", text)
        return False


def _filled(data: Mapping[str, Any] | None, initial: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What somebody leaves out is as usual; what may be left empty stays empty."""
    if data is None:
        return None
    typed = data.copy() if isinstance(data, QueryDict) else dict(data)
    for name, value in initial.items():
        if name not in typed and not name.startswith(PLACES) and name.rpartition(".")[2] in ALWAYS:
            typed[name] = formats.number(value) if isinstance(value, Decimal) else value
    return typed


def _initial(here: Here, first: Order | None) -> dict[str, Any]:
    """What stands in a form nobody has sent: what is usual, or an earlier order."""
    found: dict[str, Any] = {
        **USUAL,
        "kommune": here.own,
        "s": [],
        "tall": next(iter(by_choice(here.uses)), ""),
    }
    for scenario in here.scenarios.values():
        found |= initial_of(scenario)
    found |= initial_of_own(None, here.steps)
    if first is None:
        return found
    found |= {"kommune": first.municipality, "ar": first.years, "trekninger": first.draws, "fro": first.seed}
    found["tall"] = "" if first.own is None else f"{OWN_FIGURES}{first.own}"
    for scenario in first.scenarios:
        if scenario.name == OWN:
            found |= initial_of_own(scenario, here.steps)
        elif scenario.name in here.scenarios:
            found |= initial_of(scenario)
        else:
            continue
        found["s"].append(scenario.name)
    for step, number in first.places.items():
        if first.municipality != here.own or here.places.get(step) != number:
            found[f"{PLACES}{step}"] = number
    return found
