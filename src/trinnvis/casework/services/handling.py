"""Verbs that carry a case along: apply, assign, move, note, help at once, preliminary reply, close."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.access.models import Account
from trinnvis.access.queries import may_not_handle, staff
from trinnvis.access.rules import CASEWORK_ROLES
from trinnvis.access.services import actor_of
from trinnvis.casework.covering import covered
from trinnvis.casework.errors import Incomplete, Missing, Refused
from trinnvis.casework.models import Case, Need
from trinnvis.casework.queries.receiving import cannot_receive
from trinnvis.casework.rules.bounds import EXPECTED_REPLY
from trinnvis.policy.deadlines import SOURCE_LANGUAGE
from trinnvis.policy.queries import policy_of

from .acting import acting
from .complaints import Complaints
from .needs import local_date, recount, solve_need, solve_needs, untimely
from .opening import change_track, open_needs_at_start, start_clock
from .recording import record


def _required(field: str, text: str, message: str) -> str:
    if not text.strip():
        raise Incomplete((Missing(field, message),))
    return text.strip()


def register_application(
    *, number: str, applies_for: str, actor: Actor, now: datetime, received_at: datetime | None = None
) -> Case:
    """The case is now an application (søknad); the legal clock runs from `received_at`, else from now.

    Where an earlier one is answered, a new round begins, to be heard, assessed and decided as the first was.
    An oral application noted later is given the moment it was made; a citizen applies now.

    Raises:
        Incomplete: on `received_at`, when it is yet to come or too far back to be true (rules.bounds).
    """
    with acting(number, "apply", actor=actor, now=now) as (case, state):
        moment = received_at if received_at is not None and actor.is_staff else now
        if fault := untimely(moment, now):
            raise Incomplete((Missing("received_at", fault),))
        start_clock(case, received_at=moment, applies_for=applies_for.strip(), actor=actor, now=now)
        if state.is_answered:
            open_needs_at_start(case, actor=actor, now=now)
    return case


def withdraw_application(*, number: str, actor: Actor, now: datetime, reason: str = "") -> Case:
    """The citizen takes the application back; the case goes on until it is closed."""
    with acting(number, "withdraw_application", actor=actor, now=now) as (case, _state):
        case.applied_at = None
        case.save(update_fields=["applied_at"])
        data = {"rows": covered(case, *recount(case))}
        record(case, verb="application_withdrawn", actor=actor, now=now, data=data, reason=reason.strip())
        solve_need(case, "preliminary_reply", actor=actor, now=now, relevant=False)
    return case


def assign(*, number: str, actor: Actor, now: datetime, to: Account | None = None) -> Case:
    """Give the case to someone who handles cases in its unit; without `to` the actor takes it.

    Raises:
        Refused: the one named does not handle cases there, or is kin to the person (fvl § 6).
    """
    with acting(number, "assign", actor=actor, now=now) as (case, _state):
        account = to or Account.objects.get(pk=actor.key)
        if case.assigned_to_id == account.pk:
            return case
        on = local_date(now)
        if not staff(on=on, unit=case.unit, roles=CASEWORK_ROLES).filter(pk=account.pk).exists():
            raise Refused(_("Velg noen som arbeider med saker i enheten som har saken."))
        if case.person_id in may_not_handle(actor_of(account, on=on)):
            raise Refused(_("Den du valgte er inhabil i denne saken. Velg en annen."))
        case.assigned_to = account
        case.save(update_fields=["assigned_to"])
        data = {"to": account.name, "to_id": account.pk, "rows": covered(case)}
        record(case, verb="assigned", actor=actor, now=now, data=data)
    return case


def take(*, number: str, actor: Actor, now: datetime) -> Case:
    """Take a case that nobody has; one that another took first stays theirs.

    Raises:
        Refused: somebody has it, or what `assign` refuses.
    """
    with transaction.atomic():
        with acting(number, "assign", actor=actor, now=now) as (case, _state):
            if case.assigned_to is not None and case.assigned_to_id != actor.key:
                told = _("%(name)s har allerede tatt saken. Vil du overta, gjør du det fra saken.")
                raise Refused(told % {"name": case.assigned_to.name})
        return assign(number=number, actor=actor, now=now)


def move(*, number: str, unit: str, reason: str, actor: Actor, now: datetime) -> Case:
    """Hand the case over to another unit, which answers from now; who may see it follows (access.rules).

    Needs, deadlines and team stay as they are: nothing begins anew for the citizen. Nobody has the case
    until someone in the new unit takes it.

    Raises:
        Incomplete: on `unit` (not another unit where someone handles cases) or `reason`.
    """
    with acting(number, "move", actor=actor, now=now) as (case, _state):
        complaints = Complaints()
        if unit == case.unit:
            complaints.add("unit", _("Saken ligger alt hos denne enheten. Velg en annen."))
        elif fault := cannot_receive(unit, policy_of(case.policy_id), on=local_date(now)):
            complaints.add("unit", fault)
        why = complaints.text("reason", reason, required=_("Skriv hvorfor en annen enhet skal svare."))
        complaints.stop()
        before, case.unit, case.assigned_to = case.unit, unit, None
        case.save(update_fields=["unit", "assigned_to"])
        data = {"unit": unit, "from": before, "rows": covered(case)}
        record(case, verb="moved", actor=actor, now=now, data=data, reason=why)
    return case


def note(*, number: str, text: str, actor: Actor, now: datetime, internal: bool = False) -> None:
    """Write a note; the same twice is one. `internal`: not on the citizen's timeline (fvl § 18 a)."""
    with acting(number, "note", actor=actor, now=now) as (case, _state):
        words = _required("text", text, _("Skriv notatet først."))
        data = {"text": words, "internal": internal}
        latest = case.events.order_by("-sequence").first()
        if latest and (latest.verb, latest.data, latest.actor_id) == ("noted", data, actor.account_id):
            return
        record(case, verb="noted", actor=actor, now=now, data=data)


def confirm_heard(*, number: str, how: str, actor: Actor, now: datetime) -> Case:
    """The conversation with the citizen has been held; `how` says when and where (pbrl § 3-1)."""
    with acting(number, "confirm_heard", actor=actor, now=now) as (case, _state):
        words = _required("how", how, _("Skriv når og hvordan dere snakket sammen."))
        record(case, verb="heard", actor=actor, now=now, data={"how": words})
        solve_need(case, "hear_citizen", actor=actor, now=now, note=words)
    return case


def set_fast_track(*, number: str, reason: str, actor: Actor, now: datetime) -> Case:
    """Someone severely ill or at life's end: help today, and nothing that can wait stands in the way."""
    with acting(number, "set_fast_track", actor=actor, now=now) as (case, _state):
        why = _required("reason", reason, _("Skriv kort hva som gjør at det haster."))
        change_track(case, Case.Track.FAST, actor=actor, now=now, verb="fast_track_set", reason=why)
    return case


def confirm_help_given(*, number: str, what: str, actor: Actor, now: datetime) -> Case:
    """The help that could not wait has begun; `what` says which help and who gives it."""
    with acting(number, "give_help_now", actor=actor, now=now) as (case, _state):
        words = _required("what", what, _("Skriv hvilken hjelp som er i gang, og hvem som gir den."))
        record(case, verb="help_given", actor=actor, now=now, data={"what": words})
        solve_need(case, "give_help_now", actor=actor, now=now, note=words)
    return case


def preliminary_reply(*, number: str, expected_on: date, reason: str, actor: Actor, now: datetime) -> Case:
    """The citizen has been told why the answer is late and when to expect it (foreløpig svar, fvl § 11 a).

    The promised date becomes the due date of the decision.

    Raises:
        Incomplete: on `reason`, or on `expected_on` when it has passed or is too far ahead (rules.bounds).
    """
    with acting(number, "preliminary_reply", actor=actor, now=now) as (case, _state):
        why = _required("reason", reason, _("Skriv hvorfor svaret tar lengre tid."))
        today = local_date(now)
        if expected_on <= today:
            raise Incomplete((Missing("expected_on", _("Velg en dato som ikke er passert.")),))
        if fault := EXPECTED_REPLY.fault(expected_on, today):
            raise Incomplete((Missing("expected_on", _(fault)),))
        with translation.override(SOURCE_LANGUAGE):
            told = _("Datoen innbyggeren har fått i foreløpig svar.")
        waiting = list(case.needs.filter(state=Need.State.OPEN, kind="draft_decision"))
        for need in waiting:
            need.due_on, need.due_why = expected_on, told
            need.save(update_fields=["due_on", "due_why"])
        data = {"expected_on": expected_on.isoformat(), "rows": covered(*waiting)}
        record(case, verb="preliminary_reply_sent", actor=actor, now=now, data=data, reason=why)
        solve_need(case, "preliminary_reply", actor=actor, now=now)
    return case


def close_case(*, number: str, reason: str, actor: Actor, now: datetime) -> Case:
    """End the case. What was still open is marked as no longer relevant; nothing is deleted."""
    with acting(number, "close", actor=actor, now=now) as (case, _state):
        why = _required("reason", reason, _("Skriv hvorfor saken avsluttes."))
        left = list(case.needs.filter(state=Need.State.OPEN).values_list("kind", flat=True))
        solve_needs(case, left, actor=actor, now=now, relevant=False)
        case.closed_at, case.closing_note = now, why
        case.save(update_fields=["closed_at", "closing_note"])
        record(case, verb="closed", actor=actor, now=now, data={"rows": covered(case)}, reason=why)
    return case
