"""What events held of rows before every row of a case was covered: some tables, and some columns of them.

Such events name a table without its package. They are judged by what they did cover.
"""

from __future__ import annotations

from .covering import plain
from .models import CaseRow
from .rules.chain import digest

_LINE = ("service", "step", "amount", "unit", "starts_on", "ends_on")
_REVISED = ("case_id", "revision", "written_by_id", "written_at")
_CONTENT: dict[str, tuple[str, ...]] = {
    "AssessmentEntry": (*_REVISED, "topic", "voice", "text", "noted_on_behalf"),
    "FunctionScore": (*_REVISED, "list_version", "variable", "score", "note"),
    "HousingSituation": (*_REVISED, "housing_step", "note"),
    "ConsentCapacity": (*_REVISED, "conclusion", "reason", "shown_to"),
    "CriterionAnswer": (*_REVISED, "service", "question", "answer", "reason"),
    "Goal": ("case_id", "words", "written_by_id", "by_citizen", "written_at"),
    "Alternative": ("case_id", "title", "why", "written_by_id", "written_at"),
    "AlternativeLine": ("alternative_id", *_LINE),
    "Decision": (
        *("case_id", "number", "kind", "revision", "starts_on", "ends_on", "review_on"),
        *("citizen_wish", "wish_weighed", "goal", "facts", "reasons", "refused"),
        *("decided_by_id", "decided_at", "sent_at", "appeal_rule", "appeal_by", "appeal_why"),
        "party_id",
    ),
    "DecisionLine": ("decision_id", *_LINE, "granted", "reason"),
    "Measurement": ("case_id", "goal_id", "instrument", "part", "moment", "value", "measured_on"),
}
_CAME_LATER = frozenset({"party_id"})  # counted when set only


def older_digest(row: CaseRow) -> str:
    """SHA-256 (hex) of the columns such an event covered."""
    values = {name: getattr(row, name) for name in _CONTENT[type(row).__name__]}
    return digest(
        {name: plain(value) for name, value in values.items() if value is not None or name not in _CAME_LATER}
    )
