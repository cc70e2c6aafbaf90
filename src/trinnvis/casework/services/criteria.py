"""Answers the criteria (tildelingskriterier) one by one. A person answers; nothing is pre-answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.casework.covering import covered
from trinnvis.casework.errors import Conflict
from trinnvis.casework.models import Case, CriterionAnswer
from trinnvis.casework.queries.criteria import CriteriaState, considered, criteria_state, criteria_states
from trinnvis.casework.rules.criteria import find_answer, find_question, lacks_reason
from trinnvis.casework.rules.revising import Verdict, weigh

from .acting import acting
from .complaints import Complaints
from .needs import open_need, solve_need
from .recording import record
from .revising import author_id, saved_meanwhile


def answer_criterion(
    number: str,
    *,
    service: str,
    question: str,
    answer: str,
    reason: str = "",
    expected_revision: int,
    actor: Actor,
    now: datetime,
) -> CriterionAnswer:
    """Answer one question of one service's criteria; the answer that counts is returned.

    Answers further down that the new answer leads away from no longer count, and are kept.

    Raises:
        Incomplete: a service or question that is not asked now, an unknown answer, or a required reason
            missing; on `service`, `question`, `answer` or `reason`.
        Conflict: someone answered first; `current` is their answer.
    """
    with acting(number, "criteria", actor=actor, now=now) as (case, _state):
        complaints = Complaints()
        now_considered = considered(case)
        if service not in now_considered.allowed:
            complaints.add(
                "service",
                _("Ingen av alternativene har en tjeneste «%(code)s» med kriterier.") % {"code": service},
            )
        complaints.stop()
        criteria = criteria_state(case, service)
        words = _check(criteria, question, answer, reason, complaints)
        complaints.stop()
        history = criteria.answers.get(question, ())
        verdict = weigh((answer, words), expected_revision, [(row.answer, row.reason) for row in history])
        if verdict is Verdict.CONFLICT:
            theirs = history[-1] if history else None
            raise Conflict(saved_meanwhile(theirs), theirs)
        if verdict is Verdict.UNCHANGED:
            return history[-1]
        row = CriterionAnswer.objects.create(
            case=case,
            service=service,
            question=question,
            answer=answer,
            reason=words,
            revision=len(history) + 1,
            written_by_id=author_id(actor),
            written_at=now,
        )
        states = criteria_states(case, now_considered.allowed)
        outcome = next(state.walk.outcome for state in states if state.service.code == service)
        data = {
            "service": service,
            "question": question,
            "answer": answer,
            "revision": row.revision,
            "outcome": outcome.value if outcome else None,
            "rows": covered(row),
        }
        record(case, verb="criterion_answered", actor=actor, now=now, data=data)
        asked = [state for state in states if state.service.code in now_considered.asked]
        _settle(case, asked if now_considered.is_chosen else None, actor=actor, now=now)
        return row


def settle_criteria(case: Case, *, actor: Actor, now: datetime) -> None:
    """Solve or re-open the need `answer_criteria` from what stands: call it whenever the choice has changed.

    Solved: every service with criteria in the chosen alternative, and in a decision being written, has
    reached an outcome, met or not.
    A case that never had the need does not get it here. The caller settles the case.
    """
    now_considered = considered(case)
    chosen = criteria_states(case, now_considered.asked) if now_considered.is_chosen else None
    _settle(case, chosen, actor=actor, now=now)


def _settle(case: Case, chosen: Sequence[CriteriaState] | None, *, actor: Actor, now: datetime) -> None:
    """`chosen`: the criteria of what is chosen, None while nothing is."""
    if chosen is not None and all(state.walk.finished for state in chosen):
        note = "" if chosen else _("Ingen av tjenestene har kriterier.")
        solve_need(case, "answer_criteria", actor=actor, now=now, note=note, relevant=bool(chosen))
        return
    why = _("Det er kriterier som ikke er besvart.")
    open_need(case, "answer_criteria", actor=actor, now=now, note=why, only_again=True)


def _check(criteria: CriteriaState, question: str, answer: str, reason: str, complaints: Complaints) -> str:
    """The cleaned reason; complaints about question, answer and reason go to `complaints`."""
    words = complaints.text("reason", reason)
    found = find_question(criteria.tree, question)
    if found is None or not criteria.walk.may_answer(question):
        complaints.add("question", _("Dette spørsmålet stilles ikke nå. Last siden inn på nytt."))
        return words
    choice = find_answer(found, answer)
    if choice is None:
        known = ", ".join(f"«{possible.label}»" for possible in found.answers)
        complaints.add("answer", _("Velg et av svarene: %(known)s.") % {"known": known})
    elif lacks_reason(choice, words):
        complaints.add("reason", _("Svaret «%(label)s» skal begrunnes.") % {"label": choice.label})
    return words
