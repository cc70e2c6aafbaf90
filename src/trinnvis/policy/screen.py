"""How policies look in a terminal: tables for people, plain lines for files and other programs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from trinnvis.policy.deadlines import length_words
from trinnvis.policy.model import AmountUnit, DecisionFlag, Policy, Service

PER = {
    AmountUnit.HOURS_PER_WEEK: "time",
    AmountUnit.VISITS_PER_WEEK: "besøk",
    AmountUnit.DAYS_PER_WEEK: "dag",
    AmountUnit.PORTIONS_PER_WEEK: "porsjon",
    AmountUnit.DAYS: "døgn",
    AmountUnit.PLACES: "døgn",
    AmountUnit.PIECES: "måned",
    AmountUnit.MONTHS: "måned",
    AmountUnit.TIMES: "gang",
}
DECISIONS = {DecisionFlag.NONE: "nei", DecisionFlag.MIXED: "for noen", DecisionFlag.REQUIRED: "ja"}


def say(text: str, style: str = "") -> None:
    Console(file=sys.stdout).print(Text(text, style=style), soft_wrap=True)


def error(text: str, style: str = "") -> None:
    Console(file=sys.stderr).print(Text(text, style=style), soft_wrap=True)


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table on a terminal; elsewhere the title and one line a row, columns apart by tabs."""
    console = Console(file=sys.stdout)
    if console.is_terminal:
        grid = Table(title=title, title_justify="left", title_style="bold")
        for name in columns:
            grid.add_column(name, no_wrap=name == "Kode")
        for row in rows:
            grid.add_row(*map(Text, row))
        console.print(grid)
        return
    for line in ("", title, "\t".join(columns), *map("\t".join, rows)):
        typer.echo(line)


def show_policy(policy: Policy, on: date) -> None:
    """Both ladders, the services with their prices, and the deadlines, on a date."""
    table(
        policy.effort_ladder.title,
        ("Trinn", "Navn", "Vedtak", "Vanlig bolig", "Tjenester"),
        [
            (
                str(step.number),
                step.title,
                DECISIONS[step.decision],
                ", ".join(map(str, step.usual_housing)),
                str(len(policy.services_on(step.number))),
            )
            for step in policy.effort_ladder.steps
        ],
    )
    table(
        policy.housing_ladder.title,
        ("Trinn", "Navn"),
        [(str(step.number), step.title) for step in policy.housing_ladder.steps],
    )
    table(
        "Tjenester",
        ("Kode", "Navn", "Trinn", "Kommunens kostnad", "Egenandel"),
        [
            (service.code, service.title, ", ".join(map(str, service.steps)), *_price(policy, service, on))
            for service in policy.services
        ],
    )
    table(
        "Frister",
        ("Kode", "Navn", "Frist", "Regnes fra", "Hjemmel"),
        [
            (
                rule.code,
                rule.title,
                length_words(rule.length) if rule.length.number else "samme dag",
                rule.trigger,
                rule.legal_basis,
            )
            for rule in policy.deadlines
            if rule.is_valid(on)
        ],
    )


def _price(policy: Policy, service: Service, on: date) -> tuple[str, str]:
    price = policy.price(service.code, service.unit, on)
    if price is None:
        return "ikke satt", ""
    cost = f"{_amount(price.nok)} per {PER[price.unit]} ({price.price_year}, {price.status})"
    return cost, _amount(price.fee_nok) if price.fee_nok else "ingen"


def _amount(kroner: Decimal) -> str:
    """41 000,50"""
    return f"{kroner:,}".replace(",", "\u00a0").replace(".", ",")
