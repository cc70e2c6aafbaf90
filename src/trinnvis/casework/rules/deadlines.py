"""When something of a kind is due, by the policy's own rule; told in words where no rule holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import translation

from trinnvis.policy.dates import long_date
from trinnvis.policy.deadlines import SOURCE_LANGUAGE, Deadline, compute
from trinnvis.policy.model import DeadlineRule, Policy


@dataclass(frozen=True)
class Due:
    """The last day, and in bokmål why it is that one.

    Without a day `why` says why it cannot be counted and what to do; "" where the policy sets no deadline.
    """

    due: date | None = None
    why: str = ""
    counted: Deadline | None = None

    def told(self) -> str:
        """Why, in the reader's language where a rule says it."""
        return self.counted.told() if self.counted else self.why


def deadline_for(policy: Policy, kind: str, start: date) -> Due:
    """When a need of this kind (NeedKind) is due, counted from a date."""
    need = next((need for need in policy.needs if need.code == kind), None)
    if need is None or need.deadline is None:
        return Due()
    counted = counted_from(policy, need.deadline, start)
    return Due(counted.due, counted.why, counted) if counted else Due(None, _cannot_be_counted(start))


def counted_from(policy: Policy, code: str, start: date) -> Deadline | None:
    """The deadline by the rule that holds on a date, or None where none does.

    What came in before a rule's first day is counted by it too, when that leaves the deadline to be met: who
    adopts a policy today has yesterday's calls to answer. No rule makes anything late before it began.
    """
    rules = [rule for rule in policy.deadlines if rule.code == code]
    if held := rule_on(policy, code, start):
        return compute(held, start)
    first = min(rules, key=lambda rule: rule.valid_from, default=None)
    if first is None or start > first.valid_from:
        return None
    counted = compute(first, start)
    return counted if counted.due >= first.valid_from else None


def rule_on(policy: Policy, code: str, on: date) -> DeadlineRule | None:
    return next((rule for rule in policy.deadlines if rule.code == code and rule.is_valid(on)), None)


def _cannot_be_counted(start: date) -> str:
    with translation.override(SOURCE_LANGUAGE):
        day = long_date(start)
    return (
        f"Fristen kan ikke regnes ut: ingen vedtatt fristregel gjelder {day}. "
        "Er datoen feil, skriv den riktige i et notat eller i begrunnelsen. Ta oppgaven så snart du kan."
    )
