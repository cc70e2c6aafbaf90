"""`trinnvis pathway …`: the personas, and what their pathways take."""

from __future__ import annotations

import json
import os
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trinnvis.planning.pathways.schema import Kind
from trinnvis.trouble import Trouble

if TYPE_CHECKING:
    from trinnvis.planning.pathways.comparing import Comparison
    from trinnvis.planning.pathways.living import Spread
    from trinnvis.planning.pathways.pricing import Choices
    from trinnvis.policy.model import Policy
    from trinnvis.resources.price_book import PriceBook

app = typer.Typer(
    help="Forløp: hva en persona tar av kroner og timer, proaktivt, normalt og reaktivt.",
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

PolicyFolder = Annotated[
    Path | None,
    typer.Option(
        "--policy", metavar="MAPPE", help="Politikken med prislista. Ellers Lunners, som følger med."
    ),
]
Own = Annotated[
    Path | None,
    typer.Option("--personas", metavar="FIL|MAPPE", help="Egne personas; samme kode erstatter vår."),
]

Which = Annotated[
    str,
    typer.Option(
        "--prices",
        metavar="policy|adopted",
        help="Prisene i politikken, eller prislista som er vedtatt i databasen.",
    ),
]
Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="MAPPE", help="Datamappa til --prices adopted. Ellers TRINNVIS_DATA."),
]
At = Annotated[str | None, typer.Option("--at", metavar="DATO", help="Dagen prisene gjelder. Ellers i dag.")]


@app.command("list")
def list_personas(policy: PolicyFolder = None, own: Own = None) -> None:
    """Vis personaene og forløpene de har."""
    from trinnvis.planning.pathways.reading import personas
    from trinnvis.planning.population.screen import table

    rows = [
        [each.code, each.title, ", ".join(p.kind.value for p in each.pathways), each.status.value]
        for each in personas(_policy(policy), own).values()
    ]
    table("Personas", ("Kode", "Hvem", "Forløp", "Status"), rows)


@app.command()
def schema(
    kind: Annotated[
        str, typer.Argument(metavar="pathway|persona", help="Hva skjemaet beskriver.")
    ] = "pathway",
) -> None:
    """Skriv JSON-skjemaet for svaret eller for en persona."""
    from pydantic import BaseModel

    from trinnvis.planning.pathways.document import PathwayDocument
    from trinnvis.planning.pathways.schema import Persona

    models: dict[str, type[BaseModel]] = {"pathway": PathwayDocument, "persona": Persona}
    if kind not in models:
        raise Trouble(f"Det er ikke noe skjema for «{kind}».", f"Velg blant {', '.join(models)}.")
    typer.echo(json.dumps(models[kind].model_json_schema(), ensure_ascii=False, indent=2))


@app.command()
def show(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="PERSONA", help="Koden, for eksempel johs.")],
    as_json: Annotated[bool, typer.Option("--json", help="Alle tall som JSON.")] = False,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FIL", help="Skriv en Excel-fil med diagrammer.")
    ] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", metavar="FIL", help="Skriv en PDF til møtet.")] = None,
    months: Annotated[
        list[str] | None,
        typer.Option(
            "--months", metavar="FORLØP=MÅNEDER", help="Andre måneder på heldøgns plass: proactive=12."
        ),
    ] = None,
    discount: Annotated[
        str | None,
        typer.Option(
            "--discount", metavar="PROSENT", help="Diskonter kroner med så mange prosent i året. Ellers ikke."
        ),
    ] = None,
    at: At = None,
    prices: Which = "policy",
    data: Data = None,
    policy: PolicyFolder = None,
    own: Own = None,
) -> None:
    """Pris forløpene til en persona, år for år."""
    from trinnvis.planning.pathways.document import as_json as document
    from trinnvis.planning.pathways.pricing import Choices

    chosen = Choices(months=_months(months or []), discount=_discount(discount))
    book = _book(context, prices, data)
    now = _now()
    found = _compared(code, _priced(policy, book), own, _date(at) if at else now.date(), chosen)
    if xlsx is not None or pdf is not None:
        from trinnvis.reports import pathways

        spreads = _spreads(found)
        if xlsx is not None:
            _write(xlsx, pathways.xlsx(found, spreads))
        if pdf is not None:
            _write(pdf, pathways.pdf(found, spreads, made_at=now))
    if as_json:
        typer.echo(json.dumps(document(found), ensure_ascii=False))
    elif xlsx is None and pdf is None:
        _show(found)
    else:
        for path in filter(None, (xlsx, pdf)):
            typer.echo(f"Skrev {path}.")


@app.command()
def spread(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="PERSONA", help="Koden, for eksempel johs.")],
    as_json: Annotated[bool, typer.Option("--json", help="Alle tall som JSON.")] = False,
    at: At = None,
    prices: Which = "policy",
    data: Data = None,
    policy: PolicyFolder = None,
    own: Own = None,
) -> None:
    """Vis personaen som mange i stedet for én: hva forløpene tar når livene blir ulike."""
    from trinnvis.planning.pathways.living import QUANTILES
    from trinnvis.planning.pathways.pricing import Choices
    from trinnvis.planning.population.screen import count, table

    rules = _priced(policy, _book(context, prices, data))
    found = _compared(code, rules, own, _date(at) if at else _now().date(), Choices())
    spreads = _spreads(found)
    if as_json:
        typer.echo(json.dumps([_spread_json(each) for each in spreads], ensure_ascii=False))
        return
    titles = {each.kind: each.title for each in found.persona.pathways}
    for name, values in (("som fortalt", "as_told"), ("som i trappemodellen", "modelled")):
        table(
            f"Kroner i alt. Måneder på heldøgns plass {name}",
            ("Forløp", "Gjennomsnitt", *(f"{q} %" for q in QUANTILES)),
            [
                [titles[e.kind], *(count(v) for v in (getattr(e, f"mean_{values}"), *getattr(e, values)))]
                for e in spreads
            ],
        )
    for each in spreads:
        typer.echo(
            f"{titles[each.kind]}: {each.lives.ever_in_institution:.0%} kommer på institusjon, i "
            f"{each.lives.months_in_institution:.0f} måneder i gjennomsnitt. "
            f"Halvparten lever til de er {each.lives.median_age} år."
        )


@app.command()
def check(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Personafila (YAML).")],
    policy: PolicyFolder = None,
) -> None:
    """Kontroller en personafil mot politikken, og si hver feil med linje."""
    from trinnvis.planning.pathways.reading import looked_at

    try:
        data = file.read_bytes()
    except OSError as error:
        raise Trouble(f"{file} kan ikke leses ({error.strerror}).", "Sjekk stien.") from error
    found, faults = looked_at(str(file), data, _policy(policy))
    if found is None:
        for fault in faults:
            typer.echo(str(fault), err=True)
        raise typer.Exit(1)
    typer.echo(f"{file}: {found.title}. {len(found.pathways)} forløp uten feil.")


def _compared(code: str, rules: Policy, own: Path | None, on: date, choices: Choices) -> Comparison:
    from trinnvis.planning.pathways.comparing import compare
    from trinnvis.planning.pathways.pricing import PriceList
    from trinnvis.planning.pathways.reading import persona

    return compare(persona(code, rules, own), PriceList.at(rules, on), choices)


def _book(context: typer.Context, prices: str, data: Path | None) -> PriceBook | None:
    """The adopted list, when that is asked for."""
    if prices not in ("policy", "adopted"):
        raise Trouble(f"«{prices}» er ikke et sett priser.", "Velg policy eller adopted.")
    if prices == "policy":
        return None
    book: PriceBook | None = context.obj(data)
    if book is None:
        raise Trouble("Ingen prisliste er vedtatt.", "Utelat --prices, så brukes prisene i politikken.")
    return book


def _priced(folder: Path | None, book: PriceBook | None) -> Policy:
    """The policy, with the adopted prices in place of its own."""
    from trinnvis.resources.price_book import timeline

    rules = _policy(folder)
    return rules.model_copy(update={"prices": timeline(rules.prices, [book])}) if book else rules


def _spreads(found: Comparison) -> tuple[Spread, ...]:
    from trinnvis.planning.demand.reading import library
    from trinnvis.planning.pathways.living import spreads

    return spreads(found, library().basis)


def _spread_json(each: Spread) -> dict[str, object]:
    from trinnvis.planning.pathways.living import QUANTILES

    return {
        "kind": each.kind.value,
        "ever_in_institution": round(each.lives.ever_in_institution, 6),
        "months_in_institution": round(each.lives.months_in_institution, 2),
        "median_age_at_death": each.lives.median_age,
        "as_told": {str(q): round(float(v), 2) for q, v in zip(QUANTILES, each.as_told, strict=True)},
        "mean_as_told": round(each.mean_as_told, 2),
        "modelled": {str(q): round(float(v), 2) for q, v in zip(QUANTILES, each.modelled, strict=True)},
        "mean_modelled": round(each.mean_modelled, 2),
        "alive": [round(float(share), 6) for share in each.lives.alive],
    }


def _show(found: Comparison) -> None:
    from trinnvis.planning.pathways.document import choices_told, unpriced_told
    from trinnvis.planning.population.screen import count, table
    from trinnvis.reports.pathways import finding

    persona = found.persona
    typer.echo(f"{persona.title}. {persona.about}\n\n{finding(found)}")
    names = [each.pathway.title for each in found.priced]
    by_age = [{year.age: year for year in each.years} for each in found.priced]
    rows = [
        [str(age), *(count(float(held[age].nok)) if age in held else "–" for held in by_age)]
        + [count(float(held[age].hours)) if age in held else "–" for held in by_age]
        for age in found.ages
    ]
    head = ("Alder", *(f"{name}, kr" for name in names), *(f"{name}, timer" for name in names))
    table(f"År for år, prisår {', '.join(map(str, found.price_years))}", head, rows)
    table(
        "I alt",
        ("Forløp", "Kroner", "Timer", "Pårørendes timer"),
        [
            [
                each.pathway.title,
                count(float(each.nok)),
                count(float(each.hours)),
                count(float(sum(y.by_payer["next_of_kin"].hours for y in each.years))),
            ]
            for each in found.priced
        ],
    )
    table(
        "Hva svaret henger på (kroner i alt, lavt til høyt)",
        ("Forutsetning", *names),
        [
            [
                f"{swing.title} ({swing.low_text}–{swing.high_text})",
                *(
                    f"{count(float(swing.low[e.pathway.kind]))}–{count(float(swing.high[e.pathway.kind]))}"
                    for e in found.priced
                ),
            ]
            for swing in found.swings[:8]
        ],
    )
    for said in (*choices_told(found), *unpriced_told(found), *persona.assumptions):
        typer.echo(f"Merk: {said}")


def _policy(folder: Path | None) -> Policy:
    from trinnvis.policy.faults import PolicyFaults
    from trinnvis.policy.loading import load_folder

    try:
        if folder is not None:
            return load_folder(folder)
        with as_file(files("trinnvis.policy").joinpath("lunner")) as shipped:
            return load_folder(shipped)
    except PolicyFaults as wrong:
        first = wrong.faults[0]
        more = f" og {len(wrong.faults) - 1} feil til" if len(wrong.faults) > 1 else ""
        raise Trouble(
            f"Politikken kan ikke brukes: {first}{more}.", f"Kjør «trinnvis policy check {folder}»."
        ) from None


def _months(given: list[str]) -> dict[Kind, Fraction]:
    found: dict[Kind, Fraction] = {}
    for text in given:
        kind, _, number = text.partition("=")
        try:
            value = Decimal(number.replace(",", "."))
            if not 0 < value <= 600:
                raise InvalidOperation
            found[Kind(kind.strip())] = Fraction(value)
        except (InvalidOperation, ValueError):
            kinds = ", ".join(each.value for each in Kind)
            raise Trouble(
                f"«{text}» er ikke et forløp og et antall måneder.",
                f"Skriv for eksempel proactive=12. Forløpene er {kinds}.",
            ) from None
    return found


def _discount(text: str | None) -> Fraction:
    if text is None:
        return Fraction(0)
    try:
        percent = Decimal(text.replace(",", ".").rstrip("% "))
        if not 0 <= percent <= 20:
            raise InvalidOperation
    except InvalidOperation:
        raise Trouble(f"«{text}» er ikke en rente.", "Skriv prosent i året fra 0 til 20, som 4.") from None
    return Fraction(percent) / 100


def _date(text: str) -> date:
    from trinnvis.policy.dates import read_date

    try:
        return read_date(text)
    except ValueError as wrong:
        raise Trouble(str(wrong)) from None


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Trouble(
            f"{path} kan ikke skrives ({error.strerror}).", "Lukk fila om den er åpen, eller velg en annen."
        ) from error


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
