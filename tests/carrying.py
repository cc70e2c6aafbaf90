"""Granted lines as the rules of capacity see them, made without a database; and decisions in one."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from uuid import uuid4

from cast import NOW, OSLO

from trinnvis.access.actor import Actor
from trinnvis.casework.models import Case, Decision, DecisionLine
from trinnvis.casework.rules.running import Running
from trinnvis.delivery.rules.carried import Carried
from trinnvis.people.models import Person
from trinnvis.policy.model import AmountUnit
from trinnvis.resources import ServiceLine

UNIT = "hjemmetjenesten"


def carried(
    service: str = "praktisk-bistand",
    amount: str = "2",
    unit: str = "hours_per_week",
    *,
    first: date,
    last: date | None = None,
    person: int = 1,
    sent_on: date | None = None,
    cut: date | None = None,
    carrier: str = UNIT,
) -> Carried:
    """A line of `last` by its own decision, and perhaps `cut` short by another."""
    line = ServiceLine(service, Decimal(amount), AmountUnit(unit), 2, first, last)
    sent = sent_on or first
    ends = cut or line.own_end
    sent_at = datetime.combine(sent, time(9), OSLO)
    return Carried(carrier, Running(person, line, sent_at, sent, ends))


def grant(
    person: Person,
    service: str,
    *,
    by: Actor,
    policy_version: int,
    amount: str = "2",
    unit: str = "hours_per_week",
    step: int = 2,
    first: date,
    last: date | None = None,
    sent_at: datetime = NOW,
) -> DecisionLine:
    """A sent decision with one line, made without the road to it."""
    case = Case.objects.create(
        number=uuid4().hex[:20],
        person=person,
        policy_id=policy_version,
        unit="tildelingsenheten",
        opened_at=NOW,
    )
    decision = Decision.objects.create(
        number=f"{case.number}-1",
        case=case,
        kind="grant",
        state="sent",
        drafted_at=sent_at,
        drafted_by_id=by.account_id,
        sent_at=sent_at,
    )
    return DecisionLine.objects.create(
        decision=decision, service=service, amount=Decimal(amount), unit=unit, step=step, starts_on=first,
        ends_on=last,
    )  # fmt: skip
