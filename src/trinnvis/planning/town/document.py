"""A run as plain values, for JSON and for the sheets."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any, Final

import numpy as np

from trinnvis.planning.town import protecting
from trinnvis.planning.town.comparing import Change, compare
from trinnvis.planning.town.policy import Protection
from trinnvis.planning.town.running import Reason, Result
from trinnvis.planning.town.streets import home_classes
from trinnvis.planning.town.tables import (
    ALL_AGES,
    EVERYWHERE,
    AllRow,
    BandRow,
    Count,
    ReachRow,
    all_rows,
    band_rows,
    quality_rows,
    reach_rows,
)

FORMAT: Final = 1
Row = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """A run to be told. base: the town without the plan, if there is one. public: small counts hidden.
    area: what its maps show, "" for everything."""

    result: Result
    base: Result | None = None
    title: str = ""
    notes: tuple[str, ...] = ()
    public: bool = False
    area: str = ""

    def reach(self) -> list[Row]:
        rows = reach_rows(self.result)
        return [_reach(row) for row in (protecting.reach_rows(rows, self._rule) if self.public else rows)]

    def every(self) -> list[Row]:
        rows = all_rows(self.result)
        return [_all(row) for row in (protecting.all_rows(rows, self._rule) if self.public else rows)]

    def bands(self) -> list[Row]:
        rows = band_rows(self.result)
        return [_band(row) for row in (protecting.band_rows(rows, self._rule) if self.public else rows)]

    def changes(self) -> list[Row]:
        if self.base is None:
            return []
        rows = compare(self.base, self.result)
        return [_change(row) for row in (protecting.changes(rows, self._rule) if self.public else rows)]

    def classes(self, category: int) -> list[float | None]:
        """Residents (dwellings where nobody is known to live) by the first profile that reaches a category,
        those out of reach last."""
        homes = self.result.town.homes
        people = homes.residents.sum(axis=1)
        counted = people if people.any() else homes.dwellings
        count = len(self.result.policy.profiles) + 1
        held = np.bincount(home_classes(self.result, category), weights=counted, minlength=count)
        cells: protecting.Cells = {(EVERYWHERE, ALL_AGES, at): float(value) for at, value in enumerate(held)}
        if self.public:
            cells[EVERYWHERE, ALL_AGES, count] = float(held.sum())
            cells = protecting.protected(cells, [range(count + 1)], self._rule)
        return [_whole(cells[EVERYWHERE, ALL_AGES, at]) for at in range(count)]

    def quality(self) -> list[Row]:
        """Long legs; in public not those of homes."""
        rows = quality_rows(self.result, homes=not self.public)
        return [asdict(row) | {"metres": _whole(row.metres)} for row in rows]

    @property
    def _rule(self) -> Protection:
        return self.result.policy.protection

    def sources(self) -> list[Row]:
        return [asdict(origin) for origin in self.result.town.origins]


def as_json(told: Told) -> Row:
    """Everything, with what it was computed from."""
    result = told.result
    town, policy = result.town, result.policy
    return {
        "format": FORMAT,
        "title": told.title or policy.title,
        "public": told.public,
        "coordinates": f"EPSG:{town.crs}",
        "network": {
            "version": town.network.version,
            "base": town.edits.base.version if town.edits else town.network.version,
            "kilometres": round(float(town.network.lengths.sum()) / 1000, 1),
            "edges": len(town.network.ends),
            "heights": town.network.has_heights,
        },
        "homes": {"version": town.homes.version, "count": len(town.homes.ids)},
        "services": {"version": town.services.version, "count": len(town.services.ids)},
        "profiles": [_profile(profile) for profile in policy.profiles],
        "categories": [
            category.model_dump(mode="json", include={"code", "title", "source", "status"})
            for category in policy.categories
        ],
        "age_groups": [group.model_dump() for group in policy.age_groups],
        "reach": told.reach(),
        "all_categories": told.every(),
        "distances": told.bands(),
        "changes": told.changes(),
        "long_legs": told.quality(),
        "sources": told.sources(),
        "notes": list(told.notes),
    }


def _profile(profile: Any) -> Row:
    return {
        "code": profile.code,
        "title": profile.title,
        "limit_m": profile.limit_m.value,
        "source": profile.limit_m.source,
        "status": str(profile.limit_m.status),
    }


def _reach(row: ReachRow) -> Row:
    return {
        "area": row.area, "category": row.category, "profile": row.profile, "ages": row.ages,
        **_count(row.reach),
        "flat": _whole(row.flat.residents),
        "flat_dwellings": _whole(row.flat.dwellings),
        **{f"lost_to_{Reason(why).name.lower()}": _whole(value) for why, value in row.lost.items()},
        **{
            f"dwellings_lost_to_{Reason(why).name.lower()}": _whole(row.lost_dwellings.get(why))
            for why in row.lost
        },
    }  # fmt: skip


def _all(row: AllRow) -> Row:
    return {
        "area": row.area,
        "profile": row.profile,
        "ages": row.ages,
        "least": row.least,
        **_count(row.reach),
    }


def _band(row: BandRow) -> Row:
    return {
        "area": row.area, "category": row.category, "ages": row.ages, "metres": row.metres,
        **_count(row.reach),
    }  # fmt: skip


def _change(row: Change) -> Row:
    return {name: value if isinstance(value, str) else _whole(value) for name, value in asdict(row).items()}


def _count(count: Count) -> Row:
    return {
        "residents": _whole(count.residents),
        "of_residents": _whole(count.of_residents),
        "share": _share(count.residents, count.of_residents),
        "dwellings": _whole(count.dwellings),
        "of_dwellings": _whole(count.of_dwellings),
        "share_dwellings": _share(count.dwellings, count.of_dwellings),
    }


def _share(part: float | None, whole: float | None) -> float | None:
    """0 to 1; None when hidden, missing, or there is nobody."""
    if part is None or not whole or math.isnan(part) or math.isnan(whole):
        return None
    return round(min(1.0, part / whole), 4)


def _whole(value: float | None) -> float | None:
    """Hidden and missing as None; spread people to a tenth."""
    return None if value is None or math.isnan(value) else round(value, 1)


def headings(rows: Iterable[Row]) -> list[str]:
    """The names in rows, in the order they first stand."""
    return list(dict.fromkeys(chain.from_iterable(rows)))
