"""Stores many rows whose keys are given, by one statement run for each.

Django's `bulk_create` writes a new statement for every fifty rows or so, as many values as SQLite takes in
one, and that costs more than all the rest of the storing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, JSONField, Model

AS_THEY_ARE = frozenset({str, int, bool, type(None)})
"""Values of these types go to the database unchanged, except in a JSON field."""


def store(table: type[Model], rows: Sequence[Model]) -> None:
    fields = table._meta.concrete_fields
    name = connection.ops.quote_name
    columns = ", ".join(name(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"insert into {name(table._meta.db_table)} ({columns}) values ({places})"  # noqa: S608
    prepared = [_prepared(field) for field in fields]
    with connection.cursor() as cursor:
        cursor.executemany(statement, [[prepare(row) for prepare in prepared] for row in rows])


def _prepared(field: Field[Any, Any]) -> Callable[[Model], Any]:
    """What the database is given for a field of a row."""
    name, save = field.attname, field.get_db_prep_save
    unchanged = frozenset() if isinstance(field, JSONField) else AS_THEY_ARE

    def prepare(row: Model) -> Any:
        value = getattr(row, name)
        return value if type(value) in unchanged else save(value, connection=connection)

    return prepare
