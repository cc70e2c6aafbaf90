"""The transition table (overgangstabellen): calibrated to the users and the life table, then frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from trinnvis.planning.demand.levels import Level
from trinnvis.planning.demand.schema import Basis
from trinnvis.planning.demand.starting import rates_of
from trinnvis.planning.ladder.calibrating import scaled
from trinnvis.planning.ladder.groups import NO_GROUPS, Groups
from trinnvis.planning.ladder.prior import NO_STEP, Prior, prior_flows, shipped_prior
from trinnvis.planning.population.axes import AGES, Floats, Ints
from trinnvis.planning.population.mortality import estimate, years_ahead
from trinnvis.planning.population.shipped import figures
from trinnvis.trouble import Trouble

EPOCH_YEARS: Final = 5
"""The life table improves in steps of so many years."""

MONTHS: Final = 12
HELD: Final = 200_000_000
"""Bytes of tables kept for the next who asks."""

ROW_SUM: Final = 1e-9
OLDER: Final = np.minimum(np.arange(AGES) + 1, AGES - 1)
"""The age a year later; the last holds all who are 105 or older."""


@dataclass(frozen=True)
class Table:
    """Probabilities of being on each step a year (or month) later.

    A state is a step, or where people are divided in groups a group and a step, by group first.
    steps: step numbers, 0 first (no service). shares: [age, sex, state], where people of an age are today.
    survival: [epoch, age, sex], of a year. moves: [epoch × part of the year, age, sex, state, state + 1]; the
    last column is death; every row sums to one. epoch: [step in time], the row of `moves` of each.
    """

    steps: tuple[int, ...]
    shares: Floats
    survival: Floats
    moves: Floats
    epoch: Ints
    groups: Groups = NO_GROUPS
    per_year: int = 1

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
    steps: tuple[int, ...],
    shares: Floats,
    survival: Floats,
    epoch: Ints,
    prior: Prior | None = None,
    groups: Groups = NO_GROUPS,
    per_year: int = 1,
) -> Table:
    """The prior made to keep `shares` [age, sex, step] at every age while people age and die as they do.

    In parts of a year the shares go evenly from those of an age to those of the next.

    Raises:
        Trouble: a target that cannot be reached, by age, sex and step.
    """
    by_state = groups.by_step(steps, shares)
    first = np.broadcast_to(by_state, (len(survival), *by_state.shape))
    last, part = first[:, OLDER], 1.0 / per_year
    surviving = survival if per_year == 1 else survival**part
    names = [_state_name(groups, group, step) for group in range(len(groups)) for step in steps]
    made: list[Floats] = []
    flows: Floats | None = None
    for at in range(per_year):
        now, then = (first + (last - first) * (month * part) for month in (at, at + 1))
        begun = prior_flows(prior or shipped_prior(), steps, now, then, surviving, groups.changes(), part)
        if flows is not None:  # the month before is closer than the prior, where anybody was
            begun = np.where(flows.sum(axis=-1, keepdims=True) > 0, flows, begun)
        columns = np.concatenate([then * surviving[..., None], (1.0 - surviving)[..., None]], axis=-1)
        flows = scaled(begun, now, columns, [*names, "døde"])
        made.append(_rows(flows, len(steps)))
    moves = made[0] if per_year == 1 else np.stack(made, axis=1).reshape(-1, *made[0].shape[1:])
    times = (epoch[:, None] * per_year + np.arange(per_year)).ravel()
    return Table(steps, by_state, survival, moves, times, groups, per_year)


def _rows(flows: Floats, steps: int) -> Floats:
    """Flows as probabilities. Nobody is on a step at an age where nobody uses it; whoever came there would
    leave it."""
    sums = flows.sum(axis=-1, keepdims=True)
    moves = np.divide(flows, sums, out=np.zeros_like(flows), where=sums > 0)
    states = np.arange(flows.shape[-2])
    moves[..., states, states // steps * steps] += sums[..., 0] <= 0
    found: Floats = moves / moves.sum(axis=-1, keepdims=True)
    return found


def _state_name(groups: Groups, group: int, step: int) -> str:
    name = f"trinn {step}" if step else "ingen tjeneste"
    return f"{name}, {groups.titles[group].lower()}" if len(groups) > 1 else name


def error(table: Table) -> float:
    """The largest distance between the shares a year older and those wanted, as a share of the living."""
    moves = table.moves.reshape(len(table.survival), table.per_year, *table.moves.shape[1:])
    reached = np.broadcast_to(table.shares, (len(moves), *table.shares.shape))
    for part in range(table.per_year):
        reached = np.einsum("eaxs,eaxsd->eaxd", reached, moves[:, part])[..., :-1]
    wanted = table.shares[OLDER][None] * table.survival[..., None]
    return float(np.abs(reached - wanted).max())


_held: dict[object, Table] = {}


def table_for(
    basis: Basis,
    level: Mapping[str, Level],
    first: int,
    years: int,
    groups: Groups = NO_GROUPS,
    per_year: int = 1,
) -> Table:
    """The calibrated table of a level; the same level gives the table already made."""
    steps, shares = use_by_step(basis, level)
    key = (shares.tobytes(), steps, first, years, groups.key, per_year)
    if key not in _held:
        made = calibrated(steps, shares, *survivals(first, years), groups=groups, per_year=per_year)
        if sum(each.moves.nbytes for each in _held.values()) + made.moves.nbytes > HELD:
            _held.clear()
        _held[key] = made
    return _held[key]
