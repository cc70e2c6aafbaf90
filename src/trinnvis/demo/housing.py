"""Dwellings on the housing ladder. The stock of municipal dwellings follows what Lunner has published
(24 care dwellings at Roa, 32 long-term and 16 short-term places); the rest is an example."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from trinnvis.demo.draft import Home
from trinnvis.demo.figures import Settlement
from trinnvis.demo.names import street_names
from trinnvis.people.loading import DwellingFacts

SCATTERED = "Spredt"
OUTSIDE = "Utenfor kommunen"
CARE_CENTRE = "lunner-helse-og-omsorgssenter"


@dataclass(frozen=True)
class Stock:
    """Equal municipal places at one address."""

    address: str
    places: int
    settlement: str
    housing_step: int
    kind: str
    unit: str


LONG_TERM = (
    Stock("Lunner helse- og omsorgssenter, rom", 32, "Harestua", 6, "institusjonsplass", CARE_CENTRE),
    # 43 people had long-term places and the centre has 32: the other 11 are drawn as places bought elsewhere.
    Stock("Kjøpt sykehjemsplass (eksempel), rom", 8, OUTSIDE, 6, "kjøpt institusjonsplass", ""),
    Stock("Kjøpt forsterket plass (eksempel), rom", 3, OUTSIDE, 6, "kjøpt spesialisert plass", ""),
)
STAFFED = (
    Stock("Roa omsorgsboliger, bolig", 24, "Roa", 5, "omsorgsbolig", "roa-omsorgsboliger"),
    Stock("Lunner helse- og omsorgssenter, bolig", 12, "Harestua", 5, "omsorgsbolig", CARE_CENTRE),
)
SHORT_TERM = (
    Stock("Lunner helse- og omsorgssenter, korttidsrom", 16, "Harestua", 4, "korttidsplass", CARE_CENTRE),
)
MUNICIPAL = (
    Stock("Roa utleieboliger, bolig", 16, "Roa", 3, "kommunal utleiebolig", ""),
    Stock("Grua utleieboliger, bolig", 10, "Grua", 3, "kommunal utleiebolig", ""),
    Stock("Harestua utleieboliger, bolig", 14, "Harestua", 3, "kommunal utleiebolig", ""),
)
VACANT_MUNICIPAL = 4

# kind → share of the households, and how many of that kind have livsløpsstandard (examples)
KINDS = {
    SCATTERED: {"enebolig": 0.76, "gårdsbruk": 0.16, "rekkehus": 0.08},
    "": {"enebolig": 0.52, "rekkehus": 0.24, "leilighet": 0.24},
}
ACCESSIBLE = {"leilighet": 0.62, "rekkehus": 0.3, "enebolig": 0.2, "gårdsbruk": 0.1}
# The scattered houses belong to the postal district of the nearest settlement (shares are an example).
SCATTERED_DISTRICTS = (
    ("2720", "Grindvoll", 30),
    ("2730", "Lunner", 25),
    ("2740", "Roa", 20),
    ("2742", "Grua", 10),
    ("2743", "Harestua", 15),
)


class Places:
    """The municipal stock, handed out one by one."""

    def __init__(self, stocks: Iterable[Stock], settlements: Iterable[Settlement]) -> None:
        codes = {settlement.name: settlement.postal_code for settlement in settlements}
        self.vacant = [
            DwellingFacts(
                address=f"{stock.address} {number}",
                postal_code=codes.get(stock.settlement, "0000"),
                postal_place=stock.settlement,
                settlement=stock.settlement,
                housing_step=stock.housing_step,
                kind=stock.kind,
                municipal=True,
                unit=stock.unit,
            )
            for stock in stocks
            for number in range(1, stock.places + 1)
        ]
        self.vacant.reverse()

    def let(self, home: Home) -> Home:
        """The next vacant place to this household."""
        home.dwelling = self.vacant.pop()
        home.settlement = home.dwelling.settlement
        return home


def share_out(settlements: Iterable[Settlement], persons: int) -> Counter[str]:
    """So many people per settlement as was published; the rest, and those who have come since, are spread."""
    shares = Counter({row.name: row.persons for row in settlements})
    shares[SCATTERED] += persons - shares.total()
    return shares


def settle(homes: list[Home], left: Counter[str], rng: Random) -> None:
    """A settlement to each household, until exactly the `left` people are placed: the largest first."""
    order = list(homes)
    rng.shuffle(order)
    for home in sorted(order, key=lambda home: -len(home.members)):
        size = len(home.members)
        open_for = [name for name in left if left[name] >= size]
        home.settlement = rng.choices(open_for, [left[name] for name in open_for])[0]
        left[home.settlement] -= size


def let_municipal(homes: list[Home], places: Places, rng: Random) -> None:
    """Lets the municipal dwellings without staff to people under 67 living alone or alone with children."""
    order = list(homes)
    rng.shuffle(order)
    waiting = [
        home for home in order if home.members[0].age < 67 and sum(m.age >= 18 for m in home.members) == 1
    ]
    wanted = Counter(place.settlement for place in places.vacant)
    vacant = {name: [p for p in places.vacant if p.settlement == name] for name in wanted}
    for _ in range(VACANT_MUNICIPAL):
        max(vacant.values(), key=len).pop()
    for home in waiting:
        if vacant.get(home.settlement):
            home.dwelling = vacant[home.settlement].pop()
            places.vacant.remove(home.dwelling)


class Houses:
    """Private dwellings, built as they are needed: the streets of a settlement are filled in turn."""

    def __init__(self, settlements: Iterable[Settlement], rng: Random) -> None:
        self._codes = {settlement.name: settlement.postal_code for settlement in settlements}
        self._built: Counter[str] = Counter()
        self._rng = rng

    def draw(self, settlement: str) -> DwellingFacts:
        kinds = KINDS.get(settlement, KINDS[""])
        kind = self._rng.choices(list(kinds), list(kinds.values()))[0]
        return self.build(settlement, kind, 1 if self._rng.random() < ACCESSIBLE[kind] else 2)

    def build(self, settlement: str, kind: str, housing_step: int) -> DwellingFacts:
        streets = street_names(settlement)
        house, street = divmod(self._built[settlement], len(streets))
        self._built[settlement] += 1
        code, place = self._codes[settlement], settlement
        if settlement == SCATTERED:
            code, place, _ = self._rng.choices(
                SCATTERED_DISTRICTS, [share for *_, share in SCATTERED_DISTRICTS]
            )[0]
        return DwellingFacts(f"{streets[street]} {house + 1}", code, place, settlement, housing_step, kind)
