"""Files as a planner has them, written for tests: a T of two streets south-west in Lunner, EPSG:25832."""

import json
from pathlib import Path

import numpy as np
import pyogrio.raw
import rasterio
import shapely
from planning.town.towns import CRS, EAST, NORTH
from pyproj import Transformer
from rasterio.transform import from_origin
from typer.testing import CliRunner

from trinnvis.planning.town.importing.store import imports
from trinnvis.reports.town.cli import app

STREETS = [[(0, 0), (300, 0)], [(300, 0), (600, 0)], [(300, 0), (300, 400)]]
GML_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml/3.2" '
    'xmlns:app="https://skjema.geonorge.no/SOSI/produktspesifikasjon/NVDBVegnettPluss/1.1">'
)


def town(data: Path, *words):
    return CliRunner().invoke(app, [*map(str, words), "--data", str(data)])


def imported(data: Path, *words):
    """The datasets there are after an import that must succeed, and what was said."""
    result = town(data, "import", *words)
    assert result.exit_code == 0, (result.output, result.exception)
    return imports(data / "imports" / "town"), result.output


def refused(data: Path, *words) -> str:
    """What is said when an import is refused; and nothing is left behind."""
    folder = data / "imports" / "town"
    before = sorted(folder.iterdir()) if folder.is_dir() else []
    result = town(data, "import", *words)
    assert result.exception is not None and type(result.exception).__name__ == "Trouble", result.output
    assert (sorted(folder.iterdir()) if folder.is_dir() else []) == before
    return f"{result.exception} {result.exception.remedy}"


def here(line):
    return np.array(line, dtype=float) + np.array((EAST, NORTH))


def degrees(line):
    move = Transformer.from_crs(CRS, 4326, always_xy=True).transform
    return np.stack(move(*here(line).T), axis=1)


def geojson(path: Path, shapes, rows=None) -> Path:
    """rows: properties; shapes in degrees."""
    features = [
        {"type": "Feature", "geometry": shapely.geometry.mapping(shape), "properties": row}
        for shape, row in zip(shapes, rows or [{}] * len(shapes), strict=True)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def street_file(folder: Path) -> Path:
    return geojson(folder / "gater.geojson", [shapely.LineString(degrees(line)) for line in STREETS])


def layer(path: Path, shapes, columns, *, kind, crs=f"EPSG:{CRS}", name=None) -> Path:
    rows = [np.array(row, dtype=object if isinstance(row[0], str) else None) for row in columns.values()]
    more = {"layer": name, "append": path.exists()} if name else {}
    pyogrio.raw.write(
        path, shapely.to_wkb(np.array(shapes, dtype=object)), rows, fields=list(columns),
        geometry_type=kind, crs=crs, **more,
    )  # fmt: skip
    return path


def link(kind: str, points, *, category="F", medium="T", detail="VTKB", extra="", dimension=True) -> str:
    """One road link of NVDB Vegnett Pluss, UTM 33 with a height at each point."""
    said = ' srsDimension="3"' if dimension else ""
    numbers = " ".join(f"{value:.3f}" for point in points for value in point)
    return (
        f"<gml:featureMember><app:Veglenke><app:typeVeg>{kind}</app:typeVeg>"
        f"<app:detaljnivå>{detail}</app:detaljnivå><app:medium>{medium}</app:medium>{extra}"
        f"<app:vegsystem><app:vegkategori>{category}</app:vegkategori></app:vegsystem>"
        f'<app:senterlinje><gml:LineString srsName="urn:ogc:def:crs:EPSG::5973"{said}>'
        f"<gml:posList>{numbers}</gml:posList></gml:LineString></app:senterlinje></app:Veglenke>"
        "</gml:featureMember>"
    )


def gml(path: Path, links) -> Path:
    path.write_text(GML_HEAD + "".join(links) + "</gml:FeatureCollection>", encoding="utf-8")
    return path


def csv(path: Path, head: str, *rows: str) -> Path:
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return path


def address_file(folder: Path) -> Path:
    """Two addresses; the first has its access point on the street, 30 metres from its building."""
    rows = []
    for name, place, access, old in (("1", (100, 30), (100, 0), 2), ("2", (590, 5), None, 1)):
        ((east, north),) = here([place])
        a_east, a_north = here([access])[0] if access else ("", "")
        rows.append(f"{name};Vegen {name};{CRS};{north};{east};{a_north};{a_east};ROA;1;0;1;0;{old}")
    head = (
        "lokalId;adresseTekst;EPSG-kode;Nord;Øst;atkomstNord;atkomstØst;poststed;boliger;"
        "beboere_barn;beboere_voksne;beboere_eldre;beboere_eldst"
    )
    return csv(folder / "adresser.csv", head, *rows)


def service_file(folder: Path, *places, category="dagligvare") -> Path:
    rows = [f"s{at};{category};Butikk {at};{y};{x}" for at, (x, y) in enumerate(here(list(places)))]
    return csv(folder / "tilbud.csv", "id;kategori;navn;nord;øst", *rows)


def terrain(path: Path, height_of, *, size=80, cell=10.0, crs=CRS, bands=1) -> Path:
    """A terrain model over the streets; height_of: of x and y in metres from the south-west corner."""
    x = (np.arange(size) + 0.5) * cell - 100
    y = (size - np.arange(size) - 0.5) * cell - 100
    cells = np.broadcast_to(height_of(x[None, :], y[:, None]), (size, size)).astype("float32")
    with rasterio.open(
        path, "w", driver="GTiff", width=size, height=size, count=bands, dtype="float32",
        crs=f"EPSG:{crs}" if crs else None,
        transform=from_origin(EAST - 100, NORTH - 100 + size * cell, cell, cell),
    ) as file:  # fmt: skip
        for band in range(1, bands + 1):
            file.write(cells, band)
    return path
