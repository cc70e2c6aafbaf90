"""The main job as one story: from Ingrid's enquiry to a decision she can read, through the services alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from built_once import built_once
from cast import NOW, Beginning, case_of, people_under
from django.conf import settings

from trinnvis.access.actor import Actor
from trinnvis.casework import services
from trinnvis.casework.models import Case, Decision
from trinnvis.casework.queries.criteria import criteria_services, criteria_state
from trinnvis.casework.queries.state import latest_decision
from trinnvis.casework.rules.decision import Draft
from trinnvis.casework.rules.lines import Line
from trinnvis.policy.criteria import Outcome, ReasonRule
from trinnvis.policy.model import Policy
from trinnvis.policy.queries import policy_of
from trinnvis.resources.lines import PER_WEEK

START = date(2026, 12, 1)
REVIEW = date(2027, 6, 1)
REASONS = (
    "Du klarer ikke å dusje trygt alene etter bruddet. Med trening og litt hjelp kan du klare det igjen."
)


@dataclass(frozen=True)
class Players:
    citizen: Actor
    worker: Actor
    decider: Actor


def players_in(people: Mapping[str, Actor]) -> Players:
    """Those of `cast.people_under`."""
    return Players(people["ingrid"], people["sara"], people["bjorn"])


def after(build: Callable[[Players], Any], name: str) -> Beginning:
    """What `build` makes of the people under Lunner's policy, called `name` in the scene."""

    @built_once
    def begun() -> dict[str, Any]:
        people = people_under(settings.TRINNVIS_POLICY_FOLDER)
        return people | {name: build(players_in(people))}

    return begun


def line_of(policy: Policy, service: str, amount: str = "", ends_on: date | None = REVIEW) -> Line:
    """Three and a half of what is given by the week, one of all else."""
    row = policy.service(service)
    usual = "3.5" if row.unit in PER_WEEK else "1"
    return Line(service, row.steps[0], Decimal(amount or usual), row.unit.value, START, ends_on)


def assessed(players: Players, *, now: datetime = NOW, outcome: str = "clarification") -> Case:
    """A case where both have written, and the assessment is complete."""
    case = case_of(players.citizen, players.worker, now=now, outcome=outcome, is_application=True)
    number, policy = case.number, policy_of(case.policy_id)
    topics = [topic.code for topic in policy.topics]
    revisions = {entry.topic: entry.revision for entry in case.entries.filter(voice="citizen")}
    own = {
        code: services.Words("Jeg vil gå til butikken selv igjen.", revisions.get(code, 0)) for code in topics
    }
    services.write_assessment(number=number, voice="citizen", texts=own, actor=players.citizen, now=now)
    services.write_assessment(
        number=number,
        voice="professional",
        texts={code: services.Words("Ustø på badet, trygg med rullator.", 0) for code in topics},
        actor=players.worker,
        now=now,
    )
    functions = policy.code_list("function", now.date()).entries
    services.score_function(
        number=number,
        scores={entry.code: services.Score(2, "", 0) for entry in functions},
        actor=players.worker,
        now=now,
    )
    services.set_housing(number=number, housing_step=1, expected_revision=0, actor=players.worker, now=now)
    services.decide_capacity(
        number=number,
        conclusion="has",
        reason="Ingrid forstår hva saken gjelder og hva valget betyr.",
        shown_to="Ingrid",
        expected_revision=0,
        actor=players.worker,
        now=now,
    )
    services.complete_assessment(number=number, actor=players.worker, now=now)
    return Case.objects.get(number=number)


def answer_all_criteria(
    case: Case, players: Players, *, now: datetime = NOW, answers: Mapping[str, str] | None = None
) -> None:
    """The first answer at every question that still leads to a met criterion; `answers` chooses others."""
    chosen = answers or {}
    for service in criteria_services(case):
        while question := criteria_state(case, service).walk.next:
            wanted = [a for a in question.answers if a.code == chosen.get(question.code)]
            met = [a for a in question.answers if a.outcome != Outcome.NOT_MET]
            answer = (*wanted, *met, *question.answers)[0]
            services.answer_criterion(
                number=case.number,
                service=service,
                question=question.code,
                answer=answer.code,
                reason="Slik er det." if answer.reason != ReasonRule.NONE else "",
                expected_revision=0,
                actor=players.worker,
                now=now,
            )


def drafted(
    players: Players,
    service: str,
    other: str,
    *,
    now: datetime = NOW,
    answers: Mapping[str, str] | None = None,
    **fields: object,
) -> Case:
    """A decision ready to submit: two alternatives compared, one chosen, criteria answered."""
    case = assessed(players, now=now)
    policy = policy_of(case.policy_id)
    made = [
        services.add_alternative(
            case.number,
            title=policy.service(code).title,
            why="Kan dekke behovet.",
            lines=[line_of(policy, code)],
            actor=players.worker,
            now=now,
        )
        for code in (service, other)
    ]
    services.choose_alternative(made[0].pk, reason="Minst inngripende.", actor=players.worker, now=now)
    answer_all_criteria(case, players, now=now, answers=answers)
    draft = Draft(
        kind="grant",
        citizen_wish="Jeg vil dusje selv og gå til butikken.",
        wish_weighed="Vi har lagt stor vekt på ønsket ditt.",
        goal="Du dusjer selv innen seks måneder.",
        facts="Du brakk hoften i oktober og kom hjem fra sykehuset 3. november.",
        reasons=REASONS,
        starts_on=START,
        ends_on=REVIEW,
        review_on=REVIEW,
        lines=(line_of(policy, service),),
    )
    services.draft_decision(
        case.number, draft=replace(draft, **fields), expected_revision=0, actor=players.worker, now=now
    )
    return Case.objects.get(number=case.number)


def approved(case: Case, players: Players, *, now: datetime = NOW) -> Decision:
    """The draft submitted by the case worker and approved by the decision maker."""
    decision = latest_decision(case)
    assert decision is not None
    services.submit_decision(case.number, expected_revision=decision.revision, actor=players.worker, now=now)
    return services.approve_decision(
        case.number, expected_revision=decision.revision, actor=players.decider, now=now
    )
