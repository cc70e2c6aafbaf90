"""Colours by their place in the theme, patterns and markers. A series is never known by its colour alone.

The values are read from the theme's stylesheet, so a municipality's own theme colours its figures, its PDFs
and its workbooks too. On a page each colour is a CSS variable and follows dark mode.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

THEME = Path(__file__).parent.parent / "site" / "static" / "trinnvis" / "vendor" / "theme.css"

INK = "neutral-text-default"
QUIET = "neutral-text-subtle"
RULE = "neutral-border-subtle"
GROUND = "neutral-background-default"
FAINT = "neutral-surface-tinted"
ACCENT = "accent-base-default"

# Neighbours differ in lightness as well as hue, so that they part in grey and for the colour-blind.
GROUPS = (
    "fjord-base-default",
    "korn-base-default",
    "eng-text-default",
    "rogn-base-default",
    "eng-border-default",
    "fjord-border-subtle",
    "neutral-border-default",
    "korn-text-default",
)
# A ladder: from light to dark within each third, and from green by gold to blue.
LADDER = (
    "eng-border-subtle", "eng-border-default", "eng-text-subtle", "eng-text-default",
    "korn-border-subtle", "korn-base-default", "korn-text-subtle", "korn-text-default",
    "fjord-border-subtle", "fjord-border-default", "fjord-base-default", "fjord-text-default",
)  # fmt: skip
ROLES = tuple(dict.fromkeys((INK, QUIET, RULE, GROUND, FAINT, ACCENT, *GROUPS, *LADDER)))

MARKERS = ("circle", "triangle", "rect", "diamond", "roundRect", "emptyCircle", "emptyTriangle", "emptyRect")
DASHES: tuple[str | list[int], ...] = ("solid", [8, 4], [2, 3], [10, 3, 2, 3])

# Even-spaced strokes and dots over the fill. The first has none: one plain series is the calmest to read.
PATTERNS: tuple[dict[str, Any], ...] = (
    {"dashArrayX": [1, 0], "dashArrayY": [2, 6], "rotation": 0.785},
    {"symbol": "circle", "dashArrayX": [[6, 6], [0, 6, 6, 0]], "dashArrayY": [6, 0], "symbolSize": 0.55},
    {"dashArrayX": [1, 0], "dashArrayY": [2, 7], "rotation": 0},
    {"dashArrayX": [1, 0], "dashArrayY": [2, 6], "rotation": -0.785},
    {"dashArrayX": [1, 0], "dashArrayY": [2, 7], "rotation": 1.5708},
    {"symbol": "rect", "dashArrayX": [[7, 7], [0, 7, 7, 0]], "dashArrayY": [7, 0], "symbolSize": 0.5},
    {"dashArrayX": [6, 3], "dashArrayY": [2, 5], "rotation": 0.785},
    {"symbol": "triangle", "dashArrayX": [[9, 9], [0, 9, 9, 0]], "dashArrayY": [9, 0], "symbolSize": 0.7},
    {"dashArrayX": [6, 3], "dashArrayY": [2, 5], "rotation": -0.785},
    {"symbol": "diamond", "dashArrayX": [[9, 9], [0, 9, 9, 0]], "dashArrayY": [9, 0], "symbolSize": 0.75},
    {"dashArrayX": [6, 3], "dashArrayY": [2, 6], "rotation": 0},
)


@cache
def colours() -> dict[str, str]:
    """Role -> "#rrggbb" in the light theme."""
    css = THEME.read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for role, colour in re.findall(r"--ds-color-([a-z-]+): (#[0-9a-fA-F]{6});", css):
        found.setdefault(role, colour.lower())
    return {role: found[role] for role in ROLES}


def colour(role: str) -> str:
    return colours()[role]


def is_dark(hexadecimal: str) -> bool:
    """Whether white stands out better on the colour than black does (WCAG relative luminance)."""
    parts = [int(hexadecimal[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return luminance < 0.18


def roles(count: int) -> tuple[str, ...]:
    """So many colours: for groups when few, for steps of a ladder when many."""
    if count <= 4:
        return GROUPS[:count]
    if count <= len(LADDER):
        return tuple(LADDER[round(i * (len(LADDER) - 1) / (count - 1))] for i in range(count))
    return tuple(LADDER[i % len(LADDER)] for i in range(count))


NO_PATTERN: dict[str, Any] = {"symbol": "none"}


def decal(index: int, role: str) -> dict[str, Any]:
    """The pattern of series number `index`: none for the first, then each its own."""
    if index % (len(PATTERNS) + 1) == 0:
        return NO_PATTERN
    stroke = "rgba(255,255,255,0.55)" if is_dark(colour(role)) else "rgba(0,0,0,0.32)"
    return {"color": stroke, "symbol": "rect", **PATTERNS[index % (len(PATTERNS) + 1) - 1]}


def fill(index: int, role: str) -> dict[str, Any]:
    """Colour, pattern and a thin edge in the page's colour between neighbours."""
    return {
        "color": colour(role),
        "borderColor": colour(GROUND),
        "borderWidth": 1,
        "decal": decal(index, role),
    }


def themed(svg: str) -> str:
    """The SVG with each of the theme's colours as a CSS variable, for use inside a page."""
    by_value = {value: role for role, value in reversed(colours().items())}
    by_value |= {"rgb(255,255,255)": GROUND, "rgb(0,0,0)": INK}  # the strokes of the patterns
    pattern = re.compile('"(' + "|".join(map(re.escape, by_value)) + ')"')
    return pattern.sub(lambda hit: f'"var(--ds-color-{by_value[hit[1]]},{hit[1]})"', svg)
