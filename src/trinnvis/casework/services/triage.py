"""Triage: what an enquiry leads to. Something always happens, and an application always becomes a case."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.casework.errors import Incomplete, Missing, Refused
from trinnvis.casework.models import Case, Enquiry
from trinnvis.casework.queries.receiving import cannot_receive
from trinnvis.casework.queries.state import state_of
from trinnvis.casework.rules.tracks import track_of
from trinnvis.people.models import Person
from trinnvis.policy.model import Policy
from trinnvis.policy.queries import policy_at, reading_once

from .intake import enquiry_to_handle
from .needs import local_date, open_need, settle
from .opening import change_track, link_enquiry, open_case, open_needs_at_start, start_clock
from .recording import record


@reading_once()
@transaction.atomic
def triage(
    *,
    enquiry_number: str,
    outcome: str,
    reason: str,
    actor: Actor,
    now: datetime,
    unit: str | None = None,
    is_application: bool = False,
) -> Case | None:
    """Decide what an enquiry leads to; returns the case it opened or joined.

    None only when advice is enough for someone not identified. `outcome` is Enquiry.Triage; `unit` names the
    receiving unit when it is another. `is_application=True` when triage finds that it was an application all
    along; it is never taken away. The clock of an application runs from when the enquiry was received.

    Raises:
        NotFound: no such enquiry for this actor.
        Incomplete: reason or unit is missing.
        Refused: triaged before, or no one is identified to open a case for.
    """
    enquiry = enquiry_to_handle(enquiry_number, actor, now)
    policy = policy_at(local_date(now))
    if enquiry.triage:
        raise Refused(_("Henvendelsen er allerede vurdert. Se saken."))
    _check(outcome, reason, unit, policy, local_date(now))
    enquiry.is_application = enquiry.is_application or is_application
    if enquiry.person_id is None and (outcome != Enquiry.Triage.ADVICE or enquiry.is_application):
        raise Refused(
            _("Finn først ut hvem henvendelsen gjelder. Haster det, kan hjelpen settes i gang imens.")
        )
    enquiry.triage, enquiry.triage_reason = outcome, reason.strip()
    enquiry.triaged_at, enquiry.triaged_by_id = now, actor.account_id
    enquiry.save(update_fields=["triage", "triage_reason", "triaged_at", "triaged_by", "is_application"])
    if enquiry.person_id is None:
        return None
    case = _case_for(enquiry, enquiry.person_id, unit or policy.municipality.intake_unit, actor, now)
    settle(case)
    return case


def _check(outcome: str, reason: str, unit: str | None, policy: Policy, on: date) -> None:
    missing = []
    if outcome not in Enquiry.Triage.values:
        missing.append(Missing("outcome", _("Velg hva henvendelsen fører til.")))
    if not reason.strip():
        missing.append(Missing("reason", _("Skriv kort hvorfor.")))
    to_other = outcome == Enquiry.Triage.OTHER_UNIT
    if to_other and (fault := cannot_receive(unit, policy, on=on)):
        missing.append(Missing("unit", fault))
    if not to_other and unit is not None:
        missing.append(Missing("unit", _("Enhet velges bare når en annen enhet skal svare.")))
    if missing:
        raise Incomplete(tuple(missing))


def _case_for(enquiry: Enquiry, person_id: int, unit: str, actor: Actor, now: datetime) -> Case:
    """The person's open case with the new enquiry in it, or a new case."""
    # Locks the person, so that two enquiries triaged at once do not become two cases.
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    track = track_of(enquiry.triage, applied=enquiry.is_application)
    joined = _open_case_of(person, unit, only_there=enquiry.triage == Enquiry.Triage.OTHER_UNIT)
    case = joined or open_case(
        person=person, unit=unit, track=track, received_at=enquiry.received_at, actor=actor, now=now
    )
    link_enquiry(case, enquiry, actor=actor, now=now)
    data = {"enquiry": enquiry.number, "outcome": enquiry.triage, "unit": unit}
    record(case, verb="triaged", actor=actor, now=now, data=data, reason=enquiry.triage_reason)
    if joined:
        _join(case, enquiry, track, actor, now)
    else:
        if enquiry.is_application:
            _apply(case, enquiry, actor, now)
        open_needs_at_start(case, actor=actor, now=now, enquiry_at=enquiry.received_at)
    return case


def _open_case_of(person: Person, unit: str, *, only_there: bool) -> Case | None:
    """The open case to join: in this unit if there is one, else elsewhere unless it must be there."""
    cases = list(Case.objects.select_for_update(of=("self",)).filter(person=person, closed_at=None))
    here = [case for case in cases if case.unit == unit]
    return next(iter(here if here or only_there else cases), None)


def _join(case: Case, enquiry: Enquiry, track: str, actor: Actor, now: datetime) -> None:
    """What a new enquiry brings to a case under way: new words, perhaps haste, perhaps a new round."""
    answered = state_of(case).is_answered
    if enquiry.is_application and (case.applied_at is None or answered):
        _apply(case, enquiry, actor, now)
    change_track(case, track, actor=actor, now=now, enquiry_at=enquiry.received_at)
    if enquiry.triage in (Enquiry.Triage.URGENT, Enquiry.Triage.SEVERELY_ILL):
        open_need(case, "give_help_now", actor=actor, now=now, enquiry_at=enquiry.received_at)
    if answered and track != Case.Track.ADVICE:
        open_needs_at_start(case, actor=actor, now=now, enquiry_at=enquiry.received_at)
    open_need(case, "hear_citizen", actor=actor, now=now, note=enquiry.number)


def _apply(case: Case, enquiry: Enquiry, actor: Actor, now: datetime) -> None:
    start_clock(case, received_at=enquiry.received_at, applies_for=enquiry.applies_for, actor=actor, now=now)
