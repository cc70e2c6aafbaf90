"""Delimited text: Statbank's own export (ISO-8859-1, `;`, a title line), csv from PxWebApi, and our own
layout.

Our layout is one row a figure: `municipality;year;age;sex;variant;persons`, in any order, sex and variant
optional. A wide table with ages down and years across is read too when the municipality is told.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable

import numpy as np

from trinnvis.planning.population.importing.cells import Cells, Dimension, dimension, role_of
from trinnvis.trouble import Trouble

FIGURE = ("persons", "personer", "value", "antall", "befolkning")
MISSING = (":", ".", "..", "...", "-", "")
TABLE = re.compile(r"\d{5}")
"""Statbank's csv with codes names the column of figures after the table."""
WIDE = re.compile(r"^(?P<content>.*?)\s*\b(?P<time>\d{4}\w*)$")
LAYOUT = "Egen fil skal ha kolonnene municipality, year, age, sex, variant og persons."


def read(text: str, name: str) -> Cells:
    """The figures of a delimited text.

    Raises:
        Trouble: with file and line, when a row or figure cannot be understood.
    """
    lines = text.splitlines()
    header_at, title = _header(lines, name)
    separator = _separator(lines[header_at])
    try:
        rows = list(csv.reader(io.StringIO("\n".join(lines[header_at:])), delimiter=separator))
    except csv.Error as error:
        raise Trouble(f"{name} er ikke gyldig csv ({error}).", "Hent fila på nytt.") from None
    header = [cell.strip() for cell in rows[0]]
    body = [
        (header_at + 1 + i, row) for i, row in enumerate(rows[1:], start=1) if any(c.strip() for c in row)
    ]
    if not body:
        raise Trouble(f"{name} har overskrifter, men ingen tall.", "Hent fila på nytt.")
    for line, row in body:
        if len(row) != len(header):
            raise Trouble(
                f"{name}, linje {line}: {len(row)} felt, men overskriften har {len(header)}.",
                "Fila er kuttet eller redigert. Hent den på nytt.",
            )
    roles = {i: role for i, column in enumerate(header) if (role := role_of(column))}
    figures = [i for i, column in enumerate(header) if column.lower() in FIGURE or TABLE.fullmatch(column)]
    wide = [i for i, column in enumerate(header) if i not in roles and WIDE.match(column)]
    named = [column for column in header if TABLE.fullmatch(column)]
    table = named[0] if named else (re.match(r"\s*(\d{5})\b", title) or [""])[0].strip()
    if len(figures) == 1 and "time" in roles.values():
        return _cells(name, title, table, body, header, roles, figures, {})
    if wide:
        return _cells(name, title, table, body, header, roles, wide, {i: header[i] for i in wide})
    raise Trouble(f"{name}, linje {header_at + 1}: fant ingen kolonne med tall.", LAYOUT)


def _cells(
    name: str,
    title: str,
    table: str,
    body: list[tuple[int, list[str]]],
    header: list[str],
    roles: dict[int, str],
    figures: list[int],
    across: dict[int, str],
) -> Cells:
    """One cell per row and figure column; `across` are column texts that hold content and time."""
    where = [(line, column) for line, _ in body for column in figures]
    dimensions = {
        role: _repeat(dimension([row[i].strip() for _, row in body]), len(figures))
        for i, role in roles.items()
    }
    if across:
        parts = {i: WIDE.match(text) for i, text in across.items()}
        found = {i: (m["content"], m["time"]) for i, m in parts.items() if m}
        dimensions["time"] = dimension([found[column][1] for _, column in where])
        if any(content for content, _ in found.values()):
            dimensions["content"] = dimension([found[column][0] for _, column in where])
    values = np.empty(len(where))
    signs: dict[int, str] = {}
    place = _placed(name, where, header)
    cell = 0
    for _, row in body:
        for column in figures:
            raw = row[column].strip()
            values[cell] = math.nan if raw in MISSING else _figure(raw, place(cell))
            if raw in MISSING:
                signs[cell] = raw
            cell += 1
    return Cells(title, table, None, dimensions, values, signs, place, bool(table))


def _placed(name: str, where: list[tuple[int, int]], header: list[str]) -> Callable[[int], str]:
    return lambda cell: f"{name}, linje {where[cell][0]}, kolonne «{header[where[cell][1]]}»"


def _repeat(found: Dimension, times: int) -> Dimension:
    return Dimension(found.codes, found.labels, np.repeat(found.at, times))


def _figure(raw: str, place: str) -> float:
    plain = raw.replace("\u00a0", "").replace(" ", "")
    try:
        return float(plain.replace(",", ".") if plain.count(",") == 1 and "." not in plain else plain)
    except ValueError:
        raise Trouble(f"{place}: «{raw}» er ikke et tall.", "Rett fila eller hent den på nytt.") from None


def _header(lines: list[str], name: str) -> tuple[int, str]:
    """Where the column names are, and the title above them."""
    title = ""
    for at, line in enumerate(lines[:10]):
        cells = next(csv.reader([line[:10_000]], delimiter=_separator(line[:10_000])), [])
        if len(cells) >= 2 and sum(role_of(c) is not None for c in cells) >= 1:
            return at, title
        if line.strip():
            title = title or line.strip().strip('"')
    raise Trouble(f"{name}: fant ingen linje med kolonnenavn som region, alder og år.", LAYOUT)


def _separator(line: str) -> str:
    bare = re.sub(r'"[^"]*"', "", line)
    return max(";\t,", key=bare.count)
