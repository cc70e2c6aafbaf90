"""Decisions as written: what stands in one, what it still lacks, and which ones an actor may read."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from trinnvis.access.actor import Actor
from trinnvis.access.rules import DECISION_RULES, AccessRule
from trinnvis.casework.errors import Missing, NotFound
from trinnvis.casework.models import Case, Decision, DecisionLine
from trinnvis.casework.rules.actions import WORKERS
from trinnvis.casework.rules.decision import Draft, missing_parts
from trinnvis.casework.rules.lines import Line
from trinnvis.policy.queries import policy_of

from .case import look
from .criteria import criteria_walks
from .granting import Gate, Standing
from .visible import hats_by, rules_granting, worn_hats


def content_of(decision: Decision) -> Draft:
    """The decision as the value the rules judge; lines in the order they were written."""
    return Draft(
        kind=decision.kind,
        party=decision.party_id,
        citizen_wish=decision.citizen_wish,
        wish_weighed=decision.wish_weighed,
        goal=decision.goal,
        facts=decision.facts,
        reasons=decision.reasons,
        refused=decision.refused,
        starts_on=decision.starts_on,
        ends_on=decision.ends_on,
        review_on=decision.review_on,
        lines=tuple(
            Line(
                service=line.service,
                step=line.step,
                amount=line.amount,
                unit=line.unit,
                starts_on=line.starts_on,
                ends_on=line.ends_on,
                granted=line.granted,
                reason=line.reason,
            )
            for line in decision.lines.order_by("pk")
        ),
    )


def missing_in(decision: Decision, *, now: datetime) -> tuple[Missing, ...]:
    """What keeps a draft from being submitted now, each with its form field; () when it is complete."""
    case, draft = decision.case, content_of(decision)
    policy = policy_of(case.policy_id)
    services = {line.service for line in draft.lines}
    walks = criteria_walks(case, services)
    finished = {code for code, walk in walks.items() if walk.finished}
    reached = services if case.track == Case.Track.FAST else finished
    on = timezone.localtime(now).date()
    return missing_parts(draft, policy, on, criteria_reached=reached, walks=walks, translate=gettext)


def decided_services(alternative: int | None) -> frozenset[str]:
    """The services of a choice, given by its key, that a sent decision has answered."""
    if alternative is None:
        return frozenset()
    sent = DecisionLine.objects.filter(decision__alternative=alternative, decision__sent_at__isnull=False)
    return frozenset(sent.values_list("service", flat=True))


def decisions_of(case: Case, actor: Actor, now: datetime) -> QuerySet[Decision]:
    """The case's decisions that this actor may read: those who decide see drafts, all others what is sent."""
    return _readable(case, actor, worn_hats(case, actor, now))


def _readable(case: Case, actor: Actor, hats: frozenset[str]) -> QuerySet[Decision]:
    rows = case.decisions.order_by("drafted_at", "pk")
    if hats & WORKERS or rows.filter(decided_by_id=actor.account_id).exists():
        return rows
    return rows.filter(state=Decision.State.SENT)


def decision_row(actor: Actor, number: str, now: datetime, *, what: str) -> Decision:
    """One decision by its number, the look written in the citizen's read log.

    A next of kin who is party reads what is sent to them, and nothing else of the case.

    Raises:
        NotFound: there is no such decision, or the actor may not read it (yet).
    """
    rows = Decision.objects.select_related("case__person", "party", "decided_by", "drafted_by")
    decision = rows.filter(number=number).first()
    if decision is None or actor.account_id is None:
        raise NotFound(number)
    case = decision.case
    granting = rules_granting(case, actor, now)
    as_party = [] if granting else rules_granting_decision(decision, actor, now)
    look(actor, case.person_id, now, what=what, granting=granting or as_party, number=case.number)
    readable = _readable(case, actor, hats_by(granting, case, actor))
    if not as_party and not readable.filter(pk=decision.pk).exists():
        raise NotFound(number)
    return decision


def decisions_to(actor: Actor, now: datetime) -> QuerySet[Decision]:
    """Sent decisions where the actor, or someone they may read for, is party as next of kin; newest first."""
    mine = PARTIES.visible(Standing(actor, now))
    return mine.select_related("case__person", "party").order_by("-sent_at", "-pk")


def rules_granting_decision(decision: Decision, actor: Actor, now: datetime) -> list[AccessRule]:
    """The rules that let the actor read this decision without seeing its case."""
    return PARTIES.granting(decision, Standing(actor, now))


SENT = Q(state=Decision.State.SENT)
PARTIES = Gate(
    Decision,
    DECISION_RULES,
    {
        "party_to": lambda s, units: SENT & Q(party_id=s.actor.person_id, party_id__isnull=False),
        "reads_for_party": lambda s, units: SENT & Q(party_id__in=s.reads_for),
    },
)


def decided_on(decision: Decision, now: datetime) -> date:
    """The day whose law and prices the decision is read by: when sent, else decided, else today."""
    return timezone.localtime(decided_at(decision, now)).date()


def decided_at(decision: Decision, now: datetime) -> datetime:
    """The moment behind `decided_on`; price lists adopted after it change nothing in the decision."""
    return decision.sent_at or decision.decided_at or now
