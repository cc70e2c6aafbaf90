"""`trinnvis demo`: make the synthetic municipality if it is not there, say who to log in as, and serve it."""

import os
import sys
from pathlib import Path
from typing import NoReturn

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from trinnvis.site.environment import is_production
from trinnvis.startup import start
from trinnvis.trouble import Trouble


def run(*, data: Path | None, seed: int | None, fresh: bool, serve_on: tuple[str, int] | None) -> None:
    """The whole command. `serve_on` is (host, port), or None to make the municipality only.

    Raises:
        Trouble: in production, on a taken port, where the database is somebody's own, or where a municipality
            would be lost that `fresh` does not give up.
    """
    if is_production():
        raise Trouble(
            "Demoen lages aldri i et produksjonsmiljø.",
            "Kjør den et annet sted, uten TRINNVIS_ENV=production.",
        )
    start(data)
    from trinnvis.site.serving import address, assert_free

    if serve_on:
        assert_free(*serve_on)
    console = Console(highlight=False)
    _make(console, seed=seed, fresh=fresh)
    console.print(_people())
    if serve_on:
        console.print(
            f"Åpne [bold]{address(*serve_on)}[/bold] og velg en person. "
            "Ingen er ekte, og ingen har passord.\n",
            soft_wrap=True,
        )
        sys.stdout.flush()
        _serve_afresh(*serve_on)


def _serve_afresh(host: str, port: int) -> NoReturn:
    """In a program that has done nothing else: the server divides its process in two, and the threads that
    typst and NumPy left after the making do not come along, so that a PDF would be waited for for ever."""
    command = [sys.executable, "-m", "trinnvis", "serve", "--host", host, "--port", str(port)]
    os.execv(sys.executable, command)  # noqa: S606


def _make(console: Console, *, seed: int | None, fresh: bool) -> None:
    from trinnvis.demo.alone import alone
    from trinnvis.demo.making import make, seed_to_make
    from trinnvis.people.keys_fit import assert_keys_fit, assert_no_key_is_missing

    with alone():
        assert_no_key_is_missing()
        chosen = seed_to_make(seed, fresh=fresh)
        if chosen is None:
            assert_keys_fit()
            console.print("Kommunen finnes fra før, med det som er gjort i den. --fresh lager den på nytt.")
            return
        bar = Progress(
            TextColumn("{task.description:<34}"),
            BarColumn(bar_width=30),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(),
            console=console,
        )
        with bar:
            task = bar.add_task("Lager en oppdiktet kommune", total=1.0)
            make(
                seed=chosen,
                progress=lambda what, share: bar.update(task, description=what, completed=share),
            )
            bar.update(task, description="Kommunen er klar", completed=1.0)


def _people() -> Table:
    from trinnvis.demo.cast import people

    table = Table("Navn", "Hvem", "Prøv dette", title="Logg inn som", title_justify="left")
    for person in people():
        table.add_row(person.name, person.who, person.try_this)
    return table
