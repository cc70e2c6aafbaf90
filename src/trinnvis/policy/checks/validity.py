"""Rows valid in time: no two at once, and no holes where an answer is needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from trinnvis.policy.draft import Draft
from trinnvis.policy.faults import Path, Problem
from trinnvis.policy.model import CodeList, DeadlineRule, LegalBasis, Price
from trinnvis.policy.provenance import Dated

Rows = list[tuple[Path, Dated]]


def ends_after_start(draft: Draft) -> Iterator[Problem]:
    for path, row in draft.rows(Dated):
        if row.valid_to is not None and row.valid_to < row.valid_from:
            yield Problem(
                (*path, "valid_to"),
                f"Raden slutter {row.valid_to}, før den begynner {row.valid_from}.",
                "Rett datoene, eller fjern «valid_to» om raden gjelder inntil videre.",
            )


def one_row_at_a_time(draft: Draft) -> Iterator[Problem]:
    for rows in _in_time(draft):
        for (first_path, first), (path, row) in pairwise(rows):
            if first.valid_to is None or first.valid_to >= row.valid_from:
                place = draft.places.get(first_path)
                where = f" ({place.file}, linje {place.line})" if place else ""
                yield Problem(
                    (*path, "valid_from"),
                    f"Raden gjelder samtidig med en annen rad om det samme{where}.",
                    f"La den første slutte senest {row.valid_from - timedelta(days=1)}, eller flytt denne."
                    if first.valid_from < row.valid_from
                    else "De to begynner samme dag: slett den ene eller flytt den.",
                )


def no_holes_in_time(draft: Draft) -> Iterator[Problem]:
    """A price may be absent for a time; a deadline, a legal basis, a code list or a work year may not."""
    for rows in _in_time(draft):
        for (_, first), (path, row) in pairwise(rows):
            if isinstance(row, Price) or first.valid_to is None:
                continue
            if (row.valid_from - first.valid_to).days > 1:
                yield Problem(
                    (*path, "valid_from"),
                    f"Ingen rad gjelder mellom {first.valid_to} og {row.valid_from}.",
                    f"La raden gjelde fra {first.valid_to + timedelta(days=1)}, eller gi den en egen kode.",
                )


def _in_time(draft: Draft) -> Iterator[Rows]:
    """Dated rows about the same thing, by start; rows that end before they begin are left out."""
    groups: dict[tuple[str, ...], Rows] = defaultdict(list)
    for path, row in draft.rows(Dated):
        if row.valid_to is None or row.valid_to >= row.valid_from:
            groups[(str(path[0]), *_about(row))].append((path, row))
    for rows in groups.values():
        yield sorted(rows, key=lambda item: item[1].valid_from)


def _about(row: Dated) -> tuple[str, ...]:
    match row:
        case Price():
            return row.service, row.unit
        case LegalBasis() | DeadlineRule() | CodeList():
            return (row.code,)
    return ()
