"""`trinnvis population …`: import, fetch, project, show and backtest. Each loads what it needs."""

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
    from trinnvis.planning.population.importing.meaning import Imported, Report
    from trinnvis.planning.population.projection import Projection

app = typer.Typer(
    help="Befolkningen: hent inn tall, framskriv dem, og se hvor godt det har truffet.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class FileKindChoice(StrEnum):
    """As `importing.files.FileKind`, without loading it."""

    AUTO = "auto"
    JSONSTAT = "jsonstat"
    CSV = "csv"
    PARQUET = "parquet"


Where = Annotated[
    str,
    typer.Option("--municipality", "-m", metavar="KOMMUNE", help="Kommunenummer (fire sifre) eller navn."),
]
To = Annotated[int, typer.Option("--to", metavar="ÅR", help="Siste år.")]
Own = Annotated[bool, typer.Option("--own", help="Egen framskriving, også når SSBs er hentet inn.")]
Data = Annotated[
    Path | None,
    typer.Option(
        "--data", metavar="MAPPE", help="Datamappa: database, nøkler og import. Ellers TRINNVIS_DATA."
    ),
]


@app.command(name="import")
def import_files(
    files: Annotated[list[Path], typer.Argument(metavar="FIL …", help="Filer fra SSB, eller egne.")],
    kind: Annotated[
        FileKindChoice, typer.Option("--kind", help="Hva slags fil. «auto» ser det selv.")
    ] = FileKindChoice.AUTO,
    municipality: Annotated[
        str | None,
        typer.Option(
            "--municipality", "-m", metavar="KOMMUNE", help="Hvem tallene gjelder, når fila ikke sier det."
        ),
    ] = None,
    data: Data = None,
) -> None:
    """Les inn folketall eller en framskriving. Alle filene leses, eller ingen."""
    from trinnvis.planning.population.importing.files import FileKind, read_file
    from trinnvis.planning.population.importing.meaning import understand
    from trinnvis.planning.population.importing.store import save
    from trinnvis.planning.population.municipalities import find

    code = find(municipality).code if municipality else None
    today = _now().date()
    read = [(path, *understand(read_file(path, FileKind(kind)), path.name, today, code)) for path in files]
    for path, imported, report in read:
        _tell(path.name, imported, report)
        save(_folder(data), imported)


@app.command()
def fetch(
    table: Annotated[
        str, typer.Option("--table", metavar="TABELL", help="14746 (framskriving) eller 07459.")
    ],
    municipality: Annotated[
        list[str] | None,
        typer.Option("--municipality", "-m", metavar="KOMMUNE", help="Kan gis flere ganger."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Alle kommuner.")] = False,
    base_url: Annotated[
        str, typer.Option("--base-url", metavar="ADRESSE", help="PxWebApi v2-tjenesten.")
    ] = "https://data.ssb.no/api/pxwebapi/v2",
    data: Data = None,
) -> None:
    """Hent en tabell fra SSB, innenfor grensene deres. Stopper det, fortsetter det der det slapp."""
    from trinnvis.planning.population.fetching import fetch as fetch_table
    from trinnvis.planning.population.importing.store import save
    from trinnvis.planning.population.pxweb import PxWeb

    if bool(municipality) == every:
        raise Trouble("Si hvilke kommuner.", "Bruk --municipality, eller --all for alle.")
    now = _now()
    service = PxWeb(_folder(data) / "answers" / f"{now:%Y-%m-%d}", base_url.rstrip("/"))
    imported, report = fetch_table(service, table, municipality or (), now.date())
    _tell(f"SSB tabell {table}", imported, report)
    save(_folder(data), imported)


@app.command()
def project(
    municipality: Where,
    to: To = 2050,
    as_json: Annotated[bool, typer.Option("--json", help="Alle tall som JSON.")] = False,
    own: Own = False,
    data: Data = None,
) -> None:
    """Framskriv befolkningen etter alder og kjønn i tre alternativer."""
    projection = _projection(municipality, to, own, data)
    if as_json:
        typer.echo(json.dumps(projection.as_json(), ensure_ascii=False))
    else:
        _show(projection)


@app.command()
def show(municipality: Where, to: To = 2050, own: Own = False, data: Data = None) -> None:
    """Vis framskrivingen som en tabell: aldersgrupper nedover årene, med usikkerhet."""
    _show(_projection(municipality, to, own, data))


@app.command()
def backtest(
    write: Annotated[
        Path | None, typer.Option("--write", metavar="FIL", help="Skriv tabellene inn i denne siden.")
    ] = None,
    band: Annotated[str, typer.Option("--band", metavar="GRUPPE", help="Aldersgruppa som vises.")] = "80+",
    size: Annotated[
        str, typer.Option("--size", metavar="KLASSE", help="Kommunestørrelsen som vises.")
    ] = "7-15k",
) -> None:
    """Hold framskrivingen opp mot det som skjedde: fra 2006, 2011 og 2016, i alle kommuner."""
    from trinnvis.planning.population import backtest as held_against
    from trinnvis.planning.population import backtest_report as told
    from trinnvis.planning.population.screen import table
    from trinnvis.planning.population.shipped import figures
    from trinnvis.planning.population.sizes import SIZES

    if band not in told.BANDS or size not in SIZES:
        raise Trouble(
            f"Det er ingen gruppe «{band}» i størrelse «{size}».",
            f"Grupper: {', '.join(told.BANDS)}. Størrelser: {', '.join(SIZES)}.",
        )
    scores = held_against.run(figures())
    compared = held_against.run(figures(), told.REFERENCE_SIZED_IN)
    title = f"{band} år, kommuner med {size} innbyggere i {told.REFERENCE_SIZED_IN}: median feil"
    table(title, told.COMPARISON_HEADER, told.comparison(compared, band, size))
    table(
        f"{band} år etter størrelse: median feil (skjevhet; dekning av 80 %-intervallet)",
        told.BY_SIZE_HEADER,
        told.by_size(scores, band),
    )
    typer.echo("Dekning av 80 %-intervallene (bredde fra de andre basisårene; bredde kjent i basisåret):")
    for line in told.coverage_lines(scores):
        typer.echo(f"  {line}")
    if write:
        told.write(write, told.markdown(scores, compared))
        typer.echo(f"Skrev {write}.")


def _projection(municipality: str, to: int, own: bool, data: Path | None) -> Projection:
    from trinnvis.planning.population.projection import projection_for

    return projection_for(municipality, to, _folder(data), own=own)


def _show(projection: Projection) -> None:
    from trinnvis.planning.population.screen import show_projection

    show_projection(projection)


def _tell(name: str, imported: Imported, report: Report) -> None:
    typer.echo(f"{name}: {imported.source}")
    for title, lines in (("Lest", report.read), ("Rettet", report.repaired), ("Utelatt", report.left_out)):
        for line in lines:
            typer.echo(f"  {title}: {line}")


def _folder(data: Path | None) -> Path:
    return (data.expanduser() if data else data_folder()) / "imports" / "population"


def _now() -> datetime:
    """The site's clock: the one place that may be asked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trinnvis.site.settings")
    from trinnvis.site.clock import site_now

    return site_now()
