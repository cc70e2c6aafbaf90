"""Own tables as files: what stands now, or a form to fill in; what is written can be read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from trinnvis.ownfigures.published import published_users
from trinnvis.ownfigures.queries import Version
from trinnvis.ownfigures.rules.ages import ALL, BANDS
from trinnvis.ownfigures.rules.codes import functions, group_titles
from trinnvis.ownfigures.rules.kinds import FIELDS, Kind
from trinnvis.ownfigures.rules.rows import OwnRow
from trinnvis.tabular import Cell, as_csv, as_xlsx

HIDDEN = ":"
EVERYBODY = "Alle"
TITLES = {Kind.RECIPIENTS: "Tjenestemottakere", Kind.ACCOUNTS: "Regnskap", Kind.STAFF: "Årsverk"}


@dataclass(frozen=True)
class Sheet:
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell | int | None, ...], ...]

    def as_file(self, ending: str) -> bytes:
        """`ending`: "csv" or "xlsx"."""
        if ending == "xlsx":
            return as_xlsx(self.title, self.headings, self.rows)
        return as_csv(self.headings, self.rows)


def sheet(kind: Kind, municipality: str, held: Version | None, year: int) -> Sheet:
    """The table that stands, or where there is none a form for `year`, filled in with what is published."""
    headings = tuple(field.heading for field in FIELDS[kind])
    rows = held.rows if held and held.rows else ()
    cells = [_cells(kind, row) for row in rows] if rows else _blank(kind, municipality, year)
    return Sheet(TITLES[kind], headings, tuple(cells))


def _cells(kind: Kind, row: OwnRow) -> tuple[Cell | int | None, ...]:
    if kind is not Kind.RECIPIENTS:
        return (row.year, *row.keys, *row.values)
    (service, band), (users, hours) = row.keys, row.values
    return (row.year, group_titles()[service], _age(band), HIDDEN if users is None else users, hours)


def _blank(kind: Kind, municipality: str, year: int) -> Sequence[tuple[Cell | int | None, ...]]:
    if kind is Kind.ACCOUNTS:
        return [(year, f"{each.code} {each.title}", "", None) for each in functions()]
    if kind is Kind.STAFF:
        return [(year, "", "", None)]
    rows: list[tuple[Cell | int | None, ...]] = []
    for service, title in group_titles().items():
        known = published_users(municipality, service, year)
        for band in BANDS:
            users = known.get(band)
            rows.append((year, title, _age(band), None if users is None else Decimal(round(users)), None))
    return rows


def _age(band: str) -> str:
    return EVERYBODY if band == ALL else band
