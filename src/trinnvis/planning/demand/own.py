"""A municipality's own counts of recipients (egne tall), in place of the published ones or after them.

Where there are own counts of a service in the years a level rests on, the level rests on them alone: the two
are counted differently, and a mean of both would be neither. A hidden count is None, never nought.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from trinnvis.planning.demand.shipped import PANEL_BANDS
from trinnvis.planning.population.axes import Floats
from trinnvis.planning.population.shipped import figures

HOURS_OF: Final = "home_care"


@dataclass(frozen=True)
class Used:
    """One count. band: as `PANEL_BANDS`. users on 31 December, hours a year; None is hidden or unknown."""

    service: str
    year: int
    band: str
    users: float | None
    hours: float | None = None


@dataclass(frozen=True)
class OwnUse:
    """Own counts of one municipality. source: in words, with its date."""

    municipality: str
    revision: int
    source: str
    used: tuple[Used, ...]

    @cached_property
    def _users(self) -> dict[tuple[str, int], Floats]:
        found: dict[tuple[str, int], Floats] = {}
        for one in self.used:
            held = found.setdefault((one.service, one.year), np.full(len(PANEL_BANDS), np.nan))
            if one.users is not None:
                held[list(PANEL_BANDS).index(one.band)] = one.users
        return found

    def users(self, service: str, year: int) -> Floats | None:
        """The three bands and the total, `nan` where nothing is known; None where there are no own counts."""
        found = self._users.get((service, year))
        return None if found is None else found.copy()

    def years(self, service: str, among: Iterable[int]) -> list[int]:
        """The years of `among` with own counts that a population is known for."""
        return [
            year
            for year in among
            if (service, year) in self._users and int(figures().years[0]) <= year < figures().last_year
        ]

    @property
    def base_years(self) -> tuple[int, ...]:
        """Years with every band, or the total, of home care: what a forecast can start from."""
        full = [
            year
            for (service, year), held in self._users.items()
            if service == HOURS_OF and not (np.isnan(held[:3]).any() and np.isnan(held[3]))
        ]
        return tuple(sorted(self.years(HOURS_OF, full)))

    def hours(self, year: int) -> float | None:
        """Hours of home care in the year; None unless every row of the year tells its hours."""
        mine = [one for one in self.used if (one.service, one.year) == (HOURS_OF, year)]
        parts = [one for one in mine if one.band != "all"] or mine
        known = [one.hours for one in parts if one.hours is not None]
        return sum(known) if known and len(known) == len(parts) else None

    @property
    def services(self) -> tuple[str, ...]:
        return tuple(sorted({one.service for one in self.used}))
