"""Age groups as people write them, and which of the forecast's they are in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

OLDEST: Final = 105
BANDS: Final[dict[str, tuple[int, int]]] = {"0-66": (0, 66), "67-79": (67, 79), "80+": (80, OLDEST)}
ALL: Final = "all"
ALL_WORDS: Final = frozenset(
    {"alle", "alle aldre", "alle aldersgrupper", "i alt", "ialt", "sum", "total", "totalt", "all", "begge"}
)
DASH: Final = r"\s*(?:-|–|—|til|t\.?o\.?m\.?|to)\s*"


@dataclass(frozen=True)
class Ages:
    """First and last age in full years, both included. (0, 105) is everybody."""

    first: int
    last: int

    @property
    def band(self) -> str | None:
        """The band they are wholly in; None when they cross a border."""
        if (self.first, self.last) == (0, OLDEST):
            return ALL
        return next(
            (b for b, (first, last) in BANDS.items() if first <= self.first and self.last <= last), None
        )

    @property
    def parts(self) -> dict[str, tuple[int, int]]:
        """The bands they touch: first and last age in each."""
        return {
            band: (max(first, self.first), min(last, self.last))
            for band, (first, last) in BANDS.items()
            if first <= self.last and self.first <= last
        }


def read_ages(text: str) -> Ages | None:
    """«67–79 år», «80+», «under 67», «90 år og over», «85», «i alt»; None when it is none of these."""
    plain = re.sub(r"\s+", " ", text.casefold().replace("\u00a0", " ")).strip(" .")
    plain = re.sub(r"\s*(?:års?|years?)\b", "", plain).strip()
    if plain in ALL_WORDS:
        return Ages(0, OLDEST)
    patterns = (
        (rf"(\d{{1,3}}){DASH}(\d{{1,3}})", lambda m: (int(m[1]), int(m[2]))),
        (
            r"(\d{1,3})\s*(?:\+|og (?:over|eldre|oppover)|eller (?:mer|eldre)|and over)",
            lambda m: (int(m[1]), OLDEST),
        ),
        (r"(?:over|fra)\s+(\d{1,3})", lambda m: (int(m[1]) + m[0].startswith("over"), OLDEST)),
        (r"(?:under|<)\s*(\d{1,3})", lambda m: (0, int(m[1]) - 1)),
        (r"(\d{1,3})", lambda m: (int(m[1]), int(m[1]))),
    )
    for pattern, ends in patterns:
        if match := re.fullmatch(pattern, plain):
            first, last = ends(match)
            last = min(last, OLDEST)
            return Ages(first, last) if 0 <= first <= last else None
    return None


def overlapping(found: list[Ages]) -> tuple[Ages, Ages] | None:
    """Two different groups that share an age; the group of everybody is not counted."""
    held = sorted({(a.first, a.last) for a in found if a.band != ALL})
    for (first, last), (later, end) in pairwise(held):
        if later <= last:
            return Ages(first, last), Ages(later, end)
    return None
