"""A comparison as JSON. `docs/methods/pathway.schema.json` is made from the shape described here."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from trinnvis.planning.pathways.comparing import Comparison
from trinnvis.planning.pathways.pricing import Amount, Priced


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PersonaPart(_Part):
    code: str
    name: str
    title: str
    about: str
    from_age: float
    source: str
    status: str


class AmountPart(_Part):
    nok: float
    hours: float = Field(description="Working hours; for next_of_kin their own unpaid hours")


class YearPart(_Part):
    """One year of age, from birthday to birthday; the last may be a part of one."""

    age: int
    nok: float = Field(description="All payers together; the sum of by_step, and of by_payer")
    hours: float = Field(description="The municipality's working hours; those of next of kin are not in it")
    by_step: dict[str, AmountPart] = Field(description="Step of the ladder, or «outside»")
    by_payer: dict[str, AmountPart] = Field(description="municipality, state, citizen, next_of_kin")
    housing_step: int = Field(description="On the first day of the year")
    survival: float = Field(ge=0, le=1, description="Share of people like the persona alive at this age")


class PathwayPart(_Part):
    kind: Literal["proactive", "normal", "reactive"]
    title: str
    story: str
    source: str
    status: str
    years: list[YearPart]
    cumulative_nok: list[float]
    total_nok: float
    total_hours: float
    by_payer: dict[str, AmountPart]
    expected_nok: float = Field(description="Each year counted by the share who live to see it")
    unpriced: list[str] = Field(description="Services the price list has no price of; not in the sums")


class DifferencePart(_Part):
    """A pathway less the first one."""

    kind: str
    less: str
    nok: list[float | None] = Field(description="By year of age, as `ages`; null where one has ended")
    total_nok: float
    total_hours: float


class SwingPart(_Part):
    code: str
    title: str
    low_text: str
    high_text: str
    low: dict[str, float] = Field(description="Total kroner of each pathway at the low end")
    high: dict[str, float]
    source: str
    status: str


class PathwayDocument(_Part):
    persona: PersonaPart
    price_year: int = Field(description="The newest price year of the rows used")
    price_years: list[int]
    ages: list[int]
    pathways: list[PathwayPart]
    differences: list[DifferencePart]
    sensitivity: list[SwingPart]
    assumptions: list[str]
    sources: list[str]


def as_json(found: Comparison) -> dict[str, Any]:
    """As `PathwayDocument` says."""
    persona = found.persona
    alive = dict(zip(found.ages, found.survival, strict=True))
    return {
        "persona": {
            "code": persona.code,
            "name": persona.name,
            "title": persona.title,
            "about": persona.about,
            "from_age": float(persona.from_age),
            "source": persona.source,
            "status": persona.status.value,
        },
        "price_year": max(found.price_years, default=found.prices.on.year),
        "price_years": list(found.price_years),
        "ages": list(found.ages),
        "pathways": [_pathway(found, priced, alive) for priced in found.priced],
        "differences": [_difference(found, priced) for priced in found.priced[1:]],
        "sensitivity": [
            {
                "code": swing.code,
                "title": swing.title,
                "low_text": swing.low_text,
                "high_text": swing.high_text,
                "low": {kind.value: _kroner(nok) for kind, nok in swing.low.items()},
                "high": {kind.value: _kroner(nok) for kind, nok in swing.high.items()},
                "source": swing.source,
                "status": swing.status,
            }
            for swing in found.swings
        ],
        "assumptions": list(persona.assumptions),
        "sources": sources(found),
    }


def sources(found: Comparison) -> list[str]:
    """Where every figure comes from, each with its status, once."""
    said = [f"{p.pathway.title}: {p.pathway.source} ({p.pathway.status.value})" for p in found.priced]
    for priced in found.priced:
        for row in priced.prices:
            title = found.prices.policy.service(row.service).title
            said.append(f"{title}: {row.source} ({row.status.value})")
        for span in priced.spans:
            said += [f"{e.title}: {e.source} ({e.status.value})" for e in span.episode.expenses]
            if (stay := span.episode.months) is not None:
                said.append(f"{span.episode.title}, måneder: {stay.source} ({stay.status.value})")
    said.append("Dødelighet: SSB tabell 07902, med fallet Trinnvis' egen framskriving regner med")
    return list(dict.fromkeys(said))


def _pathway(found: Comparison, priced: Priced, alive: dict[int, float]) -> dict[str, Any]:
    running, cumulative = Fraction(0), []
    for year in priced.years:
        running += year.nok
        cumulative.append(_kroner(running))
    totals: dict[str, Amount] = {}
    for year in priced.years:
        for payer, amount in year.by_payer.items():
            totals.setdefault(payer, Amount()).add(amount.nok, amount.hours)
    return {
        "kind": priced.pathway.kind.value,
        "title": priced.pathway.title,
        "story": priced.pathway.story,
        "source": priced.pathway.source,
        "status": priced.pathway.status.value,
        "years": [
            {
                "age": year.age,
                "nok": _kroner(year.nok),
                "hours": _hours(year.hours),
                "by_step": _amounts(year.by_step),
                "by_payer": _amounts(year.by_payer),
                "housing_step": year.housing_step,
                "survival": alive[year.age],
            }
            for year in priced.years
        ],
        "cumulative_nok": cumulative,
        "total_nok": _kroner(priced.nok),
        "total_hours": _hours(priced.hours),
        "by_payer": _amounts(totals),
        "expected_nok": _kroner(found.expected(priced)),
        "unpriced": list(priced.unpriced),
    }


def _difference(found: Comparison, priced: Priced) -> dict[str, Any]:
    first = found.priced[0]
    mine = {year.age: year.nok for year in priced.years}
    theirs = {year.age: year.nok for year in first.years}
    both = mine.keys() & theirs.keys()
    return {
        "kind": priced.pathway.kind.value,
        "less": first.pathway.kind.value,
        "nok": [_kroner(mine[age] - theirs[age]) if age in both else None for age in found.ages],
        "total_nok": _kroner(priced.nok - first.nok),
        "total_hours": _hours(priced.hours - first.hours),
    }


def _amounts(held: dict[str, Amount]) -> dict[str, dict[str, float]]:
    ordered = sorted(held, key=lambda key: (not key.isdigit(), int(key) if key.isdigit() else 0, key))
    return {
        str(key): {"nok": _kroner(held[key].nok), "hours": _hours(held[key].hours)}
        for key in ordered
        if held[key].nok or held[key].hours
    }


def _kroner(value: Fraction) -> float:
    return round(float(value), 2)


def _hours(value: Fraction) -> float:
    return round(float(value), 2)
