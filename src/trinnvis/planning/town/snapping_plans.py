"""Fastening points in a plan whose network has changed, so that building a way makes nobody's walk longer."""

from __future__ import annotations

import numpy as np

from trinnvis.planning.town.arrays import Floats
from trinnvis.planning.town.places import EdgeEdits, Town
from trinnvis.planning.town.snapping import NOWHERE, Snapper, SnapRules, Snaps


def snap_town(town: Town, xy: Floats, rules: SnapRules) -> Snaps:
    """As on the base network where its edges stand; on what is left where they are gone; and on new ways.

    Without edits, simply the network.
    """
    if town.edits is None:
        return Snapper(town.network, rules).snap(xy)
    edits = town.edits
    kept = _carried(edits, Snapper(edits.base, rules).snap(xy))
    lost = kept.edges[:, 0] == NOWHERE
    if lost.any():
        old = np.flatnonzero(edits.parts != NOWHERE)
        again = Snapper(town.network, rules, only=old).snap(xy[lost])
        kept.edges[lost], kept.at[lost], kept.legs[lost] = again.edges, again.at, again.legs
    if not len(edits.added):
        return kept
    new = Snapper(town.network, rules, only=edits.added).snap(xy)
    too_far = new.legs > kept.legs[:, :1] + rules.spare_m
    new.edges[too_far], new.legs[too_far] = NOWHERE, np.inf
    return _sorted(
        Snaps(
            np.concatenate((kept.edges, new.edges), axis=1),
            np.concatenate((kept.at, new.at), axis=1),
            np.concatenate((kept.legs, new.legs), axis=1),
        )
    )


def _carried(edits: EdgeEdits, snaps: Snaps) -> Snaps:
    """Base candidates on the parts their edges have become; those on edges taken away are gone."""
    order = np.lexsort((edits.offset, edits.parts))
    order = order[edits.parts[order] != NOWHERE]
    far = 1.0 + float(edits.base.lengths.max(initial=0.0))
    begins = edits.parts[order] * far + edits.offset[order]
    at = np.searchsorted(begins, snaps.edges * far + snaps.at, side="right") - 1
    at = np.clip(at, 0, max(len(order) - 1, 0))
    if not len(order):
        return Snaps(np.full_like(snaps.edges, NOWHERE), snaps.at, np.full_like(snaps.legs, np.inf))
    part = order[at]
    there = (snaps.edges != NOWHERE) & (edits.parts[part] == snaps.edges)
    return _sorted(
        Snaps(
            np.where(there, part, NOWHERE),
            np.where(there, snaps.at - edits.offset[part], 0.0),
            np.where(there, snaps.legs, np.inf),
        )
    )


def _sorted(snaps: Snaps) -> Snaps:
    """The nearest first."""
    order = np.argsort(snaps.legs, axis=1, kind="stable")
    return Snaps(
        np.take_along_axis(snaps.edges, order, axis=1),
        np.take_along_axis(snaps.at, order, axis=1),
        np.take_along_axis(snaps.legs, order, axis=1),
    )
