"""From a path to a dataset: what kind of file it is, and whether it is a sensible one."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Final

from trinnvis.planning.town.importing import delimited, making, vector
from trinnvis.planning.town.importing.asking import Unsaid
from trinnvis.planning.town.importing.dataset import Dataset
from trinnvis.planning.town.importing.making import Context
from trinnvis.planning.town.importing.report import Report
from trinnvis.trouble import Trouble

MEGABYTE: Final = 1_000_000


class FileKind(StrEnum):
    """What a file holds (slag)."""

    AUTO = "auto"
    OSM = "osm"
    NVDB = "nvdb"
    ADDRESSES = "addresses"
    SERVICES = "services"
    NETWORK = "network"
    TERRAIN = "terrain"
    GRID = "grid"


LARGEST_MB: Final = {".pbf": 2_000, ".gml": 4_000, ".xml": 4_000, ".tif": 50_000, ".tiff": 50_000}
"""Read as a stream, or in strips. Norway in OpenStreetMap is some 1 400 MB."""
OTHERS_LARGEST_MB: Final = 250
"""Read whole, at some ten times that in memory. The addresses of a county are some 100 MB of text."""
READERS: Final = {
    FileKind.OSM: making.from_osm,
    FileKind.NVDB: making.from_nvdb,
    FileKind.ADDRESSES: making.from_addresses,
    FileKind.SERVICES: making.from_services,
    FileKind.NETWORK: making.from_lines,
    FileKind.TERRAIN: making.from_terrain,
    FileKind.GRID: making.from_grid,
}
WHOLE_COUNTRY: Final = "Klipp ut kommunen først, for eksempel med osmium extract eller i QGIS."


def kind_of(path: Path, said: FileKind, layer: str | None = None) -> FileKind:
    """What a file holds: as said, else as it looks.

    Raises:
        Trouble: missing, empty, too large or of an unknown kind.
    """
    try:
        size = path.stat().st_size
        if not path.is_file() and path.suffix.lower() != ".gdb":
            raise Trouble(f"{path} er ikke en fil.", "Oppgi fila, ikke mappa.")
        most = LARGEST_MB.get(path.suffix.lower(), OTHERS_LARGEST_MB)
        if size == 0:
            raise Trouble(f"{path.name} er tom.", "Last den ned på nytt.")
        if size > most * MEGABYTE:
            raise Trouble(
                f"{path.name} er {size / 1e9:.1f} GB. Mer enn {most / 1000:g} GB leses ikke på én gang.",
                WHOLE_COUNTRY,
            )
        return detected(path, layer) if said is FileKind.AUTO else said
    except OSError as error:
        raise _unreadable(path, error) from error


def import_file(path: Path, kind: FileKind, context: Context) -> tuple[Dataset, Report]:
    """A file of a known kind as a dataset, with a report.

    Raises:
        Trouble: wrong inside; the text says where.
    """
    report = Report()
    try:
        return READERS[kind](path, context, report), report
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> Trouble:
    return Trouble(f"{path} kan ikke leses ({error.strerror or error}).", "Sjekk stien og rettighetene.")


def detected(path: Path, layer: str | None = None) -> FileKind:
    """What a file's name and first lines say it is.

    Raises:
        Trouble: nothing we read.
    """
    suffix = path.suffix.lower()
    if suffix == ".pbf" or path.name.lower().endswith(".osm"):
        return FileKind.OSM
    if suffix in {".gml", ".xml"}:
        return FileKind.NVDB
    if suffix in {".tif", ".tiff"}:
        return FileKind.TERRAIN
    if suffix in {".csv", ".txt"}:
        headings = delimited.headings_of(path)
        return FileKind.SERVICES if set(delimited.CATEGORY) & set(headings) else FileKind.ADDRESSES
    if suffix in {".geojson", ".json"}:
        return _kind_of(vector.read_geojson(path))
    if suffix in {".gpkg", ".shp", ".gdb", ".fgb"}:
        return _kind_of(vector.read_layer(path, layer))
    if suffix == ".zip":
        raise Trouble(f"{path.name} er pakket.", "Pakk den ut, og oppgi fila som er inni.")
    raise Unsaid(
        "kind",
        f"{path.name} er av et slag Trinnvis ikke leser.",
        "Bruk .osm.pbf, .gml, .csv, .geojson, .gpkg, .shp eller .tif, eller si hva fila er.",
    )


def _kind_of(layer: vector.Layer) -> FileKind:
    """
    Raises:
        Trouble: shapes of several kinds.
    """
    for shapes, kind in (
        (vector.LINES, FileKind.NETWORK), (vector.POINTS, FileKind.SERVICES), (vector.AREAS, FileKind.GRID)
    ):  # fmt: skip
        if layer.are(shapes):
            return kind
    raise Trouble(
        f"{layer.name} blander punkter, linjer og flater.",
        "Eksporter ett lag om gangen: linjer for gangnett, punkter for tilbud, flater for rutenett.",
    )
