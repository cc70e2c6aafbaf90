"""`trinnvis town …`: import, show, run a plan, and see which points are fastened badly."""

from __future__ import annotations

import json
import os
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trinnvis.site.environment import data_folder
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


Data = Annotated[
    Path | None, typer.Option("--data", metavar="MAPPE", help="Datamappa. Ellers TRINNVIS_DATA.")
]
Settings = Annotated[
    Path | None,
    typer.Option("--settings", metavar="FIL", help="Egne ganggrupper, gjøremål og regler (YAML)."),
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
    from trinnvis.planning.town.ages import age_shares
    from trinnvis.planning.town.importing.files import FileKind, import_file
    from trinnvis.planning.town.importing.making import Context
    from trinnvis.planning.town.importing.store import imports, save_all
    from trinnvis.planning.town.shipped import policy_from

    policy = policy_from(settings)
    shares, ages_from = age_shares(policy, municipality)
    held = [one.network for one in imports(_folder(data)) if one.network is not None]
    network = held[-1] if held else None
    today, read = _now().date(), []
    for path in files:
        context = Context(
            policy, today, network, shares, ages_from, crs, layer, licence, attribution
        )  # fmt: skip
        dataset, found, report = import_file(path, FileKind(kind), context)
        network = dataset.network or network
        read.append((path, dataset, found, report))
    save_all(_folder(data), [(dataset, str(found)) for _, dataset, found, _ in read])
    for path, dataset, found, report in read:
        typer.echo(f"{path.name}: {found}, EPSG:{dataset.crs}")
        for line in report.lines():
            typer.echo(f"  {line}")
        for part in (dataset.network, dataset.homes, dataset.services, dataset.grid):
            if part is not None:
                typer.echo(f"  Lisens: {part.origins[-1].licence}. {part.origins[-1].attribution}")
                break


@app.command()
def run(
    plan: Annotated[
        Path | None, typer.Argument(metavar="[PLAN]", help="En plan (YAML). Uten: dagens situasjon.")
    ] = None,
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
    told = _told(plan, public, settings, data)
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
def quality(settings: Settings = None, data: Data = None) -> None:
    """List boliger og tilbud som ligger langt fra gangnettet, eller ikke er tilknyttet."""
    from trinnvis.planning.population.screen import table

    rows = _told(None, False, settings, data).quality()
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
    from trinnvis.planning.town.importing.store import load, paths

    rows = []
    for path in paths(_folder(data)):
        held = load(path)
        for origins in (p.origins for p in (held.network, held.homes, held.services, held.grid) if p):
            rows += [
                (path.stem, one.title, one.imported_on, f"EPSG:{held.crs}", one.licence, one.attribution)
                for one in origins
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


def _told(plan: Path | None, public: bool, settings: Path | None, data: Path | None) -> Told:
    from trinnvis.planning.town.document import Told
    from trinnvis.planning.town.importing.composing import compose
    from trinnvis.planning.town.importing.store import imports
    from trinnvis.planning.town.planning import carried_out
    from trinnvis.planning.town.running import Runner
    from trinnvis.planning.town.shipped import policy_from

    policy = policy_from(settings)
    written = _plan(plan) if plan else None
    town, notes = compose(imports(_folder(data)), policy)
    runner = Runner(policy)
    base = runner.run(town)
    if written is None:
        return Told(base, notes=tuple(notes), public=public)
    planned = runner.run(carried_out(town, written, policy))
    return Told(planned, base, written.title, tuple(notes), public)


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


def _folder(data: Path | None) -> Path:
    return (data.expanduser() if data else data_folder()) / "imports" / "town"


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
