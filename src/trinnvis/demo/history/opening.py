"""How a case begins, in memory: received, triaged, given to somebody, clarified or not."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from decimal import Decimal

from trinnvis.access.actor import Actor
from trinnvis.casework.covering import covered
from trinnvis.casework.models import Case, Clarification, Enquiry, Goal, Measurement, TeamMember
from trinnvis.casework.rules.enquiry import Contact, Said
from trinnvis.casework.rules.state import needs_at_start
from trinnvis.casework.rules.tracks import track_of
from trinnvis.casework.services import no_is_no_gate
from trinnvis.casework.services.carrying import ANSWERED_BY
from trinnvis.casework.services.needs import local_date
from trinnvis.people.models import Person

from .assessing import CITIZEN, add_entries
from .casefile import CaseFile
from .writer import HistoryWriter

NOBODY_BETWEEN = Contact()


def register_enquiry(
    writer: HistoryWriter,
    *,
    actor: Actor,
    at: datetime,
    channel: str,
    said: Said,
    person: Person,
    contact: Contact = NOBODY_BETWEEN,
) -> Enquiry:
    number = writer.number("enquiry", local_date(at).year)
    return writer.add(
        Enquiry(
            number=number,
            submission_key=f"demo-{number}",
            received_at=at,
            channel=channel,
            person=person,
            contact_name=contact.name,
            contact_role=contact.role,
            contact_phone=contact.phone,
            consent_note=contact.consent_note,
            registered_by_id=actor.key,
            **asdict(said),
        )
    )


def triage(
    writer: HistoryWriter, enquiry: Enquiry, *, outcome: str, reason: str, actor: Actor, at: datetime
) -> CaseFile:
    """A new case; the history never lets an enquiry join one that is under way."""
    assert enquiry.person is not None
    enquiry.triage, enquiry.triage_reason = outcome, reason
    enquiry.triaged_at, enquiry.triaged_by_id = at, actor.key
    unit = writer.policy.municipality.intake_unit
    track = track_of(outcome, applied=enquiry.is_application)
    case = writer.add(
        Case(
            number=writer.number("case", local_date(at).year),
            person=enquiry.person,
            policy=writer.version,
            unit=unit,
            track=track,
            opened_at=at,
        )
    )
    file = CaseFile(writer, case)
    file.take_pen(actor, at)
    file.event("case_opened", {"unit": unit, "track": track, "rows": covered(case)})
    _link(file, enquiry)
    file.event("triaged", {"enquiry": enquiry.number, "outcome": outcome, "unit": unit}, reason)
    if enquiry.is_application:
        case.applied_at = enquiry.received_at
        on = local_date(enquiry.received_at).isoformat()
        data = {"on": on, "applies_for": enquiry.applies_for, "rows": covered(case)}
        file.event("applied", data)
        file.open_need("preliminary_reply")
    for kind in needs_at_start(track, case.applied_at is not None, writer.policy.needs):
        file.open_need(kind, enquiry_at=enquiry.received_at)
    return file


def _link(file: CaseFile, enquiry: Enquiry) -> None:
    enquiry.case = file.case
    file.enquiries.append(enquiry)
    data = {"enquiry": enquiry.number, "channel": enquiry.channel, "rows": covered(enquiry)}
    file.event("enquiry_linked", data)
    if enquiry.contact_name:
        return
    topics = {topic.kind: topic.code for topic in reversed(file.policy.topics)}
    said = {
        topics[kind]: getattr(enquiry, field)
        for kind, field in ANSWERED_BY.items()
        if kind in topics and getattr(enquiry, field)
    }
    add_entries(
        file,
        CITIZEN,
        said,
        on_behalf=True,
        author_id=enquiry.registered_by_id,
        written_at=enquiry.received_at,
        reason=enquiry.number,
    )


def assign(file: CaseFile, *, to: Actor) -> None:
    file.case.assigned_to = file.writer.accounts[to.key]
    file.event("assigned", {"to": to.name, "to_id": to.key, "rows": covered(file.case)})


def skip_clarification(file: CaseFile, *, reason: str) -> None:
    file.event("clarification_skipped", reason=reason)
    file.solve_need("offer_clarification", note=reason, relevant=False)


def offer_clarification(file: CaseFile) -> None:
    row = file.clarification = file.add(Clarification(case=file.case, offered_at=file.at))
    file.event("clarification_offered", {"starts_on": None, "ends_on": None, "rows": covered(row)})


def answer_clarification(file: CaseFile, *, accept: bool, note: str) -> None:
    """Noted by staff, as the citizens of the history have no login."""
    clarification = _of(file)
    clarification.answer_note = note
    clarification.state = Clarification.State.RUNNING if accept else Clarification.State.DECLINED
    deadline = None
    if accept:
        start = local_date(file.at)
        deadline = file.writer.deadline("run_clarification", start)
        clarification.starts_on, clarification.ends_on = start, deadline.due
    data = {
        "accept": accept,
        "on_behalf": True,
        "starts_on": clarification.starts_on.isoformat() if clarification.starts_on else None,
        "ends_on": clarification.ends_on.isoformat() if clarification.ends_on else None,
        "note": note,
        "rows": covered(clarification),
    }
    meaning = "" if accept else no_is_no_gate()
    file.event("clarification_answered", data, meaning)
    file.solve_need("offer_clarification", note=meaning)
    if accept:
        file.open_need("run_clarification", due=deadline)


def add_team_member(file: CaseFile, *, profession: str, name: str = "", member: Actor | None = None) -> None:
    who, key = (member.name, member.key) if member else (name, None)
    row = file.add(TeamMember(clarification=_of(file), account_id=key, name=who, profession=profession))
    data = {"added": True, "name": who, "profession": profession, "account": key, "rows": covered(row)}
    file.event("team_changed", data)


def write_goal(file: CaseFile, *, words: str) -> Goal:
    """Noted by staff in the citizen's words."""
    goal = file.add(Goal(case=file.case, words=words, written_by_id=file.actor.key, written_at=file.at))
    file.goals.append(goal)
    file.event("goal_written", {"goal": goal.pk, "by_citizen": False, "rows": covered(goal)})
    return goal


def evaluate_goal(file: CaseFile, goal: Goal, *, state: str, note: str) -> None:
    before, goal.state, goal.evaluated_at = goal.state, Goal.State(state), file.at
    data = {"goal": goal.pk, "from": before, "to": state, "rows": covered(goal)}
    file.event("goal_evaluated", data, note)


def measure(
    file: CaseFile, *, instrument: str, part: str, moment: str, value: int, goal: Goal | None = None
) -> None:
    on = local_date(file.at)
    row = file.add(
        Measurement(
            case=file.case,
            goal=goal,
            instrument=instrument,
            part=part,
            moment=moment,
            value=Decimal(value),
            measured_on=on,
            measured_by_id=file.actor.key,
        )
    )
    data = {
        "instrument": instrument,
        "part": part,
        "moment": moment,
        "value": str(row.value),
        "measured_on": on.isoformat(),
        "goal": goal.pk if goal else None,
        "rows": covered(row),
    }
    file.event("measured", data)


def end_clarification(file: CaseFile, *, outcome: str, note: str) -> None:
    clarification = _of(file)
    clarification.state = Clarification.State.ENDED
    clarification.outcome, clarification.outcome_note = Clarification.Outcome(outcome), note
    clarification.ended_at = file.at
    file.event("clarification_ended", {"outcome": outcome, "rows": covered(clarification)}, note)
    file.solve_need("run_clarification")


def close_case(file: CaseFile, *, reason: str) -> None:
    for need in [need for need in file.needs if need.state == need.State.OPEN]:
        file.solve_need(need.kind, relevant=False)
    file.case.closed_at, file.case.closing_note = file.at, reason
    file.event("closed", {"rows": covered(file.case)}, reason)


def _of(file: CaseFile) -> Clarification:
    assert file.clarification is not None, "no clarification is offered"
    return file.clarification
