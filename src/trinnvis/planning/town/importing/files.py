"""From a path to a dataset: what kind of file it is, and whether it is a sensible one."""

from __future__ import annotations

import hashlib
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from trinnvis.planning.town.importing import delimited, making, osm, vector
from trinnvis.planning.town.importing.dataset import Dataset
from trinnvis.planning.town.importing.making import Context
from trinnvis.planning.town.importing.report import Report
from trinnvis.planning.town.network import Origin
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


LARGEST_MB: Final = {".pbf": 2_000, ".gml": 2_000, ".xml": 2_000, ".tif": 20_000, ".tiff": 20_000}
"""Read as a stream, or in strips. Norway in OpenStreetMap is some 1 400 MB."""
OTHERS_LARGEST_MB: Final = 1_000
"""Read whole. Norway's road addresses are some 900 MB of text."""
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


def import_file(path: Path, kind: FileKind, context: Context) -> tuple[Dataset, FileKind, Report]:
    """A file as a dataset, with a report.

    Raises:
        Trouble: missing, empty, too large, of an unknown kind, or wrong inside; the text says where.
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
        kind = detected(path) if kind is FileKind.AUTO else kind
        report = Report()
        return READERS[kind](path, context, _origin(path, kind, context.today), report), kind, report
    except OSError as error:
        raise Trouble(
            f"{path} kan ikke leses ({error.strerror or error}).", "Sjekk stien og rettighetene."
        ) from error


def detected(path: Path) -> FileKind:
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
        table = delimited.read_table(path, Report())
        return FileKind.SERVICES if table.has(delimited.CATEGORY) else FileKind.ADDRESSES
    if suffix in {".geojson", ".json"}:
        return _kind_of(vector.read_geojson(path))
    if suffix in {".gpkg", ".shp", ".gdb", ".fgb"}:
        return _kind_of(vector.read_layer(path, None))
    if suffix == ".zip":
        raise Trouble(f"{path.name} er pakket.", "Pakk den ut, og oppgi fila som er inni.")
    raise Trouble(
        f"{path.name} er av et slag Trinnvis ikke leser.",
        "Bruk .osm.pbf, .gml, .csv, .geojson, .gpkg, .shp eller .tif, eller si slaget med --kind.",
    )


def _kind_of(layer: vector.Layer) -> FileKind:
    if layer.are(vector.LINES):
        return FileKind.NETWORK
    return FileKind.SERVICES if layer.are(vector.POINTS) else FileKind.GRID


def _origin(path: Path, kind: FileKind, today: date) -> Origin:
    digest = hashlib.sha256()
    if path.is_file():
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    titles = {
        FileKind.OSM: ("OpenStreetMap", osm.LICENCE, osm.ATTRIBUTION),
        FileKind.NVDB: (
            "NVDB Vegnett Pluss",
            "NLOD / CC BY 4.0",
            "© Statens vegvesen, Kartverket og kommunene",
        ),
        FileKind.ADDRESSES: ("Matrikkelen – Vegadresse", "CC BY 4.0", "© Kartverket"),
        FileKind.TERRAIN: ("Terrengmodell", "må kontrolleres", "Oppgi kilden til terrengmodellen"),
        FileKind.GRID: ("Befolkning på rutenett", "CC BY 4.0", "Kilde: Statistisk sentralbyrå"),
    }
    title, licence, credit = titles.get(kind, ("Kommunens egne data", "ikke oppgitt", "Kommunen"))
    return Origin(f"{title} ({path.name})", licence, credit, today.isoformat(), digest.hexdigest())
