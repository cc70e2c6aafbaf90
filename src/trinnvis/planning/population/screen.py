"""Projections in a terminal: a table for people, lines with tabs for files and other programs."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from trinnvis.planning.population.axes import BANDS, Variant
from trinnvis.planning.population.projection import Projection

SPACE = "\u00a0"


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table on a terminal; elsewhere the title and one line a row, columns apart by tabs."""
    console = Console(file=sys.stdout)
    if console.is_terminal:
        grid = Table(title=title, title_justify="left", title_style="bold")
        for at, name in enumerate(columns):
            grid.add_column(name, justify="left" if at == 0 else "right", no_wrap=True)
        for row in rows:
            grid.add_row(*map(Text, row))
        console.print(grid)
        return
    for line in ("", title, "\t".join(columns), *map("\t".join, rows)):
        typer.echo(line)


def show_projection(projection: Projection) -> None:
    """Bands by year in the main alternative, the 80 % interval of 80+, and where it comes from."""
    low, high = projection.interval("80+")
    last = len(projection.years) - 1
    shown = [at for at, year in enumerate(projection.years) if at in (0, last) or year % 5 == 0]
    bands = {name: projection.band(*ages) for name, ages in BANDS.items()}
    total = projection.variant().sum(axis=(-1, -2))
    own = projection.source.kind == "own"
    rows = [
        [
            str(projection.years[at]),
            *(count(band[at]) for band in bands.values()),
            count(total[at]),
            *([f"{count(low[at])}-{count(high[at])}"] if own and at else ["–"] if own else []),
        ]
        for at in shown
    ]
    one = projection.municipality
    columns = [
        "1. januar",
        *(f"{name} år" for name in bands),
        "I alt",
        *(["80+ år, 80 % intervall"] if own else []),
    ]
    table(f"{one} ({one.county}), hovedalternativet", columns, rows)
    for variant, name in ((Variant.LOW, "Lavt"), (Variant.HIGH, "Høyt")):
        if variant in projection.variants:
            old = projection.band(80, 105, variant)[last]
            year = projection.years[last]
            everyone = projection.variant(variant)[last].sum()
            typer.echo(f"{name} alternativ {year}: {count(old)} på 80+ år, {count(everyone)} i alt.")
    typer.echo(f"Kilde: {projection.source}. {projection.source.credit}.")
    for note in projection.notes:
        typer.echo(note)


def count(persons: float) -> str:
    """Whole persons with a hard space between thousands."""
    return f"{round(float(persons)):,}".replace(",", SPACE)
