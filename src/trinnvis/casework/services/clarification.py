"""Clarification (avklaringsforløp): offered, answered, run by a team, ended. An offer, never a gate.

Nothing else in a case waits for it, and no answer to it changes what the citizen may apply for.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.access.models import Account
from trinnvis.casework.covering import covered, taken_away
from trinnvis.casework.errors import Refused
from trinnvis.casework.models import Case, Clarification, TeamMember
from trinnvis.casework.queries.visible import worn_hats
from trinnvis.casework.rules.actions import CITIZEN
from trinnvis.casework.rules.bounds import CLARIFICATION_BEGINS, CLARIFICATION_LASTS
from trinnvis.casework.rules.deadlines import Due, deadline_for
from trinnvis.policy.deadlines import SOURCE_LANGUAGE
from trinnvis.policy.queries import policy_of

from .acting import acting
from .complaints import Complaints
from .needs import local_date, open_need, solve_need
from .recording import record


def offer_clarification(
    number: str,
    *,
    starts_on: date | None = None,
    ends_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> Clarification:
    """Offer a clarification. Without dates it starts when accepted and lasts as long as the policy says.

    Raises:
        Incomplete: a start in the past, an end before the start, or either too far ahead (rules.bounds).
        Refused: already offered, or the case is on the fast track.
    """
    with acting(number, "offer_clarification", actor=actor, now=now) as (case, _state):
        complaints = Complaints()
        today = local_date(now)
        if starts_on is not None and starts_on < today:
            complaints.add("starts_on", _("Startdatoen er passert. Velg i dag eller en senere dag."))
        if ends_on is not None and ends_on <= (starts_on or today):
            complaints.add("ends_on", _("Forløpet må slutte etter at det har startet."))
        if starts_on is not None and (fault := CLARIFICATION_BEGINS.fault(starts_on, today)):
            complaints.add("starts_on", _(fault))
        if ends_on is not None and (fault := CLARIFICATION_LASTS.fault(ends_on, starts_on or today)):
            complaints.add("ends_on", _(fault))
        complaints.stop()
        clarification = Clarification.objects.create(
            case=case, offered_at=now, starts_on=starts_on, ends_on=ends_on
        )
        data = {**_dates(clarification), "rows": covered(clarification)}
        record(case, verb="clarification_offered", actor=actor, now=now, data=data)
        return clarification


def skip_clarification(number: str, *, reason: str, actor: Actor, now: datetime) -> None:
    """Say why a clarification is not offered here.

    Raises:
        Incomplete: no reason, on field `reason`.
    """
    with acting(number, "skip_clarification", actor=actor, now=now) as (case, _state):
        complaints = Complaints()
        why = complaints.text("reason", reason, required=_("Skriv hvorfor avklaring ikke er aktuelt her."))
        complaints.stop()
        record(case, verb="clarification_skipped", actor=actor, now=now, reason=why)
        solve_need(case, "offer_clarification", actor=actor, now=now, note=why, relevant=False)


def answer_clarification(
    number: str, *, accept: bool, note: str = "", actor: Actor, now: datetime
) -> Clarification:
    """Answer the offer: the citizen, or staff noting what the citizen said (then `note` is required).

    A yes starts it and opens the need `run_clarification`. A no changes nothing else in the case, and may be
    turned into a yes later.

    Raises:
        Incomplete: staff noted an answer without saying how it was given, on field `note`.
    """
    with acting(number, "answer_clarification", actor=actor, now=now) as (case, _state):
        on_behalf = not worn_hats(case, actor, now) & CITIZEN
        complaints = Complaints()
        words = complaints.text(
            "note",
            note,
            required=_("Skriv hvordan og når innbyggeren svarte, og gjerne med hvilke ord.")
            if on_behalf
            else "",
        )
        complaints.stop()
        clarification = Clarification.objects.get(case=case)
        if not accept and clarification.state == Clarification.State.DECLINED:
            raise Refused(_("Det er allerede svart nei til avklaringsforløpet."))
        clarification.answer_note = words
        clarification.state = Clarification.State.RUNNING if accept else Clarification.State.DECLINED
        deadline = _start(case, clarification, local_date(now)) if accept else None
        clarification.save(update_fields=["state", "answer_note", "starts_on", "ends_on"])
        meaning = "" if accept else no_is_no_gate()
        data = {
            "accept": accept,
            "on_behalf": on_behalf,
            **_dates(clarification),
            "rows": covered(clarification),
        }
        if words:
            data["note"] = words
        record(case, verb="clarification_answered", actor=actor, now=now, data=data, reason=meaning)
        solve_need(case, "offer_clarification", actor=actor, now=now, note=meaning)
        if accept:
            open_need(case, "run_clarification", actor=actor, now=now, due=deadline)
        return clarification


def no_is_no_gate() -> str:
    """What a no to clarification means, in words for the citizen and the file."""
    return _(
        "Innbyggeren takket nei til avklaringsforløp. Det har ingen betydning for retten til å søke eller "
        "for svaret på en søknad, og alle frister løper som før."
    )


def add_team_member(
    number: str,
    *,
    profession: str,
    name: str = "",
    account_id: int | None = None,
    actor: Actor,
    now: datetime,
) -> TeamMember:
    """Add a professional to the team; `account_id` when they use Trinnvis, else `name`.

    Raises:
        Incomplete: name or profession missing, an unknown account, or someone who is in the team already.
    """
    with acting(number, "team", actor=actor, now=now) as (case, _state):
        complaints = Complaints()
        account = (
            None if account_id is None else Account.objects.filter(pk=account_id, is_active=True).first()
        )
        if account_id is not None and account is None:
            complaints.add("account", _("Brukeren finnes ikke, eller er ikke aktiv lenger."))
        if account is not None and account.person_id == case.person_id:
            complaints.add("account", _("Innbyggeren saken gjelder, kan ikke være fagperson i egen sak."))
        who = account.name if account else name
        who = complaints.text("name", who, required=_("Skriv navnet."), longest=160)
        work = complaints.text(
            "profession",
            profession,
            required=_("Skriv hvilket fag, for eksempel ergoterapeut."),
            longest=80,
        )
        clarification = Clarification.objects.get(case=case)
        same = clarification.team.filter(account=account) if account else clarification.team.filter(name=who)
        if same.exists():
            complaints.add("name", _("%(name)s er allerede med i teamet.") % {"name": who})
        complaints.stop()
        member = TeamMember.objects.create(
            clarification=clarification, account=account, name=who, profession=work
        )
        data = {"added": True, **_member(member), "rows": covered(member)}
        record(case, verb="team_changed", actor=actor, now=now, data=data)
        return member


def remove_team_member(number: str, *, member_id: int, actor: Actor, now: datetime) -> None:
    """Take someone out of the team; they no longer see the case by it, and the events keep that they did.

    Raises:
        Incomplete: there is no such member, on field `member`.
    """
    with acting(number, "team", actor=actor, now=now) as (case, _state):
        complaints = Complaints()
        member = TeamMember.objects.filter(clarification__case=case, pk=member_id).first()
        if member is None:
            complaints.add("member", _("Personen er ikke med i teamet."))
        complaints.stop()
        if member is not None:
            data = {"added": False, **_member(member), "rows": taken_away(TeamMember, [member.pk])}
            member.delete()
            record(case, verb="team_changed", actor=actor, now=now, data=data)


def end_clarification(number: str, *, outcome: str, note: str, actor: Actor, now: datetime) -> Clarification:
    """End a running clarification with its outcome (Clarification.Outcome) and what was learnt.

    Raises:
        Incomplete: outcome or note missing, each on its field.
    """
    with acting(number, "end_clarification", actor=actor, now=now) as (case, _state):
        complaints = Complaints()
        if outcome not in Clarification.Outcome.values:
            complaints.add("outcome", _("Velg hva avklaringen endte med."))
        words = complaints.text("note", note, required=_("Oppsummer hva dere fant ut."))
        complaints.stop()
        clarification = Clarification.objects.get(case=case)
        clarification.state = Clarification.State.ENDED
        clarification.outcome, clarification.outcome_note, clarification.ended_at = outcome, words, now
        clarification.save(update_fields=["state", "outcome", "outcome_note", "ended_at"])
        data = {"outcome": outcome, "rows": covered(clarification)}
        record(case, verb="clarification_ended", actor=actor, now=now, data=data, reason=words)
        solve_need(case, "run_clarification", actor=actor, now=now)
        return clarification


def _start(case: Case, clarification: Clarification, today: date) -> Due:
    """Set the dates of an accepted clarification; its last day is the deadline of its need."""
    start = max(clarification.starts_on or today, today)
    agreed = clarification.ends_on
    if agreed is not None and agreed > start:
        with translation.override(SOURCE_LANGUAGE):
            deadline = Due(agreed, _("Avtalt siste dag for avklaringsforløpet."))
    else:
        deadline = deadline_for(policy_of(case.policy_id), "run_clarification", start)
    clarification.starts_on, clarification.ends_on = start, deadline.due
    return deadline


def _dates(clarification: Clarification) -> dict[str, Any]:
    return {
        "starts_on": clarification.starts_on.isoformat() if clarification.starts_on else None,
        "ends_on": clarification.ends_on.isoformat() if clarification.ends_on else None,
    }


def _member(member: TeamMember) -> dict[str, Any]:
    return {"name": member.name, "profession": member.profession, "account": member.account_id}
