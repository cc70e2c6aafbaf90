"""The transition table (overgangstabellen): calibrated to the users and the life table, then frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from trinnvis.planning.demand.levels import Level
from trinnvis.planning.demand.schema import Basis
from trinnvis.planning.demand.starting import rates_of
from trinnvis.planning.ladder.calibrating import scaled
from trinnvis.planning.ladder.prior import NO_STEP, Prior, prior_flows, shipped_prior
from trinnvis.planning.population.axes import AGES, Floats, Ints
from trinnvis.planning.population.mortality import estimate, years_ahead
from trinnvis.planning.population.shipped import figures
from trinnvis.trouble import Trouble

EPOCH_YEARS: Final = 5
"""The life table improves in steps of so many years."""

ROW_SUM: Final = 1e-9
OLDER: Final = np.minimum(np.arange(AGES) + 1, AGES - 1)
"""The age a year later; the last holds all who are 105 or older."""


@dataclass(frozen=True)
class Table:
    """Probabilities of being on each step a year later.

    steps: step numbers, 0 first (no service). shares: [age, sex, step], where people of an age are today.
    survival: [epoch, age, sex]. moves: [epoch, age, sex, step, step + 1]; the last column is death; every
    row sums to one. epoch: [year], the epoch of each yearly step.
    """

    steps: tuple[int, ...]
    shares: Floats
    survival: Floats
    moves: Floats
    epoch: Ints

    def __post_init__(self) -> None:
        check_rows(self.moves)


def check_rows(moves: Floats) -> None:
    """
    Raises:
        Trouble: a probability below nought, or a row that does not sum to one.
    """
    if moves.min() < 0:
        at = np.unravel_index(int(moves.argmin()), moves.shape)
        raise Trouble(f"Overgangstabellen har en negativ sannsynlighet ({_where(at)}).")
    off = np.abs(moves.sum(axis=-1) - 1.0)
    if off.max() > ROW_SUM:
        at = np.unravel_index(int(off.argmax()), off.shape)
        raise Trouble(
            f"En rad i overgangstabellen går ikke opp i 1 ({_where(at)}, summen er {moves[at].sum():.6g})."
        )


def _where(at: tuple[np.intp, ...]) -> str:
    names = ("periode", "alder", "kjønn", "fra tilstand", "til tilstand")
    return ", ".join(f"{name} {int(value)}" for name, value in zip(names, at, strict=False))


def use_by_step(basis: Basis, level: Mapping[str, Level]) -> tuple[tuple[int, ...], Floats]:
    """Shares of each age and sex on each step at the municipality's level: steps, and [age, sex, step].

    Services counted in another one too (residents of housing with staff have home care) are taken out of it,
    so that everybody is on one step.

    Raises:
        Trouble: more than everybody of an age would be users.
    """
    codes = tuple(service.code for service in basis.services)
    rates = rates_of(codes) * np.array([level[code].factor for code in codes])[:, :, None]
    outside = [s for s, service in enumerate(basis.services) if not service.in_total]
    largest = max(
        (s for s, service in enumerate(basis.services) if service.in_total), key=lambda s: rates[s].sum()
    )
    rates[largest] = np.maximum(rates[largest] - rates[outside].sum(axis=0), 0.0)
    steps = (NO_STEP, *sorted({part.step for service in basis.services for part in service.steps}))
    shares = np.zeros((AGES, 2, len(steps)))
    for s, service in enumerate(basis.services):
        for part in service.steps:
            shares[..., steps.index(part.step)] += rates[s] * part.share
    used = shares.sum(axis=-1)
    if used.max() >= 1.0:
        age, sex = np.unravel_index(int(used.argmax()), used.shape)
        raise Trouble(
            f"Flere enn alle ville vært brukere ({int(age)} år, {('kvinner', 'menn')[int(sex)]}: "
            f"{used.max():.0%}).",
            "Sjekk kommunens brukertall for denne alderen.",
        )
    shares[..., 0] = 1.0 - used
    return steps, shares


def survivals(first: int, years: int) -> tuple[Floats, Ints]:
    """The life table for `years` yearly steps from 31 December of `first`: [epoch, age, sex], and [year]."""
    data = figures()
    mortality = estimate(data, data.last_year)
    epoch = np.arange(years) // EPOCH_YEARS
    start = first + 1 - data.last_year
    middles = [start + e * EPOCH_YEARS + (EPOCH_YEARS - 1) / 2 for e in range(int(epoch[-1]) + 1)]
    return np.array([mortality.survival(years_ahead(0) + max(middle, 0.0)) for middle in middles]), epoch


def calibrated(
    steps: tuple[int, ...], shares: Floats, survival: Floats, epoch: Ints, prior: Prior | None = None
) -> Table:
    """The prior made to keep `shares` at every age while people age and die by the life table.

    Raises:
        Trouble: a target that cannot be reached, by age, sex and step.
    """
    now = np.broadcast_to(shares, (len(survival), *shares.shape))
    then = now[:, OLDER]
    flows = prior_flows(prior or shipped_prior(), steps, now, then, survival)
    columns = np.concatenate([then * survival[..., None], (1.0 - survival)[..., None]], axis=-1)
    names = ["ingen tjeneste", *(f"trinn {step}" for step in steps[1:]), "døde"]
    made = scaled(flows, now, columns, names)
    sums = made.sum(axis=-1, keepdims=True)
    moves = np.divide(made, sums, out=np.zeros_like(made), where=sums > 0)
    # Nobody is on a step at an age where nobody uses it; whoever came there would leave it.
    moves[..., 0] += (sums[..., 0] <= 0) * 1.0
    return Table(steps, shares, survival, moves / moves.sum(axis=-1, keepdims=True), epoch)


def error(table: Table) -> float:
    """The largest distance between the shares a year older and those wanted, as a share of the living."""
    reached = np.einsum("axs,eaxsd->eaxd", table.shares, table.moves)[..., :-1]
    wanted = table.shares[OLDER][None] * table.survival[..., None]
    return float(np.abs(reached - wanted).max())


@lru_cache(maxsize=1)
def _no_tables() -> dict[bytes, Table]:
    return {}


def table_for(basis: Basis, level: Mapping[str, Level], first: int, years: int) -> Table:
    """The calibrated table of a level; the same level gives the table already made."""
    steps, shares = use_by_step(basis, level)
    key = shares.tobytes() + f"{steps}{first}{years}".encode()
    held = _no_tables()
    if key not in held:
        if len(held) > 40:
            held.clear()
        held[key] = calibrated(steps, shares, *survivals(first, years))
    return held[key]
