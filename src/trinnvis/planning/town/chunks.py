"""A county at a time: its homes in parts, answered one after the other, so that memory follows the part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from trinnvis.planning.town.places import Town
from trinnvis.planning.town.snapping import Snaps

if TYPE_CHECKING:
    from trinnvis.planning.town.running import Answer, Result

AT_ONCE = 50_000
"""Homes in a part."""


def parts(town: Town) -> Iterator[Town]:
    """The town with some of its homes at a time, in their order."""
    homes = town.homes
    for low in range(0, len(homes.ids), AT_ONCE):
        some = slice(low, low + AT_ONCE)
        yield replace(
            town,
            homes=replace(
                homes,
                ids=homes.ids[some],
                xy=homes.xy[some],
                areas=homes.areas[some],
                dwellings=homes.dwellings[some],
                residents=homes.residents[some],
            ),
        )


def joined(town: Town, results: Sequence[Result]) -> Result:
    """The whole town's result from its parts'."""
    answers = zip(*(result.answers for result in results), strict=True)
    return replace(
        results[0],
        town=town,
        answers=tuple(map(_answer, answers)),
        home_snaps=_snaps([result.home_snaps for result in results]),
    )


def _answer(found: Sequence[Answer]) -> Answer:
    return replace(
        found[0],
        metres=np.concatenate([each.metres for each in found], axis=1),
        service=np.concatenate([each.service for each in found], axis=1),
        reason=np.concatenate([each.reason for each in found], axis=1),
        flat=np.concatenate([each.flat for each in found]),
    )


def _snaps(found: Sequence[Snaps]) -> Snaps:
    return Snaps(
        np.concatenate([each.edges for each in found]),
        np.concatenate([each.at for each in found]),
        np.concatenate([each.legs for each in found]),
    )
