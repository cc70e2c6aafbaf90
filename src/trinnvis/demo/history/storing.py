"""Stores many rows whose keys are given, by one statement run for each.

Django's `bulk_create` writes a new statement for every fifty rows or so, as many values as SQLite takes in
one, and that costs more than all the rest of the storing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from operator import attrgetter

from django.db import connection
from django.db.models import JSONField, Model

AS_THEY_ARE = frozenset({str, int, bool, type(None)})
"""Values of these types go to the database unchanged, except in a JSON field."""


def store(table: type[Model], rows: Sequence[Model]) -> None:
    fields = table._meta.concrete_fields
    name = connection.ops.quote_name
    columns = ", ".join(name(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"insert into {name(table._meta.db_table)} ({columns}) values ({places})"  # noqa: S608
    values = attrgetter(*(field.attname for field in fields))
    kept = [frozenset() if isinstance(field, JSONField) else AS_THEY_ARE for field in fields]
    saved = [partial(field.get_db_prep_save, connection=connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [
                [
                    value if type(value) in as_they_are else save(value)
                    for value, as_they_are, save in zip(values(row), kept, saved, strict=True)
                ]
                for row in rows
            ],
        )
