"""Finds a PostgreSQL server to run the tests on."""

import os
import socket
from dataclasses import dataclass

import psycopg

HOST, PORT = "127.0.0.1", 5432
# What a developer's own server usually lets in; TEST_DATABASE_URL says anything else.
USUAL = ("trinnvis:trinnvis@{}/trinnvis", "postgres:postgres@{}/postgres", "postgres@{}/postgres")


@dataclass(frozen=True)
class Found:
    """A server the tests may use (`url`), or None and why not."""

    url: str | None
    said: str


def find() -> Found:
    """The server of TEST_DATABASE_URL, else one on this machine's port 5432 that lets a usual login in.

    Raises:
        SystemExit: TEST_DATABASE_URL is set and of no use; it is never silently left out.
    """
    if named := os.environ.get("TEST_DATABASE_URL"):
        if not named.startswith(("postgresql://", "postgres://")):
            raise SystemExit("TEST_DATABASE_URL must begin with postgresql://")
        if fault := _fault(named):
            raise SystemExit(f"TEST_DATABASE_URL cannot be used: {fault}")
        return Found(named, f"PostgreSQL {_version(named)} by TEST_DATABASE_URL")
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex((HOST, PORT)) != 0:
            return Found(None, f"none answers on {HOST}:{PORT} and TEST_DATABASE_URL is not set")
    for login in USUAL:
        url = "postgresql://" + login.format(f"{HOST}:{PORT}")
        if not _fault(url):
            return Found(url, f"PostgreSQL {_version(url)} on {HOST}:{PORT}")
    return Found(
        None,
        f"the server on {HOST}:{PORT} lets neither trinnvis:trinnvis nor postgres:postgres make databases; "
        f"set TEST_DATABASE_URL=postgresql://name:password@{HOST}:{PORT}/database",
    )


def _fault(url: str) -> str:
    """Why the tests cannot use the server, or "" when they can: they make databases of their own in it."""
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute(
                "select rolcreatedb or rolsuper from pg_roles where rolname = current_user"
            ).fetchone()
    except psycopg.Error as error:
        return str(error).strip().splitlines()[0]
    return "" if row and row[0] else "the role may not make databases (alter role … createdb)"


def _version(url: str) -> str:
    with psycopg.connect(url, connect_timeout=3) as connection:
        number = connection.info.server_version
    return f"{number // 10000}.{number % 10000}"
