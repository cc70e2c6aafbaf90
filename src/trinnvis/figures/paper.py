"""Makes a drawn figure fit for a PDF, where a text in a picture has one typeface and no other stands in."""

from __future__ import annotations

import unicodedata
from functools import cache
from xml.etree import ElementTree

from trinnvis.fonts import INTER, LETTERS
from trinnvis.fonts.characters import REPLACEMENT, drawn_by, printable


def svg_on_paper(svg: str) -> str:
    """The figure with texts that typst can set: Latin, Greek and Cyrillic letters and what goes with them.

    Any other character comes out as a question mark; the figure's table and the words around it have it.
    """
    if _simple(INTER).issuperset(svg):
        return svg
    root = ElementTree.fromstring(svg)  # noqa: S314 made by our own engine a moment ago
    for element in root.iter():
        if element.text and not _simple(INTER).issuperset(element.text):
            element.text = "".join(map(_shown, printable(element.text)))
            element.set("font-family", LETTERS)
    return ElementTree.tostring(root, encoding="unicode")


def _shown(char: str) -> str:
    if unicodedata.category(char) == "Cf":  # joins or turns what stands beside it
        return ""
    return char if char in _simple(LETTERS) else REPLACEMENT


@cache
def _simple(family: str) -> frozenset[str]:
    """What a typeface draws with one shape, where an accent would need the letter before it."""
    return frozenset(char for char in drawn_by(family) if unicodedata.category(char)[0] != "M")
