"""The figures of a simulation: each with its finding, its table and its sources, for pages, PDF and Excel."""

from __future__ import annotations

from trinnvis.figures.shapes import Figure
from trinnvis.simulations.document import PERSONS
from trinnvis.simulations.pictures.changes import change_layers, changes, layers
from trinnvis.simulations.pictures.fans import SLUGS, fans
from trinnvis.simulations.pictures.flowing import STAYING, flowing, staying
from trinnvis.simulations.pictures.places import QUEUE, places
from trinnvis.simulations.pictures.shown import Shown


def figures_of(shown: Shown, measure: str = PERSONS) -> tuple[Figure, ...]:
    """The figures of a page, in the order they are read, in one measure."""
    moving = flowing(shown)
    return (
        *changes(shown, measure),
        *change_layers(shown),
        *fans(shown, measure),
        layers(shown),
        *([moving] if moving else []),
        staying(shown),
        *places(shown),
    )


def told_figures(shown: Shown) -> tuple[Figure, ...]:
    """What a meeting reads: the figures in persons, and what the scenario changes in kroner. How the queues
    grow and how long people stay are left to the page and the workbook."""
    first, *rest = figures_of(shown)
    left = [figure for figure in rest if figure.key != STAYING and not figure.key.startswith(QUEUE)]
    return (first, *changes(shown, "nok")[:1], *left)


def every_figure(shown: Shown) -> tuple[Figure, ...]:
    """In every measure, each once."""
    found = {figure.key: figure for measure in SLUGS for figure in figures_of(shown, measure)}
    return tuple(found.values())
