"""Reads of own figures. They hold sums, so all who read plans may; drafts are their maker's own."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from trinnvis import formats
from trinnvis.access.actor import Actor
from trinnvis.ownfigures.errors import NotFound
from trinnvis.ownfigures.models import FileDraft, OwnFigures
from trinnvis.ownfigures.packing import unpacked
from trinnvis.ownfigures.rules.ages import Ages
from trinnvis.ownfigures.rules.kinds import Kind
from trinnvis.ownfigures.rules.mapping import Mapping
from trinnvis.ownfigures.rules.reading import Read, read_figures
from trinnvis.ownfigures.rules.reconciling import staff_to_compare
from trinnvis.ownfigures.rules.rows import OwnRow
from trinnvis.planning.demand.levels import expected
from trinnvis.planning.demand.own import OwnUse, Used
from trinnvis.planning.population.shipped import figures
from trinnvis.tabular import Cells


@dataclass(frozen=True)
class Version:
    """A version of a table for those above. file_name "" where it takes an earlier one back."""

    municipality: str
    kind: Kind
    revision: int
    rows: tuple[OwnRow, ...]
    file_name: str
    file_hash: str
    restores: int | None
    saved_by: str
    saved_at: datetime

    @property
    def years(self) -> list[int]:
        return sorted({row.year for row in self.rows})

    @property
    def source(self) -> str:
        """Where its figures come from, for under a figure."""
        return f"kommunens eget uttrekk, {formats.short_date(self.saved_at)} (utgave {self.revision})"


@dataclass(frozen=True)
class Draft:
    """A file being looked over."""

    key: UUID
    municipality: str
    kind: Kind
    file_name: str
    file_hash: str
    table: list[Cells]
    mapping: Mapping


def versions(municipality: str, kind: Kind) -> list[Version]:
    """Every version, newest first."""
    found = OwnFigures.objects.filter(municipality=municipality, kind=kind).select_related("saved_by")
    return [_version(one) for one in found.order_by("-revision")]


def newest(municipality: str, kind: Kind) -> Version | None:
    found = OwnFigures.objects.filter(municipality=municipality, kind=kind).select_related("saved_by")
    one = found.order_by("revision").last()
    return _version(one) if one else None


def version(municipality: str, kind: Kind, revision: int) -> Version:
    """
    Raises:
        NotFound: there is none.
    """
    found = OwnFigures.objects.filter(municipality=municipality, kind=kind, revision=revision)
    one = found.select_related("saved_by").first()
    if one is None:
        raise NotFound(revision)
    return _version(one)


def remembered_mapping(municipality: str, kind: Kind) -> Mapping | None:
    """What the columns of the last file taken in stood for."""
    found = OwnFigures.objects.filter(municipality=municipality, kind=kind, restores=None)
    one = found.order_by("revision").last()
    return Mapping.from_json(one.mapping) if one else None


def draft_of(key: UUID, actor: Actor) -> Draft:
    """
    Raises:
        NotFound: there is none, or it is another's.
    """
    found = FileDraft.objects.filter(pk=key, made_by_id=actor.account_id).first()
    if found is None:
        raise NotFound(key)
    return Draft(
        found.key,
        found.municipality,
        Kind(found.kind),
        found.file_name,
        found.file_hash,
        unpacked(bytes(found.table)),
        Mapping.from_json(found.mapping),
    )


def revision_of_draft(key: UUID, actor: Actor) -> int | None:
    """The version a draft has already become, by a second click; None if it has not."""
    found = OwnFigures.objects.filter(draft=key, saved_by_id=actor.account_id).first()
    return found.revision if found else None


def read_draft(draft: Draft, this_year: int) -> Read:
    return read_table_of(draft.municipality, draft.table, draft.mapping, this_year)


def read_table_of(municipality: str, table: list[Cells], mapping: Mapping, this_year: int) -> Read:
    """A file by its mapping; age groups are shared out by Norway's use and the municipality's people."""

    def split(group: str, year: int, ages: Ages) -> dict[str, Decimal] | None:
        if not int(figures().years[0]) <= year < figures().last_year or municipality not in figures().codes:
            return None
        by_age = expected(group, municipality, year)
        parts = {b: by_age[first : last + 1].sum() for b, (first, last) in ages.parts.items()}
        whole = sum(parts.values())
        return {band: Decimal(str(part / whole)) for band, part in parts.items()} if whole else None

    return read_figures(table, mapping, this_year=this_year, split=split)


def own_use(municipality: str, revision: int | None = None) -> OwnUse | None:
    """Own recipients as a forecast takes them: the newest, or the revision asked for. None: there are none.

    Raises:
        NotFound: no such revision.
    """
    held = (
        newest(municipality, Kind.RECIPIENTS)
        if revision is None
        else version(municipality, Kind.RECIPIENTS, revision)
    )
    if held is None or not held.rows:
        return None
    used = tuple(
        Used(row.keys[0], row.year, row.keys[1], _plain(row.values[0]), _plain(row.values[1]))
        for row in held.rows
    )
    return OwnUse(municipality, held.revision, held.source, used)


@dataclass(frozen=True)
class OwnStaff:
    """Person-years of a year, all units and professions together."""

    year: int
    total: Decimal
    source: str


def own_staff(municipality: str, base_year: int) -> OwnStaff | None:
    """Of the base year, or the newest year there is; None where none are taken in."""
    held = newest(municipality, Kind.STAFF)
    found = staff_to_compare(held.rows, base_year) if held else None
    if held is None or found is None:
        return None
    return OwnStaff(found[0], round(found[1], 1), held.source)


def uses_to_choose(municipality: str, revision: int | None = None) -> list[OwnUse]:
    """Own recipients of the newest version, and of the one asked for when that is older; newest first."""
    newest = own_use(municipality) if municipality else None
    found = [newest] if newest else []
    if revision is not None and municipality and revision not in [use.revision for use in found]:
        with suppress(NotFound):
            found += [use] if (use := own_use(municipality, revision)) else []
    return found


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else value.__float__()


def _version(one: OwnFigures) -> Version:
    return Version(
        one.municipality,
        Kind(one.kind),
        one.revision,
        tuple(OwnRow.from_json(row) for row in one.rows),
        one.file_name,
        one.file_hash,
        one.restores,
        one.saved_by.name,
        timezone.localtime(one.saved_at),
    )
