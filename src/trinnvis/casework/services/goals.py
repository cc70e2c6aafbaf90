"""Goals (mål) in the citizen's own words, whether they were reached, and numbers before and after."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.casework.covering import covered
from trinnvis.casework.models import Case, Goal, Measurement
from trinnvis.casework.queries.visible import worn_hats
from trinnvis.casework.rules.actions import CITIZEN
from trinnvis.casework.rules.bounds import MEASURED
from trinnvis.casework.rules.measuring import Wrong, wrong
from trinnvis.policy.model import Instrument, Policy
from trinnvis.policy.queries import policy_of

from .acting import acting
from .complaints import Complaints
from .needs import local_date
from .recording import record
from .revising import author_id


def write_goal(number: str, *, words: str, actor: Actor, now: datetime) -> Goal:
    """Add a goal in the citizen's words, written by the citizen or noted by staff.

    Raises:
        Incomplete: no words, the same goal twice, or too long; on field `words`.
    """
    with acting(number, "goal", actor=actor, now=now) as (case, _state):
        complaints = Complaints()
        text = complaints.text(
            "words", words, required=_("Skriv målet med innbyggerens egne ord."), longest=1_000
        )
        if case.goals.filter(words=text, state=Goal.State.ACTIVE).exists():
            complaints.add("words", _("Dette målet står der allerede."))
        complaints.stop()
        by_citizen = bool(worn_hats(case, actor, now) & CITIZEN)
        goal = Goal.objects.create(
            case=case, words=text, written_by_id=author_id(actor), by_citizen=by_citizen, written_at=now
        )
        data = {"goal": goal.pk, "by_citizen": by_citizen, "rows": covered(goal)}
        record(case, verb="goal_written", actor=actor, now=now, data=data)
        return goal


def evaluate_goal(
    number: str, *, goal_id: int, state: str, note: str = "", actor: Actor, now: datetime
) -> Goal:
    """Say whether a goal is reached (Goal.State); it may be said again when things change.

    Raises:
        Incomplete: the goal is not in this case (`goal`), or the state unknown (`state`).
    """
    with acting(number, "evaluate_goal", actor=actor, now=now) as (case, _state):
        complaints = Complaints()
        _check_goal(case, goal_id, complaints)
        if state not in Goal.State.values:
            complaints.add("state", _("Velg om målet er nådd, delvis nådd eller ikke nådd."))
        words = complaints.text("note", note)
        complaints.stop()
        goal = case.goals.get(pk=goal_id)
        before, goal.state, goal.evaluated_at = goal.state, state, now
        goal.save(update_fields=["state", "evaluated_at"])
        data = {"goal": goal.pk, "from": before, "to": state, "rows": covered(goal)}
        record(case, verb="goal_evaluated", actor=actor, now=now, data=data, reason=words)
        return goal


def measure(
    number: str,
    *,
    instrument: str,
    part: str,
    moment: str,
    value: Decimal,
    measured_on: date,
    goal_id: int | None = None,
    actor: Actor,
    now: datetime,
) -> Measurement:
    """Add one number of an instrument before or after. It is never edited: a correction is a new one.

    The same number measured by the same person on the same day is one.

    Raises:
        Incomplete: unknown instrument, part, moment or goal, a value the instrument cannot give, or a date to
            come, before birth or too far back (rules.bounds); each on its field.
    """
    with acting(number, "measure", actor=actor, now=now) as (case, _state):
        complaints = Complaints()
        found = _instrument(policy_of(case.policy_id), instrument, complaints)
        if found is not None:
            _check_value(found, part, value, complaints)
        if moment not in Measurement.Moment.values:
            complaints.add("moment", _("Velg om målingen er gjort før eller etter."))
        if measured_on > local_date(now):
            complaints.add("measured_on", _("Målingen kan ikke være gjort fram i tid."))
        elif measured_on < case.person.birth_date:
            complaints.add("measured_on", _("Datoen er før innbyggeren ble født. Sjekk årstallet."))
        elif fault := MEASURED.fault(measured_on, local_date(case.opened_at)):
            complaints.add("measured_on", _(fault))
        if goal_id is not None:
            _check_goal(case, goal_id, complaints)
        complaints.stop()
        columns: dict[str, object] = {
            "goal_id": goal_id,
            "instrument": instrument,
            "part": part,
            "moment": moment,
            "value": value,
            "measured_on": measured_on,
            "measured_by_id": author_id(actor),
        }
        if same := case.measurements.filter(**columns).last():
            return same
        measurement = Measurement.objects.create(case=case, **columns)
        data = {
            "instrument": instrument,
            "part": part,
            "moment": moment,
            "value": str(value),
            "measured_on": measured_on.isoformat(),
            "goal": goal_id,
            "rows": covered(measurement),
        }
        record(case, verb="measured", actor=actor, now=now, data=data)
        return measurement


def _check_goal(case: Case, goal_id: int, complaints: Complaints) -> None:
    if not case.goals.filter(pk=goal_id).exists():
        complaints.add("goal", _("Målet finnes ikke i denne saken."))


def _instrument(policy: Policy, code: str, complaints: Complaints) -> Instrument | None:
    found = next((instrument for instrument in policy.instruments if instrument.code == code), None)
    if found is None:
        known = ", ".join(instrument.title for instrument in policy.instruments)
        complaints.add("instrument", _("Velg et av måleverktøyene: %(known)s.") % {"known": known})
    return found


def _check_value(instrument: Instrument, part: str, value: Decimal, complaints: Complaints) -> None:
    if all(known.code != part for known in instrument.parts):
        known = ", ".join(entry.title for entry in instrument.parts)
        complaints.add(
            "part", _("%(title)s har disse delene: %(known)s.") % {"title": instrument.title, "known": known}
        )
    match wrong(instrument, value):
        case Wrong.OUT_OF_RANGE:
            complaints.add(
                "value",
                _("%(title)s går fra %(low)s til %(high)s.")
                % {"title": instrument.title, "low": _plain(instrument.low), "high": _plain(instrument.high)},
            )
        case Wrong.OFF_STEP:
            complaints.add(
                "value",
                _("%(title)s går i steg på %(step)s. Skriv en av verdiene verktøyet gir.")
                % {"title": instrument.title, "step": _plain(instrument.step)},
            )


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f").replace(".", ",")
