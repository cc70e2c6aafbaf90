"""What the rules of each table answer with, and what they share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from trinnvis.marking import gettext_noop as _
from trinnvis.ownfigures.rules.faults import RowFault
from trinnvis.ownfigures.rules.records import Record
from trinnvis.ownfigures.rules.rows import OwnRow

Dated = Sequence[tuple[int, Record]]


@dataclass(frozen=True)
class Found:
    """left: rows of the file that stand for what the table does not hold."""

    rows: tuple[OwnRow, ...]
    faults: tuple[RowFault, ...]
    left: int = 0


def placed(fault: RowFault, record: Record, of: str) -> RowFault:
    """The fault on its line and in its column."""
    return replace(fault, line=record.line, column=record.column(of))


def repeated(keyed: Sequence[tuple[tuple[object, ...], Record]]) -> Iterator[RowFault]:
    """A fault on every row that says again what an earlier one has said."""
    first: dict[tuple[object, ...], int] = {}
    for key, record in keyed:
        if key in first:
            yield RowFault(
                _("Raden står alt på linje %(first)s."),
                _("Fjern den ene, eller slå dem sammen til én rad."),
                record.line,
                values={"first": first[key]},
            )
        first.setdefault(key, record.line)


def seems_of_persons(what: str) -> RowFault:
    """Refuses a file with a row for each person."""
    return RowFault(
        _("Fila ser ut til å ha én rad for hver %(what)s."),
        _("Lag en sammenstilling med summer. Trinnvis tar bare imot tall for grupper."),
        values={"what": what},
    )
