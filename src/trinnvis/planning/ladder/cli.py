"""`trinnvis simulate …`: the ladder model from the command line."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trinnvis.planning.demand.own_figures_cli import Figures, FiguresOption, chosen_figures
from trinnvis.site.environment import data_folder
from trinnvis.trouble import Trouble

if TYPE_CHECKING:
    from trinnvis.planning.ladder.running import Workers
    from trinnvis.planning.ladder.simulation import Simulation
    from trinnvis.planning.ladder.tallies import Tally

INTERRUPTED = 130
ALL = "all"

app = typer.Typer(
    help="Simuler hvem som er på hvilket trinn, år for år, med usikkerheten i tre lag.",
    add_completion=False,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

OwnFiles = Annotated[
    list[Path] | None, typer.Option("--scenario-file", metavar="FIL", help="Egne scenarioer. Kan gis flere.")
]


@app.callback()
def run(
    context: typer.Context,
    municipality: Annotated[
        str | None,
        typer.Option(
            "--municipality", "-m", metavar="KOMMUNE", help="Kommunenummer, navn, eller all for hele landet."
        ),
    ] = None,
    years: Annotated[int, typer.Option("--years", metavar="N", help="År framover.")] = 25,
    draws: Annotated[int, typer.Option("--draws", metavar="N", help="Trekninger.")] = 200,
    scenario: Annotated[
        list[str] | None,
        typer.Option(
            "--scenario", "-s", metavar="NAVN", help="Kan gis flere ganger; «a+b» regner to sammen."
        ),
    ] = None,
    threads: Annotated[
        int | None, typer.Option("--threads", metavar="N", help="Tråder. Ellers én per kjerne.")
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option("--cluster", metavar="ADRESSE", help="Dask: tcp://…, tls://… eller local."),
    ] = None,
    places: Annotated[
        list[str] | None,
        typer.Option("--places", metavar="TRINN=ANTALL", help="Plasser på et trinn, for kø: 11=45."),
    ] = None,
    base: Annotated[
        int | None, typer.Option("--base", metavar="ÅR", help="Grunnår. Ellers det siste.")
    ] = None,
    groups: Annotated[
        list[str] | None,
        typer.Option(
            "--groups", metavar="INNDELING", help="Del folk etter household, housing eller begge (to ganger)."
        ),
    ] = None,
    monthly: Annotated[bool, typer.Option("--monthly", help="Regn måned for måned, ikke år for år.")] = False,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Frøet: samme frø, samme svar.")] = 1,
    backend: Annotated[
        str, typer.Option("--backend", metavar="auto|numba|numpy", help="Hva som regner. Svaret er likt.")
    ] = "auto",
    as_json: Annotated[bool, typer.Option("--json", help="Alle tall som JSON.")] = False,
    progress: Annotated[
        bool | None,
        typer.Option("--progress/--no-progress", help="Vis hvor langt det er kommet. Ellers: i en terminal."),
    ] = None,
    no_resume: Annotated[
        bool, typer.Option("--no-resume", help="Ta ikke vare på blokker, og bruk ingen fra før.")
    ] = False,
    scenario_file: OwnFiles = None,
    figures: FiguresOption = Figures.AUTO,
    data: Annotated[
        Path | None, typer.Option("--data", metavar="MAPPE", help="Datamappa. Ellers TRINNVIS_DATA.")
    ] = None,
) -> None:
    """Simuler en kommune. Avbrytes den med Ctrl-C, fortsetter samme kommando der den slapp."""
    if context.invoked_subcommand is not None:
        return
    if municipality is None:
        raise Trouble("Si hvilken kommune.", "Bruk --municipality, for eksempel --municipality 3234.")
    from trinnvis.planning.demand.reading import library
    from trinnvis.planning.ladder import running
    from trinnvis.planning.ladder.interventions import choose, scenarios
    from trinnvis.planning.ladder.simulation import AS_TODAY, simulation
    from trinnvis.planning.ladder.store import Store

    chosen_backend = running.backend_named(backend)
    running.blocks(draws)
    held = scenarios(scenario_file or ())
    names = list(dict.fromkeys([AS_TODAY, *(scenario or [])]))
    chosen = [choose(held, name) for name in names]
    folder = data.expanduser() if data else data_folder()
    store = None if no_resume else Store(folder / "simulations")
    basis = library().basis
    if municipality == ALL:
        from trinnvis.planning.ladder.country_cli import simulate_all

        _only_for_one(places, groups, monthly, figures is Figures.OWN, scenario)

        simulate_all(
            basis, chosen[-1], lambda: _workers(cluster, threads), years=years, draws=draws, base=base,
            seed=seed, backend=chosen_backend, store=store, as_json=as_json, bar=_bar, progress=progress,
        )  # fmt: skip
        return
    own = chosen_figures(figures, context.obj, municipality, data)
    used: list[running.Job] = []

    def runner(job: running.Job, number: int) -> Tally:
        used.append(job)
        with _bar(progress, f"{municipality}: {number} trekninger", number) as step:
            return running.run(job, number, workers, backend=chosen_backend, store=store, done=step)

    try:
        with _workers(cluster, threads) as workers:
            found = simulation(
                municipality,
                basis,
                chosen,
                runner,
                years=years,
                draws=draws,
                seed=seed,
                base=base,
                capacity=_places(places or []),
                imports=folder / "imports" / "population",
                groups=groups or (),
                per_year=12 if monthly else 1,
                own=own,
            )
    except KeyboardInterrupt:
        typer.echo("Avbrutt. Blokkene som er ferdige, er tatt vare på: Kjør samme kommando igjen.", err=True)
        raise typer.Exit(INTERRUPTED) from None
    if store is not None:
        for job in used:
            store.forget(job.name)
    if as_json:
        from trinnvis.planning.ladder.document import as_json as document

        typer.echo(json.dumps(document(found), ensure_ascii=False))
    else:
        _show(found)


@app.command("scenarios")
def list_scenarios(scenario_file: OwnFiles = None) -> None:
    """Vis scenarioene: hvert tiltak med multiplikator, spenn, kilde og status."""
    from trinnvis.planning.ladder.interventions import scenarios

    for held in scenarios(scenario_file or ()).values():
        typer.echo(f"\n{held.name}: {held.title}\n  {held.description}")
        for each in held.interventions:
            value = each.multiplier
            typer.echo(
                f"  {each.title} ({each.code}): {value.value:g} ({value.low:g} til {value.high:g})"
                f" {value.unit} · {value.status.value} · {value.source}"
            )


@app.command()
def schema(
    kind: Annotated[
        str, typer.Argument(metavar="simulation|scenario", help="Hva skjemaet beskriver.")
    ] = "simulation",
) -> None:
    """Skriv JSON-skjemaet for svaret eller for et scenario."""
    from pydantic import BaseModel

    from trinnvis.planning.ladder.document import SimulationDocument
    from trinnvis.planning.ladder.interventions import LadderScenario

    models: dict[str, type[BaseModel]] = {"simulation": SimulationDocument, "scenario": LadderScenario}
    if kind not in models:
        raise Trouble(f"Det er ikke noe skjema for «{kind}».", f"Velg blant {', '.join(models)}.")
    typer.echo(json.dumps(models[kind].model_json_schema(), ensure_ascii=False, indent=2))


def _only_for_one(
    places: list[str] | None,
    groups: list[str] | None,
    monthly: bool,
    own: bool,
    scenario: list[str] | None,
) -> None:
    asked = ("--places", places), ("--groups", groups), ("--monthly", monthly), ("--figures own", own)
    given = [name for name, used in asked if used]
    if given:
        raise Trouble(
            f"{', '.join(given)} kan ikke brukes for hele landet.", "Velg én kommune, eller utelat valget."
        )
    if len(scenario or []) > 1:
        raise Trouble(
            "Hele landet simuleres med ett scenario om gangen.", "Kjør én gang for hvert, eller skriv «a+b»."
        )


def _workers(cluster: str | None, threads: int | None) -> AbstractContextManager[Workers]:
    number = os.cpu_count() or 1 if threads is None else threads
    if cluster is None:
        from trinnvis.planning.ladder import running

        return running.threads(number)
    from trinnvis.planning.ladder import cluster as dask

    return dask.cluster(cluster, number)


@contextmanager
def _bar(shown: bool | None, title: str, total: int) -> Iterator[Callable[[int], None]]:
    if not (sys.stderr.isatty() if shown is None else shown):
        yield lambda number: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task(title, total=total)
        yield lambda number: progress.advance(task, number)


def _places(given: list[str]) -> dict[int, int]:
    found: dict[int, int] = {}
    for text in given:
        step, _, number = text.partition("=")
        if not (step.strip().isdecimal() and number.strip().isdecimal() and int(number) > 0):
            raise Trouble(f"«{text}» er ikke et trinn og et antall plasser.", "Skriv for eksempel 11=45.")
        found[int(step)] = int(number)
    return found


def _signed(value: float, decimals: int = 0) -> str:
    """ "+3,4", "−11", "0" """
    from trinnvis.planning.demand.tables import number as plain

    text = plain(float(value), decimals)
    return f"+{text}" if value > 0 and text.strip("0,") else text


def _show(found: Simulation) -> None:
    from trinnvis.planning.demand.tables import number as plain
    from trinnvis.planning.population.screen import count, table

    world = found.world
    typer.echo(
        f"{world.municipality}, {found.draws} trekninger, frø {found.seed}. Folketall: {world.source}."
    )
    shown = [t for t, year in enumerate(world.years) if t in (0, world.length) or year % 5 == 0]
    for result in found.results:
        wide = result.intervals
        rows = [
            [
                str(world.years[t]),
                *(
                    f"{count(wide.middle[t, s])} ({count(wide.low[t, s])}–{count(wide.high[t, s])})"
                    for s in range(1, len(world.steps))
                ),
            ]
            for t in shown
        ]
        head = ("31. desember", *(f"Trinn {step}" for step in world.steps[1:]))
        table(f"{result.scenario.title}: personer (80 prosents intervall; det øverste er P90)", head, rows)
        last = wide.shares[:, -1, 1:]
        table(
            f"Hva usikkerheten i {world.years[-1]} kommer av",
            ("Lag", *head[1:]),
            [
                [name, *(f"{plain(100 * float(part))} %" for part in last[at])]
                for at, name in enumerate(("folketallet", "forutsetningene", "tilfeldigheter"))
            ],
        )
        for step, queue in result.queues.items():
            weeks = queue.years_waited[:, -1].mean() * 52.18
            waiting = plain(float(queue.waiting[:, -1].mean()), 1)
            typer.echo(
                f"Trinn {step} med {found.capacity[step]} plasser: i {world.years[-1]} venter "
                f"{waiting} i snitt, {plain(float(weeks), 0)} uker."
            )
        typer.echo(f"Fingeravtrykk: {result.digest}")
    for result in found.results[1:]:
        from numpy import quantile

        apart = found.difference(result)[:, -1]
        low, high = quantile(apart, (0.1, 0.9), axis=0)
        said = [
            f"trinn {step}: {_signed(apart[:, s].mean(), 1)} ({_signed(low[s])} til {_signed(high[s])} av "
            "tilfeldigheter)"
            for s, step in enumerate(world.steps)
            if s
        ]
        typer.echo(f"{result.scenario.title} mot som i dag i {world.years[-1]}: {'; '.join(said)}.")
    for note in found.notes:
        typer.echo(f"Merk: {note}")
