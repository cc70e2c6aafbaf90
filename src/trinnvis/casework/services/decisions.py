"""The decision (vedtak) until it is approved: drafted, submitted, withdrawn, approved or returned.

A draft is saved however incomplete; each revision stands in full in the events. A sent one never changes.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.casework.covering import covered
from trinnvis.casework.errors import Conflict, Incomplete, Refused
from trinnvis.casework.models import Approval, Case, Decision
from trinnvis.casework.queries.decisions import content_of, missing_in
from trinnvis.casework.queries.parties import parties_of
from trinnvis.casework.queries.state import latest_decision
from trinnvis.casework.rules.decision import KINDS, Draft
from trinnvis.casework.rules.lines import cannot_be_kept
from trinnvis.policy.queries import policy_of

from .acting import acting
from .complaints import Complaints
from .drafting import begin, draft_as_data, store, tidy
from .needs import open_need, solve_need, solve_needs
from .recording import record
from .signing import signed


def draft_decision(
    number: str, *, draft: Draft, expected_revision: int, actor: Actor, now: datetime
) -> Decision:
    """Save a draft, complete or not. `expected_revision` is the one it was written on, 0 for a new decision.

    After a sent decision this begins the next one. Saving the same content again changes nothing.

    Raises:
        Conflict: someone saved first; `current` is their `Draft`, and yours is still in your hands.
        Incomplete: something no draft can hold, such as a service that does not exist.
    """
    with acting(number, "draft_decision", actor=actor, now=now) as (case, _state):
        wanted = _keepable(draft, case)
        decision = _in_hand(case)
        current = content_of(decision) if decision else None
        if decision and current == wanted:
            return decision
        if expected_revision != (decision.revision if decision else 0):
            theirs = decision.number if decision else ""
            raise Conflict(_saved_meanwhile(theirs), current)
        decision = decision or begin(case, actor=actor, now=now)
        rows = store(decision, wanted, now=now)
        data = {
            "decision": decision.number,
            "revision": decision.revision,
            "content": draft_as_data(wanted),
            "rows": rows,
        }
        record(case, verb="decision_drafted", actor=actor, now=now, data=data)
        open_need(case, "draft_decision", actor=actor, now=now)
        return decision


def submit_decision(number: str, *, expected_revision: int, actor: Actor, now: datetime) -> Decision:
    """Hand the decision on for approval; where policy asks for no second person it is then approved.

    Raises:
        Incomplete: names each part that is missing (rules.decision.missing_parts).
        Conflict: it has been changed since the actor read it.
    """
    with acting(number, "submit_decision", actor=actor, now=now) as (case, state):
        decision = _read(case, expected_revision)
        if missing := missing_in(decision, now=now):
            raise Incomplete(missing)
        decision.state = Decision.State.SUBMITTED
        decision.save(update_fields=["state"])
        data = {"decision": decision.number, "revision": decision.revision, "rows": covered(decision)}
        record(case, verb="decision_submitted", actor=actor, now=now, data=data)
        solve_need(case, "draft_decision", actor=actor, now=now)
        if state.two_persons:
            open_need(case, "approve", actor=actor, now=now)
        else:
            _approve(case, decision, "", actor=actor, now=now)
        return decision


def approve_decision(
    number: str, *, expected_revision: int, actor: Actor, now: datetime, words: str = ""
) -> Decision:
    """The second person approves the revision they have read; nobody who wrote in it can be that person.

    Raises:
        Conflict: it has been changed since the actor read it.
    """
    with acting(number, "approve_decision", actor=actor, now=now) as (case, _state):
        decision = _read(case, expected_revision)
        complaints = Complaints()
        said = complaints.text("words", words)
        complaints.stop()
        _approve(case, decision, said, actor=actor, now=now)
        return decision


def return_decision(
    number: str, *, expected_revision: int, return_reason: str, words: str, actor: Actor, now: datetime
) -> Decision:
    """Send the decision back to be worked on (retur), saying what is not good enough.

    Raises:
        Incomplete: on `return_reason` (Approval.ReturnReason) or `words`.
        Conflict: it has been changed since the actor read it.
    """
    with acting(number, "return_decision", actor=actor, now=now) as (case, _state):
        decision = _read(case, expected_revision)
        complaints = Complaints()
        if return_reason not in Approval.ReturnReason.values:
            complaints.add("return_reason", _("Velg hva som må bli bedre."))
        said = complaints.text("words", words, required=_("Skriv hva som må bli bedre, så det kan rettes."))
        complaints.stop()
        said_no = Approval.objects.create(
            decision=decision,
            decision_revision=decision.revision,
            verdict=Approval.Verdict.RETURNED,
            return_reason=return_reason,
            words=said,
            by_id=signed(actor),
            at=now,
        )
        data = {"decision": decision.number, "revision": decision.revision, "return_reason": return_reason}
        _to_draft(decision)
        data["rows"] = covered(said_no, decision)
        record(case, verb="decision_returned", actor=actor, now=now, data=data, reason=said)
        _write_on(case, said, actor=actor, now=now)
        return decision


def withdraw_decision(number: str, *, actor: Actor, now: datetime, reason: str = "") -> Decision:
    """One of those who wrote the decision takes it back to change it, before it is sent."""
    with acting(number, "withdraw_decision", actor=actor, now=now) as (case, _state):
        decision = _newest(case)
        complaints = Complaints()
        why = complaints.text("reason", reason)
        complaints.stop()
        data = {"decision": decision.number, "revision": decision.revision}
        _to_draft(decision)
        data["rows"] = covered(decision)
        record(case, verb="decision_withdrawn", actor=actor, now=now, data=data, reason=why)
        _write_on(case, why, actor=actor, now=now)
        return decision


def _newest(case: Case) -> Decision:
    decision = latest_decision(case)
    if decision is None:
        raise Refused(_("Det er ikke skrevet noe vedtak i saken."))
    return decision


def _in_hand(case: Case) -> Decision | None:
    """The draft being written, or None when the next one is to begin."""
    decision = latest_decision(case)
    return None if decision is None or decision.state == Decision.State.SENT else decision


def _read(case: Case, expected_revision: int) -> Decision:
    decision = _newest(case)
    if decision.revision != expected_revision:
        raise Conflict(_saved_meanwhile(decision.number), content_of(decision))
    return decision


def _saved_meanwhile(number: str) -> str:
    if not number:
        return _("Utkastet du skrev på, er allerede sendt eller finnes ikke. Last siden inn på nytt.")
    return _(
        "Vedtak %(number)s er endret etter at du åpnet siden. Det du skrev, er ikke lagret ennå. "
        "Les det som står der nå, og lagre på nytt."
    ) % {"number": number}


def _keepable(draft: Draft, case: Case) -> Draft:
    """The draft with clean texts and without empty lines.

    Raises:
        Incomplete: something in it cannot be stored.
    """
    policy = policy_of(case.policy_id)
    complaints = Complaints()
    if draft.kind not in KINDS:
        complaints.add("kind", _("Velg om søknaden innvilges, innvilges delvis eller avslås."))
    if draft.party is not None and draft.party not in {each.key for each in parties_of(case)}:
        complaints.add("party", _("Velg en av de pårørende som er registrert."))
    kept = tidy(draft, complaints)
    for i, line in enumerate(draft.lines):
        for fault in cannot_be_kept(line, policy, f"lines-{i}", _):
            complaints.add(fault.field, fault.message)
    complaints.stop()
    return kept


def _approve(case: Case, decision: Decision, words: str, *, actor: Actor, now: datetime) -> None:
    said_yes = Approval.objects.create(
        decision=decision,
        decision_revision=decision.revision,
        verdict=Approval.Verdict.APPROVED,
        words=words,
        by_id=signed(actor),
        at=now,
    )
    decision.state, decision.decided_at = Decision.State.APPROVED, now
    decision.decided_by_id = signed(actor)
    decision.save(update_fields=["state", "decided_at", "decided_by"])
    data = {
        "decision": decision.number,
        "revision": decision.revision,
        "rows": covered(said_yes, decision),
    }
    record(case, verb="decision_approved", actor=actor, now=now, data=data, reason=words)
    solve_need(case, "approve", actor=actor, now=now)
    open_need(case, "send_notice", actor=actor, now=now)


def _to_draft(decision: Decision) -> None:
    decision.state, decision.decided_at, decision.decided_by = Decision.State.DRAFT, None, None
    decision.revision += 1
    decision.save(update_fields=["state", "decided_at", "decided_by", "revision"])


def _write_on(case: Case, why: str, *, actor: Actor, now: datetime) -> None:
    solve_needs(case, ("approve", "send_notice"), actor=actor, now=now, relevant=False)
    open_need(case, "draft_decision", actor=actor, now=now, note=why)
