"""What a file does not say, and whoever imports it must."""

from __future__ import annotations

from typing import Final, Literal

from trinnvis.trouble import Trouble

Asks = Literal["crs", "kind", "layer"]
EXAMPLE: Final = "for eksempel 25832 (UTM 32) eller 4326 (lengde- og breddegrader)."


class Unsaid(Trouble):
    """A file that can be read once one thing is said. asks: which."""

    def __init__(self, asks: Asks, what: str, remedy: str) -> None:
        super().__init__(what, remedy)
        self.asks = asks


def no_system(name: str) -> Unsaid:
    return Unsaid("crs", f"{name} sier ikke hvilket koordinatsystem den er i.", f"Oppgi det, {EXAMPLE}")
