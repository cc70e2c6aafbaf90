"""`trinnvis town …`: import, show, run a plan, and see which points are fastened badly.

`context.obj` finds what planners have kept in the database of a data folder, as `KeptPlans`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from trinnvis.site.environment import data_folder, has_database
from trinnvis.trouble import Trouble

if TYPE_CHECKING:
    from trinnvis.planning.town.document import Told
    from trinnvis.planning.town.plans import Plan

app = typer.Typer(
    help="5-minutters tettsted: hvem som når hva til fots, og hva en plan endrer.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class KindChoice(StrEnum):
    """As `importing.files.FileKind`, without loading it."""

    AUTO = "auto"
    OSM = "osm"
    NVDB = "nvdb"
    ADDRESSES = "addresses"
    SERVICES = "services"
    NETWORK = "network"
    TERRAIN = "terrain"
    GRID = "grid"


class TownChoice(StrEnum):
    """As `importing.store.TOWNS`."""

    OWN = "egne"
    DEMO = "demo"


class KeptPlans(Protocol):
    """What planners have kept of the towns."""

    def plan(self, named: str, town: str | None) -> tuple[str, Plan]:
        """A plan by name or number, of one town or any, and its town.

        Raises:
            Trouble: there is none; the text lists those there are.
        """

    def corrections(self, town: str) -> Plan | None:
        """What is put right by hand in a town, if anything."""


FindKept = Callable[[Path | None], KeptPlans]
INVENTED_NOTE = "Tettstedet er oppdiktet: gater, høyder, tilbud og hvem som bor hvor, finnes ikke."

Data = Annotated[
    Path | None, typer.Option("--data", metavar="MAPPE", help="Datamappa. Ellers TRINNVIS_DATA.")
]
Settings = Annotated[
    Path | None,
    typer.Option("--settings", metavar="FIL", help="Egne ganggrupper, gjøremål og regler (YAML)."),
]
Town = Annotated[
    TownChoice | None,
    typer.Option("--town", help="Egne data eller demoens tettsted. Uten: egne, når noe er hentet inn."),
]


@app.command(name="import")
def import_files(
    files: Annotated[list[Path], typer.Argument(metavar="FIL …", help="Gangnett, adresser, tilbud …")],
    kind: Annotated[
        KindChoice, typer.Option("--kind", help="Hva fila er. «auto» ser det selv.")
    ] = KindChoice.AUTO,
    crs: Annotated[
        str | None,
        typer.Option("--crs", metavar="EPSG", help="Koordinatsystemet. Går foran det fila sier selv."),
    ] = None,
    layer: Annotated[
        str | None, typer.Option("--layer", metavar="LAG", help="Laget, når fila har flere.")
    ] = None,
    municipality: Annotated[
        str | None,
        typer.Option("--municipality", "-m", metavar="KOMMUNE", help="Hvem aldersfordelingen tas fra."),
    ] = None,
    licence: Annotated[
        str | None, typer.Option("--licence", metavar="LISENS", help="Lisensen, når fila ikke sier den.")
    ] = None,
    attribution: Annotated[
        str | None, typer.Option("--attribution", metavar="TEKST", help="Hvem dataene skal krediteres.")
    ] = None,
    settings: Settings = None,
    data: Data = None,
) -> None:
    """Hent inn filer. Alle filene leses, eller ingen."""
    from trinnvis.planning.town.importing.asking import Unsaid
    from trinnvis.planning.town.importing.files import FileKind
    from trinnvis.planning.town.importing.taking import Said, keep, read_all
    from trinnvis.planning.town.shipped import policy_from

    said = Said(FileKind(kind), crs, layer, licence, attribution, municipality)
    folder, policy, today = _folder(data), policy_from(settings), _now().date()
    try:
        taken = read_all(files, said, folder=folder, policy=policy, today=today)
    except Unsaid as unsaid:
        raise Trouble(str(unsaid), f"{unsaid.remedy} Bruk --{unsaid.asks}.") from unsaid
    keep(folder, taken)
    for one in taken:
        typer.echo(f"{one.name}: {one.kind}, EPSG:{one.dataset.crs}")
        for line in one.report.lines():
            typer.echo(f"  {line}")
        typer.echo(f"  Lisens: {one.origin.licence}. {one.origin.attribution}")


@app.command()
def run(
    context: typer.Context,
    plan: Annotated[
        str | None,
        typer.Argument(
            metavar="[PLAN]", help="En plan: en fil (YAML), eller navnet på en lagret. Uten: som i dag."
        ),
    ] = None,
    town: Town = None,
    as_json: Annotated[bool, typer.Option("--json", help="Alle tall som JSON.")] = False,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="FIL", help="Skriv en Excel-fil.")] = None,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="MAPPE", help="Skriv en CSV-fil for hver tabell.")
    ] = None,
    geojson: Annotated[
        Path | None, typer.Option("--geojson", metavar="FIL", help="Boliger og tilbud som kartlag.")
    ] = None,
    gpkg: Annotated[
        Path | None, typer.Option("--gpkg", metavar="FIL", help="Boliger, tilbud og gangnett som GeoPackage.")
    ] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", metavar="FIL", help="Skriv en PDF til møtet.")] = None,
    author: Annotated[
        str, typer.Option("--author", metavar="NAVN", help="Hvem som svarer for PDF-en.")
    ] = "Kommunen",
    public: Annotated[
        bool, typer.Option("--public", help="Skjul små tall og avrund resten, for offentliggjøring.")
    ] = False,
    settings: Settings = None,
    data: Data = None,
) -> None:
    """Regn ut hvem som når hva, i dag eller med en plan."""
    told = _told(context, plan, town, public, settings, data)
    from trinnvis.planning.town import layers, sheets
    from trinnvis.planning.town.document import as_json as document

    written: list[Path] = []
    if xlsx:
        sheets.write_xlsx(told, xlsx)
        written.append(xlsx)
    if csv:
        written += sheets.write_csv(told, csv)
    if geojson:
        layers.write_geojson(told.result, geojson)
        written.append(geojson)
    if gpkg:
        layers.write_gpkg(told.result, gpkg)
        written.append(gpkg)
    if pdf:
        _write_pdf(told, pdf, author)
        written.append(pdf)
    if as_json:
        typer.echo(json.dumps(document(told), ensure_ascii=False))
    elif written:
        typer.echo(f"Skrev {', '.join(map(str, written))}.")
    else:
        from trinnvis.planning.town.screen import show

        show(told)


@app.command()
def quality(context: typer.Context, town: Town = None, settings: Settings = None, data: Data = None) -> None:
    """List boliger og tilbud som ligger langt fra gangnettet, eller ikke er tilknyttet."""
    from trinnvis.planning.population.screen import table

    rows = _told(context, None, town, False, settings, data).quality()
    table(
        f"{len(rows)} lange adkomster",
        ("Hva", "Id", "Meter"),
        [
            (r["what"], r["id"], "ikke tilknyttet" if r["metres"] is None else f"{r['metres']:.0f}")
            for r in rows
        ],
    )


@app.command(name="list")
def list_imports(data: Data = None) -> None:
    """Vis hva som er hentet inn, når, under hvilken lisens og i hvilket koordinatsystem."""
    from trinnvis.planning.population.screen import table
    from trinnvis.planning.town.importing.store import held

    rows = [
        (one.name, source.title, source.imported_on, f"EPSG:{one.crs}", source.licence, source.attribution)
        for one in held(_folder(data))
        for source in one.origins
    ]
    heads = ("Import", "Kilde", "Hentet inn", "System", "Lisens", "Kreditering")
    table(f"{len({row[0] for row in rows})} importer", heads, list(dict.fromkeys(rows)))


@app.command(name="remove")
def remove_import(
    name: Annotated[str, typer.Argument(metavar="IMPORT", help="Navnet fra trinnvis town list.")],
    data: Data = None,
) -> None:
    """Ta bort en import. Det som var hentet inn før den, gjelder igjen."""
    from trinnvis.planning.town.importing.store import remove

    remove(_folder(data), name)
    typer.echo(f"Tok bort {name}.")


@app.command()
def schema(
    kind: Annotated[str, typer.Argument(metavar="result|plan", help="Hva skjemaet beskriver.")] = "result",
) -> None:
    """Skriv JSON-skjemaet for svaret fra run --json, eller for en plan."""
    from pydantic import BaseModel

    from trinnvis.planning.town.plans import Plan
    from trinnvis.planning.town.schema import TownDocument

    models: dict[str, type[BaseModel]] = {"result": TownDocument, "plan": Plan}
    if kind not in models:
        raise Trouble(f"Det er ikke noe skjema for «{kind}».", f"Velg blant {', '.join(models)}.")
    typer.echo(json.dumps(models[kind].model_json_schema(), ensure_ascii=False, indent=2))


def _told(
    context: typer.Context, plan: str | None, town: TownChoice | None, public: bool,
    settings: Path | None, data: Path | None,
) -> Told:  # fmt: skip
    """As the pages tell it: with what is put right by hand, and what is wrong with nothing left out."""
    from trinnvis.planning.town.document import Told
    from trinnvis.planning.town.importing.composing import compose
    from trinnvis.planning.town.importing.store import imports
    from trinnvis.planning.town.planning import carried_out
    from trinnvis.planning.town.running import Runner
    from trinnvis.planning.town.shipped import policy_from

    policy, kept, code = policy_from(settings), _kept(context, data), str(town) if town else None
    written: Plan | None = None
    if plan and (Path(plan).is_file() or kept is None):
        written = _plan(Path(plan))
    elif plan and kept is not None:
        code, written = kept.plan(plan, code)
    code = code or _first_town(data)
    held, notes = compose(imports(_folder(data, code)), policy)
    if kept is not None and (put_right := kept.corrections(code)):
        held = carried_out(held, put_right, policy)
    if code == TownChoice.DEMO:
        notes = [INVENTED_NOTE, *notes]
    runner = Runner(policy)
    base = runner.run(held)
    if written is None:
        return Told(base, notes=tuple(notes), public=public)
    planned = runner.run(carried_out(held, written, policy))
    return Told(planned, base, written.title, tuple(notes), public)


def _kept(context: typer.Context, data: Path | None) -> KeptPlans | None:
    """None where there is no database to ask."""
    if context.obj is None or not has_database(data):
        return None
    find: FindKept = context.obj
    return find(data)


def _first_town(data: Path | None) -> str:
    """The one the pages open: the municipality's own, else the demo's; its own where there is neither."""
    there = (code for code in TownChoice if any(_folder(data, code).glob("*.npz")))
    return next(there, TownChoice.OWN)


def _write_pdf(told: Told, path: Path, author: str) -> None:
    now = _now()
    from trinnvis.reports.town.pack import pdf

    try:
        path.write_bytes(pdf(told, author=author, made_at=now))
    except OSError as error:
        raise Trouble(
            f"{path} kan ikke skrives ({error.strerror}).", "Lukk fila om den er åpen, eller velg en annen."
        ) from error


def _plan(path: Path) -> Plan:
    from trinnvis.planning import yaml_documents
    from trinnvis.planning.town.plans import KINDS, Plan

    try:
        data = path.read_bytes()
    except OSError as error:
        raise Trouble(f"{path} kan ikke leses ({error.strerror}).", "Sjekk stien til planen.") from error
    return yaml_documents.read(Plan, path.name, data, called="Planen", tags=KINDS)


def _folder(data: Path | None, town: str = TownChoice.OWN) -> Path:
    from trinnvis.planning.town.importing.store import folder_of

    return folder_of(data.expanduser() if data else data_folder(), town)


def _now() -> datetime:
    """The site's clock, and Django made ready for the texts of figures."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trinnvis.site.settings")
    import django
    from django.apps import apps
    from django.utils.timezone import localtime

    if not apps.ready:
        django.setup()
    from trinnvis.site.clock import site_now

    return localtime(site_now())
