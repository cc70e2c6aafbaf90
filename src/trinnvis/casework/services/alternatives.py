"""Alternatives on the ladder: written, commented on by the citizen, withdrawn and chosen, never overwritten.

To change one, withdraw it and write a new one; the old stays in the case.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import chain

from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.casework.covering import covered
from trinnvis.casework.errors import NotFound, Refused
from trinnvis.casework.models import Alternative, AlternativeLine, Case, Need
from trinnvis.casework.rules.lines import Line, line_faults, same_place_again
from trinnvis.policy.model import Policy
from trinnvis.policy.queries import policy_of

from .acting import acting
from .complaints import Complaints
from .criteria import settle_criteria
from .needs import local_date, open_need, solve_need
from .recording import record
from .signing import signed

FEWEST = 2  # alternatives there must be to compare
LONGEST_TITLE = 120


def add_alternative(
    number: str, *, title: str, why: str, lines: Sequence[Line], actor: Actor, now: datetime
) -> Alternative:
    """Add one way to meet the need; the same words and lines sent twice are one alternative.

    Raises:
        Incomplete: on `title`, `why`, `lines` or `lines-<n>-<field>` (service, step, amount, unit, dates).
    """
    with acting(number, "alternatives", actor=actor, now=now) as (case, _state):
        complaints = Complaints()
        name = complaints.text("title", title, required=_("Gi alternativet et navn."), longest=LONGEST_TITLE)
        words = complaints.text("why", why, required=_("Skriv hva alternativet betyr for innbyggeren."))
        _check(lines, policy_of(case.policy_id), local_date(now), complaints)
        complaints.stop()
        if same := _standing_like(case, name, words, lines):
            return same
        row = Alternative.objects.create(
            case=case, title=name, why=words, written_by_id=signed(actor), written_at=now
        )
        rows = [AlternativeLine.objects.create(alternative=row, **_columns(line)) for line in lines]
        data = {"alternative": row.pk, "title": name, "rows": covered(row, *rows)}
        record(case, verb="alternative_added", actor=actor, now=now, data=data)
        settle_criteria(case, actor=actor, now=now)
        return row


def withdraw_alternative(alternative_id: int, *, reason: str, actor: Actor, now: datetime) -> None:
    """Take an alternative out of the comparison; it stays in the case. A chosen one is no longer chosen.

    Raises:
        Incomplete: no reason.
    """
    with acting(_case_number(alternative_id), "alternatives", actor=actor, now=now) as (case, _state):
        row = _active(case, alternative_id)
        complaints = Complaints()
        why = complaints.text("reason", reason, required=_("Skriv hvorfor alternativet tas ut."))
        complaints.stop()
        row.withdrawn_at, row.is_chosen = now, False
        row.save(update_fields=["withdrawn_at", "is_chosen"])
        data = {"alternative": row.pk, "title": row.title, "rows": covered(row)}
        record(case, verb="alternative_withdrawn", actor=actor, now=now, data=data, reason=why)
        _settle_comparison(case, actor=actor, now=now)
        settle_criteria(case, actor=actor, now=now)


def choose_alternative(alternative_id: int, *, reason: str, actor: Actor, now: datetime) -> None:
    """Choose an alternative in own words; the choice may be changed until the decision is submitted.

    Raises:
        Incomplete: no reason.
        Refused: fewer than two to choose between, where the case is to compare them.
    """
    with acting(_case_number(alternative_id), "alternatives", actor=actor, now=now) as (case, _state):
        row = _active(case, alternative_id)
        complaints = Complaints()
        why = complaints.text("reason", reason, required=_("Skriv med egne ord hvorfor dette velges."))
        complaints.stop()
        standing = list(case.alternatives.filter(withdrawn_at=None).order_by())
        if len(standing) < FEWEST and _compares(case):
            raise Refused(_("Legg inn minst to alternativer før du velger."))
        if row.is_chosen and row.chosen_why == why:
            return
        before = next((other for other in standing if other.is_chosen and other.pk != row.pk), None)
        if before:
            before.is_chosen = False
            before.save(update_fields=["is_chosen"])
        row.is_chosen, row.chosen_why = True, why
        row.save(update_fields=["is_chosen", "chosen_why"])
        data = {
            "alternative": row.pk,
            "title": row.title,
            "instead_of": before.pk if before else None,
            "rows": covered(row, *filter(None, [before])),
        }
        record(case, verb="alternative_chosen", actor=actor, now=now, data=data, reason=why)
        solve_need(case, "compare_alternatives", actor=actor, now=now)
        settle_criteria(case, actor=actor, now=now)


def comment_alternative(alternative_id: int, *, text: str, actor: Actor, now: datetime) -> None:
    """The citizen's own view of an alternative; the newest is shown, every one stays in the events.

    Raises:
        Incomplete: nothing written.
    """
    with acting(_case_number(alternative_id), "comment_alternative", actor=actor, now=now) as (case, _state):
        row = _active(case, alternative_id)
        complaints = Complaints()
        words = complaints.text("text", text, required=_("Skriv hva du mener om alternativet."))
        complaints.stop()
        if row.citizen_view == words:
            return
        row.citizen_view = words
        row.save(update_fields=["citizen_view"])
        data = {"alternative": row.pk, "title": row.title, "text": words, "rows": covered(row)}
        record(case, verb="alternative_commented", actor=actor, now=now, data=data)


def _case_number(alternative_id: int) -> str:
    number = Case.objects.filter(alternatives=alternative_id).values_list("number", flat=True).first()
    if number is None:
        raise NotFound(str(alternative_id))
    return number


def _active(case: Case, alternative_id: int) -> Alternative:
    row = case.alternatives.get(pk=alternative_id)
    if row.withdrawn_at is not None:
        raise Refused(_("Alternativet er tatt ut av sammenligningen."))
    return row


def _check(lines: Sequence[Line], policy: Policy, on: date, complaints: Complaints) -> None:
    if not lines:
        complaints.add("lines", _("Legg til minst én tjeneste."))
    numbered = [(f"lines-{i}", line) for i, line in enumerate(lines)]
    faults = (line_faults(line, policy, on, field, _) for field, line in numbered)
    for fault in (*chain.from_iterable(faults), *same_place_again(numbered, _)):
        complaints.add(fault.field, fault.message)


def _columns(line: Line) -> dict[str, object]:
    return {
        "service": line.service,
        "step": line.step,
        "amount": line.amount,
        "unit": line.unit,
        "starts_on": line.starts_on,
        "ends_on": line.ends_on,
    }


def _standing_like(case: Case, title: str, why: str, lines: Sequence[Line]) -> Alternative | None:
    """An alternative already there that says exactly this: a form sent twice."""
    wanted = [_columns(line) for line in lines]
    for row in case.alternatives.filter(withdrawn_at=None, title=title, why=why).prefetch_related("lines"):
        standing = [{name: getattr(line, name) for name in wanted[0]} for line in row.lines.all()]
        if sorted(map(repr, map(_comparable, standing))) == sorted(map(repr, map(_comparable, wanted))):
            return row
    return None


def _comparable(columns: dict[str, object]) -> tuple[str, ...]:
    amount = columns["amount"]
    return (*(str(columns[name]) for name in columns if name != "amount"), f"{amount:.2f}")


def _compares(case: Case) -> bool:
    """Whether this case has ever had the need to compare: the fast track skips it where policy says so."""
    return case.needs.filter(kind="compare_alternatives").exclude(state=Need.State.NOT_RELEVANT).exists()


def _settle_comparison(case: Case, *, actor: Actor, now: datetime) -> None:
    if case.alternatives.filter(withdrawn_at=None, is_chosen=True).exists():
        solve_need(case, "compare_alternatives", actor=actor, now=now)
    elif _compares(case):
        why = _("Det valgte alternativet er tatt ut. Velg på nytt.")
        open_need(case, "compare_alternatives", actor=actor, now=now, note=why)
