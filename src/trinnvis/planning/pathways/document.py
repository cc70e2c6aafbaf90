"""A comparison as JSON. `docs/methods/pathway.schema.json` is made from the shape described here."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from trinnvis.planning.pathways.comparing import Comparison, Swing
from trinnvis.planning.pathways.pricing import Amount, Priced


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PersonaPart(_Part):
    code: str
    name: str
    title: str
    about: str
    sex: Literal["female", "male"]
    from_age: float
    source: str
    status: str
    stories: dict[str, str] = Field(description="What happens in each pathway, by kind")


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


class PathwayPart(_Part):
    kind: Literal["proactive", "normal", "reactive"]
    years: list[YearPart]
    total_nok: float
    total_hours: float


class RangePart(_Part):
    """The assumption at its low and its high, all others as they are: total kroner of each pathway."""

    low_text: str
    high_text: str
    low: dict[str, float]
    high: dict[str, float]


class AssumptionPart(_Part):
    """What the answer rests on. Months in an institution first, then by how much they move the answer."""

    code: str = Field(description="months.KIND, price.SERVICE, expenses, story.KIND, choice or text")
    text: str
    source: str
    status: str
    total_nok: RangePart | None = Field(description="null where the assumption is not a figure")


class PathwayDocument(_Part):
    persona: PersonaPart
    price_year: int = Field(description="The newest price year of the rows used")
    pathways: list[PathwayPart]
    assumptions: list[AssumptionPart]


def as_json(found: Comparison) -> dict[str, Any]:
    """As `PathwayDocument` says."""
    persona = found.persona
    return {
        "persona": {
            "code": persona.code,
            "name": persona.name,
            "title": persona.title,
            "about": persona.about,
            "sex": persona.sex,
            "from_age": float(persona.from_age),
            "source": persona.source,
            "status": persona.status.value,
            "stories": {each.kind.value: each.story for each in persona.pathways},
        },
        "price_year": found.price_year,
        "pathways": [_pathway(priced) for priced in found.priced],
        "assumptions": list(_assumptions(found)),
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
    return list(dict.fromkeys(said))


def choices_told(found: Comparison) -> list[str]:
    """What has been chosen instead of what is written."""
    chosen, policy = found.choices, found.prices.policy
    titles = {each.kind: each.title.lower() for each in found.persona.pathways}
    told = [
        f"Valgt: {_plain(months)} måneder på heldøgns plass i {titles[kind]}."
        for kind, months in chosen.months.items()
        if kind in titles
    ]
    told += [
        f"Valgt pris: {policy.service(service).title} {_plain(Fraction(nok))} kr."
        for (service, _), nok in chosen.prices.items()
    ]
    if chosen.discount:
        told.append(f"Kroner er diskontert med {_plain(chosen.discount * 100)} prosent i året.")
    return told


def unpriced_told(found: Comparison) -> list[str]:
    """What the sums lack."""
    missing = sorted({service for each in found.priced for service in each.unpriced})
    return [
        f"Prislista har ingen pris på {found.prices.policy.service(service).title}. Den er utenfor summene."
        for service in missing
    ]


def _assumptions(found: Comparison) -> Iterator[dict[str, Any]]:
    persona = found.persona
    for swing in found.swings:
        yield _said(swing.code, swing.title, swing.source, swing.status, swing)
    for each in persona.pathways:
        yield _said(f"story.{each.kind.value}", each.title, each.source, each.status.value)
    for text in (*choices_told(found), *unpriced_told(found)):
        yield _said("choice", text, "", "")
    for text in persona.assumptions:
        yield _said("text", text, persona.source, persona.status.value)


def _said(code: str, text: str, source: str, status: str, swing: Swing | None = None) -> dict[str, Any]:
    reach = None
    if swing is not None:
        reach = {
            "low_text": swing.low_text,
            "high_text": swing.high_text,
            "low": {kind.value: _rounded(nok) for kind, nok in swing.low.items()},
            "high": {kind.value: _rounded(nok) for kind, nok in swing.high.items()},
        }
    return {"code": code, "text": text, "source": source, "status": status, "total_nok": reach}


def _pathway(priced: Priced) -> dict[str, Any]:
    return {
        "kind": priced.pathway.kind.value,
        "years": [
            {
                "age": year.age,
                "nok": _rounded(year.nok),
                "hours": _rounded(year.hours),
                "by_step": _amounts(year.by_step),
                "by_payer": _amounts(year.by_payer),
                "housing_step": year.housing_step,
            }
            for year in priced.years
        ],
        "total_nok": _rounded(priced.nok),
        "total_hours": _rounded(priced.hours),
    }


def _amounts(held: dict[str, Amount]) -> dict[str, dict[str, float]]:
    ordered = sorted(held, key=lambda key: (not key.isdigit(), int(key) if key.isdigit() else 0, key))
    return {
        str(key): {"nok": _rounded(held[key].nok), "hours": _rounded(held[key].hours)}
        for key in ordered
        if held[key].nok or held[key].hours
    }


def _rounded(value: Fraction) -> float:
    return round(float(value), 2)


def _plain(value: Fraction) -> str:
    return f"{round(float(value), 2):g}".replace(".", ",")
