"""`trinnvis …`: one command for each thing an administrator does. Each loads what it needs when it runs."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trinnvis import __version__

if TYPE_CHECKING:
    from trinnvis.planning.demand.forecast import Forecast
    from trinnvis.planning.demand.own import OwnUse
    from trinnvis.reports.town.cli import KeptPlans
    from trinnvis.resources.price_book import PriceBook

HELP = """
[bold]Trinnvis[/bold]: saksbehandling og planlegging for norske kommuner, fra en innbyggers
første henvendelse til et vedtak man forstår.

[bold]De fem første tingene[/bold]

  [cyan]trinnvis demo[/cyan]          lag en oppdiktet kommune, og se den i nettleseren

  [cyan]trinnvis policy show[/cyan]   les politikken: trapper, tjenester, frister, priser

  [cyan]trinnvis policy check[/cyan]  kontroller din egen kommunes politikk, linje for linje

  [cyan]trinnvis check[/cyan]         se om alt er klart, og hva som eventuelt må gjøres

  [cyan]trinnvis serve[/cyan]         start Trinnvis for brukerne

Alt lagres i én mappe, som TRINNVIS_DATA eller --data peker på.
Hver kommando forklarer seg selv med --help.
"""

DataFolder = Annotated[
    Path | None,
    typer.Option(
        "--data", metavar="MAPPE", help="Datamappa: database, nøkler og import. Ellers TRINNVIS_DATA."
    ),
]
Port = Annotated[int, typer.Option(min=1, max=65535, metavar="N", help="Porten Trinnvis svarer på.")]
Host = Annotated[str, typer.Option(metavar="ADRESSE", help="Nettverksadressen Trinnvis svarer på.")]

app = typer.Typer(
    help=HELP,
    rich_markup_mode="rich",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
audit = typer.Typer(help="Bevis hvem som har gjort hva.", no_args_is_help=True)
app.add_typer(audit, name="audit")


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"Trinnvis {__version__}")
        raise typer.Exit


@app.callback()
def everywhere(
    debug: Annotated[
        bool, typer.Option("--debug", help="Vis hvor i programmet en feil oppsto. Eller TRINNVIS_DEBUG=yes.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Vis versjonen.")
    ] = False,
) -> None:
    """The options every command has; `main` reads `--debug`."""


@app.command()
def demo(
    data: DataFolder = None,
    port: Port = 8000,
    host: Host = "127.0.0.1",
    seed: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=2**31 - 1,
            metavar="N",
            help="Frøet kommunen lages fra: samme frø, samme kommune. Ellers 1, eller den som finnes.",
        ),
    ] = None,
    fresh: Annotated[
        bool,
        typer.Option("--fresh", help="Lag kommunen på nytt. Alt som er gjort i den som finnes, går tapt."),
    ] = False,
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help="Lag kommunen, men start ikke tjeneren.")
    ] = False,
) -> None:
    """Lag en oppdiktet kommune, og vis hvem du kan logge inn som."""
    from trinnvis.demo.cli import run

    run(data=data, seed=seed, fresh=fresh, serve_on=None if no_serve else (host, port))


@app.command()
def serve(data: DataFolder = None, port: Port = 8000, host: Host = "127.0.0.1") -> None:
    """Start Trinnvis på det datamappa inneholder."""
    from trinnvis.startup import start

    start(data)
    from trinnvis.site.serving import serve as run

    run(host=host, port=port)


@app.command()
def check(data: DataFolder = None) -> None:
    """Se om Trinnvis er klar til bruk, og hva som eventuelt må gjøres."""
    from trinnvis.startup import start

    start(data)
    from trinnvis.site.checkup import report

    raise typer.Exit(0 if report() else 1)


@app.command()
def migrate(data: DataFolder = None) -> None:
    """Lag tabellene i databasen, eller bring dem opp til denne versjonen."""
    from django.core.management import call_command

    from trinnvis.startup import start

    start(data)
    call_command("migrate", interactive=False, verbosity=0)
    print("Databasen er oppdatert.")


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
def policy(context: typer.Context) -> None:
    """Les, kontroller, vedta og sammenlign kommunens politikk."""
    from trinnvis.policy.cli import app as commands
    from trinnvis.startup import start

    commands(args=context.args, prog_name="trinnvis policy", obj=start)


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
def population(context: typer.Context) -> None:
    """Hent inn folketall, framskriv dem, og se hvor godt det har truffet."""
    from trinnvis.planning.population.cli import app as commands

    commands(args=context.args, prog_name="trinnvis population")


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
def forecast(context: typer.Context) -> None:
    """Framskriv behovet for tjenester, og prøv påstanden om at det dobles."""
    from trinnvis.planning.demand.cli import House
    from trinnvis.planning.demand.cli import app as commands

    house = House(adopted_prices=_adopted_prices, own_use=_own_use, write_pdf=_write_forecast)
    commands(args=context.args, prog_name="trinnvis forecast", obj=house)


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
def prices(context: typer.Context) -> None:
    """Vis, sammenlign, hent ut og ta inn prislister."""
    from trinnvis.pricing.cli import app as commands
    from trinnvis.startup import start

    commands(args=context.args, prog_name="trinnvis prices", obj=start)


def _adopted_prices(data: Path | None) -> "PriceBook | None":
    """The adopted price list of today, or None; only what is priced by adopted prices needs the database."""
    from trinnvis.pricing.cli import book_in_force
    from trinnvis.startup import start

    start(data)
    return book_in_force()


def _own_use(data: Path | None, municipality: str) -> "OwnUse | None":
    """The municipality's own recipients, for a forecast or a simulation; None where none are taken in."""
    from trinnvis.ownfigures.cli import newest_use
    from trinnvis.startup import start

    start(data)
    return newest_use(municipality)


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
def figures(context: typer.Context) -> None:
    """Ta inn kommunens egne tall: tjenestemottakere, regnskap og årsverk."""
    from trinnvis.ownfigures.cli import app as commands
    from trinnvis.startup import start

    commands(args=context.args, prog_name="trinnvis figures", obj=start)


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
def pathway(context: typer.Context) -> None:
    """Pris forløpene til en persona: proaktivt, normalt og reaktivt."""
    from trinnvis.reports.pathway_cli import app as commands

    commands(args=context.args, prog_name="trinnvis pathway", obj=_adopted_prices)


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
def simulate(context: typer.Context) -> None:
    """Simuler hvem som er på hvilket trinn, år for år, med usikkerhet."""
    from trinnvis.planning.ladder.cli import app as commands

    commands(args=context.args, prog_name="trinnvis simulate", obj=_own_use)


def _write_forecast(found: "Forecast", path: Path) -> None:
    from trinnvis.startup import start

    start()
    from trinnvis.scenarios.pack import write_pdf
    from trinnvis.site.clock import site_now

    write_pdf(found, path, made_at=site_now())


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
def town(context: typer.Context) -> None:
    """Se hvem som når daglige gjøremål til fots, og hva en plan endrer."""
    from trinnvis.reports.town.cli import app as commands

    commands(args=context.args, prog_name="trinnvis town", obj=_kept_town_plans)


def _kept_town_plans(data: Path | None) -> "KeptPlans":
    from trinnvis.startup import start

    start(data)
    from trinnvis.townplans.kept import Kept

    return Kept()


@audit.command()
def verify(
    since: Annotated[
        Path | None,
        typer.Option("--since", metavar="FIL", help="Se om noe er fjernet siden --keep skrev denne fila."),
    ] = None,
    keep: Annotated[
        Path | None,
        typer.Option(
            "--keep", metavar="FIL", help="Skriv hvor sakene og innsynsloggen er nå, til en fil du gjemmer."
        ),
    ] = None,
    data: DataFolder = None,
) -> None:
    """Regn etter at sakene står slik hendelsene sier at de ble skrevet."""
    from trinnvis.startup import start

    start(data)
    from trinnvis.casework.audit import verify_all
    from trinnvis.casework.kept import kept_at, read_kept, taken_away_since, write_kept
    from trinnvis.letters.audit import older_letters_that_differ
    from trinnvis.site.clock import site_now

    before, result = since and read_kept(since), verify_all()
    found = [*map(str, (*result.breaks, *older_letters_that_differ()))]
    print(f"Kontrollerte {result.events} hendelser og {result.rows} rader i {result.cases} saker.")
    if result.older:
        print(
            f"{result.older} av sakene er åpnet av en eldre versjon. Der oppdages endringer i hendelsene "
            "og i radene de forteller om, men ikke rader som er lagt til."
        )
    if before:
        print(f"Sammenlignet med det som sto {before.when}: {len(before.ends)} saker.")
        found += taken_away_since(before)
    for each in found:
        print(f"BRUDD i {each}.")
    if found:
        raise typer.Exit(1)
    print("Ingen brudd: sakene står slik hendelsene sier at de ble skrevet.")
    if keep:
        now = kept_at(site_now())
        fingerprint = write_kept(now, keep)
        print(f"Skrev {keep}: {len(now.ends)} saker, og {now.looks.entries} oppslag fram til {now.when}.")
        print(f"Avtrykk (SHA-256): {fingerprint}")
        print("Gjem fila der ingen som rår over databasen, kan endre den.")


@app.command()
def letter(
    decision: Annotated[str, typer.Argument(metavar="VEDTAK", help="Vedtakets nummer.")],
    pdf: Annotated[Path, typer.Option("--pdf", metavar="FIL", help="Fila brevet skrives til.")],
    data: DataFolder = None,
) -> None:
    """Skriv brevet om et vedtak til en PDF-fil."""
    from trinnvis.startup import start

    start(data)
    from trinnvis.letters.files import write_pdf

    size = write_pdf(decision, pdf)
    print(f"Skrev {pdf} ({size / 1000:.0f} kB).")


def main() -> None:
    """The program. Trouble is told in a line or two; a fault of ours is owned up to."""
    from trinnvis.site.environment import switched_on

    debug = "--debug" in sys.argv
    try:
        debug = debug or switched_on("TRINNVIS_DEBUG")
        app()
    except Exception as error:
        if debug:
            raise
        from trinnvis.startup import in_plain_words

        what, remedy = in_plain_words(error)
        print("\n".join(filter(None, [f"Feil: {what}", remedy])), file=sys.stderr)
        sys.exit(1)
