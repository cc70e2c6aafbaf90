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

import typer

from trinnvis.policy.dates import long_date, read_date
from trinnvis.policy.diff import differences
from trinnvis.policy.faults import Fault, PolicyFaults
from trinnvis.policy.loading import check_folder, load_folder
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
def check(folder: Folder) -> None:
    """Kontroller en mappe: hver feil med fil, linje, sted, grunn og hva du kan gjøre."""
    policy, faults = check_folder(folder)
    if policy is None:
        _tell(faults)
        raise typer.Exit(1)
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
    """Vis politikken som gjelder en dag."""
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
    policy = _loaded(folder)
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


def _loaded(folder: str) -> Policy:
    try:
        return load_folder(folder)
    except PolicyFaults as wrong:
        _tell(wrong.faults)
        raise typer.Exit(1) from None


def _tell(faults: tuple[Fault, ...]) -> None:
    for fault in faults:
        place = f"{fault.file}:{fault.line}" if fault.line else fault.file
        say(" ".join(filter(None, [place, fault.path])), style="bold red")
        say(f"    {fault.reason}")
        say(f"    Gjør slik: {fault.fix}")
    them = "dem" if len(faults) > 1 else "den"
    say(f"{len(faults)} feil. Rett {them} og prøv igjen.")


def _told(version: PolicyVersion) -> str:
    return f"versjon {version.number}, gjelder fra {long_date(version.valid_from)}"


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
