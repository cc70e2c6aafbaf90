"""A whole file by its mapping: the rows it gives, or every reason why it gives none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from trinnvis.marking import gettext_noop as _
from trinnvis.ownfigures.rules.accounts import account_rows
from trinnvis.ownfigures.rules.cells import Cell, plain_text, year_of
from trinnvis.ownfigures.rules.faults import RowFault
from trinnvis.ownfigures.rules.found import placed
from trinnvis.ownfigures.rules.kinds import Kind
from trinnvis.ownfigures.rules.mapping import Mapping
from trinnvis.ownfigures.rules.recipients import Split, recipient_rows
from trinnvis.ownfigures.rules.records import Record, faults_of, records_of
from trinnvis.ownfigures.rules.rows import OwnRow
from trinnvis.ownfigures.rules.staff import staff_rows
from trinnvis.ownfigures.rules.words import Asked, asked_of

NO_ROWS = RowFault(
    _("Fila har ingen rader med tall under overskriftene."), _("Velg riktig overskriftslinje.")
)


@dataclass(frozen=True)
class Read:
    """rows: none where there are faults. asked: texts whose meaning the planner may set. passed: rows of
    sums, and left: rows that stand for what the table does not hold, neither of them taken in."""

    rows: tuple[OwnRow, ...] = ()
    faults: tuple[RowFault, ...] = ()
    asked: tuple[Asked, ...] = field(default=())
    passed: int = 0
    left: int = 0
    hidden: int = 0


def read_figures(table: Sequence[Sequence[Cell]], mapping: Mapping, *, this_year: int, split: Split) -> Read:
    """this_year: no year after it is taken. split: how an age group that crosses a border is shared out."""
    texts = [[plain_text(cell) for cell in row] for row in table]
    if faults := tuple(faults_of(texts, mapping)):
        return Read(faults=faults)
    records, passed = records_of(table, mapping)
    if not records:
        return Read(faults=(NO_ROWS,), passed=passed)
    asked = asked_of(records, mapping)
    dated, wrong = _dated(records, this_year)
    if mapping.kind is Kind.RECIPIENTS:
        found = recipient_rows(dated, mapping, split)
    elif mapping.kind is Kind.ACCOUNTS:
        found = account_rows(dated, mapping)
    else:
        found = staff_rows(dated)
    faults = tuple(sorted((*wrong, *found.faults), key=lambda fault: fault.line))
    if not faults and not found.rows:
        faults = (NO_ROWS,)
    hidden = sum(row.values[0] is None for row in found.rows)
    return Read(() if faults else found.rows, faults, asked, passed, found.left, hidden)


def _dated(records: Sequence[Record], this_year: int) -> tuple[list[tuple[int, Record]], list[RowFault]]:
    dated, faults = [], []
    for record in records:
        year = year_of(record.cells.get("year", ""), this_year)
        if isinstance(year, RowFault):
            faults.append(placed(year, record, "year"))
        else:
            dated.append((year, record))
    return dated, faults
