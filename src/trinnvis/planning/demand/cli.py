"""`trinnvis forecast …`: the forecast, its scenarios, its JSON schema and its backtest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trinnvis.planning.demand.own_figures_cli import Figures, FiguresOption, OwnUseOf, chosen_figures
from trinnvis.site.environment import data_folder
from trinnvis.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from trinnvis.planning.demand.forecast import Forecast
    from trinnvis.resources.price_book import PriceBook

app = typer.Typer(
    help="Behovet for tjenester: brukere, timer, årsverk, plasser og kroner, under scenarioer du velger.",
    add_completion=False,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

OwnFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--scenario-file",
        metavar="FIL|MAPPE",
        help="Egne scenarioer eller eget grunnlag. Kan gis flere ganger.",
    ),
]
EVERY = "all"


@dataclass(frozen=True)
class House:
    """What a forecast may ask of packages above this one: no database and no pages are known here."""

    adopted_prices: Callable[[Path | None], PriceBook | None]
    own_use: OwnUseOf
    write_pdf: Callable[[Forecast, Path], None]


class Prices(StrEnum):
    """Where a forecast's prices come from."""

    BASIS = "basis"
    ADOPTED = "adopted"


@app.callback()
def run(
    context: typer.Context,
    municipality: Annotated[
        str | None,
        typer.Option(
            "--municipality", "-m", metavar="KOMMUNE", help="Kommunenummer (fire sifre) eller navn."
        ),
    ] = None,
    scenario: Annotated[
        list[str] | None,
        typer.Option(
            "--scenario",
            "-s",
            metavar="NAVN",
            help="Kan gis flere ganger. «a+b» regner to sammen, «all» tar alle. Uten: constant.",
        ),
    ] = None,
    to: Annotated[int, typer.Option("--to", metavar="ÅR", help="Siste år.")] = 2050,
    base: Annotated[
        int | None, typer.Option("--base", metavar="ÅR", help="Grunnår. Ellers det siste med tall.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Alle tall som JSON.")] = False,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FIL", help="Skriv en Excel-fil med diagrammer.")
    ] = None,
    pdf: Annotated[
        Path | None, typer.Option("--pdf", metavar="FIL", help="Skriv et saksvedlegg med figurer og kilder.")
    ] = None,
    scenario_file: OwnFiles = None,
    prices: Annotated[
        Prices,
        typer.Option("--prices", help="Priser fra grunnlaget, eller fra kommunens vedtatte prisliste."),
    ] = Prices.BASIS,
    figures: FiguresOption = Figures.AUTO,
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="MAPPE", help="Datamappa med import. Ellers TRINNVIS_DATA."),
    ] = None,
) -> None:
    """Framskriv behovet, og prøv påstanden om at det blir mer enn dobbelt så høyt i 2040."""
    if context.invoked_subcommand is not None:
        return
    if municipality is None:
        raise Trouble("Si hvilken kommune.", "Bruk --municipality, for eksempel --municipality 3234.")
    from trinnvis.planning.demand.document import as_json as document
    from trinnvis.planning.demand.forecast import forecast
    from trinnvis.planning.demand.prices import library_priced_by
    from trinnvis.planning.demand.reading import library

    held = library(scenario_file or ())
    if prices is Prices.ADOPTED:
        held = library_priced_by(held, _house(context).adopted_prices(data))
    names = [n for name in scenario or ["constant"] for n in (held.scenarios if name == EVERY else [name])]
    imports = (data.expanduser() if data else data_folder()) / "imports" / "population"
    house = context.obj.own_use if isinstance(context.obj, House) else None
    own = chosen_figures(figures, house, municipality, data)
    found = forecast(municipality, names, held, to=to, base=base, imports=imports, own=own)
    if xlsx is not None:
        _write_xlsx(found, xlsx)
    if pdf is not None:
        _house(context).write_pdf(found, pdf)
    if as_json:
        typer.echo(json.dumps(document(found), ensure_ascii=False))
    elif written := [str(path) for path in (xlsx, pdf) if path is not None]:
        typer.echo(f"Skrev {' og '.join(written)}.")
    else:
        _show(found)


@app.command()
def scenarios(scenario_file: OwnFiles = None) -> None:
    """Vis scenarioene: hver forutsetning med verdi, spenn, kilde og status."""
    from trinnvis.planning.demand.factors import assumptions
    from trinnvis.planning.demand.reading import library

    for held in library(scenario_file or ()).scenarios.values():
        typer.echo(f"\n{held.name}: {held.title}\n  {held.description}")
        for driver in held.drivers:
            typer.echo(f"  {driver.title} ({driver.code})")
            for name, stated in assumptions(driver).items():
                typer.echo(
                    f"    {name} {stated.value:g} ({stated.low:g} til {stated.high:g}) {stated.unit}"
                    f" · {stated.status} · {stated.source}"
                )


@app.command()
def schema(
    kind: Annotated[
        str, typer.Argument(metavar="forecast|scenario|basis", help="Hva skjemaet beskriver.")
    ] = "forecast",
) -> None:
    """Skriv JSON-skjemaet for svaret, et scenario eller et grunnlag."""
    from pydantic import BaseModel

    from trinnvis.planning.demand.document import ForecastDocument
    from trinnvis.planning.demand.schema import Basis, Scenario

    models: dict[str, type[BaseModel]] = {"forecast": ForecastDocument, "scenario": Scenario, "basis": Basis}
    if kind not in models:
        raise Trouble(f"Det er ikke noe skjema for «{kind}».", f"Velg blant {', '.join(models)}.")
    typer.echo(json.dumps(models[kind].model_json_schema(), ensure_ascii=False, indent=2))


@app.command()
def backtest(
    write: Annotated[
        Path | None, typer.Option("--write", metavar="FIL", help="Skriv tabellene inn i denne siden.")
    ] = None,
) -> None:
    """Hold scenarioene fra 2019 opp mot det som skjedde 2020–2025."""
    from trinnvis.planning.demand import backtest as held_against
    from trinnvis.planning.demand import backtest_report as told
    from trinnvis.planning.demand.reading import library
    from trinnvis.planning.population.screen import table

    held = library()
    forecasts = held_against.backtest(held)
    dampings = held_against.damping_scores(held)
    scores = held_against.scores(forecasts)
    for series in told.series_of(scores):
        table(series, told.HEADER, told.score_rows(scores, series))
        table("MAPE år for år (* pandemi)", *told.year_rows(forecasts, series))
    table("Trendens damping: MAPE med andre valg", *told.damping_rows(dampings))
    typer.echo("")
    for line in told.verdicts(scores):
        typer.echo(line)
    if write:
        told.write(write, told.markdown(forecasts, scores, dampings))
        typer.echo(f"Skrev {write}.")


def _house(context: typer.Context) -> House:
    if not isinstance(context.obj, House):
        raise Trouble("Dette går ikke herfra.", "Kjør kommandoen som «trinnvis forecast …».")
    return context.obj


def _show(found: Forecast) -> None:
    from trinnvis.planning.demand.claim import claim
    from trinnvis.planning.demand.tables import SUM_HEADER, growth_rows, sum_rows, waterfall_rows
    from trinnvis.planning.population.screen import table

    typer.echo(claim(found))
    table("Behov etter tjeneste (80 prosents intervall i parentes)", *growth_rows(found, found.claim_year))
    for outcome in found.outcomes:
        title = f"{outcome.scenario.title} ({outcome.scenario.name}), {found.basis.price_year}-kroner"
        table(title, SUM_HEADER, sum_rows(found, outcome))
        if outcome.scenario.drivers:
            table("Hva som endrer timene", ("Drivkraft", "Timer"), waterfall_rows(found, outcome))
    typer.echo(f"\nFolketall: {found.people.source}.")
    for note in found.notes:
        typer.echo(f"Merk: {note}")


def _write_xlsx(found: Forecast, path: Path) -> None:
    from trinnvis.planning.demand.workbook import write_workbook

    write_workbook(found, path)
