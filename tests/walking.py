"""A town small enough to know by heart, in the data folder of a run: one flat street of a kilometre with a
home every fifty metres, the west half called Vest and the rest Øst, two people over 80 in each, and a side
street with none. The meeting place is at the west end, the shop in the middle, the stop at the east end."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from trinnvis.planning.town.building import RawLines, build
from trinnvis.planning.town.importing.dataset import Dataset
from trinnvis.planning.town.importing.store import save
from trinnvis.planning.town.network import Network, Origin
from trinnvis.planning.town.places import Homes, Services
from trinnvis.townplans.bases import OWN, folder_of

EAST, NORTH = 590_000.0, 6_680_000.0
CORNER = np.array((EAST, NORTH))
SIDE = 700.0
ORIGIN = Origin("Prøvebyen", "CC0", "Ingen")
OLD_IN_EACH = 2


def street() -> Network:
    along = [(x, 0.0) for x in range(0, 1001, 100)]
    points = np.array([*along, (SIDE, 0.0), (SIDE, -100.0)]) + CORNER
    keys = [*range(len(along)), along.index((SIDE, 0.0)), len(along)]
    raw = RawLines(
        points,
        np.array([0, len(along), len(points)]),
        np.array(keys),
        np.zeros(2, dtype=np.uint8),
        np.full(len(points), 100.0),
    )
    return build(raw, crs=25832, window_m=20.0, origins=(ORIGIN,))


def dataset(*, far_home: bool = False) -> Dataset:
    """far_home: one more, 60 metres from the street."""
    places = [(x, 10.0) for x in range(25, 1000, 50)] + ([(510.0, 60.0)] if far_home else [])
    areas = [0 if x < 500 else 1 for x, _ in places]
    residents = np.zeros((len(places), 4))
    residents[:, 3] = OLD_IN_EACH
    residents[:, 1] = 3
    homes = Homes(
        tuple(f"Gata {at + 1}" for at in range(len(places))),
        np.array(places) + CORNER,
        ("Vest", "Øst"),
        np.array(areas),
        np.ones(len(places)),
        residents,
    )
    rows = [
        ("moteplass", "Grendehuset", 0.0),
        ("dagligvare", "Butikken", 500.0),
        ("holdeplass", "Bussen", 1000.0),
    ]
    services = Services(
        tuple(name.lower() for _, name, _ in rows),
        tuple(name for _, name, _ in rows),
        tuple(code for code, _, _ in rows),
        np.array([(x, 5.0) for *_, x in rows]) + CORNER,
        np.arange(len(rows)),
    )
    return Dataset(25832, street(), homes, services)


@contextmanager
def imported(held: Dataset, code: str = OWN) -> Iterator[None]:
    """The town is there while the block runs."""
    folder = folder_of(code)
    shutil.rmtree(folder, ignore_errors=True)
    save(folder, held, "proven")
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def at(x: float, y: float = 0.0) -> str:
    """A place as a planner writes it."""
    return f"{EAST + x:.1f} {NORTH + y:.1f}"
