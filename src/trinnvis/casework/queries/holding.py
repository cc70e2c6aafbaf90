"""Tells whether a filter holds for a row in hand; the database is asked only for what other tables say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Model, Q

PLAIN = (str, int, date, type(None))
LOOKUPS: dict[str, Callable[[Any, Any], bool]] = {
    "": lambda held, wanted: bool(held == wanted),
    "in": lambda held, wanted: held in wanted,
    "gte": lambda held, wanted: held is not None and held >= wanted,
    "isnull": lambda held, wanted: (held is None) == wanted,
}


def holds(condition: Q, row: Model) -> bool:
    """Whether `row`, as it was read, is among those that `condition` would find; None is equal to None."""
    if not condition.children:
        return True  # an empty filter leaves nothing out, negated or not
    found = (_holds(part, row) for part in condition.children)
    return (any(found) if condition.connector == Q.OR else all(found)) != condition.negated


def _holds(part: Any, row: Model) -> bool:
    if isinstance(part, Q):
        return holds(part, row)
    if isinstance(part, tuple) and (test := _test_in_hand(row, *part)) is not None:
        return test
    return type(row)._default_manager.filter(part, pk=row.pk).exists()


def _test_in_hand(row: Model, path: str, wanted: Any) -> bool | None:
    """What the row's own column says, or None when the filter asks for more than that."""
    name, _, lookup = path.partition("__")
    values = wanted if lookup == "in" and isinstance(wanted, set | frozenset | list) else (wanted,)
    if lookup not in LOOKUPS or not all(isinstance(value, PLAIN) for value in values):
        return None
    held = row.pk if name == "pk" else row.serializable_value(name)
    return LOOKUPS[lookup](held, wanted)
