"""What a file's columns and words stand for (kobling): suggested, changed, kept for next year."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from trinnvis.ownfigures.rules.ages import read_ages
from trinnvis.ownfigures.rules.kinds import ACROSS, AGE, FIELDS, NUMBER, YEAR, Counted, Field, Kind, Unit

LOOK_FOR_HEADINGS: Final = 20
SPLIT: Final = "split"
"""The meaning of an age group that crosses a border, when it is to be shared out."""

PLANNED: Final = re.compile(r"budsjett|prognose|plan\b", re.I)


@dataclass(frozen=True)
class Mapping:
    """heading_row: its line. columns: field → heading. across: the field that is headings, "" for none.

    fixed: field → one value for the whole file. values: field → text in the file → what it stands for.
    unit: of kroner or hours. adds_up: whoever has several services of a group is counted once in the file.
    """

    kind: Kind
    heading_row: int = 1
    columns: Map[str, str] = field(default_factory=dict)
    across: str = ""
    fixed: Map[str, str] = field(default_factory=dict)
    values: Map[str, Map[str, str]] = field(default_factory=dict)
    unit: Unit = Unit.ONE
    counted: str = ""
    adds_up: bool = False

    def as_json(self) -> dict[str, Any]:
        """Plain values; `from_json` gives the same mapping back."""
        return {
            "kind": str(self.kind),
            "heading_row": self.heading_row,
            "columns": dict(self.columns),
            "across": self.across,
            "fixed": dict(self.fixed),
            "values": {name: dict(held) for name, held in self.values.items()},
            "unit": str(self.unit),
            "counted": self.counted,
            "adds_up": self.adds_up,
        }

    @classmethod
    def from_json(cls, said: Map[str, Any]) -> Mapping:
        return cls(**{**said, "kind": Kind(said["kind"]), "unit": Unit(said["unit"])})


def labels(table: Sequence[Sequence[str]], heading_row: int) -> list[str]:
    """A name for every column, none twice: its heading, and the letter where that is not enough."""
    width = max((len(row) for row in table), default=0)
    headings = list(table[heading_row - 1]) if 0 < heading_row <= len(table) else []
    plain = [" ".join(cell.split()) for cell in [*headings, *[""] * (width - len(headings))]]
    return [
        f"{text or 'Kolonne'} ({letters(at)})" if not text or plain.count(text) > 1 else text
        for at, text in enumerate(plain)
    ]


def letters(at: int) -> str:
    """The column's letters in a spreadsheet: 0 is A, 26 is AA."""
    text = ""
    at += 1
    while at:
        at, left = divmod(at - 1, 26)
        text = chr(ord("A") + left) + text
    return text


def across_columns(names: Sequence[str], mapping: Mapping) -> dict[int, str]:
    """The columns of a wide table: place → the year or age group in the heading."""
    taken = set(mapping.columns.values())
    found = {}
    for at, name in enumerate(names):
        if name not in taken and (value := _across_value(mapping.across, name)):
            found[at] = value
    return found


def _across_value(across: str, heading: str) -> str:
    if across == YEAR.name:
        years = re.findall(r"(?<![0-9])20[0-9]{2}(?![0-9])", heading)
        return years[0] if len(years) == 1 and not PLANNED.search(heading) else ""
    return heading if across == AGE.name and read_ages(heading) else ""


def suggest(kind: Kind, table: Sequence[Sequence[str]], remembered: Mapping | None = None) -> Mapping:
    """Last year's mapping where its headings are in the file, else a guess from the headings' words.

    When recipients were counted is for each file to say: it is taken from the headings alone.
    """
    rows = range(1, min(len(table), LOOK_FOR_HEADINGS) + 1)
    if remembered is not None:
        for row in rows:
            if set(remembered.columns.values()) <= set(labels(table, row)):
                again = replace(remembered, heading_row=row, fixed={})
                return replace(again, counted=_counted(kind, _heading_words(table, row)))
    guesses = [_guess(kind, labels(table, row), row) for row in rows] or [Mapping(kind)]
    best = max(guesses, key=lambda guess: (len(guess.columns) + bool(guess.across), -guess.heading_row))
    words = _heading_words(table, best.heading_row)
    unit = best.unit
    if kind is Kind.ACCOUNTS and re.search(r"1\s?000|tusen", words):
        unit = Unit.THOUSAND
    elif kind is Kind.RECIPIENTS:
        unit = Unit.PER_WEEK if "uke" in best.columns.get("hours", "").casefold() else Unit.PER_YEAR
    return replace(best, unit=unit, counted=_counted(kind, words))


def _heading_words(table: Sequence[Sequence[str]], row: int) -> str:
    return " ".join(" ".join(cells) for cells in table[:row]).casefold()


def _counted(kind: Kind, words: str) -> str:
    at_year_end = kind is Kind.RECIPIENTS and re.search(r"31\.?\s?(12|des)", words)
    return str(Counted.AT_YEAR_END) if at_year_end else ""


def _guess(kind: Kind, names: Sequence[str], row: int) -> Mapping:
    hits = sorted(
        (-score, at, field.name, name)
        for field in FIELDS[kind]
        for name in names
        for score, at in [_likeness(field, name)]
        if score
    )
    columns: dict[str, str] = {}
    for _score, _at, of, name in hits:
        if of not in columns and name not in columns.values():
            columns[of] = name
    for one in ACROSS[kind]:
        if columns and one.name not in columns:
            tried = Mapping(
                kind, row, {of: name for of, name in columns.items() if of != NUMBER[kind].name}, one.name
            )
            if len(across_columns(names, tried)) > 1:
                return tried
    return Mapping(kind, row, columns)


def _likeness(field: Field, name: str) -> tuple[int, int]:
    """(2 for the same, 1 for a word in it, 0; the place of the word among those looked for)."""
    plain = name.casefold()
    if plain == field.heading.casefold():
        return 3, 0
    for at, alias in enumerate(field.aliases):
        if plain == alias:
            return 2, at
    for at, alias in enumerate(field.aliases):
        if re.search(rf"\b{re.escape(alias)}" + (r"\b" if len(alias) < 4 else ""), plain):
            return 1, at
    return 0, 0
