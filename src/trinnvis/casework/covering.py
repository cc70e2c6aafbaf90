"""Ties the rows of a case to its hash chain: each event holds the digest of every row it wrote or changed.

The words themselves stand once, in their row; the chain proves that they are the words that stood there when
the event was written. The last event that speaks of a row is the one that counts. A column that is empty is
left out of the digest, so that one that is added later does not break what older events say.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from hashlib import sha256
from typing import Any

from django.apps import apps

from .models import CaseRow
from .rules.chain import digest

Covered = list[list[Any]]
"""What an event says of rows, under `rows` in its data: table, key, digest; None when taken away."""


def covered(*rows: CaseRow) -> Covered:
    """That these rows stand as they do now, after they are saved."""
    return [[row._meta.label, row.pk, content_digest(row)] for row in rows]


def taken_away(table: type[CaseRow], keys: Collection[int]) -> Covered:
    """That the rows with these keys are gone, rightly."""
    return [[table._meta.label, key, None] for key in keys]


def content_digest(row: CaseRow) -> str:
    """SHA-256 (hex) of what stands in a row; the same before and after a trip to the database."""
    values = ((name, getattr(row, name)) for name in _columns(type(row)))
    return digest({name: plain(value) for name, value in values if not _is_empty(value)})


@cache
def tables() -> tuple[type[CaseRow], ...]:
    """Every table whose rows belong to cases, in this package and those above it."""
    return tuple(model for model in apps.get_models() if issubclass(model, CaseRow))


@cache
def _columns(table: type[CaseRow]) -> tuple[str, ...]:
    fields = (field for field in table._meta.concrete_fields if not field.primary_key)
    return tuple(field.attname for field in fields if field.name not in table.DERIVED)


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value == ""


def plain(value: Any) -> Any:
    """A column's value as JSON has it; the same whichever database it comes from."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, bytes | bytearray | memoryview):
        return sha256(value).hexdigest()
    return value
