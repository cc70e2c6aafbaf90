"""An option as SVG, drawn by ECharts in V8: one engine for each process, the same bytes every time.

The SVG holds no style element and no style attribute, so it may stand inside a page under a strict content
security policy; it refers to nothing outside itself. `paper` makes it fit for a PDF.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import re
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from py_mini_racer import JSEvalException, MiniRacer

from .shapes import Figure, FigureError
from .text_width import widths

HERE = Path(__file__).parent
ECHARTS = HERE.parent / "site" / "static" / "trinnvis" / "vendor" / "echarts.min.js"
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
LONGEST = 10.0  # seconds for one drawing before it is given up
MOST_MEMORY = 512 * 1024 * 1024
ANIMATED = {"animation": False}

_lock = threading.Lock()


def svg_of(figure: Figure) -> str:
    """The figure's picture, drawn by ECharts unless it came with one."""
    return figure.picture or render_svg(figure.option, figure.width, figure.height)


def render_svg(option: Mapping[str, Any], width: int, height: int) -> str:
    """The option as an SVG text of `width` × `height` units.

    Raises FigureError when the option is not JSON (NaN included) or ECharts cannot draw it.
    """
    if not (0 < width <= 4000 and 0 < height <= 8000):
        raise FigureError(f"A figure of {width} × {height} units cannot be drawn")
    try:
        text = json.dumps({**option, **ANIMATED}, allow_nan=False, ensure_ascii=False, sort_keys=True)
    except (TypeError, ValueError) as fault:
        raise FigureError(f"The option is not plain JSON: {fault}") from fault
    return _rendered(text, width, height)


@lru_cache(maxsize=256)
def _rendered(option: str, width: int, height: int) -> str:
    prefix = "f" + hashlib.sha256(f"{width}x{height}{option}".encode()).hexdigest()[:10]
    return _clean(draw(option, width, height), prefix)


def draw(option: str, width: int, height: int) -> str:
    """What ECharts itself makes of an option in JSON; one drawing at a time."""
    with _lock:
        try:
            drawn = _evaluated(f"draw({option}, {width}, {height})")
        except JSEvalException as fault:
            close_engine()
            reason = str(fault).partition("\n")[0]
            raise FigureError(f"ECharts could not draw the figure: {reason}") from None
    return str(drawn)


def _evaluated(script: str) -> object:
    """In a thread of its own: where an event loop runs, as in an async server, an engine would be made to
    depend on that loop, and V8 refuses to keep time."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: _engine().eval(script, timeout_sec=LONGEST)).result()


@cache
def _engine() -> MiniRacer:
    engine = MiniRacer()
    engine.set_soft_memory_limit(MOST_MEMORY)
    tables = json.dumps({"400": widths(), "600": widths(bold=True)})
    for script in (HERE / "engine.js", ECHARTS, HERE / "static" / "trinnvis" / "figures.js"):
        engine.eval(script.read_text(encoding="utf-8"))
    engine.eval(f"prepareDrawing({tables})")
    return engine


def close_engine() -> None:
    """Give up the engine; the next drawing makes a new one. Left to the garbage collector when Python ends,
    it now and then waits for ever for its own thread."""
    if _engine.cache_info().currsize:
        _engine().close()
        _engine.cache_clear()


def _after_fork() -> None:
    """A child process has none of its parent's threads: it makes its own engine and lock, and leaves the
    parent's engine alone."""
    global _lock
    _lock = threading.Lock()
    if _engine.cache_info().currsize:
        _left_alone.append(_engine())
        _left_alone[-1].close = lambda *_: None  # type: ignore[method-assign]
        _engine.cache_clear()


_left_alone: list[MiniRacer] = []
atexit.register(close_engine)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def _clean(svg: str, prefix: str) -> str:
    """Without styles, classes and ECharts' own attributes; ids begin with `prefix` so that figures on one
    page do not take each other's patterns."""
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    root = ElementTree.fromstring(svg)  # noqa: S314 made by our own engine a moment ago
    names: dict[str, str] = {}
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{{{SVG}}}style" or _is_invisible(child):
                parent.remove(child)
    for element in root.iter():
        for name in list(element.attrib):
            if name.startswith("ecmeta_") or name in {"class", "pointer-events", "baseProfile"}:
                del element.attrib[name]
        for declaration in filter(None, element.attrib.pop("style", "").split(";")):
            name, _, value = declaration.partition(":")
            element.set(name.strip(), value.strip())
        if "id" in element.attrib:
            names[element.attrib["id"]] = f"{prefix}-{len(names)}"
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == "id":
                element.set(name, names[value])
            elif "#" in value:
                element.set(name, re.sub(r"#(zr\d+-\w+)", lambda hit: f"#{names.get(hit[1], hit[1])}", value))
    text = ElementTree.tostring(root, encoding="unicode")
    return re.sub(r">\s+<", "><", text)


def _is_invisible(element: ElementTree.Element) -> bool:
    """A shape that only listens for the pointer."""
    unfilled = element.get("fill") == "none" or element.get("fill-opacity") == "0"
    edged = element.get("stroke", "none") != "none" and element.get("stroke-width") != "0"
    return element.tag.rpartition("}")[2] in {"path", "rect"} and unfilled and not edged
