"""The figures of a forecast: each with its finding, its table and its sources, for pages, PDF and Excel."""

from __future__ import annotations

from trinnvis.figures.shapes import Figure
from trinnvis.scenarios.pictures.drivers import drivers
from trinnvis.scenarios.pictures.money import money
from trinnvis.scenarios.pictures.need import by_step, spread
from trinnvis.scenarios.pictures.people import people
from trinnvis.scenarios.pictures.places import places
from trinnvis.scenarios.pictures.shown import Shown
from trinnvis.scenarios.pictures.staff import staff


def figures_of(shown: Shown) -> tuple[Figure, ...]:
    """All figures of a forecast, in the order they are read."""
    return (
        spread(shown),
        people(shown),
        by_step(shown),
        drivers(shown),
        staff(shown),
        *places(shown),
        money(shown),
    )
