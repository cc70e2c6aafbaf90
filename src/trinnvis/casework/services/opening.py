"""Opens a case, starts the legal clock and changes track: the parts that triage and the case verbs share.

Each is given a locked case and leaves it to be settled by the caller.
"""

from __future__ import annotations

from datetime import datetime

from trinnvis.access.actor import Actor
from trinnvis.casework.covering import covered
from trinnvis.casework.models import Case, Enquiry, Need
from trinnvis.casework.rules.state import needs_at_start
from trinnvis.casework.rules.tracks import is_faster
from trinnvis.people.models import Person
from trinnvis.policy.queries import policy_of, policy_version_for

from .carrying import carry_words
from .needs import local_date, open_need, open_needs, recount, solve_needs
from .numbers import next_number
from .recording import record


def open_case(
    *, person: Person, unit: str, track: str, received_at: datetime, actor: Actor, now: datetime
) -> Case:
    """A new case without needs, under the policy that judges the day the enquiry was received."""
    case = Case.objects.create(
        number=next_number("case", local_date(now).year),
        person=person,
        policy=policy_version_for(local_date(received_at)),
        unit=unit,
        track=track,
        opened_at=now,
    )
    data = {"unit": unit, "track": track, "rows": covered(case)}
    record(case, verb="case_opened", actor=actor, now=now, data=data)
    return case


def open_needs_at_start(
    case: Case, *, actor: Actor, now: datetime, enquiry_at: datetime | None = None
) -> None:
    """Open every need a case begins with on its track; those already open stay as they are."""
    kinds = policy_of(case.policy_id).needs
    known = {kind.code for kind in kinds}
    wanted = needs_at_start(case.track, case.applied_at is not None, kinds)
    open_needs(case, (code for code in wanted if code in known), actor=actor, now=now, enquiry_at=enquiry_at)


def start_clock(case: Case, *, received_at: datetime, applies_for: str, actor: Actor, now: datetime) -> None:
    """The case is an application (søknad) from this moment; it can no longer be advice alone."""
    case.applied_at = received_at
    case.save(update_fields=["applied_at"])
    data = {
        "on": local_date(received_at).isoformat(),
        "applies_for": applies_for,
        "rows": covered(case, *recount(case)),
    }
    record(case, verb="applied", actor=actor, now=now, data=data)
    open_need(case, "preliminary_reply", actor=actor, now=now)
    change_track(case, "ordinary", actor=actor, now=now)


def change_track(
    case: Case,
    track: str,
    *,
    actor: Actor,
    now: datetime,
    enquiry_at: datetime | None = None,
    verb: str = "track_changed",
    reason: str = "",
) -> None:
    """Move the case to a faster track and open what that brings; a slower track is left alone."""
    if not is_faster(track, case.track):
        return
    only_advice = case.track == Case.Track.ADVICE
    case.track = track
    case.save(update_fields=["track"])
    data = {"track": track, "rows": covered(case)}
    record(case, verb=verb, actor=actor, now=now, data=data, reason=reason)
    if only_advice:
        open_needs_at_start(case, actor=actor, now=now, enquiry_at=enquiry_at)
    if track in (Case.Track.URGENT, Case.Track.FAST):
        open_need(case, "give_help_now", actor=actor, now=now, enquiry_at=enquiry_at)
    if track == Case.Track.FAST:
        skip_for_fast_track(case, actor=actor, now=now)


def skip_for_fast_track(case: Case, *, actor: Actor, now: datetime) -> None:
    """Mark as not relevant what the policy says is skipped for the severely ill."""
    skipped = [kind.code for kind in policy_of(case.policy_id).needs if kind.skipped_on_fast_track]
    for_now = case.needs.filter(state=Need.State.OPEN, kind__in=skipped).values_list("kind", flat=True)
    solve_needs(case, list(for_now), actor=actor, now=now, relevant=False)


def link_enquiry(case: Case, enquiry: Enquiry, *, actor: Actor, now: datetime) -> None:
    """The enquiry belongs to the case from now, and the citizen's words in it to the assessment."""
    enquiry.case = case
    enquiry.save(update_fields=["case"])
    data = {"enquiry": enquiry.number, "channel": enquiry.channel, "rows": covered(enquiry)}
    record(case, verb="enquiry_linked", actor=actor, now=now, data=data)
    carry_words(case, enquiry, actor=actor, now=now)
