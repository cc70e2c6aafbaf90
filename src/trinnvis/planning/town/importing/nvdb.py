"""NVDB Vegnett Pluss (GML): road links with a height at every point, read as a stream by expat.

EPSG:5973 is UTM 33 with NN2000 heights; GDAL gives it a number pyproj does not know, so GDAL is not asked.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

import numpy as np
from pyproj import CRS
from pyproj.exceptions import CRSError

from trinnvis.planning.town.arrays import Floats
from trinnvis.planning.town.importing.crs import RENAMED
from trinnvis.planning.town.network import Way
from trinnvis.trouble import Trouble

FEATURE: Final = "Veglenke"
FERRIES: Final = {"bilferje", "passasjerferje", "ferje"}
ON_FOOT: Final = {
    "fortau", "gangveg", "gsv", "gangOgSykkelveg", "gangfelt", "trapp", "gagate", "gågate", "gatetun", "sti",
    "tv", "traktorveg", "sv", "sykkelveg",
}  # fmt: skip
DRIVEN: Final = {"bilveg", "enkelBilveg", "kanalveg", "kanalisertVeg", "rkj", "rundkjøring", "rampe"}
NOT_WALKED_CATEGORIES: Final = {"E", "R"}
CENTRE_OF_DIVIDED_ROAD: Final = "VT"
WANTED: Final = {"typeVeg", "detaljnivå", "medium", "vegkategori", "posList", "konnekteringslenke"}
LINE_SHAPES: Final = {"LineString", "Curve", "LineStringSegment"}


@dataclass
class Links:
    """Walkable links: points [n, 2], heights [n] in the file's system, flags; and roads that bar the way."""

    system: str = ""
    lines: list[Floats] = field(default_factory=list)
    heights: list[Floats] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    barriers: list[Floats] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    features: int = 0


def why_not(kind: str, category: str, detail: str, connection: bool) -> str:
    """Why a link is not walked; "" when it is."""
    if kind in FERRIES:
        return "ferje"
    if detail == CENTRE_OF_DIVIDED_ROAD:
        return "midtlinje i delt veg (VT)"
    if kind in ON_FOOT or connection:
        return ""
    if kind not in DRIVEN:
        return f"ukjent typeVeg «{kind}»"
    if category in NOT_WALKED_CATEGORIES:
        return f"{category}-veg, ikke for gående"
    return ""


def flags_of(kind: str, medium: str) -> Way:
    """Steps, bridge (L) and tunnel (U)."""
    flags = Way.STEPS if kind == "trapp" else Way(0)
    if medium.upper().startswith("U"):
        flags |= Way.TUNNEL
    elif medium.upper().startswith("L"):
        flags |= Way.BRIDGE
    return flags


def read(path: Path) -> Links:
    """All links of a file; memory grows with the walkable ones only.

    Raises:
        Trouble: broken XML (with line), a document type, several coordinate systems, or no links.
    """
    reader = _Reader(path.name)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.refuse
    try:
        with path.open("rb") as file:
            parser.ParseFile(file)
    except expat.ExpatError as error:
        raise Trouble(
            f"{path.name} er ikke hel XML: {expat.ErrorString(error.code)} i linje {error.lineno}.",
            "Fila er trolig kuttet. Last den ned på nytt.",
        ) from error
    if not reader.links.features:
        raise Trouble(
            f"{path.name} har ingen veglenker.", "Velg datasettet NVDB Vegnett Pluss i GML fra Geonorge."
        )
    return reader.links


@cache
def dimension_of(system: str) -> int:
    """Numbers for each point where the file does not say: 3 in a system with heights, such as EPSG:5973."""
    if system.isdigit() and int(system) in RENAMED:
        return 3
    try:
        return len(CRS.from_user_input(f"EPSG:{system}" if system.isdigit() else system).axis_info)
    except CRSError:
        return 2


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.links = Links()
        self.inside = False
        self.values: dict[str, str] = {}
        self.parts: list[tuple[int, str]] = []
        self.dimension = 0
        self.open: str | None = None
        self.held: list[str] = []

    def refuse(self, *_: Any) -> None:
        raise Trouble(f"{self.name} har en dokumenttype (DOCTYPE), som ikke leses.", "Fjern den fra fila.")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if name == FEATURE:
            self.inside, self.values, self.parts, self.dimension = True, {}, [], 0
        if system := attributes.get("srsName"):
            self._system(system)
        if self.inside:
            if dimension := attributes.get("srsDimension"):
                self.dimension = int(dimension) if dimension in {"2", "3"} else 0
            if name in WANTED:
                self.open, self.held = name, []

    def text(self, data: str) -> None:
        if self.open is not None:
            self.held.append(data)

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        if name == self.open:
            text = "".join(self.held).strip()
            if name == "posList":
                self.parts.append((self.dimension, text))
            else:
                self.values.setdefault(name, text)
            self.open = None
        elif name == FEATURE:
            self.inside = False
            self._link()

    def _system(self, system: str) -> None:
        number = (re.findall(r"\d{4,5}", system) or [system])[-1]
        if self.links.system and number != self.links.system:
            raise Trouble(
                f"{self.name} har både EPSG:{self.links.system} og EPSG:{number}.",
                "Del fila, eller hent den på nytt.",
            )
        self.links.system = number

    def _link(self) -> None:
        links, values = self.links, self.values
        links.features += 1
        kind, category = values.get("typeVeg", ""), values.get("vegkategori", "").upper()
        medium = values.get("medium", "")
        connection = values.get("konnekteringslenke", "").lower() == "true"
        why = why_not(kind, category, values.get("detaljnivå", ""), connection)
        bars = why.endswith("ikke for gående") and flags_of(kind, medium) == 0
        if why:
            links.left_out[why] += 1
        for dimension, text in self.parts if not why or bars else ():
            points = self._points(text, dimension or dimension_of(links.system))
            if len(points) < 2:
                links.left_out["under to punkter"] += 1
            elif bars:
                links.barriers.append(points[:, :2])
            else:
                links.counted[kind] += 1
                links.lines.append(points[:, :2])
                links.heights.append(points[:, 2] if points.shape[1] > 2 else np.full(len(points), np.nan))
                links.flags.append(int(flags_of(kind, medium)))

    def _points(self, text: str, dimension: int) -> Floats:
        try:
            return np.array(text.split(), dtype=np.float64).reshape(-1, dimension)
        except ValueError as error:
            raise Trouble(
                f"{self.name}: veglenke nummer {self.links.features} har koordinater som ikke er "
                f"{dimension} tall for hvert punkt.",
                "Fila er skadd. Last den ned på nytt.",
            ) from error
