"""Everything a reader of one decision is shown: the letter, the portal page and the desk compose from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext

from trinnvis.access.actor import Actor
from trinnvis.access.models import Account
from trinnvis.casework.models import Decision, DecisionLine
from trinnvis.casework.rules.answered import as_answered, departs
from trinnvis.casework.rules.appeal import appeal_of
from trinnvis.casework.rules.criteria import Stop, Walk
from trinnvis.casework.rules.deadlines import rule_on
from trinnvis.people.models import Person
from trinnvis.policy.criteria import Outcome
from trinnvis.policy.model import (
    AmountUnit,
    DeadlineRule,
    LegalBasis,
    Municipality,
    Policy,
    Price,
    Service,
    Step,
    Unit,
)
from trinnvis.policy.queries import policy_of
from trinnvis.pricing.queries import priced

from .applications import applied_for
from .criteria import criteria_walks
from .decisions import decided_at, decided_on, decision_row


@dataclass(frozen=True)
class LineView:
    """One service granted or refused, with what the policy says of it on the decision's day.

    `service` and `legal_bases` hold the law that the answers to the criteria lead to. `criteria`: question,
    chosen answer and reason, in the order they were answered; `outcome` is where they ended. `price`
    holds the citizen's fee and its note; None where the policy has set no price. Never show `price.nok` to a
    citizen.
    """

    service: Service
    step: Step | None
    amount: Decimal | None
    unit: AmountUnit | None
    starts_on: date | None
    ends_on: date | None
    granted: bool
    reason: str
    legal_bases: tuple[LegalBasis, ...]
    criteria: tuple[Stop, ...]
    outcome: Outcome | None
    price: Price | None
    provider: Unit

    @property
    def waits(self) -> bool:
        """Refused for now, but on the waiting list."""
        return not self.granted and self._walk.waits

    @property
    def departs(self) -> bool:
        """Whether the answer is another than the criteria point to; then `reason` says why."""
        return departs(self._walk, granted=self.granted)

    @property
    def _walk(self) -> Walk:
        return Walk(self.criteria, None, self.outcome, ())


@dataclass(frozen=True)
class AppealView:
    """The right to complain. Before sending, `by` is as if sent now. `rule` None: the law gives none."""

    rule: DeadlineRule | None
    by: date | None
    why: str
    body: str  # who the complaint goes on to


@dataclass(frozen=True)
class Signatory:
    name: str
    title: str


@dataclass(frozen=True)
class DecisionView:
    """A decision with all that belongs to it. `on`: the day whose law and prices it is read by."""

    number: str
    case_number: str
    kind: str  # Decision.Kind
    state: str  # Decision.State
    revision: int
    on: date
    person: Person
    party: Person  # whom the decision is to: the person it is about, or a next of kin of theirs
    applied_at: datetime | None
    applied_for: tuple[str, ...]  # in the applicant's words, oldest first
    citizen_wish: str
    wish_weighed: str
    goal: str
    citizen_goals: tuple[str, ...]  # goals written in the citizen's own words, still active
    facts: str
    reasons: str
    refused: str
    starts_on: date | None
    ends_on: date | None
    review_on: date | None
    lines: tuple[LineView, ...]
    legal_bases: tuple[LegalBasis, ...]  # of all lines, each once
    appeal: AppealView
    decided_by: Signatory | None
    decided_at: datetime | None
    drafted_by: Signatory
    case_worker: Signatory | None
    sent_at: datetime | None
    municipality: Municipality
    unit: Unit  # the unit that handles the case
    policy: Policy

    @property
    def granted(self) -> tuple[LineView, ...]:
        return tuple(line for line in self.lines if line.granted)

    @property
    def refused_lines(self) -> tuple[LineView, ...]:
        return tuple(line for line in self.lines if not line.granted)

    @property
    def waiting(self) -> tuple[LineView, ...]:
        return tuple(line for line in self.refused_lines if line.waits)

    @property
    def last_day(self) -> date | None:
        """The last day of what is granted: the decision's own, else the last line's; None without one."""
        ends = [line.ends_on for line in self.granted]
        if self.ends_on or not ends:
            return self.ends_on
        return None if None in ends else max(day for day in ends if day)

    @property
    def providers(self) -> tuple[Unit, ...]:
        """The units that give what is granted, with their contact, each once."""
        return tuple({line.provider.code: line.provider for line in self.granted}.values())


def decision_for(actor: Actor, number: str, now: datetime, *, what: str) -> DecisionView:
    """One decision by its number (not the case's); the look is written in the citizen's read log.

    Raises:
        NotFound: there is no such decision, or the actor may not read it (yet).
    """
    return view_of(decision_row(actor, number, now, what=what), now)


def view_of(decision: Decision, now: datetime) -> DecisionView:
    """The view of a decision already reached through access; services that send letters call it."""
    case = decision.case
    rows = tuple(row for row in decision.lines.order_by("pk") if row.service)
    return assemble(
        decision,
        priced(policy_of(case.policy_id), decided_at(decision, now)),
        now,
        rows=rows,
        criteria=criteria_walks(case, (row.service for row in rows)),
        applied_for=applied_for(case),
        citizen_goals=tuple(
            case.goals.filter(by_citizen=True, state="active").values_list("words", flat=True)
        ),
    )


def assemble(
    decision: Decision,
    policy: Policy,
    now: datetime,
    *,
    rows: Iterable[DecisionLine],
    criteria: Mapping[str, Walk],
    applied_for: tuple[str, ...],
    citizen_goals: tuple[str, ...],
) -> DecisionView:
    """The view from rows already read; `criteria` maps a service to how far its criteria are answered."""
    case = decision.case
    on = decided_on(decision, now)
    lines = tuple(_line(row, policy, on, criteria.get(row.service)) for row in rows)
    bases = {basis.code: basis for line in lines for basis in line.legal_bases}
    return DecisionView(
        number=decision.number,
        case_number=case.number,
        kind=decision.kind,
        state=decision.state,
        revision=decision.revision,
        on=on,
        person=case.person,
        party=decision.addressee,
        applied_at=case.applied_at,
        applied_for=applied_for,
        citizen_wish=decision.citizen_wish,
        wish_weighed=decision.wish_weighed,
        goal=decision.goal,
        citizen_goals=citizen_goals,
        facts=decision.facts,
        reasons=decision.reasons,
        refused=decision.refused,
        starts_on=decision.starts_on,
        ends_on=decision.ends_on,
        review_on=decision.review_on,
        lines=lines,
        legal_bases=tuple(bases.values()),
        appeal=_appeal(decision, lines, policy, on),
        decided_by=_signatory(decision.decided_by),
        decided_at=decision.decided_at,
        drafted_by=Signatory(decision.drafted_by.name, decision.drafted_by.title),
        case_worker=_signatory(case.assigned_to),
        sent_at=decision.sent_at,
        municipality=policy.municipality,
        unit=policy.unit(case.unit),
        policy=policy,
    )


def _line(row: DecisionLine, policy: Policy, on: date, criteria: Walk | None) -> LineView:
    path = criteria.path if criteria else ()
    service = as_answered(policy.service(row.service), policy, path)
    unit = AmountUnit(row.unit) if row.unit else None
    return LineView(
        service=service,
        step=policy.step(row.step) if row.step is not None else None,
        amount=row.amount,
        unit=unit,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        granted=row.granted,
        reason=row.reason,
        legal_bases=_bases(service, policy, on),
        criteria=path,
        outcome=criteria.outcome if criteria else None,
        price=policy.price(service.code, unit or service.unit, on),
        provider=policy.unit(service.provider),
    )


def _bases(service: Service, policy: Policy, on: date) -> tuple[LegalBasis, ...]:
    valid = {basis.code: basis for basis in policy.legal_bases if basis.is_valid(on)}
    return tuple(valid[code] for code in service.legal_bases if code in valid)


def _appeal(decision: Decision, lines: tuple[LineView, ...], policy: Policy, on: date) -> AppealView:
    code, by, why = decision.appeal_rule, decision.appeal_by, decision.appeal_why
    if decision.sent_at is None:
        appeal = appeal_of((line.service for line in lines), policy, on, gettext)
        code, by, why = appeal.rule, appeal.by, appeal.why
    rule = rule_on(policy, code, on) if code else None
    return AppealView(rule, by, why, _appeal_body(rule, policy.municipality))


def _appeal_body(rule: DeadlineRule | None, municipality: Municipality) -> str:
    """Who decides the complaint, by name (fvl § 27): a rule may say only what kind of body it is."""
    own, body = municipality.appeal_body, rule.body if rule else ""
    return own if own.startswith(body) else body


def _signatory(account: Account | None) -> Signatory | None:
    return Signatory(account.name, account.title) if account else None
