"""A table laid out as the mapping says: one record for each number, long and wide tables alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from trinnvis.marking import gettext_noop as _
from trinnvis.ownfigures.rules.ages import ALL_WORDS
from trinnvis.ownfigures.rules.cells import Cell, plain_text
from trinnvis.ownfigures.rules.faults import RowFault
from trinnvis.ownfigures.rules.kinds import FIELDS, NUMBER
from trinnvis.ownfigures.rules.mapping import Mapping, across_columns, labels

SUM_WORDS: Final = ALL_WORDS | {"begge kjønn", "sum kommunen", "hele kommunen"}


@dataclass(frozen=True)
class Record:
    """One number with what it is about. cells: field → cell. columns: field → heading.

    rest: the cells of columns that stand for nothing, by which rows that else are alike differ.
    """

    line: int
    cells: dict[str, Cell]
    columns: dict[str, str]
    rest: tuple[str, ...]

    def text(self, field: str) -> str:
        return plain_text(self.cells.get(field, ""))

    def column(self, field: str) -> str:
        return self.columns.get(field, "")


def faults_of(table: Sequence[Sequence[str]], mapping: Mapping) -> Iterator[RowFault]:
    """What must be chosen before any row can be read."""
    names = labels(table, mapping.heading_row)
    across = mapping.across
    number = NUMBER[mapping.kind].name
    for field in FIELDS[mapping.kind]:
        column = mapping.columns.get(field.name)
        given = (
            bool(mapping.fixed.get(field.name)) or field.name == across or (across and field.name == number)
        )
        if column and column not in names:
            yield RowFault(
                _("Kolonnen «%(column)s» finnes ikke i fila."),
                _("Velg en annen kolonne."),
                values={"column": column},
            )
        elif field.required and not column and not given:
            yield RowFault(
                _("Ingen kolonne er valgt for «%(field)s»."),
                _("Velg kolonnen, eller legg den til i fila."),
                values={"field": field.heading},
            )
    if across and not across_columns(names, mapping):
        yield RowFault(
            _("Ingen overskrift på linje %(row)s er et år eller en aldersgruppe."),
            _("Velg riktig overskriftslinje, eller at hver rad har ett tall."),
            values={"row": mapping.heading_row},
        )
    used = [name for name in mapping.columns.values() if name]
    for name in sorted({name for name in used if used.count(name) > 1}):
        yield RowFault(
            _("Kolonnen «%(column)s» er valgt to ganger."),
            _("Velg én kolonne til hvert felt."),
            values={"column": name},
        )


def records_of(table: Sequence[Sequence[Cell]], mapping: Mapping) -> tuple[list[Record], int]:
    """Every number below the headings, and how many rows of sums were passed over."""
    texts = [[plain_text(cell) for cell in row] for row in table]
    names = labels(texts, mapping.heading_row)
    places = {field: names.index(name) for field, name in mapping.columns.items() if name}
    wide = across_columns(names, mapping) if mapping.across else {}
    number = NUMBER[mapping.kind].name
    if wide:
        places.pop(number, None)
    free = [at for at in range(len(names)) if at not in places.values() and at not in wide]
    summed = _columns_with_sums(texts[mapping.heading_row :], free)
    found, passed = [], 0
    for line, row in enumerate(table[mapping.heading_row :], start=mapping.heading_row + 1):
        text = texts[line - 1]
        if not any(text):
            continue
        if _is_sum(text, summed, places):
            passed += 1
            continue
        cells: dict[str, Cell] = {**mapping.fixed, **{f: _at(row, at) for f, at in places.items()}}
        columns = {field: names[at] for field, at in places.items()}
        rest = tuple(text[at] if at < len(text) else "" for at in free)
        if not wide:
            found.append(Record(line, cells, columns, rest))
        for at, value in wide.items():
            more = {mapping.across: value, number: _at(row, at)}
            found.append(Record(line, cells | more, columns | dict.fromkeys(more, names[at]), rest))
    return found, passed


def _at(row: Sequence[Cell], at: int) -> Cell:
    return row[at] if at < len(row) else ""


def _columns_with_sums(texts: Sequence[Sequence[str]], free: Sequence[int]) -> list[int]:
    """Columns that stand for nothing where some cells are sums of the others («Begge kjønn»)."""
    found = []
    for at in free:
        values = {row[at].casefold() for row in texts if at < len(row) and row[at]}
        if values & SUM_WORDS and values - SUM_WORDS:
            found.append(at)
    return found


def _is_sum(text: Sequence[str], summed: Sequence[int], places: dict[str, int]) -> bool:
    if any(at < len(text) and text[at].casefold() in SUM_WORDS for at in summed):
        return True
    keyed = [places[name] for name in ("year", "unit", "profession") if name in places]
    return any(at < len(text) and text[at].casefold() in SUM_WORDS for at in keyed)
