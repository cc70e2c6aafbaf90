"""`trinnvis prices …`: show, compare, export and import price lists.

Each loads what it needs when it runs. `context.obj` makes Django ready for a data folder (`startup.start`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trinnvis.policy.screen import say
from trinnvis.trouble import Trouble

if TYPE_CHECKING:
    from trinnvis.access.actor import Actor
    from trinnvis.policy.model import Policy
    from trinnvis.pricing.queries import Named
    from trinnvis.resources.price_book import PriceBook

app = typer.Typer(
    help="Prislister: hva tjenestene koster, i politikken, i utkast og i vedtatte lister.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Data = Annotated[
    Path | None, typer.Option("--data", metavar="MAPPE", help="Datamappa. Ellers TRINNVIS_DATA.")
]
Key = Annotated[
    str,
    typer.Argument(metavar="LISTE", help="«politikk», en vedtatt listes nummer, eller «utkast-» og tall."),
]
By = Annotated[
    str,
    typer.Option("--by", metavar="BRUKER", help="Brukeren som gjør det, med innloggingsnavn."),
]


SHOWN = ("nok", "unit", "price_year", "status")


@app.command()
def show(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="[LISTE]", help="Uten: alle listene.")] = "",
    data: Data = None,
) -> None:
    """Vis alle prislistene, eller radene i én."""
    with _database(context, data) as (now, today):
        from trinnvis.planning.population.screen import table
        from trinnvis.pricing import queries
        from trinnvis.pricing.rules.typed import as_typed

        if key:
            policy, found = _named(key, today)
            typed = [as_typed(row) for row in found.book.rows]
            titles = {service.code: service.title for service in policy.services}
            cells = [
                [
                    titles.get(each["service"], each["service"]),
                    each["nok"],
                    each["unit"],
                    each["price_year"],
                    each["status"],
                ]
                for each in typed
            ]
            table(found.book.name, ("Tjeneste", "Kroner", "Enhet", "Prisår", "Status"), cells)
            return
        for adopted in queries.adopted_lists():
            first = f"{adopted.valid_from:%d.%m.%Y}"
            say(f"{adopted.number}: {adopted.title}, gjelder fra {first} ({adopted.decision})")
        for draft in queries.open_drafts():
            changed = f"{draft.changed_at:%d.%m.%Y} av {draft.changed_by.name}"
            say(f"utkast-{draft.pk}: {draft.title}, endret {changed}")
        say("politikk: prisene i den vedtatte politikken")
        book = queries.book_at(today, now)
        say(f"I bruk i dag: {book.name if book else 'politikkens egne priser'}.")


@app.command()
def compare(context: typer.Context, before: Key, after: Key, data: Data = None) -> None:
    """Sammenlign to lister rad for rad."""
    with _database(context, data) as (_now, today):
        from trinnvis.planning.population.screen import table
        from trinnvis.pricing.rules.typed import number_told
        from trinnvis.resources.price_changes import price_changes

        policy, first = _named(before, today)
        _policy, second = _named(after, today)
        titles = {service.code: service.title for service in policy.services}
        changes = [each for each in price_changes(first.book, second.book) if each.kind != "same"]
        words = {"added": "ny", "removed": "tatt ut", "changed": "endret"}
        rows = [
            [
                titles.get(each.service, each.service),
                number_told(each.before.nok) if each.before else "–",
                number_told(each.after.nok) if each.after else "–",
                number_told(each.nok) if each.nok is not None else "–",
                f"{number_told(round(each.share * 100, 1))} %" if each.share is not None else "–",
                words[each.kind],
            ]
            for each in changes
        ]
        table(
            f"{first.book.name} → {second.book.name}",
            ("Tjeneste", "Før", "Etter", "Kroner", "Endring", ""),
            rows,
        )
        say(f"{len(changes)} av {len(second.book.rows)} rader er forskjellige.")


@app.command()
def export(
    context: typer.Context,
    key: Key,
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Fila den skrives til, .xlsx eller .csv.")],
    data: Data = None,
) -> None:
    """Skriv en liste til en fil som kan redigeres og tas inn igjen."""
    with _database(context, data) as (_now, today):
        from trinnvis.pricing import sheets

        policy, found = _named(key, today)
        kind = file.suffix.lower()
        if kind == ".csv":
            content = sheets.list_csv(found.book.rows, policy)
        elif kind == ".xlsx":
            content = sheets.list_xlsx(found.book.rows, policy, title=found.book.name, about=())
        else:
            raise Trouble(f"«{file.name}» har ikke en kjent endelse.", "Bruk .xlsx eller .csv.")
        try:
            file.write_bytes(content)
        except OSError as error:
            raise Trouble(f"{file} kan ikke skrives ({error.strerror}).", "Velg et annet sted.") from error
        say(f"Skrev {len(found.book.rows)} priser til {file}.")


@app.command("import")
def take_in(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FIL", help="En prisliste som .xlsx eller .csv.")],
    title: Annotated[str, typer.Option("--title", metavar="NAVN", help="Hva utkastet skal hete.")],
    by: By,
    data: Data = None,
) -> None:
    """Lag et utkast av en fil. Én feil, og ingenting tas inn: hver feil nevnes med linje."""
    with _database(context, data) as (now, today):
        from trinnvis.policy.queries import policy_at
        from trinnvis.pricing import sheets
        from trinnvis.pricing.errors import PricingError
        from trinnvis.pricing.rules.whole import read_rows
        from trinnvis.pricing.services import create_draft

        rows, faults = read_rows(sheets.price_rows(file.name, _bytes(file)), policy_at(today))
        _stop_at(faults, file)
        try:
            draft = create_draft(
                title=title, rows=rows, made_from=file.name, actor=_actor(by, today), now=now
            )
        except PricingError as error:
            raise Trouble(str(error)) from error
        say(f"Utkastet «{draft.title}» har {len(rows)} priser.")
        say(f"Se det med «trinnvis prices show utkast-{draft.pk}».")


@app.command("import-index")
def take_in_index(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Kolonnene «år» og «indeks» eller «vekst».")],
    title: Annotated[str, typer.Option("--title", metavar="NAVN", help="For eksempel «Kommunal deflator».")],
    source: Annotated[str, typer.Option("--source", metavar="KILDE", help="Hvor serien kommer fra, og når.")],
    by: By,
    licence: Annotated[str, typer.Option("--licence", metavar="LISENS", help="Vilkårene for bruk.")] = "",
    data: Data = None,
) -> None:
    """Ta inn en prisindeks å regne om mellom prisår med."""
    with _database(context, data) as (now, today):
        from trinnvis.pricing import sheets
        from trinnvis.pricing.errors import Faulty, PricingError
        from trinnvis.pricing.queries import series_of
        from trinnvis.pricing.services import import_index

        try:
            index = import_index(
                title=title,
                source=source,
                licence=licence,
                rows=sheets.index_rows(file.name, _bytes(file)),
                actor=_actor(by, today),
                now=now,
            )
        except Faulty as error:
            _stop_at(error.faults, file)
        except PricingError as error:
            raise Trouble(str(error)) from error
        series = series_of(index)
        say(f"«{series.title}» har tall fra {series.first} til {series.last}.")


def book_in_force() -> PriceBook | None:
    """The adopted list of today, for `trinnvis forecast --prices adopted`; None where none is adopted."""
    from trinnvis.pricing.queries import book_at
    from trinnvis.site.clock import site_now

    now = site_now()
    return book_at(now.date(), now)


@contextmanager
def _database(context: typer.Context, data: Path | None) -> Iterator[tuple[datetime, date]]:
    """Django made ready; gives now and today."""
    context.obj(data)
    from trinnvis.site.clock import site_now

    now = site_now()
    yield now, now.date()


def _named(key: str, today: date) -> tuple[Policy, Named]:
    from trinnvis.policy.queries import policy_at
    from trinnvis.pricing.errors import NotFound
    from trinnvis.pricing.queries import named

    policy = policy_at(today)
    try:
        return policy, named(key, policy, today)
    except NotFound as error:
        raise Trouble(f"Det finnes ingen prisliste «{key}».", "Se dem med «trinnvis prices show».") from error


def _actor(subject: str, today: date) -> Actor:
    from trinnvis.access.models import Account
    from trinnvis.access.services import actor_of

    account = Account.objects.filter(subject=subject).first()
    if account is None:
        raise Trouble(f"Det finnes ingen bruker «{subject}».", "Bruk navnet vedkommende logger inn med.")
    return actor_of(account, on=today)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Trouble(f"{file} kan ikke leses ({error.strerror}).", "Se over navnet på fila.") from error


def _stop_at(faults: Any, file: Path) -> None:
    """Tell every fault, and take in nothing."""
    if not faults:
        return
    from trinnvis.pricing.rules.columns import BY_NAME

    for fault in faults:
        column = BY_NAME[fault.column].heading if fault.column in BY_NAME else fault.column or "raden"
        say(f"Linje {fault.line}, {column}: {fault.told()}")
    raise Trouble(f"{file.name} har {len(faults)} feil. Ingenting er tatt inn.", "Rett dem og prøv igjen.")
