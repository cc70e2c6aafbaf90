"""The figures of a town: who reaches what, what stands in the way, how far it is, and what a plan changes."""

from __future__ import annotations

from trinnvis.figures.shapes import Figure
from trinnvis.townplans.pictures.changing import changes_figure
from trinnvis.townplans.pictures.mapping import town_map_figure
from trinnvis.townplans.pictures.reaching import distances_figure, obstacles_figure, reach_figure
from trinnvis.townplans.viewing import Seen


def figures_of(seen: Seen) -> tuple[Figure, ...]:
    """In the order they are shown; what a plan changes first, when anybody gains or loses."""
    changed = changes_figure(seen) if seen.found.is_planned else None
    return (
        *((changed,) if changed else ()),
        town_map_figure(seen),
        reach_figure(seen),
        obstacles_figure(seen),
        *((distances_figure(seen),) if seen.has_services else ()),
    )
