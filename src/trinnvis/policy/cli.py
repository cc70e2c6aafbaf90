"""`trinnvis policy …`: check, show, adopt and compare policies.

Each loads what it needs when it runs. `context.obj` makes Django ready for a data folder (`startup.start`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from trinnvis.policy.canonical import document, fingerprint
from trinnvis.policy.dates import long_date, read_date
from trinnvis.policy.diff import differences
from trinnvis.policy.faults import Fault, PolicyFaults
from trinnvis.policy.loading import SHIPPED, check_folder, load_folder
from trinnvis.policy.model import Policy
from trinnvis.policy.screen import error, say, show_policy
from trinnvis.policy.summary import summary

if TYPE_CHECKING:
    from trinnvis.policy.models import PolicyVersion

app = typer.Typer(
    help="Politikken: kontroller, vis, vedta og sammenlign.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _date(text: str) -> date:
    try:
        return read_date(text)
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong)) from None


Folder = Annotated[str, typer.Argument(metavar="MAPPE", help="Mappa med kommunens YAML-filer.")]
Data = Annotated[
    Path | None, typer.Option("--data", metavar="MAPPE", help="Datamappa. Ellers TRINNVIS_DATA.")
]


@app.command()
def check(
    folder: Folder,
    start: Annotated[
        date | None,
        typer.Option(
            "--from",
            parser=_date,
            metavar="DATO",
            help="Dagen den skal vedtas fra. Ellers i dag, eller så snart den kan.",
        ),
    ] = None,
) -> None:
    """Kontroller en mappe: hver feil med fil, linje, sted, grunn og hva du kan gjøre."""
    policy = _checked(folder, start)
    say(f"{policy.title}: i orden.")
    say(summary(policy))


@app.command()
def show(
    context: typer.Context,
    at: Annotated[
        date | None,
        typer.Option("--at", parser=_date, metavar="DATO", help="Dagen den skal gjelde. Ellers i dag."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Skriv hele versjonen som JSON.")] = False,
    data: Data = None,
) -> None:
    """Vis politikken som gjelder en dag. Er ingenting vedtatt ennå, vises den som følger med Trinnvis."""
    if not _is_kept(data):
        _show_shipped(at or _today(), as_json=as_json)
        return
    with _database(context, data):
        from trinnvis.policy.queries import policy_of, policy_version_at

        version = policy_version_at(at or _now().date())
        policy = policy_of(version.pk)
    if as_json:
        about = {
            "number": version.number,
            "valid_from": version.valid_from.isoformat(),
            "adopted_by": version.adopted_by,
            "adopted_at": version.adopted_at.isoformat(),
            "sha256": version.sha256,
        }
        typer.echo(json.dumps({**about, "document": version.document}, ensure_ascii=False, indent=2))
        return
    say(f"{policy.title} ({policy.municipality.name})", style="bold")
    say(f"{_told(version)}, vedtatt av {version.adopted_by}")
    say(summary(policy))
    show_policy(policy, at or _now().date())


@app.command()
def adopt(
    context: typer.Context,
    folder: Folder,
    valid_from: Annotated[
        date, typer.Option("--from", parser=_date, metavar="DATO", help="Første dag den gjelder.")
    ],
    by: Annotated[str, typer.Option("--by", metavar="NAVN", help="Hvem som vedtar, gjerne med saksnummer.")],
    data: Data = None,
) -> None:
    """Vedta en mappe som ny versjon. En vedtatt versjon endres aldri."""
    policy = _checked(folder, valid_from)
    with _database(context, data, make=True):
        from trinnvis.policy.services import adopt as add_version

        version = add_version(policy=policy, valid_from=valid_from, by=by, now=_now())
    say(f"Vedtatt: {_told(version)}.")
    say(summary(policy))


@app.command()
def diff(
    context: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A", help="En mappe eller et versjonsnummer.")],
    b: Annotated[str, typer.Argument(metavar="B", help="En mappe eller et versjonsnummer.")],
    data: Data = None,
) -> None:
    """Vis hva som er forskjellig fra A til B."""
    found = differences(_folder_or_version(a, context, data), _folder_or_version(b, context, data))
    for difference in found:
        style = {"added": "green", "removed": "red"}.get(difference.kind, "yellow")
        say(str(difference), style=style)
    say(
        f"{len(found)} {'forskjell' if len(found) == 1 else 'forskjeller'}."
        if found
        else "Ingen forskjeller."
    )


def _folder_or_version(text: str, context: typer.Context, data: Path | None) -> Policy:
    if not text.isdecimal():
        return _loaded(text)
    with _database(context, data):
        from trinnvis.policy.queries import policy_of, version_numbered

        return policy_of(version_numbered(int(text)).pk)


def _is_kept(data: Path | None) -> bool:
    """Whether there is a database to ask. Django made ready, as in a test, has one."""
    from django.apps import apps

    from trinnvis.site.environment import has_database

    return apps.ready or has_database(data)


def _show_shipped(on: date, *, as_json: bool) -> None:
    policy = load_folder(SHIPPED)
    if as_json:
        adoption = dict.fromkeys(("number", "valid_from", "adopted_by", "adopted_at"))
        content = document(policy)
        told = {**adoption, "sha256": fingerprint(content), "document": content}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    say(f"{policy.title} ({policy.municipality.name})", style="bold")
    say("Ikke vedtatt: dette er politikken som følger med Trinnvis.", style="yellow")
    say("Vedta en med «trinnvis policy adopt MAPPE --from DATO --by NAVN».")
    say(summary(policy))
    show_policy(policy, on)


def _checked(folder: str, start: date | None) -> Policy:
    """The policy in a folder, with what is worth noting told; or every fault told, and the end."""
    policy, faults = check_folder(folder, start, today=_today())
    _tell(faults)
    if policy is None:
        raise typer.Exit(1)
    return policy


def _loaded(folder: str) -> Policy:
    try:
        return load_folder(folder)
    except PolicyFaults as wrong:
        _tell(wrong.faults)
        raise typer.Exit(1) from None


def _tell(faults: tuple[Fault, ...]) -> None:
    for fault in faults:
        place = f"{fault.file}:{fault.line}" if fault.line else fault.file
        say(" ".join(filter(None, [place, fault.path])), style="bold red" if fault.stops else "bold yellow")
        say(f"    {'' if fault.stops else 'Merk: '}{fault.reason}")
        say(f"    Gjør slik: {fault.fix}")
    if wrong := sum(fault.stops for fault in faults):
        say(f"{wrong} feil. Rett {'dem' if wrong > 1 else 'den'} og prøv igjen.")


def _told(version: PolicyVersion) -> str:
    return f"versjon {version.number}, gjelder fra {long_date(version.valid_from)}"


def _today() -> date:
    """The day in Norway. A folder is checked without settings, so the clock they name is not asked."""
    from trinnvis.site.clock import system_now

    return system_now().astimezone(ZoneInfo("Europe/Oslo")).date()


def _now() -> datetime:
    from django.conf import settings
    from django.utils.module_loading import import_string
    from django.utils.timezone import localtime

    now: datetime = localtime(import_string(settings.TRINNVIS_CLOCK)())
    return now


@contextmanager
def _database(context: typer.Context, data: Path | None, *, make: bool = False) -> Iterator[None]:
    """Django made ready; what can be expected to go wrong told in a line, with exit code 1.

    `make`: build the tables first when the database is new.
    """
    context.obj(data)
    from django.core.management import call_command
    from django.db import connection

    from trinnvis.policy.models import PolicyVersion
    from trinnvis.policy.queries import NoPolicy, PolicyChanged
    from trinnvis.policy.services import CannotAdopt

    has_tables = PolicyVersion._meta.db_table in connection.introspection.table_names()
    if not has_tables and make:
        call_command("migrate", verbosity=0, interactive=False)
    elif not has_tables:
        error("Databasen er tom. Vedta en politikk med «trinnvis policy adopt MAPPE --from DATO --by NAVN».")
        raise typer.Exit(1)
    try:
        yield
    except (NoPolicy, PolicyChanged, CannotAdopt) as wrong:
        error(str(wrong))
        raise typer.Exit(1) from None
