"""A persona's pathways side by side: totals, and what the answer hangs on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from trinnvis.planning.pathways.pricing import AS_WRITTEN, Choices, Priced, PriceKey, PriceList, price
from trinnvis.planning.pathways.schema import Kind, Persona
from trinnvis.resources.calendar import MONTHS_IN_YEAR

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
    """The pathways of a persona, priced alike."""

    persona: Persona
    prices: PriceList
    choices: Choices
    priced: tuple[Priced, ...]

    @cached_property
    def swings(self) -> tuple[Swing, ...]:
        """What the answer hangs on: months in an institution first, then by how much they move it."""
        stays = _months(self.persona, self.prices, self.base, self.choices)
        others = [*self.price_swings, *_expenses(self.persona, self.priced)]
        return (*stays, *sorted(others, key=lambda swing: -swing.reach(self.base)))

    @cached_property
    def price_swings(self) -> tuple[Swing, ...]:
        """Those of the price list alone, the widest first."""
        found = _prices(self.prices, self.priced)
        return tuple(sorted(found, key=lambda swing: -swing.reach(self.base)))

    @property
    def base(self) -> Totals:
        return {each.pathway.kind: each.nok for each in self.priced}

    @property
    def ages(self) -> tuple[int, ...]:
        """Every year of age that any pathway has."""
        return tuple(sorted({year.age for each in self.priced for year in each.years}))

    @property
    def price_year(self) -> int:
        """The newest price year of the rows used."""
        return max(self.price_years, default=self.prices.on.year)

    @property
    def price_years(self) -> tuple[int, ...]:
        return tuple(sorted({row.price_year for each in self.priced for row in each.prices}))


def compare(persona: Persona, prices: PriceList, choices: Choices = AS_WRITTEN) -> Comparison:
    """All the pathways of a persona.

    Raises:
        Trouble: months that do not fit.
    """
    priced = tuple(price(persona, pathway, prices, choices) for pathway in persona.pathways)
    return Comparison(persona, prices, choices, priced)


def _months(persona: Persona, prices: PriceList, base: Totals, choices: Choices) -> list[Swing]:
    """Each pathway's own months in an institution."""
    found = []
    for pathway in persona.pathways:
        if (stay := pathway.stay) is None:
            continue
        room = (Fraction(pathway.to_age) - Fraction(persona.from_age)) * MONTHS_IN_YEAR
        low, high = (
            price(persona, pathway, prices, choices.with_months(pathway.kind, min(Fraction(end), room))).nok
            for end in (stay.low, stay.high)
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


def _prices(prices: PriceList, priced: tuple[Priced, ...]) -> list[Swing]:
    """Every price used, at the low and high end of its own range."""
    found = []
    rows = {(row.service, row.unit): row for each in priced for row in each.prices}
    for key, row in rows.items():
        if row.low is None or row.high is None or row.low == row.high or not row.nok:
            continue
        found.append(
            Swing(
                f"price.{row.service}",
                f"Pris: {prices.policy.service(row.service).title}",
                _nok(row.low),
                _nok(row.high),
                _scaled(priced, key, Fraction(row.low) / Fraction(row.nok)),
                _scaled(priced, key, Fraction(row.high) / Fraction(row.nok)),
                row.source,
                row.status.value,
            )
        )
    return found


def _expenses(persona: Persona, priced: tuple[Priced, ...]) -> list[Swing]:
    """What stands outside the price list and adds to the whole, all at low and all at high."""
    adding = [
        expense
        for pathway in persona.pathways
        for episode in pathway.episodes
        for expense in episode.expenses
        if not expense.instead_of_municipality
    ]
    nok, low, high = (sum((Fraction(getattr(e, end)) for e in adding), Fraction(0)) for end in _ENDS)
    if not nok:
        return []
    return [
        Swing(
            "expenses",
            "Sykehus og annet utenom prislista",
            "lavt",
            "høyt",
            _scaled(priced, None, low / nok),
            _scaled(priced, None, high / nok),
            "; ".join(dict.fromkeys(expense.source for expense in adding)),
            "eksempel",
        )
    ]


def _scaled(priced: tuple[Priced, ...], key: PriceKey, factor: Fraction) -> Totals:
    """The totals with one price so many times as high: kroner are linear in every price."""
    return {each.pathway.kind: each.nok + each.comes_of(key) * (factor - 1) for each in priced}


_ENDS = ("nok", "low", "high")


def _nok(value: Decimal) -> str:
    return f"{value:,.0f} kr".replace(",", "\u00a0")
