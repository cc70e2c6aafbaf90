"""A map drawn on the server: streets and homes by class, services by name, with key, scale and credit.

Plain SVG with no style and nothing fetched, for pages without WebGL or JavaScript and for PDF. A class is
told by its colour and by the shape of its dots and dashes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from trinnvis.formats import SPACE, number

from .layout import FONT, SIZE
from .palette import ACCENT, FAINT, GROUND, INK, QUIET, colour
from .shapes import ILLEGAL_IN_XML, WIDTH, About, Figure, FigureError, Table
from .text_width import width_of

Bounds = tuple[float, float, float, float]
Shape = Literal["circle", "square", "triangle", "diamond", "cross"]

HEIGHT = 560
MARGIN = 0.03  # of the extent, around what is drawn
SMALLEST_M = 200.0  # a map of less than this shows nothing but itself
KEY, ROW, GAP = 28, 26, 26  # the gap has room for a wider letter, when the reader's own is used
FINEST = 0.5  # units; bends smaller than this are not seen
FEW = 3000
NAMED = 40  # services with their names on the map; more would hide it
SMALL = 12


@dataclass(frozen=True)
class MapClass:
    """How a class is drawn. `role`: a colour of `palette`. `width` and `dash` are for its streets."""

    label: str
    role: str
    shape: Shape
    width: float = 2.0
    dash: str = ""


PLAIN = MapClass("", "neutral-border-default", "circle", 0.7)
"""Streets of no class."""


@dataclass(frozen=True, eq=False)
class Dots:
    """Homes. xy: [n, 2] metres. classes: [n] number of the class."""

    xy: NDArray[np.float64]
    classes: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Streets:
    """lines: [n] shapely lines in metres. classes: [n] number of the class, below 0 for none."""

    lines: NDArray[np.object_]
    classes: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Marks:
    """Services. xy: [n, 2] metres. labels: [n] names. title: what they are, for the key."""

    xy: NDArray[np.float64]
    labels: Sequence[str]
    title: str


@dataclass(frozen=True)
class View:
    """From metres to the drawing's units; y points down."""

    bounds: Bounds
    scale: float
    top: float
    width: float
    height: float

    def units(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        west, _, _, north = self.bounds
        return np.round((xy - (west, north)) * (self.scale, -self.scale) + (0, self.top), 1)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """The metres a spot of the drawing stands for."""
        west, _, _, north = self.bounds
        return round(west + x / self.scale, 1), round(north - (y - self.top) / self.scale, 1)

    def inside(self, xy: NDArray[np.float64]) -> NDArray[np.bool_]:
        west, south, east, north = self.bounds
        return np.asarray(((xy >= (west, south)) & (xy <= (east, north))).all(axis=1))


def town_map(
    homes: Dots,
    streets: Streets,
    services: Marks,
    *,
    classes: Sequence[MapClass],
    bounds: Bounds | None = None,
    size: tuple[int, int] = (WIDTH, HEIGHT),
    credit: str = "",
) -> str:
    """The map as SVG text of `size` units. bounds: west, south, east, north in metres, else all homes,
    else all streets. Homes of the first class lie on top. credit: whose data it is (navngivelse).

    Raises:
        FigureError: nothing to draw, or a class number without a class.
    """
    _check(homes, streets, classes)
    width, height = size
    view = view_of(homes, streets, services, classes=classes, bounds=bounds, size=size, credit=credit)
    key, top = _key(classes, services, width)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">',
        f'<rect x="0" y="{top}" width="{width}" height="{view.height:g}" fill="{colour(FAINT)}"/>',
        *key,
        *_streets(streets, classes, view),
        *_homes(homes, classes, view),
        *_services(services, view),
        *_scale_bar(view),
    ]
    if credit:
        parts.append(_text(width, height - 8, credit, SMALL, QUIET, anchor="end"))
    return "".join([*parts, "</svg>"])


def view_of(
    homes: Dots,
    streets: Streets,
    services: Marks,
    *,
    classes: Sequence[MapClass],
    bounds: Bounds | None = None,
    size: tuple[int, int] = (WIDTH, HEIGHT),
    credit: str = "",
) -> View:
    """Where `town_map` draws what, so that a click on it is a place."""
    _, top = _key(classes, services, size[0])
    return _view(bounds or _extent(homes, streets), *size, top, ROW if credit else 0)


def map_figure(about: About, svg: str, table: Table, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Figure:
    """A map among other figures: on a page, in a pack and in a workbook, with its table."""
    return Figure(about, {}, table, width=size[0], height=size[1], picture=svg)


def _check(homes: Dots, streets: Streets, classes: Sequence[MapClass]) -> None:
    if not len(homes.xy) and not len(streets.lines):
        raise FigureError("A map needs homes or streets")
    highest = max(homes.classes.max(initial=-1), streets.classes.max(initial=-1))
    if highest >= len(classes) or homes.classes.min(initial=0) < 0:
        raise FigureError(f"The map has {len(classes)} classes, but something is of another")


def _extent(homes: Dots, streets: Streets) -> Bounds:
    points = homes.xy if len(homes.xy) else shapely.bounds(streets.lines).reshape(-1, 2)
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    return float(west), float(south), float(east), float(north)


def _view(bounds: Bounds, width: int, height: int, top: float, foot: float) -> View:
    """The bounds with a margin, widened to the shape of the drawing."""
    west, south, east, north = bounds
    if not np.isfinite(bounds).all() or east < west or north < south:
        raise FigureError(f"{bounds} are not a map's bounds")
    room = height - top - foot
    if room < 100:
        raise FigureError(f"{width} × {height} units leave no room for a map")
    wide, high = (max(side * (1 + 2 * MARGIN), SMALLEST_M) for side in (east - west, north - south))
    scale = min(width / wide, room / high)
    x, y = (west + east) / 2, (south + north) / 2
    half, tall = width / scale / 2, room / scale / 2
    return View((x - half, y - tall, x + half, y + tall), scale, top, width, room)


def _streets(streets: Streets, classes: Sequence[MapClass], view: View) -> Iterator[str]:
    """Those without a class first and thin, then class by class with the first on top."""
    if not len(streets.lines):
        return
    here = shapely.STRtree(streets.lines).query(shapely.box(*view.bounds))
    here.sort()
    lines = shapely.clip_by_rect(streets.lines[here], *view.bounds)
    for number_ in (-1, *range(len(classes) - 1, -1, -1)):
        mine = streets.classes[here] < 0 if number_ < 0 else streets.classes[here] == number_
        path = "".join(_polylines(lines[mine], view))
        if not path:
            continue
        shown = classes[number_] if number_ >= 0 else PLAIN
        dash = f' stroke-dasharray="{shown.dash}"' if shown.dash else ""
        yield (
            f'<path d="{path}" fill="none" stroke="{colour(shown.role)}" stroke-width="{shown.width:g}"'
            f'{dash} stroke-linejoin="round"/>'
        )


def _polylines(lines: NDArray[np.object_], view: View) -> Iterator[str]:
    """Streets laid end to end, without the bends and stumps that are too small to see."""
    whole = shapely.line_merge(shapely.multilinestrings(shapely.get_parts(lines)))
    parts = shapely.simplify(shapely.get_parts(whole), FINEST / view.scale)
    parts = parts[shapely.length(parts) > FINEST / view.scale]
    xy, owner = shapely.get_coordinates(parts, return_index=True)
    tenths = np.rint(view.units(xy) * 10).astype(np.int64)
    steps = (np.diff(tenths, axis=0, prepend=tenths[:1]) / 10).tolist()
    starts = (tenths / 10).tolist()
    begins = np.flatnonzero(np.diff(owner, prepend=-1)).tolist()
    for low, high in pairwise([*begins, len(starts)]):
        x, y = starts[low]
        yield f"M{x:g},{y:g}l" + " ".join(f"{x:g},{y:g}" for x, y in steps[low + 1 : high])


def _homes(homes: Dots, classes: Sequence[MapClass], view: View) -> Iterator[str]:
    inside = view.inside(homes.xy)
    radius = 3.6 if inside.sum() <= FEW else 2.2
    for number_ in range(len(classes) - 1, -1, -1):
        units = view.units(homes.xy[inside & (homes.classes == number_)])
        spots = np.unique(np.round(units / 1.5), axis=0) * 1.5  # homes on top of one another are one dot
        if len(spots):
            smaller = 0.7 if classes[number_].shape == "cross" else 1.0
            yield _dots(spots.tolist(), classes[number_], radius * smaller)


def _dots(spots: Sequence[Sequence[float]], shown: MapClass, radius: float) -> str:
    shape = _shape(shown.shape, radius)
    path = "".join(f"M{x:g},{y:g}{shape}" for x, y in spots)
    if shown.shape == "cross":
        return f'<path d="{path}" fill="none" stroke="{colour(shown.role)}" stroke-width="1.1"/>'
    return (
        f'<path d="{path}" fill="{colour(shown.role)}" stroke="{colour(GROUND)}" stroke-width="0.6" '
        f'paint-order="stroke"/>'
    )


def _shape(shape: Shape, r: float) -> str:
    """A closed shape of radius `r` around the point the pen is at."""
    r = round(r, 2)
    d = round(2 * r, 2)
    return {
        "circle": f"m{-r:g},0a{r:g},{r:g} 0 1,0 {d:g},0a{r:g},{r:g} 0 1,0 {-d:g},0z",
        "square": f"m{-r:g},{-r:g}h{d:g}v{d:g}h{-d:g}z",
        "triangle": f"m0,{-1.2 * r:.3g}l{1.2 * r:.3g},{2.1 * r:.3g}h{-2.4 * r:.3g}z",
        "diamond": f"m0,{-1.3 * r:.3g}l{1.3 * r:.3g},{1.3 * r:.3g}l{-1.3 * r:.3g},{1.3 * r:.3g}"
        f"l{-1.3 * r:.3g},{-1.3 * r:.3g}z",
        "cross": f"m{-r:g},{-r:g}l{d:g},{d:g}m0,{-d:g}l{-d:g},{d:g}",
    }[shape]


def _services(services: Marks, view: View) -> Iterator[str]:
    """A ringed square for each entrance, and the names there is room for."""
    inside = np.flatnonzero(view.inside(services.xy)) if len(services.xy) else np.empty(0, dtype=np.int64)
    units = view.units(services.xy[inside]).tolist()
    for x, y in units:
        yield _service(x, y)
    taken: list[Bounds] = [(x - 9, y - 9, x + 9, y + 9) for x, y in units]
    for (x, y), at in list(zip(units, inside.tolist(), strict=True))[:NAMED]:
        label = ILLEGAL_IN_XML.sub(" ", services.labels[at]).strip()
        wide = width_of(label, SMALL)
        for left in (x + 11, x - 11 - wide):
            box = (left, y - 7, left + wide, y + 7)
            free = left >= 0 and left + wide <= view.width and not any(_meet(box, other) for other in taken)
            if label and free:
                taken.append(box)
                yield _text(left, y + 4, label, SMALL, INK, halo=True)
                break


def _service(x: float, y: float) -> str:
    return (
        f'<path d="M{x:g},{y:g}{_shape("square", 6)}" fill="{colour(GROUND)}" stroke="{colour(INK)}" '
        f'stroke-width="2"/><path d="M{x:g},{y:g}{_shape("circle", 2.4)}" fill="{colour(ACCENT)}"/>'
    )


def _meet(one: Bounds, other: Bounds) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _key(classes: Sequence[MapClass], services: Marks, width: int) -> tuple[list[str], int]:
    """The key over the map, broken to its width, and how high it is."""
    parts: list[str] = []
    x, y = 0.0, ROW / 2
    entries: list[tuple[str, MapClass | None]] = [(each.label, each) for each in classes]
    if len(services.xy):
        entries.append((services.title, None))
    for label, shown in entries:
        needs = KEY + width_of(label, SIZE) + GAP
        if x and x + needs > width:
            x, y = 0.0, y + ROW
        if shown is None:
            parts.append(_service(x + KEY / 2 - 3, y))
        else:
            dash = f' stroke-dasharray="{shown.dash}"' if shown.dash else ""
            parts.append(
                f'<path d="M{x:g},{y:g}h{KEY - 8}" fill="none" stroke="{colour(shown.role)}" '
                f'stroke-width="{shown.width:g}"{dash}/>'
            )
            parts.append(_dots([(x + KEY / 2 - 4, y)], shown, 5))
        parts.append(_text(x + KEY - 2, y + 5, label, SIZE, INK))
        x += needs
    return parts, round(y + ROW / 2 + 4)


def _scale_bar(view: View) -> Iterator[str]:
    """A round number of metres, about a sixth of the width."""
    most = view.width / 6 / view.scale
    power = 10 ** np.floor(np.log10(most))
    metres = max(step * power for step in (1, 2, 5) if step * power <= most)
    x, y, long = 12, view.top + view.height - 12, metres * view.scale
    yield f'<path d="M{x},{y - 6:g}v6h{long:.1f}v-6" fill="none" stroke="{colour(INK)}" stroke-width="1.5"/>'
    said = f"{number(metres / 1000)}{SPACE}km" if metres >= 1000 else f"{number(metres)}{SPACE}m"
    yield _text(x + 4, y - 6, said, SMALL, INK, halo=True)


def _text(
    x: float, y: float, text: str, size: int, role: str, *, anchor: str = "", halo: bool = False
) -> str:
    more: dict[str, Any] = {"text-anchor": anchor} if anchor else {}
    if halo:
        more |= {
            "stroke": colour(GROUND), "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke"
        }  # fmt: skip
    said = "".join(f' {name}="{value}"' for name, value in more.items())
    return (
        f'<text x="{x:g}" y="{y:g}" font-family="{FONT}" font-size="{size}" fill="{colour(role)}"{said}>'
        f"{escape(text)}</text>"
    )
