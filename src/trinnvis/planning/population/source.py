"""Where a population figure comes from. Every figure carries it; none is passed off as another."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """Who made it."""

    SSB = "ssb"
    OWN = "own"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True)
class Source:
    """A title a reader understands, and the dates that matter.

    figures_from: the day the figures describe (own projection: the base day) or were published (SSB).
    imported_on: the day a file was read; None for what the package makes itself.
    """

    kind: Kind
    title: str
    table: str
    figures_from: date | None
    imported_on: date | None
    credit: str

    def as_json(self) -> dict[str, str | None]:
        """Plain values; dates as YYYY-MM-DD."""
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in asdict(self).items()}

    def __str__(self) -> str:
        word = "tall per" if self.kind is Kind.OWN else "publisert"
        dates = [f"{word} {norwegian(self.figures_from)}"] if self.figures_from else []
        dates += [f"hentet inn {norwegian(self.imported_on)}"] if self.imported_on else []
        return ", ".join([self.title, *dates])


def norwegian(day: date | None) -> str:
    """22.11.2026"""
    return f"{day:%d.%m.%Y}" if day else ""


def own_projection(base: int) -> Source:
    return Source(
        Kind.OWN,
        "Egen framskriving (Trinnvis, kohortkomponentmetoden). Ikke SSBs framskriving",
        "",
        date(base, 1, 1),
        None,
        "Kilde for grunnlaget: Statistisk sentralbyrå, tabell 07459 og 07902 (CC BY 4.0)",
    )
