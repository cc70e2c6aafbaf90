"""Which database: `DATABASE_URL`, else a SQLite file in the data folder."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import dj_database_url

from trinnvis.site.environment import EXPLAINED, database_file, said
from trinnvis.trouble import Trouble

Database = dict[str, Any]  # as in Django's DATABASES

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
FORM = "postgresql://navn:passord@tjener/database, eller sqlite:////mappe/fil.sqlite3"


def database(data: Path) -> Database:
    """
    Raises:
        Trouble: `DATABASE_URL` names no database Trinnvis can use. It is not repeated: it holds a password.
    """
    url = said("DATABASE_URL")
    try:
        found: Database = {
            **dj_database_url.parse(url or "sqlite:///", conn_max_age=60, conn_health_checks=True)
        }
    except ValueError:
        found = {}
    if not url:
        found["NAME"] = str(database_file(data))
    kind = found.get("ENGINE", "").rpartition(".")[2]
    if kind not in ("sqlite3", "postgresql") or found["NAME"] in ("", ":memory:"):
        scheme, parted, _ = url.partition("://")
        begins = f"begynner med «{scheme}://»" if parted else "er ingen adresse"
        raise Trouble(
            f"DATABASE_URL {begins}, og er ikke en database Trinnvis kan bruke. Den skal være som {FORM}. "
            "Uten den brukes en SQLite-fil i datamappa.",
            EXPLAINED,
        )
    if kind == "sqlite3":
        found["OPTIONS"] = SQLITE_OPTIONS
    return found


def may_hold_people(database: Database) -> bool:
    """Whether somebody is registered in it. One that does not answer may hold people.

    It is asked while the settings are read, so without Django; and a SQLite file is not made by asking.
    """
    somebody = "select 1 from people_person limit 1"
    if database["ENGINE"].endswith("sqlite3"):
        file = Path(database["NAME"]).absolute()
        if not file.exists():
            return False
        try:
            with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
                return connection.execute(somebody).fetchone() is not None
        except sqlite3.Error as error:
            return "no such table" not in str(error)
    import psycopg

    where = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    named = {option: database[name] for option, name in where.items() if database[name]}
    try:
        with psycopg.connect(**named, **database.get("OPTIONS", {})) as connection:
            return connection.execute(somebody).fetchone() is not None
    except psycopg.errors.UndefinedTable:
        return False
    except psycopg.Error:
        return True
