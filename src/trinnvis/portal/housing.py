"""Housing guidance (boligveiledning): the personas as life choices, and what one can do now. No kroner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trinnvis.planning.pathways.reading import shipped
from trinnvis.planning.pathways.schema import Kind, Pathway, Persona
from trinnvis.planning.pathways.timing import spans
from trinnvis.policy.model import HousingStep, Policy, Service


@dataclass(frozen=True)
class Stage:
    """A part of life. code: in the address."""

    code: str
    title: Promise
    first: int
    last: int


STAGES: Final = (
    Stage("barn", _("Barn og familie"), 0, 17),
    Stage("voksen", _("Ung og voksen, 18 til 49 år"), 18, 49),
    Stage("femti", _("50 til 66 år"), 50, 66),
    Stage("sytti", _("67 til 79 år"), 67, 79),
    Stage("atti", _("80 år og eldre"), 80, 200),
)


@dataclass(frozen=True)
class Choice:
    """One stretch of a story: the age it begins at, how one lives, and whether that is a new dwelling."""

    age: int
    title: str
    happened: str
    home: HousingStep
    moves: bool


@dataclass(frozen=True)
class Story:
    """A persona as a citizen reads it. late: how it may go without a plan, in a sentence; "" where untold."""

    persona: Persona
    choices: tuple[Choice, ...]
    late: str
    offers: tuple[Service, ...]


def stage_of(code: str) -> Stage | None:
    return next((stage for stage in STAGES if stage.code == code), None)


def stories(policy: Policy, stage: Stage | None = None) -> list[Story]:
    """Those whose story passes through a part of life, the youngest first."""
    every = [_story(persona, policy) for persona in shipped().values()]
    return [each for each in every if stage is None or _passes(each.persona, stage)]


def story_of(code: str, policy: Policy) -> Story | None:
    persona = shipped().get(code)
    return _story(persona, policy) if persona else None


def _story(persona: Persona, policy: Policy) -> Story:
    early = _of(persona, Kind.PROACTIVE) or persona.pathways[0]
    late = _of(persona, Kind.REACTIVE)
    offered = [service for service in policy.services if service.code in persona.citizen.services]
    return Story(
        persona,
        _choices(persona, early, policy),
        late.story if late and late is not early else "",
        tuple(sorted(offered, key=lambda service: min(service.steps))),
    )


def _choices(persona: Persona, pathway: Pathway, policy: Policy) -> tuple[Choice, ...]:
    homes = {step.number: step for step in policy.housing_ladder.steps}
    found: list[Choice] = []
    for span in spans(persona, pathway):
        home = homes.get(span.episode.housing_step)
        if home is not None:
            moves = bool(found) and found[-1].home != home
            found.append(
                Choice(
                    int(round(float(span.first), 1)), span.episode.title, span.episode.happened, home, moves
                )
            )
    return tuple(found)


def _of(persona: Persona, kind: Kind) -> Pathway | None:
    return next((pathway for pathway in persona.pathways if pathway.kind == kind), None)


def _passes(persona: Persona, stage: Stage) -> bool:
    last = max(pathway.to_age for pathway in persona.pathways)
    return persona.from_age <= stage.last and last >= stage.first
