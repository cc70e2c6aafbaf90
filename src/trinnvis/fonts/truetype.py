"""Reads a TrueType file: where its tables are, and which characters it draws."""

from __future__ import annotations

from struct import unpack_from

SEGMENTS, GROUPS = 4, 12  # formats of a character map: for the first 65,536 characters, and for all


def tables_of(data: bytes) -> dict[bytes, int]:
    """Each table's name and where it begins."""
    rows = (12 + 16 * row for row in range(unpack_from(">H", data, 4)[0]))
    return {data[row : row + 4]: unpack_from(">I", data, row + 8)[0] for row in rows}


def glyphs_of(data: bytes) -> dict[int, int]:
    """Character code -> glyph.

    Raises:
        ValueError: the font has no character map of a format that is read here.
    """
    at = tables_of(data)[b"cmap"]
    places = (
        at + unpack_from(">I", data, at + 8 + 8 * i)[0] for i in range(unpack_from(">H", data, at + 2)[0])
    )
    maps = {unpack_from(">H", data, place)[0]: place for place in places}
    if GROUPS in maps:
        return _of_groups(data, maps[GROUPS])
    if SEGMENTS in maps:
        return _of_segments(data, maps[SEGMENTS])
    raise ValueError("the font has no character map of format 4 or 12")


def _of_groups(data: bytes, at: int) -> dict[int, int]:
    found: dict[int, int] = {}
    for group in range(unpack_from(">I", data, at + 12)[0]):
        first, last, glyph = unpack_from(">III", data, at + 16 + 12 * group)
        found |= {code: glyph + code - first for code in range(first, last + 1)}
    return found


def _of_segments(data: bytes, at: int) -> dict[int, int]:
    count = unpack_from(">H", data, at + 6)[0] // 2
    ends, starts = at + 14, at + 16 + 2 * count
    deltas, offsets = starts + 2 * count, starts + 4 * count
    found: dict[int, int] = {}
    for i in range(count):
        last, first, delta, offset = (
            unpack_from(">H", data, base + 2 * i)[0] for base in (ends, starts, deltas, offsets)
        )
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                glyph = unpack_from(">H", data, offsets + 2 * i + offset + 2 * (code - first))[0]
            if glyph:
                found[code] = (glyph + delta) & 0xFFFF
    return found
