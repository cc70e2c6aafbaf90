"""From alternatives to a sent decision, in memory."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from trinnvis.casework.covering import Covered, covered, taken_away
from trinnvis.casework.models import (
    Alternative,
    AlternativeLine,
    Approval,
    CriterionAnswer,
    Decision,
    DecisionLine,
)
from trinnvis.casework.queries.decision_view import assemble
from trinnvis.casework.rules.answered import as_answered
from trinnvis.casework.rules.appeal import appeal_of
from trinnvis.casework.rules.criteria import Given, Walk, walk
from trinnvis.casework.rules.decision import Draft
from trinnvis.casework.rules.lines import Line
from trinnvis.casework.rules.party import NEXT_OF_KIN, party_of
from trinnvis.casework.services.complaints import Complaints
from trinnvis.casework.services.drafting import draft_as_data, fill, tidy
from trinnvis.casework.services.needs import local_date
from trinnvis.casework.services.sending import review_deadline
from trinnvis.letters.composing import compose
from trinnvis.letters.givers import givers
from trinnvis.letters.recipients import recipients
from trinnvis.people.queries import next_of_kin_of

from .casefile import CaseFile


def add_alternative(file: CaseFile, *, title: str, why: str, lines: Sequence[Line]) -> Alternative:
    row = file.add(
        Alternative(case=file.case, title=title, why=why, written_by_id=file.actor.key, written_at=file.at)
    )
    rows = []
    for line in lines:
        columns = dict(vars(line))
        del columns["granted"], columns["reason"]
        rows.append(file.add(AlternativeLine(alternative=row, **columns)))
    file.alternatives[row.pk] = row, rows
    data = {"alternative": row.pk, "title": title, "rows": covered(row, *rows)}
    file.event("alternative_added", data)
    _settle_criteria(file)
    return row


def choose_alternative(file: CaseFile, chosen: Alternative, *, reason: str) -> None:
    before = next((row for row, _lines in file.alternatives.values() if row.is_chosen), None)
    if before is not None:
        before.is_chosen = False
    chosen.is_chosen, chosen.chosen_why = True, reason
    data = {
        "alternative": chosen.pk,
        "title": chosen.title,
        "instead_of": before.pk if before else None,
        "rows": covered(chosen, *filter(None, [before])),
    }
    file.event("alternative_chosen", data, reason)
    file.solve_need("compare_alternatives")
    _settle_criteria(file)


def criteria_walk(file: CaseFile, service: str) -> Walk:
    """How far the answers about a service lead; walked anew when one is added."""
    if service not in file.walks:
        tree = file.policy.criteria_tree(file.policy.service(service).criteria or "")
        given = {q: Given(row.answer, row.reason) for q, row in file.answers.get(service, {}).items()}
        file.walks[service] = walk(tree, given)
    return file.walks[service]


def answer_criterion(file: CaseFile, service: str, question: str, *, answer: str, reason: str) -> None:
    answers = file.answers.setdefault(service, {})
    row = file.add(
        CriterionAnswer(
            case=file.case,
            service=service,
            question=question,
            answer=answer,
            reason=reason,
            revision=answers[question].revision + 1 if question in answers else 1,
            written_by_id=file.actor.key,
            written_at=file.at,
        )
    )
    answers[question] = row
    file.walks.pop(service, None)
    outcome = criteria_walk(file, service).outcome
    data = {
        "service": service,
        "question": question,
        "answer": answer,
        "revision": row.revision,
        "outcome": outcome.value if outcome else None,
        "rows": covered(row),
    }
    file.event("criterion_answered", data)
    _settle_criteria(file)


def asked_about(file: CaseFile) -> tuple[str, ...]:
    """The services with criteria that count now: those of the choice and of a decision being written."""
    chosen = [line.service for row, lines in file.alternatives.values() if row.is_chosen for line in lines]
    for decision, lines in file.decisions:
        if decision.state != Decision.State.SENT:
            chosen += [line.service for line in lines]
    return tuple(code for code in dict.fromkeys(chosen) if file.policy.service(code).criteria)


def _settle_criteria(file: CaseFile) -> None:
    """As `casework.services.criteria.settle_criteria`."""
    if any(row.is_chosen for row, _lines in file.alternatives.values()):
        services = asked_about(file)
        if all(criteria_walk(file, service).finished for service in services):
            note = "" if services else _("Ingen av tjenestene har kriterier.")
            file.solve_need("answer_criteria", note=note, relevant=bool(services))
            return
    file.open_need("answer_criteria", note=_("Det er kriterier som ikke er besvart."))


def party_to(file: CaseFile, service: str) -> int | None:
    """The nearest of kin, when the service is for them."""
    if party_of(file.policy, service) != NEXT_OF_KIN:
        return None
    return next_of_kin_of(file.case.person)[0].relative_id


def draft_decision(file: CaseFile, draft: Draft) -> Decision:
    draft = tidy(draft, Complaints())
    decision, lines = _in_hand(file)
    gone = [line.pk for line in lines]
    for line in lines:
        file.writer.drop(line)
    lines.clear()
    fill(decision, draft)
    decision.alternative = next((row for row, _rows in file.alternatives.values() if row.is_chosen), None)
    decision.revision += 1
    decision.drafted_at = file.at
    lines += [file.add(DecisionLine(decision=decision, **vars(line))) for line in draft.lines]
    rows = covered(decision, *lines) + taken_away(DecisionLine, gone)
    file.event("decision_drafted", {**_which(decision, rows), "content": draft_as_data(draft)})
    file.open_need("draft_decision")
    return decision


def _in_hand(file: CaseFile) -> tuple[Decision, list[DecisionLine]]:
    if not file.decisions or file.decisions[-1][0].state == Decision.State.SENT:
        number = f"{file.case.number}-{len(file.decisions) + 1}"
        decision = file.add(Decision(case=file.case, number=number, revision=0, drafted_by=file.account))
        file.decisions.append((decision, []))
    return file.decisions[-1]


def submit_decision(file: CaseFile) -> None:
    decision = file.decisions[-1][0]
    decision.state = Decision.State.SUBMITTED
    file.event("decision_submitted", _which(decision, covered(decision)))
    file.solve_need("draft_decision")
    file.open_need("approve")


def approve_decision(file: CaseFile) -> None:
    decision = file.decisions[-1][0]
    said_yes = _verdict(file, decision, Approval.Verdict.APPROVED)
    decision.state = Decision.State.APPROVED
    decision.decided_at, decision.decided_by = file.at, file.account
    file.event("decision_approved", _which(decision, covered(said_yes, decision)))
    file.solve_need("approve")
    file.open_need("send_notice")


def return_decision(file: CaseFile, *, return_reason: str, words: str) -> None:
    decision = file.decisions[-1][0]
    said_no = _verdict(file, decision, Approval.Verdict.RETURNED, return_reason=return_reason, words=words)
    data = {"decision": decision.number, "revision": decision.revision, "return_reason": return_reason}
    decision.state = Decision.State.DRAFT
    decision.revision += 1
    file.event("decision_returned", {**data, "rows": covered(said_no, decision)}, words)
    file.solve_need("approve", relevant=False)
    file.open_need("draft_decision", note=words)


def _verdict(file: CaseFile, decision: Decision, verdict: str, **said: str) -> Approval:
    return file.add(
        Approval(
            decision=decision,
            decision_revision=decision.revision,
            verdict=verdict,
            by_id=file.actor.key,
            at=file.at,
            **said,
        )
    )


def _which(decision: Decision, rows: Covered) -> dict[str, object]:
    return {"decision": decision.number, "revision": decision.revision, "rows": rows}


def send_decision(file: CaseFile) -> Decision:
    """As `letters.services.send_decision`: sent, with a letter where the writer makes them.

    The plans of the history choose services for one party at a time, so that no other decision is left.
    """
    decision, lines = file.decisions[-1]
    walks = _walks(file, lines)
    rows = (file.policy.service(line.service) for line in lines)
    services = [
        as_answered(row, file.policy, walks[row.code].path if row.code in walks else ()) for row in rows
    ]
    appeal = appeal_of(services, file.policy, local_date(file.at), _)
    decision.state, decision.sent_at = Decision.State.SENT, file.at
    decision.appeal_rule, decision.appeal_by, decision.appeal_why = appeal.rule, appeal.by, appeal.why
    data = {
        "decision": decision.number,
        "kind": decision.kind,
        "appeal_by": appeal.by.isoformat() if appeal.by else None,
        "rows": covered(decision, *lines),
    }
    file.event("decision_sent", data)
    for kind in ("send_notice", "draft_decision", "review"):
        file.solve_need(kind)
    for kind in ("preliminary_reply", "offer_clarification"):
        file.solve_need(kind, relevant=False)
    if review := review_deadline(decision):
        file.open_need("review", due=review)
    if file.at >= file.writer.letters_since:
        _make_letter(file, decision, lines)
    return decision


def _walks(file: CaseFile, lines: Sequence[DecisionLine]) -> dict[str, Walk]:
    codes = (line.service for line in lines if file.policy.service(line.service).criteria)
    return {code: criteria_walk(file, code) for code in codes}


def _make_letter(file: CaseFile, decision: Decision, lines: Sequence[DecisionLine]) -> None:
    view = assemble(
        decision,
        file.policy,
        file.at,
        rows=lines,
        criteria=_walks(file, lines),
        applied_for=tuple(e.applies_for for e in file.enquiries if e.is_application and e.applies_for),
        citizen_goals=tuple(goal.words for goal in file.goals if goal.by_citizen and goal.state == "active"),
    )
    for person in recipients(view.party, view.on):
        content = compose(view, person, givers(view))
        file.event("letter_made", file.writer.letter(decision, person, content, at=file.at))
