"""Heights from a terrain model (GeoTIFF) for a network, read in strips."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from trinnvis.planning.town.arrays import Floats
from trinnvis.planning.town.importing.asking import no_system
from trinnvis.planning.town.importing.crs import checked, horizontal, to_own
from trinnvis.planning.town.importing.report import Report
from trinnvis.planning.town.network import Network, Way
from trinnvis.trouble import Trouble

STRIP_CELLS: Final = 4_000_000


def with_heights(network: Network, path: Path, said: str | None, report: Report) -> Network:
    """The network with heights at every station the model covers.

    Heights the network came with stay; bridges and tunnels get a straight line between their ends.

    Raises:
        Trouble: unreadable, no coordinate system, several bands, or nothing of the network covered.
    """
    import rasterio

    edge = np.repeat(np.arange(len(network.ends)), np.diff(network.first_station))
    xy = shapely.get_coordinates(shapely.line_interpolate_point(network.lines[edge], network.stations))
    try:
        with rasterio.open(path) as source:
            if source.count != 1:
                raise Trouble(
                    f"{path.name} har {source.count} bånd.", "En terrengmodell har ett, med høyder."
                )
            if source.crs is None and said is None:
                raise no_system(path.name)
            system = horizontal(said or source.crs.to_string())
            left, bottom, right, top = source.bounds
            checked(np.array([(left, bottom), (right, top)]), system, path.name)
            found = _sampled(source, to_own(xy, network.crs, system, "Gangnettet")[0])
    except rasterio.errors.RasterioError as error:
        raise Trouble(
            f"{path.name} kan ikke leses som GeoTIFF ({error}).", "Sjekk at fila er hel."
        ) from error
    covered = np.isfinite(found)
    if not covered.any():
        raise Trouble(f"{path.name} dekker ikke noe av gangnettet.", "Hent terrengmodellen for samme område.")
    use = covered & ~np.isfinite(network.heights)
    heights = np.where(use, found, network.heights)
    heights = _straight_over(network, heights, edge, use)
    report.used.append(f"høyder på {int(use.sum())} av {len(use)} målepunkter")
    if not covered.all():
        report.left_out.append(f"{int((~covered).sum())} målepunkter ligger utenfor terrengmodellen")
    return replace(network, heights=heights)


def _straight_over(network: Network, heights: Floats, edge: Any, new: Any) -> Floats:
    """Bridges and tunnels by the heights of their ends."""
    apart = ((network.flags[edge] & (Way.BRIDGE | Way.TUNNEL)) > 0) & new
    first, last = network.first_station[:-1][edge], network.first_station[1:][edge] - 1
    share = network.stations / network.lengths[edge]
    line = heights[first] * (1 - share) + heights[last] * share
    return np.where(apart, line, heights)


def _sampled(source: Any, xy: Floats) -> Floats:
    """[n] heights between the four cells around each point; NaN outside or where a cell has none."""
    column, row = (~source.transform) * (xy[:, 0], xy[:, 1])
    column, row = np.asarray(column) - 0.5, np.asarray(row) - 0.5
    found = np.full(len(xy), np.nan)
    inside = (column >= 0) & (row >= 0) & (column <= source.width - 1) & (row <= source.height - 1)
    if not inside.any():
        return found
    from rasterio.windows import Window

    low = int(column[inside].min())
    width = int(column[inside].max()) + 2 - low
    strip = max(2, STRIP_CELLS // max(width, 1))
    for top in range(int(row[inside].min()), int(row[inside].max()) + 1, strip):
        here = np.flatnonzero(inside & (row >= top) & (row < top + strip))
        if not len(here):
            continue
        window = Window(low, top, min(width, source.width - low), min(strip + 1, source.height - top))
        cells = source.read(1, window=window, masked=True).astype(np.float64).filled(np.nan)
        c, r = column[here] - low, row[here] - top
        c0 = np.minimum(c.astype(np.int64), max(cells.shape[1] - 2, 0))
        r0 = np.minimum(r.astype(np.int64), max(cells.shape[0] - 2, 0))
        c1, r1 = np.minimum(c0 + 1, cells.shape[1] - 1), np.minimum(r0 + 1, cells.shape[0] - 1)
        dc, dr = c - c0, r - r0
        found[here] = (
            cells[r0, c0] * (1 - dc) * (1 - dr) + cells[r0, c1] * dc * (1 - dr)
            + cells[r1, c0] * (1 - dc) * dr + cells[r1, c1] * dc * dr
        )  # fmt: skip
    return found
