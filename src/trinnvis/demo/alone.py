"""Only one at a time makes a demo in a database.

The lock is let go of when the process ends, however it ends, so that none is ever left behind.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from django.db import connection

from trinnvis.trouble import Trouble

ADVISORY_LOCK = 0x7472696E  # "trin"; PostgreSQL's advisory locks are numbers, each database with its own


@contextmanager
def alone() -> Iterator[None]:
    """
    Raises:
        Trouble: somebody else is making a demo in this database.
    """
    with _file_lock() if connection.vendor == "sqlite" else _advisory_lock():
        yield


@contextmanager
def _file_lock() -> Iterator[None]:
    """SQLite's own lock, on a file beside the database: the same on every operating system."""
    beside = f"{connection.settings_dict['NAME']}.lock"
    with (
        connection.wrap_database_errors,
        closing(sqlite3.connect(beside, timeout=1, isolation_level=None)) as lock,
    ):
        try:
            lock.execute("pragma journal_mode = off")  # nothing is written that could be rolled back
            lock.execute("begin exclusive")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            raise _taken() from error
        yield


@contextmanager
def _advisory_lock() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
        if cursor.fetchone() != (True,):
            raise _taken()
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [ADVISORY_LOCK])


def _taken() -> Trouble:
    return Trouble(
        "En annen demo lages nå i den samme databasen.",
        "Vent til den er ferdig, eller velg en annen med --data eller DATABASE_URL.",
    )
