"""How wide a text is in Inter, so that what the server draws has room for its words."""

from __future__ import annotations

import struct
from functools import cache

from trinnvis.fonts import FOLDER
from trinnvis.fonts.truetype import glyphs_of, tables_of


@cache
def widths(bold: bool = False) -> dict[str, float]:
    """Character -> advance in parts of the font size, from the font file's own tables."""
    data = (FOLDER / "vendor" / f"Inter-{'SemiBold' if bold else 'Regular'}.ttf").read_bytes()
    tables, glyphs = tables_of(data), glyphs_of(data)
    units = struct.unpack_from(">H", data, tables[b"head"] + 18)[0]
    measures = struct.unpack_from(">H", data, tables[b"hhea"] + 34)[0]

    def advance(glyph: int) -> int:
        at = tables[b"hmtx"] + 4 * min(glyph, measures - 1)
        return int(struct.unpack_from(">H", data, at)[0])

    return {chr(code): advance(glyph) / units for code, glyph in glyphs.items()}


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line of text; a character the table lacks counts as wide as an "m"."""
    table = widths(bold)
    return size * sum(table.get(character, table["m"]) for character in text)
