"""Datasets from files of each kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from trinnvis.planning.town.arrays import Floats
from trinnvis.planning.town.building import RawLines, build, pieces_in_touch
from trinnvis.planning.town.importing import delimited, nvdb, osm, terrain, vector
from trinnvis.planning.town.importing.asking import EXAMPLE, Unsaid, no_system
from trinnvis.planning.town.importing.credits import NVDB, OSM, SSB, UNKNOWN, Credit, Source, credit_of
from trinnvis.planning.town.importing.crs import GEOGRAPHIC, horizontal, to_own
from trinnvis.planning.town.importing.dataset import Dataset, Grid
from trinnvis.planning.town.importing.noding import noded
from trinnvis.planning.town.importing.report import Report
from trinnvis.planning.town.network import Network, Origin, line_points
from trinnvis.planning.town.places import Homes, Services
from trinnvis.planning.town.policy import TownPolicy
from trinnvis.planning.town.snapping import Snapper
from trinnvis.trouble import Trouble

NEAR_M: Final = 5_000.0


@dataclass(frozen=True)
class Context:
    """What an import needs to know besides the file. age_shares: [G] of all, with where they are from."""

    policy: TownPolicy
    today: date
    network: Network | None
    age_shares: Floats
    ages_from: str
    system: str | None = None
    layer: str | None = None
    licence: str | None = None
    attribution: str | None = None

    def origin(self, path: Path, credit: Credit) -> Origin:
        return Source(path, self.today, self.licence, self.attribution).origin(credit)


def from_osm(path: Path, context: Context, report: Report) -> Dataset:
    origin = context.origin(path, OSM)
    try:
        found = osm.read(path, context.policy.categories)
    except (RuntimeError, OSError) as error:
        raise Trouble(
            f"{path.name} kan ikke leses som OpenStreetMap ({error}).", "Last den ned på nytt."
        ) from error
    report.left_out += found.report.left_out
    if not found.ways.counts:
        raise Trouble(f"{path.name} har ingen gangveger.", "Sjekk at utsnittet har veger (highway).")
    points, crs = to_own(found.ways.points(), GEOGRAPHIC, None, path.name)
    barriers = found.barriers.points()
    if len(barriers):
        barriers, _ = to_own(barriers, GEOGRAPHIC, crs, path.name)
    raw = RawLines(
        points, _first(found.ways), np.array(found.ways.keys, dtype=np.int64),
        np.array(found.ways.flags, dtype=np.uint8), np.full(len(points), np.nan), barriers,
        _first(found.barriers),
    )  # fmt: skip
    network = _network(raw, crs, path.name, context.policy, origin, report)
    homes = services = None
    least = context.policy.network.least_addresses.value * network.lengths.sum() / 1000
    if 0 < len(found.addresses) < least:
        report.left_out.append(f"{len(found.addresses)} adresser: for få til at de kan være boligene her")
    elif found.addresses:
        xy = to_own(np.array([row[1:3] for row in found.addresses]), GEOGRAPHIC, crs, path.name)[0]
        homes = _homes([row[0] for row in found.addresses], xy, [""] * len(xy), None, context, origin)
        report.used.append(f"{len(xy)} adresser, én bolig regnet på hver")
    if found.services:
        xy = to_own(np.array([row[1:3] for row in found.services]), GEOGRAPHIC, crs, path.name)[0]
        legs = Snapper(network, context.policy.snapping.rules()).snap(xy)
        near = np.flatnonzero(legs.connected).tolist()
        if len(near) < len(xy):
            report.left_out.append(f"{len(xy) - len(near)} tilbud lenger fra gangnettet enn adkomst tillates")
        rows = [found.services[at] for at in near]
        services = Services(
            tuple(row[0] for row in rows), tuple(row[4] for row in rows), tuple(row[3] for row in rows),
            xy[near], np.arange(len(rows)), (origin,),
        )  # fmt: skip
        report.used.append(f"{len(rows)} tilbud i {len(set(services.categories))} gjøremål")
    return Dataset(crs, network, homes, services)


def _first(lines: osm.Lines) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.concatenate(([0], np.cumsum(np.array(lines.counts, dtype=np.int64)))).astype(np.int64)


def from_nvdb(path: Path, context: Context, report: Report) -> Dataset:
    origin = context.origin(path, NVDB)
    links = nvdb.read(path)
    system = context.system or links.system
    if not system:
        raise no_system(path.name)
    return _from_links(links, horizontal(system), path.name, context, origin, report)


def from_lines(path: Path, context: Context, report: Report) -> Dataset:
    layer = _layer(path, context, report)
    origin = context.origin(path, credit_of(layer.fields))
    links = vector.links(layer, report)
    return _from_links(
        links, horizontal(vector.system_of(layer, context.system)), path.name, context, origin, report
    )


def _layer(path: Path, context: Context, report: Report) -> vector.Layer:
    geojson = path.suffix.lower() in {".geojson", ".json"}
    layer = vector.read_geojson(path) if geojson else vector.read_layer(path, context.layer)
    if layer.empty:
        report.left_out.append(f"{layer.empty} objekter uten geometri")
    return layer


def _from_links(
    links: nvdb.Links, system: int, name: str, context: Context, origin: Origin, report: Report
) -> Dataset:
    report.left_out += [f"{count} veger: {why}" for why, count in links.left_out.most_common()]
    if not links.lines:
        raise Trouble(f"{name} har ingen gangveger.", "Sjekk at fila er et vegnett med veger for gående.")
    points, first = line_points(links.lines)
    points, crs = to_own(points, system, None, name)
    lines = np.split(points, first[1:-1])
    raw = noded(lines, links.heights, links.flags, context.policy.network.join_m.value, report)
    if links.barriers:
        walls, first_wall = line_points(links.barriers)
        raw = replace(raw, barriers=to_own(walls, system, crs, name)[0], first_barrier=first_wall)
    if kinds := ", ".join(f"{count} {kind}" for kind, count in links.counted.most_common() if kind):
        report.used.append(kinds)
    return Dataset(crs, _network(raw, crs, name, context.policy, origin, report))


def _network(
    raw: RawLines, crs: int, name: str, policy: TownPolicy, origin: Origin, report: Report
) -> Network:
    network = build(raw, crs=crs, window_m=policy.network.window_m.value, origins=(origin,))
    if not len(network.ends):
        raise Trouble(f"{name} har ingen veger med lengde.", "Sjekk at riktig fil er valgt.")
    part = pieces_in_touch(network)
    share = float(network.lengths[part == 0].sum() / network.lengths.sum())
    if share < policy.network.least_connected.value:
        raise Trouble(
            f"{name} henger ikke sammen: bare {100 * share:.0f} prosent av lengden er i det største nettet, "
            f"og det er {part.max() + 1} løse deler.",
            "Sjekk at vegendene møtes. Større join_m i innstillingene kobler ender lenger fra hverandre.",
        )
    report.used.append(
        f"{_km(network.lengths)} km gangnett, "
        f"{len(network.ends)} strekk, {len(network.nodes)} kryss, EPSG:{crs}"
    )
    if part.max():
        report.used.append(
            f"{part.max()} øyer uten forbindelse med resten, {_km(network.lengths[part > 0])} km; "
            "de er med, og boliger der blir meldt"
        )
    if not network.has_heights:
        report.left_out.append(
            "høyder: fila har ingen. Stigning regnes som null til en terrengmodell er hentet inn"
        )
    return network


def _km(metres: Floats) -> str:
    return f"{metres.sum() / 1000:.1f}".replace(".", ",")


def _beside_network(points: Floats, system: int, network: Network | None, name: str) -> tuple[Floats, int]:
    """Points in the network's system, or in the area's own when there is no network yet.

    Raises:
        Trouble: as `to_own`, or none of them anywhere near the network: most often the wrong UTM zone.
    """
    if network is None:
        return to_own(points, system, None, name)
    xy, crs = to_own(points, system, network.crs, name)
    low, high = network.points.min(axis=0) - NEAR_M, network.points.max(axis=0) + NEAR_M
    if not ((xy >= low) & (xy <= high)).all(axis=1).any():
        middle = np.median(xy, axis=0) - (low + high) / 2
        raise Unsaid(
            "crs",
            f"{name}: ingen av de {len(xy)} punktene ligger ved gangnettet. Lest som EPSG:{system} ligger de "
            f"{np.hypot(*middle) / 1000:.0f} km unna.",
            f"Trolig er sonen en annen, eller nettet for et annet sted. Oppgi koordinatsystemet, {EXAMPLE}",
        )
    return xy, crs


def from_addresses(path: Path, context: Context, report: Report) -> Dataset:
    table = delimited.read_table(path, report)
    origin = context.origin(path, credit_of(table.headings))
    system = horizontal(delimited.system_of(table, context.system))
    rows = delimited.addresses(table, context.policy, report)
    xy, crs = _beside_network(rows.xy, system, context.network, path.name)
    homes = _homes(rows.ids, xy, rows.areas, rows, context, origin)
    return Dataset(crs, homes=homes)


def _homes(
    ids: list[str],
    xy: Floats,
    areas: list[str],
    rows: delimited.Addresses | None,
    context: Context,
    origin: Origin,
) -> Homes:
    names = tuple(dict.fromkeys(areas))
    number = {name: at for at, name in enumerate(names)}
    return Homes(
        tuple(ids),
        xy,
        names,
        np.array([number[area] for area in areas], dtype=np.int64),
        rows.dwellings if rows else np.ones(len(ids)),
        rows.residents if rows else np.zeros((len(ids), len(context.policy.age_groups))),
        (origin,),
    )


def from_services(path: Path, context: Context, report: Report) -> Dataset:
    origin = context.origin(path, UNKNOWN)
    if path.suffix.lower() in {".csv", ".txt"}:
        table = delimited.read_table(path, report)
        system = horizontal(delimited.system_of(table, context.system))
        rows = delimited.services(table, context.policy, report)
    else:
        layer = _layer(path, context, report)
        system = horizontal(vector.system_of(layer, context.system))
        rows = vector.services(layer, context.policy, report)
    xy, crs = _beside_network(rows.xy, system, context.network, path.name)
    if context.network:
        connected = Snapper(context.network, context.policy.snapping.rules()).snap(xy).connected
        lost = [f"«{rows.ids[at]}» ({rows.places[at]})" for at in np.flatnonzero(~connected)]
        if lost:
            reach = context.policy.snapping.farthest_m.value
            raise Trouble(
                f"{path.name}: {len(lost)} tilbud ligger mer enn {reach:g} meter fra gangnettet, for "
                f"eksempel i vann eller utenfor kartet: {', '.join(lost[:5])}.",
                "Flytt punktene til inngangen, eller ta dem ut av fila.",
            )
    ids = list(dict.fromkeys(rows.ids))
    number = {name: at for at, name in enumerate(ids)}
    first = {name: rows.ids.index(name) for name in ids}
    return Dataset(
        crs,
        services=Services(
            tuple(ids),
            tuple(rows.names[first[name]] for name in ids),
            tuple(rows.categories[first[name]] for name in ids),
            xy,
            np.array([number[name] for name in rows.ids], dtype=np.int64),
            (origin,),
        ),
    )


def from_terrain(path: Path, context: Context, report: Report) -> Dataset:
    if context.network is None:
        raise Trouble("Det er ikke hentet inn noe gangnett å sette høyder på.", "Hent inn gangnettet først.")
    network = terrain.with_heights(context.network, path, context.system, report)
    origin = context.origin(path, replace(UNKNOWN, title="Terrengmodell"))
    return Dataset(network.crs, replace(network, origins=(*network.origins, origin)))


def from_grid(path: Path, context: Context, report: Report) -> Dataset:
    layer = _layer(path, context, report)
    origin = context.origin(path, replace(credit_of(layer.fields), title=SSB.title))
    cells, persons = vector.squares(layer)
    system = horizontal(vector.system_of(layer, context.system))
    _beside_network(cells.reshape(-1, 2), system, context.network, path.name)
    report.used.append(f"{persons.sum():.0f} innbyggere i {len(persons)} ruter. {context.ages_from}")
    return Dataset(system, grid=Grid(cells, persons, context.age_shares, context.ages_from, (origin,)))
