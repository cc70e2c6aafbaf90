"""OpenStreetMap (PBF): walking network, barriers, addresses and services in one file, read as a stream."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from trinnvis.planning.town.arrays import Floats
from trinnvis.planning.town.importing.report import Report
from trinnvis.planning.town.network import Way
from trinnvis.planning.town.policy import Category

NOT_WALKED: Final = {
    "motorway", "motorway_link", "trunk", "trunk_link", "construction", "proposed", "raceway", "abandoned",
    "platform", "bus_guideway", "escape", "rest_area", "services", "corridor", "elevator", "razed",
}  # fmt: skip
SHUT: Final = {"no", "private", "use_sidepath"}
OPEN: Final = {"yes", "designated", "permissive", "destination", "official"}
WATER: Final = {"waterway": {"river", "canal"}, "railway": {"rail", "light_rail", "narrow_gauge"},
                "natural": {"water", "coastline"}}  # fmt: skip
ADDRESS: Final = "addr:housenumber"
YES: Final = {"yes", "viaduct", "building_passage", "culvert", "covered"}


@dataclass
class Lines:
    """Lines as a growing row: places [P] (longitude, latitude), node numbers [P], points in each line."""

    lonlat: array[float] = field(default_factory=lambda: array("d"))
    keys: array[int] = field(default_factory=lambda: array("q"))
    counts: array[int] = field(default_factory=lambda: array("q"))
    flags: array[int] = field(default_factory=lambda: array("B"))

    def add(self, nodes: list[tuple[int, float, float]], flags: int = 0) -> None:
        for key, longitude, latitude in nodes:
            self.keys.append(key)
            self.lonlat.extend((longitude, latitude))
        self.counts.append(len(nodes))
        self.flags.append(flags)

    def points(self) -> Floats:
        return (
            np.frombuffer(self.lonlat, dtype=np.float64).reshape(-1, 2) if self.counts else np.empty((0, 2))
        )


@dataclass
class Found:
    """What a file holds. addresses: id, longitude, latitude, text. services: category and name."""

    ways: Lines = field(default_factory=Lines)
    barriers: Lines = field(default_factory=Lines)
    addresses: list[tuple[str, float, float, str]] = field(default_factory=list)
    services: list[tuple[str, float, float, str, str]] = field(default_factory=list)
    report: Report = field(default_factory=Report)


def read(path: Path, categories: tuple[Category, ...]) -> Found:
    """The file's content in one pass. Memory grows with the walking network, not with the file.

    Raises:
        RuntimeError: from osmium, on a damaged file.
    """
    import osmium

    wanted = {tag: category.code for category in categories for tag in category.osm}
    keys = {"highway", "waterway", "railway", "natural", ADDRESS} | {tag.split("=")[0] for tag in wanted}
    found, skipped = Found(), Counter[str]()
    entities = osmium.osm.NODE | osmium.osm.WAY
    for item in (
        osmium.FileProcessor(str(path), entities).with_locations().with_filter(osmium.filter.KeyFilter(*keys))
    ):
        tags = item.tags
        if isinstance(item, osmium.osm.Way):
            _way(item, tags, found, skipped)
        _place(item, tags, wanted, found)
    for why, count in skipped.most_common():
        found.report.left_out.append(f"{count} veger: {why}")
    return found


def _way(way: Any, tags: Any, found: Found, skipped: Counter[str]) -> None:
    highway = tags.get("highway")
    if highway is None or tags.get("area") == "yes":
        if any(tags.get(key) in values for key, values in WATER.items()):
            _barrier(way, tags, found)
        return
    why = why_not(highway, tags)
    if why:
        skipped[why] += 1
        if highway in {"motorway", "trunk", "motorway_link", "trunk_link"}:
            _barrier(way, tags, found)
        return
    nodes = _nodes(way)
    if len(nodes) < 2:
        skipped["uten koordinater i fila"] += 1
        return
    found.ways.add(nodes, int(way_flags(tags)))


def way_flags(tags: Any) -> Way:
    """Steps, bridge and tunnel."""
    flags = Way.STEPS if tags.get("highway") == "steps" else Way(0)
    if tags.get("bridge") in YES:
        flags |= Way.BRIDGE
    if tags.get("tunnel") in YES:
        flags |= Way.TUNNEL
    return flags


def why_not(highway: str, tags: Any) -> str:
    """Why a highway is not walked; "" when it is."""
    foot = tags.get("foot")
    if highway in NOT_WALKED and foot not in OPEN:
        return f"{highway}, ikke for gående"
    if foot in SHUT:
        return f"foot={foot}"
    if tags.get("access") in SHUT and foot not in OPEN:
        return f"access={tags.get('access')}"
    return ""


def _barrier(way: Any, tags: Any, found: Found) -> None:
    if tags.get("tunnel") in YES or tags.get("bridge") in YES:
        return
    nodes = _nodes(way)
    if len(nodes) > 1:
        found.barriers.add(nodes)


def _nodes(way: Any) -> list[tuple[int, float, float]]:
    """Those with a known place; a cut extract refers to some it does not hold."""
    return [(n.ref, n.lon, n.lat) for n in way.nodes if n.location.valid()]


def _place(item: Any, tags: Any, wanted: dict[str, str], found: Found) -> None:
    codes = {code for tag in tags if (code := wanted.get(f"{tag.k}={tag.v}"))}
    number = tags.get(ADDRESS)
    if not codes and number is None:
        return
    if item.is_way():
        nodes = _nodes(item)
        if not nodes:
            return
        ring = nodes[:-1] if len(nodes) > 1 and nodes[0][0] == nodes[-1][0] else nodes
        name, place = f"way/{item.id}", np.mean([node[1:] for node in ring], axis=0)
        longitude, latitude = float(place[0]), float(place[1])
    else:
        name, longitude, latitude = f"node/{item.id}", item.lon, item.lat
    if number is not None and not codes:
        street = f"{tags.get('addr:street') or ''} {number}".strip()
        found.addresses.append((name, longitude, latitude, street))
    for code in sorted(codes):
        found.services.append((f"{name}/{code}", longitude, latitude, code, tags.get("name") or ""))
