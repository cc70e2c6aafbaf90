"""Ties append-only rows to the hash chain: each event holds the digest of the rows it wrote.

The words themselves stand once, in their row; the chain proves that they are the words that were written.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model

from .models import (
    Alternative,
    AlternativeLine,
    AssessmentEntry,
    ConsentCapacity,
    CriterionAnswer,
    Decision,
    DecisionLine,
    FunctionScore,
    Goal,
    HousingSituation,
    Measurement,
)
from .rules.chain import digest

_LINE = ("service", "step", "amount", "unit", "starts_on", "ends_on")
_DECISION = (
    *("case_id", "number", "kind", "revision", "starts_on", "ends_on", "review_on"),
    *("citizen_wish", "wish_weighed", "goal", "facts", "reasons", "refused"),
    *("decided_by_id", "decided_at", "sent_at", "appeal_rule", "appeal_by", "appeal_why"),
    "party_id",
)
_CAME_LATER = frozenset({"party_id"})  # counted when set only, so that older digests still hold
_REVISED = ("case_id", "revision", "written_by_id", "written_at")
CONTENT: dict[type[Model], tuple[str, ...]] = {
    AssessmentEntry: (*_REVISED, "topic", "voice", "text", "noted_on_behalf"),
    FunctionScore: (*_REVISED, "list_version", "variable", "score", "note"),
    HousingSituation: (*_REVISED, "housing_step", "note"),
    ConsentCapacity: (*_REVISED, "conclusion", "reason", "shown_to"),
    CriterionAnswer: (*_REVISED, "service", "question", "answer", "reason"),
    Goal: ("case_id", "words", "written_by_id", "by_citizen", "written_at"),
    Alternative: ("case_id", "title", "why", "written_by_id", "written_at"),
    AlternativeLine: ("alternative_id", *_LINE),
    Decision: _DECISION,  # covered when it is sent
    DecisionLine: ("decision_id", *_LINE, "granted", "reason"),
    Measurement: ("case_id", "goal_id", "instrument", "part", "moment", "value", "measured_on"),
}
"""Which fields of a row never change after it is written."""
TABLES = {model.__name__: model for model in CONTENT}


def content_digest(row: Model) -> str:
    """SHA-256 (hex) of the row's unchanging fields; the same before and after a trip to the database."""
    values = {name: getattr(row, name) for name in CONTENT[type(row)]}
    return digest(
        {
            name: _plain(value)
            for name, value in values.items()
            if value is not None or name not in _CAME_LATER
        }
    )


def covered(*rows: Model) -> list[list[Any]]:
    """What an event says of the rows it wrote, under `rows` in its data: table, key, digest."""
    return [[type(row).__name__, row.pk, content_digest(row)] for row in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value
