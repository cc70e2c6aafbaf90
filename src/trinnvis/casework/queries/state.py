"""Reads a case into the frozen value the rules look at."""

from __future__ import annotations

from trinnvis.casework.models import AssessmentEntry, Case, Clarification, Decision, Need
from trinnvis.casework.rules.state import CaseState, DecisionState
from trinnvis.policy.queries import policy_of

DECISION = ("case", "number", "kind", "state", "revision", "drafted_at", "drafted_by")  # what rules look at


def latest_decision(case: Case) -> Decision | None:
    """The decision being worked on, else the newest sent one."""
    return case.decisions.order_by("-drafted_at", "-pk").first()


def writers_of(case: Case, decision: Decision) -> frozenset[int]:
    """Everyone who has saved or submitted a decision: none of them may be the second person."""
    verbs = ("decision_drafted", "decision_submitted")
    events = case.events.filter(verb__in=verbs).order_by().values_list("actor", "data")
    return frozenset(pk for pk, data in events if pk is not None and data["decision"] == decision.number)


def state_of(case: Case) -> CaseState:
    """The case's state now, in a handful of queries."""
    policy = policy_of(case.policy_id)
    wish_topics = [topic.code for topic in policy.topics if topic.kind == "wish"]
    voices = set(case.entries.values_list("topic", "voice"))
    decisions = list(case.decisions.order_by("drafted_at", "pk").only(*DECISION))
    decision = decisions[-1] if decisions else None
    answers = (each.drafted_at for each in decisions if each.state == Decision.State.SENT)
    clarification = Clarification.objects.filter(case=case).values_list("state", flat=True)
    chosen = list(case.alternatives.filter(withdrawn_at=None).order_by().values_list("is_chosen", flat=True))
    open_needs = case.needs.filter(state=Need.State.OPEN).order_by().values_list("kind", flat=True)
    return CaseState(
        track=case.track,
        closed=case.closed_at is not None,
        applied=case.applied_at is not None,
        decided=case.applied_at is not None and any(at >= case.applied_at for at in answers),
        person_id=case.person_id,
        open_needs=frozenset(open_needs),
        citizen_wish=any((topic, AssessmentEntry.Voice.CITIZEN) in voices for topic in wish_topics),
        professional_voice=any(voice == AssessmentEntry.Voice.PROFESSIONAL for _, voice in voices),
        clarification=next(iter(clarification), ""),
        alternatives=len(chosen),
        chosen=any(chosen),
        decision=DecisionState(
            decision.number,
            decision.kind,
            decision.state,
            decision.revision,
            decision.drafted_by_id,
            writers_of(case, decision),
        )
        if decision
        else None,
        two_persons=policy.need_kind("approve").two_persons,
    )
