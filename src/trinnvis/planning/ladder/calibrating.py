"""Biproportional scaling (RAS): prior flows made to leave and reach the right number at every age."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from trinnvis.planning.population.axes import SEXES, Floats
from trinnvis.trouble import Trouble

WITHIN: Final = 1e-10
"""Largest error, as a share of the age and sex, at which a cell is done."""

ACCEPTED: Final = 1e-6
MOST_ROUNDS: Final = 5000
CHECK_EVERY: Final = 8
SEX_WORDS: Final = dict(zip(SEXES, ("kvinner", "menn"), strict=True))


def scaled(flows: Floats, rows: Floats, columns: Floats, names: Sequence[str] = ()) -> Floats:
    """Flows with the wanted row and column sums, as like the given ones as can be.

    flows: [..., from, to]; rows: [..., from]; columns: [..., to]; each with the same total. The leading axes
    of the first are epoch, age and sex when an error is told; `names` are the destinations.

    Raises:
        Trouble: a target no flow can reach, or that the scaling does not come within 1e-6 of.
    """
    shape = flows.shape
    found = flows.reshape(-1, *shape[-2:]).copy()
    wanted_rows, wanted = rows.reshape(len(found), -1), columns.reshape(len(found), -1)
    _check_support(found, wanted_rows, wanted, shape, names)
    left = np.arange(len(found))
    part, to_rows, to_columns = found, wanted_rows, wanted
    for done in range(1, MOST_ROUNDS + 1):
        sums = part.sum(axis=1)
        part = part * np.divide(to_columns, sums, out=np.zeros_like(sums), where=sums > 0)[:, None, :]
        sums = part.sum(axis=2)
        part = part * np.divide(to_rows, sums, out=np.zeros_like(sums), where=sums > 0)[:, :, None]
        if done % CHECK_EVERY == 0:
            open_ = np.abs(part.sum(axis=1) - to_columns).max(axis=1) > WITHIN
            if not open_.all():
                found[left] = part
                left, part = left[open_], part[open_]
                to_rows, to_columns = to_rows[open_], to_columns[open_]
            if not len(left):
                break
    found[left] = part
    miss = np.abs(found.sum(axis=1) - wanted)
    if miss.max() > ACCEPTED:
        cell, to = np.unravel_index(int(miss.argmax()), miss.shape)
        raise _unreachable(
            int(cell), int(to), shape, names, f"avviket er {miss[cell, to]:.2g} etter skalering"
        )
    return found.reshape(shape)


def _check_support(
    flows: Floats, rows: Floats, columns: Floats, shape: tuple[int, ...], names: Sequence[str]
) -> None:
    if min(flows.min(), rows.min(), columns.min()) < 0:
        cell, to = np.unravel_index(int(columns.argmin()), columns.shape)
        raise _unreachable(int(cell), int(to), shape, names, "målet eller en overgang er negativ")
    none_come = (columns > 0) & (flows.sum(axis=1) == 0)
    if none_come.any():
        first = np.argwhere(none_come)[0]
        raise _unreachable(int(first[0]), int(first[1]), shape, names, "ingen overgang fører dit")
    off = np.abs(rows.sum(axis=1) - columns.sum(axis=1))
    if off.max() > ACCEPTED:
        raise _unreachable(int(off.argmax()), 0, shape, names, "målene går ikke opp i antall personer")


def _unreachable(cell: int, to: int, shape: tuple[int, ...], names: Sequence[str], why: str) -> Trouble:
    lead = shape[:-2]
    words: list[str] = []
    if len(lead) >= 2 and lead[-1] == len(SEXES):
        *_, age, sex = (int(each) for each in np.unravel_index(cell, lead))
        words = [f"{age} år", SEX_WORDS[SEXES[sex]]]
    name = names[to] if to < len(names) else f"kolonne {to + 1}"
    where = ", ".join([*words, name])
    return Trouble(
        f"Kalibreringen når ikke målet ({where}): {why}.",
        "Sjekk bruksratene for denne alderen, eller overgangene den starter med.",
    )
