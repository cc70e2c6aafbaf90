"""What every reader of files delivers: figures, a code in each dimension, and where each stood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np

from trinnvis.planning.population.axes import Floats, Ints
from trinnvis.trouble import Trouble

LARGEST: Final = 60_000_000
"""Bytes of a file. A full answer from SSB (800,000 cells) is below 15 MB."""


def too_large(name: str, size: str) -> Trouble:
    return Trouble(
        f"{name} er for stor ({size}). Grensen er {LARGEST / 1e6:.0f} MB.",
        "Hent færre kommuner eller år om gangen.",
    )


@dataclass(frozen=True)
class Dimension:
    """codes: each once. labels: text beside each code (may be empty). at: [cell], index into codes."""

    codes: tuple[str, ...]
    labels: tuple[str, ...]
    at: Ints


@dataclass(frozen=True)
class Cells:
    """A file as figures.

    values: [cell], nan where there is none. signs: why a figure is missing, by cell (":" suppressed).
    place: where a cell stands, for error texts. from_codes: the file gave codes, not only texts.
    """

    title: str
    table: str
    updated: date | None
    dimensions: dict[str, Dimension]
    values: Floats
    signs: dict[int, str]
    place: Callable[[int], str]
    from_ssb: bool
    notes: list[str] = field(default_factory=list)


def dimension(texts: list[str]) -> Dimension:
    """One text per cell → codes in order of first appearance."""
    order: dict[str, int] = {}
    at = np.fromiter((order.setdefault(text, len(order)) for text in texts), dtype=np.int64, count=len(texts))
    return Dimension(tuple(order), ("",) * len(order), at)


ROLES: dict[str, tuple[str, ...]] = {
    "region": (
        "region",
        "kokkommuneregion0000",
        "municipality",
        "kommune",
        "code",
        "code_2020",
        "kommunenummer",
    ),
    "age": ("alder", "age"),
    "sex": ("kjonn", "kjønn", "sex"),
    "content": ("contentscode", "statistikkvariabel", "contents"),
    "time": ("tid", "år", "year", "time", "aar"),
    "variant": ("variant", "alternative", "alternativ"),
}
"""Dimension ids and column names we know, in lower case, by what they mean."""


def role_of(name: str) -> str | None:
    """What a dimension means, by its id; None for one we do not know."""
    return next((role for role, names in ROLES.items() if name.strip().lower() in names), None)
