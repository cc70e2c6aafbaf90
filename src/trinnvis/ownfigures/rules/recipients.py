"""Recipients (tjenestemottakere) by year, service group and age band, counted on 31 December.

What would make the level of the forecast wrong is refused: persons counted twice, ages counted twice or
not at all, totals that do not agree. What is hidden stays hidden.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from trinnvis.marking import gettext_noop as _
from trinnvis.ownfigures.rules.ages import ALL, BANDS, Ages, overlapping, read_ages
from trinnvis.ownfigures.rules.cells import amount_of, count_of
from trinnvis.ownfigures.rules.codes import GROUPS, NOT_USED
from trinnvis.ownfigures.rules.faults import RowFault
from trinnvis.ownfigures.rules.found import Dated, Found, placed, repeated, seems_of_persons
from trinnvis.ownfigures.rules.kinds import Counted, Unit
from trinnvis.ownfigures.rules.mapping import SPLIT, Mapping
from trinnvis.ownfigures.rules.records import Record
from trinnvis.ownfigures.rules.rows import OwnRow
from trinnvis.ownfigures.rules.words import meaning_of

Split = Callable[[str, int, Ages], Map[str, Decimal] | None]
"""(service group, year, ages) → band → its share of the users; None where nobody can say."""

WEEKS: Final = 52
FEW: Final = 20
"""So many rows of one recipient each, alike, is a list of persons."""

TENTH: Final = Decimal("0.1")
DASH: Final = "–"


@dataclass(frozen=True)
class Line:
    """One row of the file understood. users: None is hidden.
    rest: what else tells rows apart, as sex does."""

    year: int
    group: str
    ages: Ages
    users: int | None
    hours: Decimal | None
    record: Record
    rest: tuple[str, ...]

    @property
    def kin(self) -> tuple[object, ...]:
        """What rows share that are of the same service and the same part of the file."""
        return self.year, self.record.text("service"), self.rest


def recipient_rows(records: Dated, mapping: Mapping, split: Split) -> Found:
    faults: list[RowFault] = []
    lines: list[Line] = []
    left = 0
    for year, record in records:
        if meaning_of("service", record.text("service"), mapping) == NOT_USED:
            left += 1
        elif isinstance(found := _line(year, record, mapping), Line):
            lines.append(found)
        else:
            faults += found
    lines = _without_remarks(lines)
    again = list(repeated([((*line.kin, line.ages), line.record) for line in lines]))
    if len(again) >= FEW and all(line.users == 1 for line in lines):
        return Found((), (seems_of_persons(_("mottaker")),))
    faults += [*again, *_not_at_year_end(mapping), *_twice_counted(lines, mapping), *_ages_amiss(lines)]
    if faults:
        return Found((), tuple(faults), left)
    rows, wrong = _summed(lines, split)
    return Found(rows, (*wrong, *_totals_amiss(rows, lines)), left)


def _without_remarks(lines: list[Line]) -> list[Line]:
    """Where year, service and age tell the rows apart, other columns hold remarks, not parts of people."""
    if len({(line.year, line.record.text("service"), line.ages) for line in lines}) < len(lines):
        return lines
    return [replace(line, rest=()) for line in lines]


def _line(year: int, record: Record, mapping: Mapping) -> Line | list[RowFault]:
    faults: list[RowFault] = []
    service, age = record.text("service"), record.text("age")
    group, ages = meaning_of("service", service, mapping), read_ages(age)
    if group not in GROUPS:
        fault = RowFault(
            _("Tjenesten eller koden «%(text)s» er ikke koblet til noe i framskrivingen."),
            _("Velg hva den svarer til, eller at den ikke skal være med."),
            values={"text": service[:60]},
        )
        faults.append(placed(fault, record, "service"))
    if ages is None:
        fault = RowFault(
            _("«%(text)s» er ikke en aldersgruppe."),
            _("Skriv for eksempel 0-66, 67-79 og 80+."),
            values={"text": age[:40]},
        )
        faults.append(placed(fault, record, "age"))
    elif ages.band is None and mapping.values.get("age", {}).get(age) != SPLIT:
        fault = RowFault(
            _("Aldersgruppen %(text)s går over grensene ved 67 og 80 år."),
            _("Bruk grupper som holder seg innenfor, eller velg at gruppen skal deles etter landets bruk."),
            values={"text": age[:40]},
        )
        faults.append(placed(fault, record, "age"))
    users = count_of(record.cells.get("users", ""))
    if isinstance(users, RowFault):
        faults.append(placed(users, record, "users"))
    hours = _hours(record, mapping)
    if isinstance(hours, RowFault):
        faults.append(placed(hours, record, "hours"))
    if faults or ages is None or isinstance(users, RowFault) or isinstance(hours, RowFault):
        return faults
    return Line(year, group, ages, users, hours, record, record.rest)


def _hours(record: Record, mapping: Mapping) -> Decimal | RowFault | None:
    """Hours in the year; None where none are told."""
    if "hours" not in mapping.columns or record.text("hours") in ("", ":", DASH):
        return None
    hours = amount_of(record.cells.get("hours", ""), signed=False)
    if isinstance(hours, RowFault):
        return hours
    return hours * WEEKS if mapping.unit is Unit.PER_WEEK else hours


def _not_at_year_end(mapping: Mapping) -> Iterator[RowFault]:
    if mapping.counted != Counted.AT_YEAR_END:
        yield RowFault(
            _("Det er ikke sagt at brukerne er telt 31. desember."),
            _("Framskrivingen regner med dem som har tjenesten den dagen. Ta ut tallene slik, og velg det."),
        )


def _twice_counted(lines: list[Line], mapping: Mapping) -> Iterator[RowFault]:
    """Whoever has two services of a group is one user; sums of services count such a person twice."""
    first: dict[tuple[int, str], str] = {}
    told: set[str] = set()
    for line in lines:
        text = line.record.text("service")
        other = first.setdefault((line.year, line.group), text)
        if other != text and not mapping.adds_up and line.group not in told:
            told.add(line.group)
            yield RowFault(
                _("«%(one)s» og «%(other)s» går til samme gruppe. Den som har begge, telles to ganger."),
                _("Ta ut tallene for gruppen samlet, eller kryss av for at ingen er telt to ganger."),
                line.record.line,
                line.record.column("service"),
                {"one": other[:40], "other": text[:40]},
            )


def _ages_amiss(lines: list[Line]) -> Iterator[RowFault]:
    by_kin: dict[tuple[object, ...], list[Line]] = defaultdict(list)
    for line in lines:
        if line.ages.band != ALL:
            by_kin[line.kin].append(line)
    for kin in by_kin.values():
        ages = [line.ages for line in kin]
        where = kin[0].record
        if both := overlapping(ages):
            values = {"one": _told(both[0]), "other": _told(both[1])}
            fault = RowFault(
                _("Aldersgruppene %(one)s og %(other)s overlapper. Noen telles to ganger."),
                _("Bruk grupper som ikke overlapper."),
                values=values,
            )
            yield placed(fault, where, "age")
        elif any(one.first != one.last for one in ages) and (hole := _hole(ages)):
            fault = RowFault(
                _("Aldersgruppene dekker bare en del av %(band)s år: %(hole)s mangler."),
                _("Legg til en rad for dem, med 0 når ingen har tjenesten."),
                values={"band": hole[0], "hole": hole[1]},
            )
            yield placed(fault, where, "age")


def _hole(ages: list[Ages]) -> tuple[str, str] | None:
    """The band that is only partly there, and the first ages it lacks."""
    for band, (first, last) in BANDS.items():
        mine = sorted(one.parts[band] for one in ages if band in one.parts)
        if not mine:
            continue
        expected = first
        for begins, ends in mine:
            if begins > expected:
                return band, _told(Ages(expected, begins - 1))
            expected = ends + 1
        if expected <= last:
            return band, _told(Ages(expected, last))
    return None


def _summed(lines: list[Line], split: Split) -> tuple[tuple[OwnRow, ...], list[RowFault]]:
    users: dict[tuple[int, str, str], list[Decimal | None]] = defaultdict(list)
    hours: dict[tuple[int, str, str], list[Decimal | None]] = defaultdict(list)
    derived: set[tuple[int, str, str]] = set()
    faults = []
    for line in lines:
        shares: Map[str, Decimal] | None = {line.ages.band: Decimal(1)} if line.ages.band else None
        if shares is None:
            shares = split(line.group, line.year, line.ages)
        if shares is None:
            fault = RowFault(
                _("Aldersgruppen %(text)s kan ikke deles i %(year)s: folketallet er ikke kjent."),
                _("Bruk aldersgrupper som holder seg innenfor grensene."),
                values={"text": _told(line.ages), "year": line.year},
            )
            faults.append(placed(fault, line.record, "age"))
            continue
        for band, part in _parts(line.users, shares).items():
            place = line.year, line.group, band
            users[place].append(part)
            hours[place].append(None if line.hours is None else line.hours * shares[band])
            if not line.ages.band:
                derived.add(place)
    rows = tuple(
        OwnRow(place[0], place[1:], (_sum(found), _sum(hours[place])), place in derived)
        for place, found in sorted(users.items())
    )
    return rows, faults


def _parts(users: int | None, shares: Map[str, Decimal]) -> dict[str, Decimal | None]:
    """Users by band to a tenth, adding up to what was there: the last band takes what rounding leaves."""
    if users is None:
        return dict.fromkeys(shares)
    *others, last = shares
    parts: dict[str, Decimal | None] = {band: (users * shares[band]).quantize(TENTH) for band in others}
    parts[last] = users - sum((part for part in parts.values() if part is not None), Decimal())
    return parts


def _sum(found: list[Decimal | None]) -> Decimal | None:
    """None where any part is hidden."""
    known = [value for value in found if value is not None]
    return sum(known, Decimal()) if len(known) == len(found) else None


def _totals_amiss(rows: tuple[OwnRow, ...], lines: list[Line]) -> Iterator[RowFault]:
    held = {(row.year, *row.keys): row.values[0] for row in rows}
    for (year, group, band), total in held.items():
        if band != ALL or total is None:
            continue
        parts = [held.get((year, group, other)) for other in BANDS]
        known = sum((part for part in parts if part is not None), Decimal())
        if known > total or (None not in parts and known != total):
            where = next(
                line.record for line in lines if (line.year, line.group, line.ages.band) == (year, group, ALL)
            )
            fault = RowFault(
                _("Totalen er %(total)s, men aldersgruppene er til sammen %(sum)s."),
                _("Rett tallene slik at de stemmer, eller fjern raden med totalen."),
                values={"total": total, "sum": known},
            )
            yield placed(fault, where, "users")


def _told(ages: Ages) -> str:
    return f"{ages.first}+" if ages.last == BANDS["80+"][1] else f"{ages.first}–{ages.last}"
