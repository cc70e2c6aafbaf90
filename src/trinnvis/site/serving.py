"""Serves the site with granian: one process, a few threads, static files included."""

import logging
import socket
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from trinnvis.exchange.login import identity_provider
from trinnvis.people.keys_fit import assert_keys_fit
from trinnvis.site.environment import EXPLAINED
from trinnvis.trouble import Trouble

THREADS = 4


def serve(*, host: str, port: int) -> None:
    """Serve until interrupted.

    Raises:
        Trouble: the port is taken, the login may not be used here, the database lacks its tables, or the
            keys do not fit it.
    """
    assert_free(host, port)
    try:
        identity_provider()
    except ImproperlyConfigured as error:
        raise Trouble(str(error), EXPLAINED) from error
    if not database_exists() or unapplied_migrations():
        raise Trouble(
            "Databasen mangler tabeller, eller er laget av en eldre versjon.",
            "Kjør «trinnvis demo» for en oppdiktet kommune, eller «trinnvis migrate» for en virkelig.",
        )
    assert_keys_fit()
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
    if settings.PRODUCTION:  # elsewhere whitenoise finds the files where they lie
        call_command("collectstatic", interactive=False, verbosity=0)
    connection.close()
    logging.getLogger("granian").setLevel(logging.WARNING)
    print(f"Trinnvis svarer på {address(host, port)} . Stopp med Ctrl+C.", flush=True)
    Granian(
        "trinnvis.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        process_name=None,
    ).serve()


def address(host: str, port: int) -> str:
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::1"} else host  # noqa: S104
    return f"http://{shown}:{port}"


def assert_free(host: str, port: int) -> None:
    """
    Raises:
        Trouble: another program has the port, or it may not be opened.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise Trouble(
                f"Port {port} på {host} kan ikke brukes ({error.strerror}).",
                f"Velg en annen, for eksempel --port {port + 1 if 1024 <= port < 65535 else 8001}.",
            ) from error


def database_exists() -> bool:
    """Whether there is a database to ask. SQLite would make an empty file by being asked."""
    return connection.vendor != "sqlite" or Path(connection.settings_dict["NAME"]).exists()


def unapplied_migrations() -> list[str]:
    """The names of migrations the database has not had, oldest first."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
