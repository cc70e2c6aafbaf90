"""What `layout.yaml` says, as values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

from trinnvis.planning.town.arrays import Floats


@dataclass(frozen=True)
class Settlement:
    """One settlement. Its own places are metres along and across the main street, which is row `main`."""

    name: str
    east: float
    north: float
    turn: float
    columns: int
    rows: int
    tall: float
    climb: float
    left: float
    right: float
    crossings: tuple[int, ...]

    @property
    def main(self) -> int:
        return self.rows // 2

    def on_the_map(self, own: Floats) -> Floats:
        """Own places [n, 2] as east and north, gently bent so that no street is a ruler."""
        along, across = np.asarray(own, dtype=float).T
        bent = np.stack(
            (along + 14 * np.sin(across / 95), across + 26 * np.sin(along / 260) + 7 * np.sin(along / 75))
        )
        angle = np.radians(self.turn)
        turned = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        return np.asarray(bent.T @ turned + (self.east, self.north))

    def height(self, places: Floats) -> Floats:
        """[n] metres above the sea: a valley that rises along the street and steeper the further from it."""
        angle = np.radians(self.turn)
        along, across = (
            (places - (self.east, self.north))
            @ np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        ).T
        steep = np.where(across > 0, self.left, self.right)
        side = np.minimum(np.abs(across), 600.0)
        hill = 0.008 * side + steep / 600 * side**2
        bumps = 3.0 * np.sin(along / 70) * np.sin(across / 60) * np.minimum(1.0, side / 120)
        return np.asarray(self.tall + self.climb * along + hill + bumps)


@dataclass(frozen=True)
class Layout:
    settlements: tuple[Settlement, ...]
    rest: dict[str, Any]

    def of(self, name: str) -> Settlement:
        return next(one for one in self.settlements if one.name == name)

    def height(self, places: Floats) -> Floats:
        """[n] metres above the sea, each settlement's own ground near it and between them a mean."""
        weights, heights = [], []
        for one in self.settlements:
            metres = np.hypot(*(places - (one.east, one.north)).T)
            weights.append(1 / np.maximum(metres, 200.0) ** 4)
            heights.append(one.height(places))
        weight = np.stack(weights)
        return np.asarray((weight * np.stack(heights)).sum(axis=0) / weight.sum(axis=0))


@cache
def layout() -> Layout:
    read: dict[str, Any] = yaml.safe_load(
        (files("trinnvis.demo.town") / "layout.yaml").read_text(encoding="utf-8")
    )
    settlements = tuple(
        Settlement(**{**row, "crossings": tuple(row["crossings"])}) for row in read.pop("settlements")
    )
    return Layout(settlements, read)
