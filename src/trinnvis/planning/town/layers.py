"""A run as map layers: GeoJSON in longitude and latitude, GeoPackage in the town's own system.

A home carries only the strictest way of walking that reaches each category. How many live there is left out.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from trinnvis.planning.town.arrays import Floats
from trinnvis.planning.town.running import Reason, Result
from trinnvis.trouble import Trouble

BEYOND: Final = "utenfor"
DECIMALS: Final = 6


def home_classes(result: Result) -> dict[str, list[str]]:
    """By category the code of the first profile, as the policy lists them, that reaches it; else BEYOND."""
    codes = np.array([*(profile.code for profile in result.policy.profiles), BEYOND])
    classes = {}
    for category, answer in zip(result.policy.categories, result.answers, strict=True):
        reached = answer.reason == Reason.REACHED
        first = np.where(reached.any(axis=0), reached.argmax(axis=0), len(codes) - 1)
        classes[category.code] = [str(code) for code in codes[first]]
    return classes


def write_geojson(result: Result, path: Path) -> None:
    """Homes and services as one collection.

    Raises:
        Trouble: the file cannot be written.
    """
    classes, town = home_classes(result), result.town
    homes = _degrees(town.homes.xy, town.crs)
    doors = _degrees(town.services.entrances, town.crs)
    features: list[dict[str, Any]] = [
        _feature(
            "Point", homes[at].tolist(), {"lag": "bolig", "id": name} | {c: k[at] for c, k in classes.items()}
        )
        for at, name in enumerate(town.homes.ids)
    ]
    for at, name in enumerate(town.services.ids):
        said = {"lag": "tilbud", "id": name, "navn": town.services.names[at],
                "kategori": town.services.categories[at]}  # fmt: skip
        features.append(_feature("MultiPoint", doors[town.services.owners == at].tolist(), said))
    credit = sorted({origin.attribution for origin in town.origins})
    document = {"type": "FeatureCollection", "attribution": credit, "features": features}
    try:
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        raise Trouble(f"{path} kan ikke skrives ({error.strerror}).", "Velg en annen fil.") from error


def write_gpkg(result: Result, path: Path) -> None:
    """Layers `boliger`, `tilbud` and `gangnett`.

    Raises:
        Trouble: the file cannot be written.
    """
    town, services = result.town, result.town.services
    classes = home_classes(result)
    owner = services.owners
    try:
        path.unlink(missing_ok=True)
        _layer(path, "boliger", town.crs, "Point", shapely.points(town.homes.xy),
               {"id": list(town.homes.ids), **classes})  # fmt: skip
        _layer(path, "tilbud", town.crs, "Point", shapely.points(services.entrances), {
            "id": [services.ids[at] for at in owner], "navn": [services.names[at] for at in owner],
            "kategori": [services.categories[at] for at in owner],
        })  # fmt: skip
        steepest = np.maximum.reduceat(np.abs(town.network.grades), town.network.first_station[:-1])
        _layer(path, "gangnett", town.crs, "LineString", town.network.lines,
               {"slag": town.network.flags.astype(np.int32), "meter": town.network.lengths,
                "brattest": steepest})  # fmt: skip
    except OSError as error:
        raise Trouble(f"{path} kan ikke skrives ({error.strerror}).", "Velg en annen fil.") from error


def _layer(
    path: Path, name: str, crs: int, kind: str, shapes: NDArray[np.object_], columns: dict[str, Any]
) -> None:
    if not len(shapes):
        return
    import pyogrio

    rows = [np.array(row, dtype=object) if isinstance(row, list) else row for row in columns.values()]
    pyogrio.raw.write(
        path, shapely.to_wkb(shapes), rows, fields=list(columns), layer=name, driver="GPKG",
        geometry_type=kind, crs=f"EPSG:{crs}", append=path.exists(),
    )  # fmt: skip


def _degrees(xy: Floats, crs: int) -> Floats:
    if not len(xy):
        return xy
    move = Transformer.from_crs(crs, 4326, always_xy=True).transform
    return np.round(np.stack(move(xy[:, 0], xy[:, 1]), axis=1), DECIMALS)


def _feature(kind: str, places: list[Any], said: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": kind, "coordinates": places}, "properties": said}
