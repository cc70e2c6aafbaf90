"""Coordinate systems (koordinatsystemer): which one a file is in, whether that can be true, and ours.

Everything is computed in ETRS89 UTM, in metres. Lengths there are 0.03-0.04 % off, 10-15 cm in 300 m.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

import numpy as np
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from trinnvis.planning.town.arrays import Floats
from trinnvis.planning.town.importing.asking import EXAMPLE, Unsaid
from trinnvis.trouble import Trouble

GEOGRAPHIC: Final = 4326
ETRS89_UTM: Final = 25800  # + zone
WGS84_UTM: Final = 32600  # + zone
ZONES: Final = range(28, 39)
# Compound systems (with NN2000 heights) as GDAL 3.12 renames them; pyproj 3.7 does not know the new numbers.
RENAMED: Final = {11021: 25831, 11022: 25832, 11023: 25833, 11025: 25835}
OUTSIDE_DEGREES: Final = 12.0
"""How far outside its area a plane system is used: all of Norway, 4-31° E, comes in UTM 33 (12-18° E)."""


@cache
def horizontal(text: str) -> int:
    """The plane system's EPSG number in a name such as `EPSG:5973`, an URN, a bare number or WKT.

    Raises:
        Trouble: no such system, or not one with a number.
    """
    found = re.search(r"(?:EPSG(?::{1,2}|/0/|:[0-9.]*:)|^)\s*(\d{4,5})\s*$", text.strip(), re.IGNORECASE)
    if found and int(found[1]) in RENAMED:
        return RENAMED[int(found[1])]
    try:
        crs = CRS.from_epsg(int(found[1])) if found else CRS.from_user_input(text)
    except CRSError as error:
        raise Unsaid(
            "crs", f"Koordinatsystemet «{text[:60]}» er ukjent.", f"Oppgi et annet, {EXAMPLE}"
        ) from error
    if crs.sub_crs_list:
        crs = crs.sub_crs_list[0]
    number = crs.to_epsg(min_confidence=20) or _by_zone(crs)
    if number is None:
        raise Unsaid(
            "crs", f"Koordinatsystemet «{crs.name}» har ikke noe EPSG-nummer.", f"Oppgi et annet, {EXAMPLE}"
        )
    return int(number)


def _by_zone(crs: CRS) -> int | None:
    """A UTM system whose file leaves the datum out, as SSB's squares do: by zone, and ellipsoid."""
    zone = crs.utm_zone
    if zone is None or not zone.endswith("N") or crs.ellipsoid is None:
        return None
    shape = crs.ellipsoid.name.replace(" ", "").upper()
    base = ETRS89_UTM if shape.startswith("GRS") else WGS84_UTM if shape.startswith("WGS") else None
    return base + int(zone[:-1]) if base else None


def own_system(lonlat: Floats) -> int:
    """The ETRS89 UTM system for an area, by the middle of its points: 25832 from 6 to 12° E.

    Raises:
        Trouble: outside Europe.
    """
    longitude = float(np.median(lonlat[:, 0]))
    latitude = float(np.median(lonlat[:, 1]))
    zone = int((longitude + 180) // 6) + 1
    if zone == 31 and latitude >= 56:
        zone = 32
    if zone not in ZONES or not 30 < latitude < 84:
        raise Trouble(
            f"Punktene ligger ved {latitude:.2f}° nord, {longitude:.2f}° øst, utenfor Europa.",
            "Sjekk koordinatsystemet, og om nord og øst er byttet om.",
        )
    return ETRS89_UTM + zone


def to_own(points: Floats, system: int, own: int | None, name: str) -> tuple[Floats, int]:
    """Points [n, 2] (east, north or longitude, latitude) in our system, and its number.

    Raises:
        Trouble: outside the area the system is for, or with the axes swapped; the text says which.
    """
    lonlat = checked(points, system, name)
    target = own or own_system(lonlat)
    if target == system:
        return points, target
    found = moved(points, system, target)
    if not np.isfinite(found).all():
        raise Unsaid(
            "crs",
            f"{name} har punkter som ikke kan regnes om til EPSG:{target}.",
            f"Oppgi et annet koordinatsystem, {EXAMPLE}",
        )
    return found, target


def moved(points: Floats, system: int, other: int) -> Floats:
    """Points [n, 2] known to be in one system, in another; infinite where that cannot be."""
    return np.stack(_transformer(system, other).transform(points[:, 0], points[:, 1]), axis=1)


def checked(points: Floats, system: int, name: str) -> Floats:
    """The same points as longitude and latitude [n, 2].

    Raises:
        Trouble: as `to_own`.
    """
    if not len(points):
        raise Trouble(f"{name} har ingen punkter.", "Sjekk at riktig fil eller lag er valgt.")
    if not np.isfinite(points).all():
        raise Trouble(f"{name} har koordinater som ikke er tall.", "Rett dem, og prøv igjen.")
    lonlat = _lonlat(points, system)
    outside = _outside(lonlat, system)
    if not outside.any():
        return lonlat
    swapped = _lonlat(points[:, ::-1], system)
    if not _outside(swapped, system).any():
        raise Unsaid(
            "crs",
            f"{name}: øst og nord (eller lengde og bredde) ser ut til å være byttet om.",
            f"I EPSG:{system} skal øst eller lengde komme først. Bytt kolonnene, eller oppgi et annet "
            "koordinatsystem.",
        )
    east, north = points[int(np.flatnonzero(outside)[0])]
    raise Unsaid(
        "crs",
        f"{name}: {int(outside.sum())} av {len(points)} punkter ligger utenfor området EPSG:{system} "
        f"gjelder for, for eksempel {east:.6g}, {north:.7g}.",
        f"Trolig er koordinatsystemet et annet. Oppgi det, {EXAMPLE}",
    )


def _lonlat(points: Floats, system: int) -> Floats:
    if system == GEOGRAPHIC:
        return points
    return moved(points, system, GEOGRAPHIC)


def _outside(lonlat: Floats, system: int) -> Any:
    """[n] whether a place is far outside the system's area; outside Europe for a world-wide one."""
    area = CRS.from_epsg(system).area_of_use
    west, south, east, north = area.bounds if area and system != GEOGRAPHIC else (-32.0, 30.0, 48.0, 84.0)
    slack = OUTSIDE_DEGREES if system != GEOGRAPHIC else 0.0
    with np.errstate(invalid="ignore"):
        inside = (
            (lonlat[:, 0] >= west - slack)
            & (lonlat[:, 0] <= east + slack)
            & (lonlat[:, 1] >= south - slack)
            & (lonlat[:, 1] <= north + slack)
        )
    return ~inside


@cache
def _transformer(one: int, other: int) -> Transformer:
    return Transformer.from_crs(one, other, always_xy=True)
