"""Which characters can be printed, and what is printed instead of those that cannot.

Symbols from Word stand in the private use area, where only Word's own typefaces draw them; they are printed
as the real ones. Control characters say nothing and are left out. What no typeface draws is printed as a box.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

from trinnvis.fonts import FILES, FOLDER

from .truetype import glyphs_of

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
FROM_WORD = {  # the typefaces Symbol and Wingdings: bullets, and what Word makes of -> and :)
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf06e": "■",
    "\uf06c": "●",
    "\uf0a8": "◻",
    "\uf071": "❑",
    "\uf076": "❖",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "\uf0e0": "→",
    "\uf0df": "←",
    "\uf0f3": "⇔",
    "\uf04a": "☺",
    "\uf04b": "😐",
    "\uf04c": "☹",
}
INKLESS = {"Cf", "Zs", "Zl", "Zp"}  # joiners, marks of direction, spaces and line ends


class _Instead(dict[int, str]):
    """Character code -> what is printed instead, worked out when first met; for `str.translate`."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        if category == "Cc":
            char = ""
        elif category in {"Co", "Cs"} or code & 0xFFFE == 0xFFFE:  # private, half a pair, or no character
            char = REPLACEMENT
        self[code] = char
        return char


_instead = _Instead({ord("\t"): " ", 0xFEFF: "", **{ord(char): real for char, real in FROM_WORD.items()}})


@cache
def drawn_by(family: str) -> frozenset[str]:
    """The characters that a typeface draws by itself."""
    return frozenset(map(chr, glyphs_of((FOLDER / FILES[family]).read_bytes())))


def printable(value: Any) -> Any:
    """A text as it is printed; in a dictionary, list or tuple each text; anything else as it is."""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else _printable(value)
    if isinstance(value, dict):
        return {key: printable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [printable(each) for each in value]
    return value


def unprintable(text: str) -> tuple[str, ...]:
    """The characters that come out as a box or a question mark, each once, in the order they stand."""
    return tuple(dict.fromkeys(char for char in unicodedata.normalize("NFC", text) if _is_lost(char)))


def _printable(text: str) -> str:
    lines = unicodedata.normalize("NFC", text).splitlines()  # whatever the kind of line end
    return "\n".join(line.translate(_instead) for line in lines)


def _is_lost(char: str) -> bool:
    printed = _instead[ord(char)]
    if not printed or unicodedata.category(printed) in INKLESS:
        return False
    return printed == REPLACEMENT or not any(printed in drawn_by(family) for family in FILES)
