"""`trinnvis simulate --municipality all`: the whole country, with its cost told before it starts."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager

import numpy as np
import typer

from trinnvis.planning.demand.levels import base_years
from trinnvis.planning.demand.schema import Basis
from trinnvis.planning.ladder import national
from trinnvis.planning.ladder.cost import estimate
from trinnvis.planning.ladder.interventions import LadderScenario
from trinnvis.planning.ladder.running import Backend, Workers
from trinnvis.planning.ladder.store import Store
from trinnvis.planning.population.municipalities import municipalities
from trinnvis.planning.population.projecting import start_population
from trinnvis.planning.population.screen import count, table
from trinnvis.planning.population.shipped import figures

INTERRUPTED = 130


def simulate_all(
    basis: Basis,
    scenario: LadderScenario,
    workers: Callable[[], AbstractContextManager[Workers]],
    *,
    years: int,
    draws: int,
    base: int | None,
    seed: int,
    backend: Backend,
    store: Store | None,
    as_json: bool,
    bar: Callable[[bool | None, str, int], AbstractContextManager[Callable[[int], None]]],
    progress: bool | None,
) -> None:
    """Simulate every municipality, and print the national sums and the digest."""
    codes = tuple(municipalities())
    first = base or min(base_years(code)[-1] for code in codes)
    _tell_cost(basis, codes, years, draws, first, backend)
    try:
        with workers() as held, bar(progress, "Norge", draws * len(codes)) as step:
            found = national.simulate(
                codes, basis, scenario, held, years=years, draws=draws, base=first, seed=seed,
                backend=backend, store=store, done=step,
            )  # fmt: skip
    except KeyboardInterrupt:
        typer.echo("Avbrutt. Blokkene som er ferdige, er tatt vare på: Kjør samme kommando igjen.", err=True)
        raise typer.Exit(INTERRUPTED) from None
    stocks = found.stocks.sum(axis=2)
    ten, half, ninety = np.quantile(stocks, (0.1, 0.5, 0.9), axis=0)
    if as_json:
        rows = [
            {
                "year": int(year),
                "step": step,
                "mean": round(float(stocks[:, t, s].mean()), 3),
                "chance_p10": float(ten[t, s]),
                "chance_p50": float(half[t, s]),
                "chance_p90": float(ninety[t, s]),
            }
            for t, year in enumerate(found.years)
            for s, step in enumerate(found.steps)
        ]
        said = {"scenario": scenario.name, "draws": draws, "seed": seed, "digest": found.digest}
        typer.echo(json.dumps({**said, "municipalities": len(codes), "stocks": rows}, ensure_ascii=False))
        return
    shown = [t for t, year in enumerate(found.years) if t in (0, years) or year % 5 == 0]
    table(
        f"Norge, {scenario.title.lower()}: personer, snitt av {draws} trekninger",
        ("31. desember", *(f"Trinn {step}" for step in found.steps[1:])),
        [
            [str(found.years[t]), *(count(stocks[:, t, s].mean()) for s in range(1, len(found.steps)))]
            for t in shown
        ],
    )
    typer.echo(f"Fingeravtrykk: {found.digest}")


def _tell_cost(
    basis: Basis, codes: tuple[str, ...], years: int, draws: int, base: int, backend: Backend
) -> None:
    """Say what all of them will take, before any of it is done."""
    persons = float(start_population(figures(), base + 1).sum())
    said = estimate(basis, len(codes), persons, years=years, draws=draws, base=base, backend=backend)
    took = said.core_hours
    time = f"{took:.1f} timer" if took >= 2 else f"{took * 60:.1f} minutter"
    typer.echo(
        f"{len(codes)} kommuner, {count(persons)} personer, {said.person_years / 1e9:.1f} milliarder "
        f"personår. Anslag: {time} på én kjerne som denne (del på kjernene du bruker). Minne utover Python: "
        f"{said.gathering:.0f} MB her, {said.worker:.0f} MB i hver arbeider.",
        err=True,
    )
