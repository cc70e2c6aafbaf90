"""How wide a text is in Inter, so that what the server draws has room for its words."""

from __future__ import annotations

import struct
from functools import cache

from trinnvis.fonts import FOLDER

CHARACTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180), 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D,
              0x2026, 0x2022, 0x20AC, 0x2212, 0x2192, 0x2264, 0x2265]  # fmt: skip


@cache
def widths(bold: bool = False) -> dict[str, float]:
    """Character -> advance in parts of the font size, from the font file's own tables."""
    data = (FOLDER / f"Inter-{'SemiBold' if bold else 'Regular'}.ttf").read_bytes()
    count = struct.unpack_from(">H", data, 4)[0]
    tables = {
        data[12 + 16 * i : 16 + 16 * i]: struct.unpack_from(">I", data, 20 + 16 * i)[0] for i in range(count)
    }
    units = struct.unpack_from(">H", data, tables[b"head"] + 18)[0]
    measures = struct.unpack_from(">H", data, tables[b"hhea"] + 34)[0]
    glyphs = _glyphs(data, tables[b"cmap"])

    def advance(glyph: int) -> int:
        at = tables[b"hmtx"] + 4 * min(glyph, measures - 1)
        return int(struct.unpack_from(">H", data, at)[0])

    return {chr(code): advance(glyphs[code]) / units for code in CHARACTERS if code in glyphs}


def _glyphs(data: bytes, at: int) -> dict[int, int]:
    """Character code -> glyph, from the format 4 subtable every TrueType font has."""
    for i in range(struct.unpack_from(">H", data, at + 2)[0]):
        start = at + struct.unpack_from(">I", data, at + 8 + 8 * i)[0]
        if struct.unpack_from(">H", data, start)[0] == 4:
            break
    else:
        raise ValueError("the font has no format 4 character map")
    segments = struct.unpack_from(">H", data, start + 6)[0] // 2
    ends, starts = start + 14, start + 16 + 2 * segments
    deltas, offsets = starts + 2 * segments, starts + 4 * segments
    found: dict[int, int] = {}
    for s in range(segments):
        end, first, delta, offset = (
            struct.unpack_from(">H", data, base + 2 * s)[0] for base in (ends, starts, deltas, offsets)
        )
        for code in range(first, min(end, 0x2FFF) + 1):
            if offset == 0:
                found[code] = (code + delta) & 0xFFFF
            else:
                place = offsets + 2 * s + offset + 2 * (code - first)
                glyph = struct.unpack_from(">H", data, place)[0]
                found[code] = (glyph + delta) & 0xFFFF if glyph else 0
    return found


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line of text; a character the table lacks counts as wide as an "m"."""
    table = widths(bold)
    return size * sum(table.get(character, table["m"]) for character in text)
