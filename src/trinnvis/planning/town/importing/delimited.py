"""Addresses (Matrikkelen) and services in delimited text (CSV)."""

from __future__ import annotations

import csv
import io
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from trinnvis.planning.town.arrays import Floats
from trinnvis.planning.town.importing.asking import no_system
from trinnvis.planning.town.importing.report import Report
from trinnvis.planning.town.policy import TownPolicy
from trinnvis.policy import messages
from trinnvis.trouble import Trouble

MOST_LINES_NAMED: Final = 5
MOST_HEADINGS: Final = 100_000  # characters
NORTH: Final = ("nord", "north", "y", "lat", "latitude", "bredde", "breddegrad")
EAST: Final = ("øst", "ost", "east", "x", "lon", "lng", "longitude", "lengde", "lengdegrad")
CATEGORY: Final = ("kategori", "category", "gjøremål")
NAME: Final = ("navn", "name")
ENTRANCE: Final = ("inngang", "entrance")
SYSTEM: Final = ("epsg-kode", "epsg", "crs")
RESIDENTS: Final = "beboere_"


@dataclass(frozen=True)
class Table:
    """Rows by lower-case heading, with the line each begins at."""

    name: str
    headings: tuple[str, ...]
    rows: list[dict[str, str]]
    lines: list[int]

    def column(self, names: Sequence[str], what: str) -> str:
        """The heading used for something.

        Raises:
            Trouble: none of the names; the text lists the headings there are.
        """
        if found := self.has(names):
            return found
        raise Trouble(
            f"{self.name} mangler en kolonne for {what}.",
            f"Kall den «{names[0]}». Fila har {', '.join(self.headings)}.",
        )

    def has(self, names: Sequence[str]) -> str | None:
        return next((name for name in names if name in self.headings), None)

    def number(self, row: int, column: str) -> float:
        """
        Raises:
            Trouble: not a number; the text says on which line.
        """
        text = self.rows[row][column].strip()
        try:
            value = float(text.replace(" ", "").replace("\u00a0", "").replace(",", "."))
            if not math.isfinite(value):
                raise ValueError(text)
            return value
        except ValueError as error:
            raise Trouble(
                f"{self.name}, linje {self.lines[row]}: «{text}» i kolonnen {column} er ikke et tall.",
                "Rett det, og prøv igjen.",
            ) from error


def read_table(path: Path, report: Report) -> Table:
    """
    Raises:
        Trouble: not text, no header, no rows, or rows of another length than the header.
    """
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        report.repaired.append("lest som Windows-1252, for fila er ikke UTF-8")
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return _read(path.name, reader)
    except csv.Error as error:
        raise Trouble(
            f"{path.name}, linje {reader.line_num}: kan ikke leses som CSV ({error}).",
            "Eksporter fila på nytt som CSV.",
        ) from error


def headings_of(path: Path) -> tuple[str, ...]:
    """The headings alone, without reading the rest."""
    with path.open("rb") as file:
        text = file.readline(MOST_HEADINGS).decode("utf-8-sig", errors="replace")
    return _headings(next(csv.reader([text], delimiter=_separator(text)), []))


def _separator(text: str) -> str:
    return max(";\t,", key=text.split("\n", 1)[0].count)


def _headings(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell.strip().lower() for cell in row)


def _read(name: str, reader: Any) -> Table:
    headings = _headings(next(reader, []))
    if len(headings) < 2:
        raise Trouble(
            f"{name} har ingen kolonner.", "Bruk semikolon mellom kolonner, og overskrifter øverst."
        )
    twice = [heading for heading in headings if heading and headings.count(heading) > 1]
    if twice:
        raise Trouble(f"{name} har to kolonner som heter «{twice[0]}».", "Gi dem hvert sitt navn.")
    rows, lines = [], []
    for row in reader:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(headings):
            raise Trouble(
                f"{name}, linje {reader.line_num}: {len(row)} felter, men {len(headings)} overskrifter.",
                "Rett linja, eller hent fila på nytt.",
            )
        rows.append(dict(zip(headings, row, strict=True)))
        lines.append(reader.line_num)
    if not rows:
        raise Trouble(f"{name} har overskrifter, men ingen rader.", "Sjekk at riktig fil er valgt.")
    return Table(name, headings, rows, lines)


def no_twins(table: Table, names: Sequence[str], what: str) -> None:
    """
    Raises:
        Trouble: the same id more than once, with the lines.
    """
    at: dict[str, list[int]] = defaultdict(list)
    for name, line in zip(names, table.lines, strict=True):
        at[name].append(line)
    twins = [f"{name} (linje {', '.join(map(str, lines))})" for name, lines in at.items() if len(lines) > 1]
    if twins:
        more = f" og {len(twins) - MOST_LINES_NAMED} til" if len(twins) > MOST_LINES_NAMED else ""
        raise Trouble(
            f"{table.name}: samme {what} står flere ganger: {', '.join(twins[:MOST_LINES_NAMED])}{more}.",
            "Fjern de overflødige radene.",
        )


def system_of(table: Table, said: str | None) -> str:
    """The coordinate system the file or the user says.

    Raises:
        Trouble: neither, or several in one file.
    """
    if said:
        return said
    column = table.has(SYSTEM)
    if column is None:
        raise no_system(table.name)
    systems = {row[column].strip() for row in table.rows}
    if len(systems) > 1:
        raise Trouble(f"{table.name} har flere koordinatsystemer: {', '.join(sorted(systems))}.", "Del fila.")
    return systems.pop()


@dataclass(frozen=True)
class Addresses:
    """ids, places [n, 2], areas, dwellings [n] and residents [n, groups]."""

    ids: list[str]
    xy: Floats
    areas: list[str]
    dwellings: Floats
    residents: Floats


def addresses(table: Table, policy: TownPolicy, report: Report) -> Addresses:
    """Matrikkelen's road addresses, from the access point (atkomst) where there is one.

    A municipality may add `boliger` and `beboere_<aldersgruppe>`.

    Raises:
        Trouble: a column missing, a number that is none, or an address twice.
    """
    north, east = table.column(NORTH, "nord"), table.column(EAST, "øst")
    key = table.column(("adresseid", "lokalid", "id"), "adressens id")
    ids = [row[key].strip() for row in table.rows]
    no_twins(table, ids, "adresse")
    access = "atkomstnord" in table.headings and "atkomstøst" in table.headings
    xy = np.empty((len(ids), 2))
    moved = 0
    for at, row in enumerate(table.rows):
        use = access and bool(row["atkomstnord"].strip()) and bool(row["atkomstøst"].strip())
        moved += use
        xy[at] = (
            table.number(at, "atkomstøst" if use else east),
            table.number(at, "atkomstnord" if use else north),
        )
    area = table.has(("tettsted", "tettstednavn", "poststed"))
    groups = [group.code for group in policy.age_groups]
    held = [(groups.index(code), RESIDENTS + code) for code in groups if RESIDENTS + code in table.headings]
    unknown = [
        name
        for name in table.headings
        if name.startswith(RESIDENTS) and name.removeprefix(RESIDENTS) not in groups
    ]
    if unknown:
        raise Trouble(
            f"{table.name}: det er ingen aldersgruppe for kolonnen {unknown[0]}.",
            f"Gruppene heter {', '.join(groups)}.",
        )
    residents = np.zeros((len(ids), len(groups)))
    for group, column in held:
        residents[:, group] = [_count(table, at, column) for at in range(len(ids))]
    dwellings = np.ones(len(ids))
    if "boliger" in table.headings:
        dwellings = np.array([_count(table, at, "boliger") for at in range(len(ids))])
    else:
        report.used.append("én bolig regnet på hver adresse, for fila har ingen kolonne «boliger»")
    report.used.append(f"{len(ids)} adresser, {moved} fra atkomstpunktet")
    if held:
        report.used.append(f"{residents.sum():.0f} beboere etter alder")
    return Addresses(
        ids, xy, [row[area].strip().title() if area else "" for row in table.rows], dwellings, residents
    )


def _count(table: Table, row: int, column: str) -> float:
    count = table.number(row, column) if table.rows[row][column].strip() else 0.0
    if count < 0:
        raise Trouble(f"{table.name}, linje {table.lines[row]}: {column} er mindre enn null.", "Rett tallet.")
    return count


@dataclass(frozen=True)
class ServiceRows:
    """One row for each entrance: id, name, category, place [n, 2] and where in the file."""

    ids: list[str]
    names: list[str]
    categories: list[str]
    xy: Floats
    places: list[str]


def services(table: Table, policy: TownPolicy, report: Report) -> ServiceRows:
    """Own services: id, kategori, navn, øst, nord; several rows of one id need an `inngang` each.

    Raises:
        Trouble: a column missing, an unknown category, a number that is none, or a service twice.
    """
    key, kind = table.column(("id",), "tilbudets id"), table.column(CATEGORY, "gjøremål")
    north, east = table.column(NORTH, "nord"), table.column(EAST, "øst")
    name, door = table.has(NAME), table.has(ENTRANCE)
    ids = [row[key].strip() for row in table.rows]
    doors = [row[door].strip() if door else "" for row in table.rows]
    no_twins(table, [f"{a} {b}".strip() for a, b in zip(ids, doors, strict=True)], "tilbud")
    codes = [row[kind].strip() for row in table.rows]
    places = [f"linje {line}" for line in table.lines]
    known_categories(table.name, codes, places, policy)
    xy = np.array([(table.number(at, east), table.number(at, north)) for at in range(len(ids))])
    report.used.append(f"{len(set(ids))} tilbud med {len(ids)} innganger")
    return ServiceRows(ids, [row[name].strip() if name else "" for row in table.rows], codes, xy, places)


def known_categories(name: str, codes: Sequence[str], places: Sequence[str], policy: TownPolicy) -> None:
    """
    Raises:
        Trouble: a category the policy does not have, with the place.
    """
    known = [category.code for category in policy.categories]
    for code, place in zip(codes, places, strict=True):
        if code not in known:
            near = messages.nearest(code, known)
            hint = f"Mente du {near}? " if near else ""
            raise Trouble(
                f"{name}, {place}: gjøremålet «{code}» finnes ikke.", f"{hint}Velg blant {', '.join(known)}."
            )
