"""The public figures that own figures are laid beside."""

from __future__ import annotations

import math

from trinnvis.planning.demand.shipped import PANEL_BANDS, nurse_person_years, panel

SOURCE = "SSB tabell 04686, 12292, 11645"


def published_users(municipality: str, service: str, year: int) -> dict[str, float]:
    """Users on 31 December by band ("all" too) as KOSTRA tells them, without what is hidden or missing."""
    held = panel()
    if municipality not in held.codes or service not in held.measures or year not in held.years:
        return {}
    values = held.of(service)[held.codes.index(municipality), held.at(year)]
    known = zip(PANEL_BANDS, values.tolist(), strict=True)
    return {band: value for band, value in known if not math.isnan(value)}


def published_nurses(municipality: str, until: int) -> tuple[int, float] | None:
    """The newest year up to `until` with nurses' person-years, and how many."""
    return nurse_person_years(municipality, until)
