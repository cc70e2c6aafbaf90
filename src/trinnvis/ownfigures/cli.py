"""`trinnvis figures …`: take in, show and write own figures, by the same rules as the pages.

`context.obj` makes Django ready for a data folder (`startup.start`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trinnvis.ownfigures.rules.kinds import BY_NAME, FIELDS, Counted, Kind, Unit
from trinnvis.ownfigures.rules.mapping import SPLIT, Mapping
from trinnvis.trouble import Trouble

if TYPE_CHECKING:
    from trinnvis.access.actor import Actor
    from trinnvis.planning.demand.own import OwnUse

app = typer.Typer(
    help="Egne tall: tjenestemottakere, regnskap og årsverk fra kommunens egne systemer.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Data = Annotated[
    Path | None, typer.Option("--data", metavar="MAPPE", help="Datamappa. Ellers TRINNVIS_DATA.")
]
Which = Annotated[Kind, typer.Option("--kind", "-k", help="Hva fila handler om.")]
File = Annotated[Path, typer.Argument(metavar="FIL", help="En .xlsx- eller .csv-fil.")]


@app.command("import")
def take_in(
    context: typer.Context,
    file: File,
    kind: Which,
    by: Annotated[str, typer.Option("--by", metavar="BRUKER", help="Den som gjør det, med innloggingsnavn.")],
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FELT=KOLONNE", help=f"Felter: {', '.join(BY_NAME)}. Kan gjentas."),
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--value",
            metavar="FELT:TEKST=BETYDNING",
            help="Hva et ord står for, for eksempel «service:Hjemmehjelp=home_care» eller «age:50-69=split». "
            "«-» betyr ikke med.",
        ),
    ] = None,
    heading_row: Annotated[
        int | None, typer.Option("--heading-row", metavar="LINJE", help="Linja med overskriftene.")
    ] = None,
    across: Annotated[
        str | None,
        typer.Option("--across", metavar="year|age", help="Det som står bortover i en bred tabell."),
    ] = None,
    year: Annotated[
        int | None, typer.Option("--year", metavar="ÅR", help="Året, når fila ikke sier det.")
    ] = None,
    unit: Annotated[
        Unit | None, typer.Option("--unit", help="Kroner: 1 eller 1000. Timer: year eller week.")
    ] = None,
    counted: Annotated[Counted | None, typer.Option("--counted", help="Når brukerne er telt.")] = None,
    adds_up: Annotated[
        bool, typer.Option("--adds-up", help="Ingen er telt to ganger i tjenester av samme gruppe.")
    ] = False,
    check: Annotated[bool, typer.Option("--check", help="Bare se over fila; ta ikke inn noe.")] = False,
    data: Data = None,
) -> None:
    """Ta inn en fil. Er én rad feil, tas ingenting inn, og hver av dem nevnes med hva du kan gjøre."""
    with _database(context, data) as now:
        from trinnvis.ownfigures import queries, services
        from trinnvis.ownfigures.errors import OwnFiguresError

        actor, code = _actor(by, now), _municipality(now)
        try:
            held = services.upload(
                municipality=code, kind=kind, name=file.name, content=_bytes(file), actor=actor, now=now
            )
            said = Mapping.from_json(held.mapping)
            mapping = replace(
                said,
                heading_row=heading_row or said.heading_row,
                columns={**said.columns, **_pairs(columns)} if columns else said.columns,
                across=said.across if across is None else across,
                fixed={"year": str(year)} if year else said.fixed,
                values=_meanings(said, values),
                unit=unit or said.unit,
                counted=str(counted) if counted else said.counted,
                adds_up=adds_up or said.adds_up,
            )
            services.remap(held.key, mapping=mapping, actor=actor)
            draft = queries.draft_of(held.key, actor)
            read = queries.read_draft(draft, now.year)
            try:
                _tell(draft.mapping, read)
                if check:
                    typer.echo(f"{len(read.rows)} tall uten feil. Ingenting er tatt inn.")
                    return
                newest = queries.newest(code, kind)
                revision = services.adopt(
                    held.key, expected_revision=newest.revision if newest else 0, actor=actor, now=now
                )
            finally:
                services.discard(held.key, actor=actor)
        except OwnFiguresError as error:
            raise Trouble(str(error) or f"«{by}» kan ikke ta inn tall.", "Ingenting er tatt inn.") from error
        typer.echo(f"Tok inn {len(read.rows)} tall fra {file.name} som utgave {revision}.")


@app.command()
def show(
    context: typer.Context,
    kind: Annotated[Kind | None, typer.Option("--kind", "-k", help="Bare denne tabellen.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Alle tall som JSON.")] = False,
    data: Data = None,
) -> None:
    """Vis tallene som gjelder, og hvem som tok dem inn."""
    with _database(context, data) as now:
        from trinnvis.ownfigures import queries
        from trinnvis.ownfigures.rules.rows import KEYS, VALUES

        found = []
        for each in [kind] if kind else list(Kind):
            held = queries.newest(_municipality(now), each)
            rows = [
                {
                    "year": row.year,
                    **dict(zip(KEYS[each], row.keys, strict=True)),
                    **{
                        n: None if v is None else str(v)
                        for n, v in zip(VALUES[each], row.values, strict=True)
                    },
                }
                for row in (held.rows if held else ())
            ]
            found.append((each, held, rows))
        if as_json:
            said = [
                {
                    "kind": str(each),
                    "revision": held.revision if held else 0,
                    "source": held.source if held else None,
                    "file": held.file_name if held else None,
                    "sha256": held.file_hash if held else None,
                    "rows": rows,
                }
                for each, held, rows in found
            ]
            typer.echo(json.dumps(said, ensure_ascii=False))
            return
        from trinnvis.planning.population.screen import table

        for each, held, rows in found:
            if not held or not rows:
                typer.echo(f"{each}: ingen egne tall.")
                continue
            title = f"{each}, utgave {held.revision}: {held.file_name or 'tatt tilbake'}, {held.saved_by}"
            cells = [["–" if v is None else str(v) for v in row.values()] for row in rows]
            table(title, ("year", *KEYS[each], *VALUES[each]), cells)


@app.command()
def template(context: typer.Context, file: File, kind: Which, data: Data = None) -> None:
    """Skriv tabellen slik den står, eller en mal å fylle ut, til en .xlsx- eller .csv-fil."""
    with _database(context, data) as now:
        from trinnvis.ownfigures import queries
        from trinnvis.ownfigures.sheets import sheet

        ending = file.suffix.lower().removeprefix(".")
        if ending not in ("csv", "xlsx"):
            raise Trouble(f"«{file.name}» har ikke en kjent endelse.", "Bruk .xlsx eller .csv.")
        code = _municipality(now)
        made = sheet(kind, code, queries.newest(code, kind), now.year - 1)
        try:
            file.write_bytes(made.as_file(ending))
        except OSError as error:
            raise Trouble(f"{file} kan ikke skrives ({error.strerror}).", "Velg et annet sted.") from error
        typer.echo(f"Skrev {len(made.rows)} rader til {file}.")


def newest_use(municipality: str) -> OwnUse | None:
    """Own recipients, for `trinnvis forecast`; None where none are taken in, or no table is made for them."""
    from django.db import connection

    from trinnvis.ownfigures.models import OwnFigures
    from trinnvis.ownfigures.queries import own_use

    if OwnFigures._meta.db_table not in connection.introspection.table_names():
        return None
    return own_use(municipality)


@contextmanager
def _database(context: typer.Context, data: Path | None) -> Iterator[datetime]:
    """Django made ready; gives now."""
    context.obj(data)
    from trinnvis.site.clock import site_now

    yield site_now()


def _tell(mapping: Mapping, read: Any) -> None:
    """What the columns are taken for, and every rejected row.

    Raises:
        Trouble: there is one.
    """
    for field in FIELDS[mapping.kind]:
        if column := mapping.columns.get(field.name):
            typer.echo(f"{field.heading}: kolonnen «{column}»")
    for asked in read.asked:
        meaning = {"": "ukjent", "-": "ikke med", SPLIT: "deles etter landets bruk"}.get(
            asked.meaning, asked.meaning
        )
        typer.echo(f"«{asked.text}» ({asked.rows} rader): {meaning}")
    for fault in read.faults:
        where = ", ".join(filter(None, [fault.line and f"Linje {fault.line}", fault.column])) or "Fila"
        typer.echo(f"{where}: {fault.told()} {fault.advice()}")
    if read.faults:
        raise Trouble(
            f"{len(read.faults)} feil. Ingenting er tatt inn.",
            "Rett fila, eller si hva kolonner og ord står for med --map og --value.",
        )
    for number, what in ((read.passed, "summer"), (read.left, "det som ikke er med i tabellen")):
        if number:
            typer.echo(f"{number} rader er {what}, og er ikke tatt inn.")


def _pairs(said: list[str] | None) -> dict[str, str]:
    found = {}
    for each in said or ():
        field, equals, column = each.partition("=")
        if not equals or field not in BY_NAME:
            raise Trouble(f"«{each}» er ikke FELT=KOLONNE.", f"Feltene er {', '.join(BY_NAME)}.")
        found[field] = column
    return found


def _meanings(mapping: Mapping, said: list[str] | None) -> dict[str, dict[str, str]]:
    found = {field: dict(held) for field, held in mapping.values.items()}
    for each in said or ():
        where, equals, meaning = each.rpartition("=")
        field, colon, text = where.partition(":")
        if not equals or not colon or field not in BY_NAME:
            raise Trouble(
                f"«{each}» er ikke FELT:TEKST=BETYDNING.", "Skriv for eksempel service:Hjemmehjelp=home_care."
            )
        found.setdefault(field, {})[text] = meaning
    return found


def _municipality(now: datetime) -> str:
    from trinnvis.policy.queries import NoPolicy, policy_at

    try:
        return policy_at(now.date()).municipality.code
    except NoPolicy as error:
        raise Trouble(
            "Ingen politikk er vedtatt, så kommunen er ikke kjent.", "Bruk «trinnvis policy adopt»."
        ) from error


def _actor(subject: str, now: datetime) -> Actor:
    from trinnvis.access.models import Account
    from trinnvis.access.services import actor_of

    account = Account.objects.filter(subject=subject).first()
    if account is None:
        raise Trouble(f"Det finnes ingen bruker «{subject}».", "Bruk navnet vedkommende logger inn med.")
    return actor_of(account, on=now.date())


def _bytes(file: Path) -> bytes:
    from trinnvis.ownfigures.services import LARGEST

    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST.bytes + 1)
    except OSError as error:
        raise Trouble(f"{file} kan ikke leses ({error.strerror}).", "Se over navnet på fila.") from error
