"""Whose data a file holds, as far as can be seen, and what the licence asks us to say (navngivelse)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from trinnvis.planning.town.network import Origin

BLOCK: Final = 1 << 20


@dataclass(frozen=True)
class Credit:
    title: str
    licence: str
    attribution: str


OSM: Final = Credit("OpenStreetMap", "ODbL 1.0", "© OpenStreetMap contributors")
NVDB: Final = Credit("NVDB Vegnett Pluss", "NLOD / CC BY 4.0", "© Statens vegvesen, Kartverket og kommunene")
MATRIKKELEN: Final = Credit("Matrikkelen – Vegadresse", "CC BY 4.0", "© Kartverket")
SSB: Final = Credit("Befolkning på rutenett", "CC BY 4.0", "Kilde: Statistisk sentralbyrå")
UNKNOWN: Final = Credit("Egne data", "ikke oppgitt", "Kilden er ikke oppgitt")
SIGNS: Final = (
    ({"osm_id", "osm_way_id", "@id", "highway"}, OSM),
    ({"typeveg"}, NVDB),
    ({"adressetekst", "atkomstnord"}, MATRIKKELEN),
    ({"pop_tot"}, SSB),
)
"""Field names that tell whose the data is."""


def credit_of(fields: Iterable[str]) -> Credit:
    """By the names of a table's fields; UNKNOWN when they do not tell."""
    held = set(fields)
    return next((credit for names, credit in SIGNS if names & held), UNKNOWN)


@dataclass(frozen=True)
class Source:
    """A file, when it was read, and what the user says of its licence, which goes before what we see."""

    path: Path
    today: date
    licence: str | None = None
    attribution: str | None = None

    def origin(self, credit: Credit) -> Origin:
        digest = hashlib.sha256()
        if self.path.is_file():
            with self.path.open("rb") as file:
                while block := file.read(BLOCK):
                    digest.update(block)
        return Origin(
            f"{credit.title} ({self.path.name})",
            self.licence or credit.licence,
            self.attribution or credit.attribution,
            self.today.isoformat(),
            digest.hexdigest(),
        )
