"""What many tests begin with: built once through the services, then laid down again row by row as it was.

The first test of a process that asks builds it in its own empty database. The rows it wrote are kept as they
stand in the tables and written anew for every later test, so that no test sees what another did with them,
and none depends on which came first.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from functools import cache, wraps
from typing import Any, NamedTuple, TypeVar

from django.apps import apps
from django.db import connection, transaction

NOT_EMPTY = "a test begins with this: nothing else may stand in the database before it"
T = TypeVar("T")


class Table(NamedTuple):
    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def built_once(build: Callable[[], T]) -> Callable[[], T]:
    """`build` takes no arguments and begins in an empty database; each caller gets a copy of its answer."""
    kept: list[tuple[T, list[Table]]] = []

    @wraps(build)
    def built() -> T:
        if kept:
            _lay_down(kept[0][1])
        else:
            assert not any(table.rows for table in _tables()), NOT_EMPTY
            made = build()
            kept.append((made, [table for table in _tables() if table.rows]))
        return deepcopy(kept[0][0])

    return built


@cache
def _names() -> tuple[str, ...]:
    ours = (model for model in apps.get_models() if model.__module__.startswith("trinnvis."))
    return tuple(dict.fromkeys(model._meta.db_table for model in ours))


def _tables() -> list[Table]:
    found = []
    with connection.cursor() as cursor:
        for name in _names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)} ORDER BY 1")
            columns = tuple(column[0] for column in cursor.description)
            found.append(Table(name, columns, tuple(cursor.fetchall())))
    return found


def _lay_down(tables: list[Table]) -> None:
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT 1 FROM {quote(table.name)} LIMIT 1")
            assert cursor.fetchone() is None, NOT_EMPTY
            columns = ", ".join(map(quote, table.columns))
            marks = ", ".join(["%s"] * len(table.columns))
            cursor.executemany(f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({marks})", table.rows)
