"""Layers of lines, points or squares: GeoJSON by itself, GeoPackage and Shape by pyogrio."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.errors import ShapelyError

from trinnvis.planning.town.importing import nvdb
from trinnvis.planning.town.importing.asking import Unsaid, no_system
from trinnvis.planning.town.importing.crs import GEOGRAPHIC
from trinnvis.planning.town.importing.delimited import (
    CATEGORY,
    NAME,
    ServiceRows,
    known_categories,
)
from trinnvis.planning.town.importing.report import Report
from trinnvis.planning.town.network import Way
from trinnvis.planning.town.policy import TownPolicy
from trinnvis.trouble import Trouble

PERSONS: Final = ("pop_tot", "poptot", "population", "folketall", "innbyggere", "asukkaita")
POINTS: Final = (shapely.GeometryType.POINT, shapely.GeometryType.MULTIPOINT)
LINES: Final = (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING)
AREAS: Final = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


@dataclass(frozen=True)
class Layer:
    """Shapes with their fields (lower-case names), and the coordinate system the file says, if any.

    empty: how many more there were without a shape.
    """

    name: str
    shapes: NDArray[np.object_]
    fields: dict[str, list[Any]]
    system: str | None
    empty: int = 0

    def column(self, names: tuple[str, ...]) -> list[Any] | None:
        return next((self.fields[name] for name in names if name in self.fields), None)

    def are(self, kinds: tuple[Any, ...]) -> bool:
        return bool(np.isin(shapely.get_type_id(self.shapes), [int(kind) for kind in kinds]).all())


def read_geojson(path: Path) -> Layer:
    """
    Raises:
        Trouble: not GeoJSON, or empty.
    """
    try:
        said = json.loads(path.read_text(encoding="utf-8-sig"))
        features = said["features"]
        shapes = shapely.from_geojson(
            [json.dumps(feature["geometry"]) if feature["geometry"] else None for feature in features]
        )
        rows = [{str(k).lower(): v for k, v in (feature["properties"] or {}).items()} for feature in features]
        system = ((said.get("crs") or {}).get("properties") or {}).get("name") or str(GEOGRAPHIC)
    except (ValueError, KeyError, TypeError, AttributeError, ShapelyError) as error:
        raise Trouble(
            f"{path.name} er ikke GeoJSON ({type(error).__name__}: {error}).", "Eksporter laget på nytt."
        ) from error
    for at, row in enumerate(rows):
        row.setdefault("id", features[at].get("id"))  # GeoJSON has room for it beside the properties
    names = {name for row in rows for name in row}
    if "CRS84" in system.upper():
        system = str(GEOGRAPHIC)
    return _checked(
        Layer(path.name, np.asarray(shapes), {n: [row.get(n) for row in rows] for n in names}, system)
    )


def read_layer(path: Path, layer: str | None) -> Layer:
    """
    Raises:
        Trouble: unreadable, empty, or several layers and none chosen.
    """
    import pyogrio

    missing = [path.with_suffix(ending).name for ending in (".shx", ".dbf") if not _beside(path, ending)]
    if path.suffix.lower() == ".shp" and missing:
        raise Trouble(
            f"{path.name} mangler {' og '.join(missing)}.",
            "Et Shape-lag er flere filer: ta med .shp, .shx, .dbf og .prj.",
        )
    try:
        names = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
        if not names:
            raise _empty(path.name)
        if layer is None and len(names) > 1:
            raise Unsaid("layer", f"{path.name} har flere lag: {', '.join(names)}.", "Si hvilket.")
        if layer is not None and layer not in names:
            raise Unsaid("layer", f"{path.name} har ikke laget «{layer}».", f"Velg blant {', '.join(names)}.")
        meta, _, geometry, columns = pyogrio.raw.read(path, layer=layer)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise Trouble(f"{path.name} kan ikke leses ({error}).", "Sjekk at fila er hel.") from error
    if geometry is None or not len(geometry):
        raise _empty(path.name)
    fields = {str(n).lower(): c.tolist() for n, c in zip(meta["fields"], columns, strict=True)}
    return _checked(Layer(path.name, np.asarray(shapely.from_wkb(geometry)), fields, meta["crs"]))


def _beside(path: Path, ending: str) -> bool:
    return path.with_suffix(ending).exists() or path.with_suffix(ending.upper()).exists()


def system_of(layer: Layer, said: str | None) -> str:
    """
    Raises:
        Trouble: neither the user nor the file says the coordinate system.
    """
    if said or layer.system:
        return said or str(layer.system)
    raise no_system(layer.name)


def services(layer: Layer, policy: TownPolicy, report: Report) -> ServiceRows:
    """Points with `kategori`; a multipoint has several entrances.

    Raises:
        Trouble: not points, no category, or an unknown one.
    """
    if not layer.are(POINTS):
        raise Trouble(
            f"{layer.name} har annet enn punkter.", "Tilbud skal være punkter, ett for hver inngang."
        )
    codes, names = layer.column(CATEGORY), layer.column(NAME)
    if codes is None:
        raise Trouble(
            f"{layer.name} mangler feltet «{CATEGORY[0]}».", f"Laget har {', '.join(sorted(layer.fields))}."
        )
    keys = layer.column(("id", "fid")) or [None] * len(codes)
    ids = [str(key) if key is not None else str(at + 1) for at, key in enumerate(keys)]
    if len(set(ids)) < len(ids):
        twin = next(name for name in ids if ids.count(name) > 1)
        raise Trouble(f"{layer.name}: id «{twin}» står flere ganger.", "Gi hvert tilbud sin egen id.")
    places = [f"objekt {at + 1}" for at in range(len(ids))]
    known_categories(layer.name, [str(code) for code in codes], places, policy)
    xy, owner = shapely.get_coordinates(layer.shapes, return_index=True)
    report.used.append(f"{len(ids)} tilbud med {len(xy)} innganger")

    def each(row: list[Any]) -> list[str]:
        return [str(row[at]) if row[at] is not None else "" for at in owner]

    return ServiceRows(each(ids), each(names or [""] * len(ids)), each(codes), xy, each(places))


def links(layer: Layer, report: Report) -> nvdb.Links:
    """Lines as a network; what they are in NVDB's or OpenStreetMap's words where the fields have them.

    Raises:
        Trouble: not lines.
    """
    from trinnvis.planning.town.importing.osm import way_flags, why_not

    if not layer.are(LINES):
        raise Trouble(f"{layer.name} har annet enn linjer.", "Et gangnett er linjer.")
    found = nvdb.Links(features=len(layer.shapes))
    kinds, highways = layer.column(("typeveg",)), layer.column(("highway",))
    medium, category = layer.column(("medium",)), layer.column(("vegkategori",))
    detail = layer.column(("detaljnivå",))
    if kinds is None and highways is None:
        report.used.append("alle linjer regnet som gangbare: laget har verken feltet typeVeg eller highway")
    for at, shape in enumerate(layer.shapes):
        flags, why = Way(0), ""
        if kinds is not None:
            kind = str(kinds[at] or "")
            why = nvdb.why_not(kind, _text(category, at), _text(detail, at), False)
            flags = nvdb.flags_of(kind, _text(medium, at))
        elif highways is not None:
            tags = {name: str(row[at]) for name, row in layer.fields.items() if row[at]}
            why, flags = why_not(str(highways[at] or ""), tags), way_flags(tags)
        if why:
            found.left_out[why] += 1
            continue
        for part in shapely.get_parts(shape):
            xyz = shapely.get_coordinates(part, include_z=True)
            found.lines.append(xyz[:, :2])
            found.heights.append(xyz[:, 2])
            found.flags.append(int(flags))
    if not found.lines:
        raise _empty(layer.name)
    return found


def _text(column: list[Any] | None, at: int) -> str:
    return str(column[at] or "") if column is not None else ""


def squares(layer: Layer) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Bounds [n, 4] and persons [n].

    Raises:
        Trouble: not areas, or no column of persons.
    """
    persons = layer.column(PERSONS)
    if persons is None or not layer.are(AREAS):
        raise Trouble(
            f"{layer.name} er ikke befolkning på rutenett.",
            f"Ruter er flater med et av feltene {', '.join(PERSONS)}. "
            f"Laget har {', '.join(sorted(layer.fields))}.",
        )
    return shapely.bounds(layer.shapes), np.nan_to_num(np.array(persons, dtype=np.float64))


def _checked(layer: Layer) -> Layer:
    """Without empty shapes.

    Raises:
        Trouble: none left.
    """
    keep = ~(shapely.is_missing(layer.shapes) | shapely.is_empty(layer.shapes))
    if not keep.any():
        raise _empty(layer.name)
    fields = {n: [v for v, k in zip(c, keep, strict=True) if k] for n, c in layer.fields.items()}
    return Layer(layer.name, layer.shapes[keep], fields, layer.system, int((~keep).sum()))


def _empty(name: str) -> Trouble:
    return Trouble(f"{name} er tom.", "Sjekk at riktig lag og utsnitt er eksportert.")
