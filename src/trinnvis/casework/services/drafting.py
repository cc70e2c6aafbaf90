"""How a draft decision is cleaned, stored and written into its event."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from trinnvis.access.actor import Actor
from trinnvis.casework.covering import Covered, covered, taken_away
from trinnvis.casework.models import Case, DecisionLine
from trinnvis.casework.models import Decision as Row
from trinnvis.casework.rules.decision import Draft
from trinnvis.casework.rules.lines import Line
from trinnvis.casework.rules.paper import TEXTS

from .complaints import Complaints
from .signing import signed

DATES = ("starts_on", "ends_on", "review_on")
COLUMNS = {"kind": "kind", "party": "party_id", **{name: name for name in (*TEXTS, *DATES)}}
LONGEST_CODE = 40


def tidy(draft: Draft, complaints: Complaints) -> Draft:
    """The draft as it is kept: clean texts, amounts with two decimals, and no empty lines."""
    texts: dict[str, Any] = {name: complaints.text(name, getattr(draft, name)) for name in TEXTS}
    lines = []
    for i, line in enumerate(draft.lines):
        reason = complaints.text(f"lines-{i}-reason", line.reason)
        amount = line.amount
        if amount is not None and amount.is_finite() and abs(amount) < Decimal(10) ** 9:
            amount = round(amount, 2)
        kept = replace(line, reason=reason, amount=amount)
        if replace(kept, granted=True, unit="") != Line():
            lines.append(kept)
    return replace(draft, lines=tuple(lines), **texts)


def begin(case: Case, *, actor: Actor, now: datetime) -> Row:
    """A new decision in the case, not yet saved, numbered after those before it."""
    number = f"{case.number}-{case.decisions.count() + 1}"
    return Row(case=case, number=number, revision=0, drafted_by_id=signed(actor), drafted_at=now)


def store(decision: Row, draft: Draft, *, now: datetime) -> Covered:
    """Write the draft into the decision's rows as its next revision; returns what its event says of them."""
    fill(decision, draft)
    decision.alternative = decision.case.alternatives.filter(is_chosen=True, withdrawn_at=None).first()
    decision.revision += 1
    decision.drafted_at = now
    decision.save()
    gone = list(decision.lines.values_list("pk", flat=True)) if decision.revision > 1 else []
    if gone:
        decision.lines.all().delete()
    lines = [DecisionLine(decision=decision, **asdict(line)) for line in draft.lines]
    DecisionLine.objects.bulk_create(lines)
    return covered(decision, *lines) + taken_away(DecisionLine, gone)


def fill(decision: Row, draft: Draft) -> None:
    """The draft into the decision's own columns, not its lines."""
    for name, column in COLUMNS.items():
        setattr(decision, column, getattr(draft, name))


def draft_as_data(draft: Draft) -> dict[str, Any]:
    """The whole draft as plain JSON values, so that every revision can be read again from its event."""
    data: dict[str, Any] = _plain(asdict(draft))
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, date | Decimal) else value
