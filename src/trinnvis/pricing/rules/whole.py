"""A whole list read from rows of a file: all of it, or nothing and a report of every line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from trinnvis.policy.model import Policy, PriceRow
from trinnvis.resources.price_book import RowKey, key_of

from .faults import RowFault
from .faults import gettext_noop as _
from .typed import Typed, read_row

NumberedRow = tuple[int, Typed]  # the line of the file, counted as the reader sees it, and its cells


def read_rows(
    rows: Iterable[NumberedRow], policy: Policy
) -> tuple[tuple[PriceRow, ...], tuple[RowFault, ...]]:
    """Every sound row and every fault with its line; a list with any fault is not to be taken in."""
    found: dict[RowKey, PriceRow] = {}
    lines: dict[RowKey, int] = {}
    faults: list[RowFault] = []
    for line, typed in rows:
        row, wrong = read_row(typed, policy)
        faults += [replace(fault, line=line) for fault in wrong]
        if row is None:
            continue
        key = key_of(row)
        if key in found:
            message = _("Tjenesten «%(code)s» står også på linje %(first)s. Behold én av dem.")
            faults.append(RowFault("service", message, {"code": row.service, "first": lines[key]}, line))
            continue
        found[key], lines[key] = row, line
    if not found and not faults:
        faults.append(RowFault("", _("Fila har ingen prisrader.")))
    return tuple(found.values()), tuple(faults)
