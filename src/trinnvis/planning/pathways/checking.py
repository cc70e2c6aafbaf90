"""What must hold between the parts of a persona, and against the policy: each fault on the field it is in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

from trinnvis.planning.pathways.schema import Line, Pathway, Persona
from trinnvis.planning.pathways.timing import begins, spans
from trinnvis.policy import messages
from trinnvis.policy.faults import Path, Problem
from trinnvis.policy.model import AmountUnit, Policy
from trinnvis.trouble import Trouble

MOST: Final = {
    AmountUnit.HOURS_PER_WEEK: 336,  # two people day and night
    AmountUnit.DAYS_PER_WEEK: 7,
    AmountUnit.PLACES: 1,
}
"""More than this of one service is a slip of the pen."""


def problems(persona: Persona, policy: Policy) -> Iterator[Problem]:
    """Everything wrong with a persona whose fields are sound one by one."""
    seen: set[str] = set()
    titles: set[str] = set()
    for p, pathway in enumerate(persona.pathways):
        if pathway.title.casefold() in titles:
            reason = f"To forløp heter «{pathway.title}»."
            yield Problem(("pathways", p, "title"), reason, "Gi dem hvert sitt navn.")
        titles.add(pathway.title.casefold())
        if pathway.kind in seen:
            yield Problem(
                ("pathways", p, "kind"),
                f"To forløp har slaget {pathway.kind.value}.",
                "Behold det ene, eller gi det andre et annet slag.",
            )
        seen.add(pathway.kind)
        yield from _in_order(persona, pathway, ("pathways", p))
    yield from _against_policy(persona, policy)


def _in_order(persona: Persona, pathway: Pathway, at: Path) -> Iterator[Problem]:
    """Each episode begins after the one before it, so that no two overlap, and the first with the person."""
    before = Fraction(persona.from_age)
    sound = True
    for e, episode in enumerate(pathway.episodes):
        here = (*at, "episodes", e)
        if episode.from_date is not None and persona.born is None:
            sound = False
            reason = "En dato kan ikke bli til en alder før vi vet når personen er født."
            yield Problem((*here, "from_date"), reason, "Skriv når personen er født, eller bruk alder.")
            continue
        age = begins(episode, persona.born)
        field = "from_date" if episode.from_date is not None else "from_age"
        if e == 0 and age != before:
            sound = False
            reason = f"Første episode må begynne når personen er {_years(before)} år, som historien."
            yield Problem((*here, field), reason, f"Skriv {_years(before)} her.")
        elif e > 0 and age is not None and age <= before:
            sound = False
            reason = (
                f"Episoden begynner ved {_years(age)} år, men den før begynner ved {_years(before)} år. "
                "Episoder kan ikke overlappe."
            )
            yield Problem((*here, field), reason, "Skriv en senere alder, eller sett episodene i rekkefølge.")
        if age is not None:
            before = max(before, age)
    end = Fraction(pathway.to_age)
    if end <= before:
        reason = f"Forløpet slutter ved {_years(end)} år, men siste episode begynner ved {_years(before)} år."
        yield Problem((*at, "to_age"), reason, "Skriv en senere alder.")
    elif sound:
        try:
            spans(persona, pathway)
        except Trouble as trouble:
            stays = [e for e, episode in enumerate(pathway.episodes) if episode.months is not None]
            yield Problem((*at, "episodes", stays[0], "months", "value"), str(trouble), trouble.remedy)
    for e, episode in enumerate(pathway.episodes):
        if episode.months is not None and not (
            episode.months.low <= episode.months.value <= episode.months.high
        ):
            reason = "Månedene ligger ikke mellom lavt og høyt anslag."
            yield Problem((*at, "episodes", e, "months", "value"), reason, "Rett ett av de tre tallene.")
        for x, expense in enumerate(episode.expenses):
            here = (*at, "episodes", e, "expenses", x)
            if not expense.low <= expense.nok <= expense.high:
                reason = "Beløpet ligger ikke mellom lavt og høyt anslag."
                yield Problem((*here, "nok"), reason, "Rett ett av de tre tallene.")


def _against_policy(persona: Persona, policy: Policy) -> Iterator[Problem]:
    """What the policy does not know: a service, a unit of it, a step of either ladder."""
    services = {service.code: service for service in policy.services}
    units: dict[str, set[str]] = {}
    for price in policy.prices:
        units.setdefault(price.service, set()).add(price.unit.value)
    steps = {step.number for step in policy.effort_ladder.steps}
    housing = {step.number for step in policy.housing_ladder.steps}
    for p, pathway in enumerate(persona.pathways):
        for e, episode in enumerate(pathway.episodes):
            at = ("pathways", p, "episodes", e)
            if episode.housing_step not in housing:
                reason = f"Boligtrappa har ikke trinn {episode.housing_step}."
                yield Problem((*at, "housing_step"), reason, f"Trinnene er {_listed(housing)}.")
            for n, line in enumerate(episode.lines):
                yield from _line(line, (*at, "lines", n), services, units, steps)
    for n, code in enumerate(persona.citizen.services):
        if code not in services:
            message = messages.unknown_code("tjenesten", code, list(services), "services")
            yield Problem(("citizen", "services", n), *message)


def _line(
    line: Line, at: Path, services: Mapping[str, Any], units: Mapping[str, set[str]], steps: set[int]
) -> Iterator[Problem]:
    if line.service not in services:
        message = messages.unknown_code("tjenesten", line.service, list(services), "services")
        yield Problem((*at, "service"), *message)
        return
    held = units.get(line.service, set())
    if held and line.unit.value not in held:
        reason = f"Prislista har ikke pris på {line.service} i enheten {line.unit.value}."
        yield Problem((*at, "unit"), reason, f"Enheten er {' eller '.join(sorted(held))}.")
    if line.amount > (most := MOST.get(line.unit, line.amount)):
        reason = f"{line.amount} er mer enn en person kan bruke."
        yield Problem((*at, "amount"), reason, f"Skriv høyst {most}.")
    if line.step is not None and line.step not in steps:
        reason = f"Innsatstrappa har ikke trinn {line.step}."
        yield Problem((*at, "step"), reason, f"Trinnene er {_listed(steps)}.")


def _listed(numbers: set[int]) -> str:
    return ", ".join(map(str, sorted(numbers)))


def _years(age: Fraction) -> str:
    return f"{round(float(age), 2):g}".replace(".", ",")
