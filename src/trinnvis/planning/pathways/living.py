"""The persona as many instead of one (fordelingen): how long people like them live, how many come to an
institution and for how long, and what each pathway takes then.

The ladder model says how likely each move is for an age and sex; a persona begins without services. All of it
is exact: every way a life can go is counted with its probability, so there is no draw and no chance. The
scenario of the model that belongs to a pathway's kind is used on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Final

import numpy as np

from trinnvis.planning.demand.levels import base_years, levels
from trinnvis.planning.demand.schema import Basis
from trinnvis.planning.ladder.interventions import changed, scenarios
from trinnvis.planning.ladder.prior import NO_STEP
from trinnvis.planning.ladder.table import Table, table_for
from trinnvis.planning.pathways.comparing import Comparison
from trinnvis.planning.pathways.pricing import Choices, PriceList, price
from trinnvis.planning.pathways.schema import OLDEST, Kind, Pathway, Persona
from trinnvis.planning.population.axes import FEMALE, MALE, Floats
from trinnvis.policy.model import Policy

SCENARIOS: Final = {Kind.PROACTIVE: "proactive", Kind.NORMAL: "as-today", Kind.REACTIVE: "reactive"}
QUANTILES: Final = (10, 20, 30, 40, 50, 60, 70, 80, 90)


@dataclass(frozen=True)
class Lives:
    """Every way to live on. by_step: [age from the first, step], share alive and there at each birthday;
    `steps` are step numbers, 0 first. deaths: [age from the first, years in an institution], shares that sum
    to one; the last age holds all who live longer.
    """

    first: int
    steps: tuple[int, ...]
    by_step: Floats
    deaths: Floats

    @property
    def alive(self) -> Floats:
        """[age from the first]"""
        total: Floats = self.by_step.sum(axis=1)
        return total

    @property
    def ever_in_institution(self) -> float:
        return float(self.deaths[:, 1:].sum())

    @property
    def months_in_institution(self) -> float:
        """Mean, of those who come there."""
        years = np.arange(self.deaths.shape[1])
        ever = self.ever_in_institution
        return float((self.deaths.sum(axis=0) * years).sum() / ever * 12) if ever else 0.0

    @property
    def median_age(self) -> int:
        """The age half have died by."""
        return self.first + int(np.searchsorted(np.cumsum(self.deaths.sum(axis=1)), 0.5))


@dataclass(frozen=True)
class Spread:
    """Kroner of a pathway when lives differ. as_told: the months of the stay as the story has them;
    modelled: as the ladder model has them. Both [quantile], as `QUANTILES`, and a mean.
    """

    kind: Kind
    lives: Lives
    as_told: Floats
    mean_as_told: float
    modelled: Floats
    mean_modelled: float


def spreads(found: Comparison, basis: Basis) -> tuple[Spread, ...]:
    """Each pathway of a comparison, in its order.

    Raises:
        Trouble: a municipality the ladder model does not know.
    """
    persona, policy = found.persona, found.prices.policy
    table = _table(persona, policy, basis)
    held = scenarios()
    made = []
    for pathway in persona.pathways:
        lives = lived(persona, pathway, table, policy, held[SCENARIOS[pathway.kind]].interventions)
        cost = _cost(persona, pathway, found.prices, found.choices)
        ages, years = (np.arange(length, dtype=float) for length in lives.deaths.shape)
        told = cost.of(ages, np.full_like(ages, cost.told or 0.0))
        modelled = cost.of(*np.meshgrid(ages, years if cost.told is not None else 0 * years, indexing="ij"))
        by_age = lives.deaths.sum(axis=1)
        made.append(
            Spread(
                pathway.kind,
                lives,
                _quantiles(told, by_age),
                float((told * by_age).sum()),
                _quantiles(modelled, lives.deaths),
                float((modelled * lives.deaths).sum()),
            )
        )
    return tuple(made)


def lived(
    persona: Persona, pathway: Pathway, table: Table, policy: Policy, interventions: tuple[object, ...]
) -> Lives:
    """The chain of one person from `from_age`, without services, until nobody is left or the story stops."""
    first, count = floor(persona.from_age), len(table.steps)
    last = OLDEST if pathway.ends == "death" else floor(pathway.to_age)
    years = np.arange(len(table.epoch) + 1) + _base(policy)
    moves = changed(table.moves[table.epoch], table.steps, years, interventions)  # type: ignore[arg-type]
    sex = FEMALE if persona.sex == "female" else MALE
    within = _institution(policy, table.steps)
    length = last - first
    now = np.zeros((length + 1, count))  # [years in an institution, step]
    now[0, table.steps.index(NO_STEP)] = 1.0
    by_step, deaths = np.zeros((length + 1, count)), np.zeros((length + 1, length + 1))
    by_step[0] = now.sum(axis=0)
    for t in range(length):
        going = now @ moves[t, first + t, sex]
        deaths[t] = going[:, count]
        now = going[:, :count]
        now[1:, within] = now[:-1, within]
        now[0, within] = 0.0
        by_step[t + 1] = now.sum(axis=0)
    deaths[length] = now.sum(axis=1)
    return Lives(first, table.steps, by_step, deaths)


@dataclass(frozen=True)
class _Cost:
    """What a life takes: home[y] kroner the first y years of age without the stay, then the stay.

    told: years of the stay as the story has them, None where the story does not end with one.
    whole: the story as told, for who outlives a story that stops before death.
    """

    home: Floats
    fixed: float
    yearly: float
    told: float | None
    whole: float | None

    def of(self, lived: Floats, stay: Floats) -> Floats:
        """Kroner of those who die in the middle of the year after `lived` whole years, the last `stay` years
        of them in an institution. Both and the answer have one shape.
        """
        age = lived + 0.5
        last = np.minimum(stay, age)
        home = np.interp(age - last, np.arange(len(self.home)), self.home)
        nok: Floats = home + np.where(last > 0, self.fixed + self.yearly * last, 0.0)
        return nok if self.whole is None else np.where(lived >= len(self.home) - 1, self.whole, nok)


def _cost(persona: Persona, pathway: Pathway, prices: PriceList, choices: Choices) -> _Cost:
    horizon = pathway.ends == "horizon"
    stay = pathway.episodes[-1] if pathway.episodes[-1].months is not None else None
    before = pathway.episodes if stay is None else pathway.episodes[:-1]
    length = floor(pathway.to_age if horizon else OLDEST) - floor(persona.from_age)
    home = np.zeros(length + 1)
    if before:
        longer = pathway.model_copy(
            update={"episodes": before, "to_age": pathway.to_age if horizon else OLDEST}
        )
        years = price(persona, longer, prices, choices).years[:length]
        home[1 : len(years) + 1] = np.cumsum([float(year.nok) for year in years])
        home[len(years) + 1 :] = home[len(years)]
    whole = float(price(persona, pathway, prices, choices).nok) if horizon else None
    if stay is None or horizon:
        return _Cost(home, 0.0, 0.0, None, whole)
    one, two = (_stay_alone(persona, pathway, prices, choices, years) for years in (1, 2))
    months = choices.months.get(pathway.kind, Fraction(stay.months.value if stay.months else 0))
    return _Cost(home, 2 * one - two, two - one, float(months) / 12, None)


def _stay_alone(persona: Persona, pathway: Pathway, prices: PriceList, choices: Choices, years: int) -> float:
    """Kroner of the last episode alone, as if life began there."""
    episode = pathway.episodes[-1].model_copy(update={"months": None, "from_age": persona.from_age})
    alone = pathway.model_copy(update={"episodes": (episode,), "to_age": persona.from_age + years})
    return float(price(persona, alone, prices, choices).nok)


def _table(persona: Persona, policy: Policy, basis: Basis) -> Table:
    code = policy.municipality.code
    base = _base(policy)
    return table_for(basis, levels(code, base), base, OLDEST - floor(persona.from_age) or 1)


def _base(policy: Policy) -> int:
    return base_years(policy.municipality.code)[-1]


def _institution(policy: Policy, steps: tuple[int, ...]) -> list[int]:
    """Columns of the steps where one usually lives on the highest step of the housing ladder."""
    highest = max(step.number for step in policy.housing_ladder.steps)
    numbers = {step.number for step in policy.effort_ladder.steps if highest in step.usual_housing}
    return [at for at, step in enumerate(steps) if step in numbers]


def _quantiles(values: Floats, weights: Floats) -> Floats:
    flat, weight = values.ravel(), weights.ravel()
    order = np.argsort(flat, kind="stable")
    running = np.cumsum(weight[order])
    at = np.searchsorted(running, np.array(QUANTILES) / 100.0 * running[-1])
    found: Floats = flat[order][np.minimum(at, len(order) - 1)]
    return found
