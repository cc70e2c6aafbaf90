"""A persona's pathways side by side: totals, differences, what the answer hangs on, and how many live that
long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

import numpy as np

from trinnvis.planning.pathways.pricing import Priced, PriceList, price
from trinnvis.planning.pathways.schema import Kind, Pathway, Persona
from trinnvis.planning.population.axes import FEMALE, MALE
from trinnvis.planning.population.mortality import estimate, years_ahead
from trinnvis.planning.population.shipped import figures

Totals = dict[Kind, Fraction]


@dataclass(frozen=True)
class Swing:
    """One assumption at its low and at its high, all others as written: total kroner of each pathway."""

    code: str
    title: str
    low_text: str
    high_text: str
    low: Totals
    high: Totals
    source: str
    status: str

    def reach(self, base: Totals) -> Fraction:
        """The largest change of any pathway's total."""
        ends = (self.low, self.high)
        return max(abs(end[kind] - base[kind]) for end in ends for kind in base)


@dataclass(frozen=True)
class Comparison:
    """survival: the share of people like the persona who are alive at the start of each year of age.

    swings: months in an institution first, then by how much they move the answer.
    """

    persona: Persona
    prices: PriceList
    priced: tuple[Priced, ...]
    swings: tuple[Swing, ...]
    survival: tuple[float, ...]

    @property
    def base(self) -> Totals:
        return {each.pathway.kind: each.nok for each in self.priced}

    @property
    def ages(self) -> tuple[int, ...]:
        """Every year of age that any pathway has."""
        return tuple(sorted({year.age for each in self.priced for year in each.years}))

    @property
    def price_years(self) -> tuple[int, ...]:
        return tuple(sorted({row.price_year for each in self.priced for row in each.prices}))

    def expected(self, priced: Priced) -> Fraction:
        """Kroner when each year counts as much as the share who live to see it."""
        alive = {age: Fraction(share) for age, share in zip(self.ages, self.survival, strict=True)}
        return sum((year.nok * alive[year.age] for year in priced.years), Fraction(0))


def compare(persona: Persona, prices: PriceList, months: Mapping[Kind, Fraction] | None = None) -> Comparison:
    """All the pathways of a persona. `months`: instead of the written months in an institution.

    Raises:
        Trouble: months that do not fit.
    """
    chosen = dict(months or {})
    priced = tuple(price(persona, p, prices, months_instead=chosen.get(p.kind)) for p in persona.pathways)
    ages = sorted({year.age for each in priced for year in each.years})
    found = [*_prices(persona, prices, priced, chosen), *_expenses(persona, prices, priced, chosen)]
    base = {each.pathway.kind: each.nok for each in priced}
    found.sort(key=lambda swing: -swing.reach(base))
    first = _months(persona, prices, priced)
    return Comparison(
        persona, prices, priced, (*first, *found), tuple(survival(persona, floor(persona.from_age), ages))
    )


def survival(persona: Persona, start: int, ages: list[int]) -> list[float]:
    """Of those alive at `start`, the share alive on each birthday: the national life table, improving."""
    data = figures()
    mortality = estimate(data, data.last_year)
    sex = FEMALE if persona.sex == "female" else MALE
    alive, shares = 1.0, {start: 1.0}
    for ahead, age in enumerate(range(start, max(ages))):
        alive *= float(mortality.survival(years_ahead(ahead))[min(age, 105), sex])
        shares[age + 1] = alive
    return [float(np.round(shares[age], 6)) for age in ages]


def _months(persona: Persona, prices: PriceList, priced: tuple[Priced, ...]) -> list[Swing]:
    """Each pathway's own months in an institution."""
    base = {each.pathway.kind: each.nok for each in priced}
    found = []
    for pathway in persona.pathways:
        stays = [episode.months for episode in pathway.episodes if episode.months is not None]
        for stay in stays[:1]:
            low, high = (
                price(persona, pathway, prices, months_instead=_fits(pathway, months)).nok
                for months in (stay.low, stay.high)
            )
            found.append(
                Swing(
                    f"months.{pathway.kind.value}",
                    f"Måneder på heldøgns plass, {pathway.title.lower()}",
                    f"{stay.low:f}",
                    f"{stay.high:f}",
                    base | {pathway.kind: low},
                    base | {pathway.kind: high},
                    stay.source,
                    stay.status.value,
                )
            )
    return found


def _fits(pathway: Pathway, months: Decimal) -> Fraction:
    """No longer than the pathway itself: a range may be wider than a short life."""
    room = (Fraction(pathway.to_age) - Fraction(pathway.episodes[0].from_age or 0)) * 12
    return min(Fraction(months), room)


def _prices(
    persona: Persona, prices: PriceList, priced: tuple[Priced, ...], months: Mapping[Kind, Fraction]
) -> list[Swing]:
    """Every price used, at the low and high end of its own range."""
    rows = {(row.service, row.unit): row for each in priced for row in each.prices}
    found = []
    for key, row in rows.items():
        if row.low is None or row.high is None or row.low == row.high:
            continue
        ends = []
        for value in (row.low, row.high):
            other = prices.at_prices({key: value})
            ends.append(
                {
                    each.pathway.kind: price(
                        persona, each.pathway, other, months_instead=months.get(each.pathway.kind)
                    ).nok
                    if any(key == (used.service, used.unit) for used in each.prices)
                    else each.nok
                    for each in priced
                }
            )
        title = prices.policy.service(row.service).title
        found.append(
            Swing(
                f"price.{row.service}",
                f"Pris: {title}",
                _nok(row.low),
                _nok(row.high),
                ends[0],
                ends[1],
                row.source,
                row.status.value,
            )
        )
    return found


def _expenses(
    persona: Persona, prices: PriceList, priced: tuple[Priced, ...], months: Mapping[Kind, Fraction]
) -> list[Swing]:
    """What stands outside the price list and adds to the whole, all at low and all at high."""
    adding = [
        expense
        for pathway in persona.pathways
        for episode in pathway.episodes
        for expense in episode.expenses
        if not expense.instead_of_municipality
    ]
    if not adding:
        return []
    nok, low, high = (sum((Fraction(getattr(e, end)) for e in adding), Fraction(0)) for end in _ENDS)
    ends = [
        {
            each.pathway.kind: price(
                persona,
                each.pathway,
                prices,
                months_instead=months.get(each.pathway.kind),
                expense_factor=end / nok if nok else Fraction(1),
            ).nok
            for each in priced
        }
        for end in (low, high)
    ]
    sources = "; ".join(dict.fromkeys(expense.source for expense in adding))
    return [
        Swing(
            "expenses",
            "Sykehus og annet utenom prislista",
            "lavt",
            "høyt",
            ends[0],
            ends[1],
            sources,
            "eksempel",
        )
    ]


_ENDS = ("nok", "low", "high")


def _nok(value: Decimal) -> str:
    return f"{value:,.0f} kr".replace(",", "\u00a0")
