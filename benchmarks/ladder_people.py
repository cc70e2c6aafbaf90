"""Made-up people and a made-up table for the ladder race; no figure of any municipality."""

from pathlib import Path

import numpy as np

from trinnvis.planning.ladder.cohort import solve
from trinnvis.planning.ladder.world import World
from trinnvis.planning.population.axes import AGES, Floats
from trinnvis.planning.population.municipalities import find


def made_up_world(persons: int, years: int, states: int) -> World:
    """A closed place where four or five in a hundred change step in a year; `states` with death."""
    steps = states - 1
    age = np.arange(AGES)
    dying = np.clip(2e-5 * np.exp(0.097 * age), 0, 0.6)[:, None] * np.array([0.9, 1.1])
    up = 0.012 + 0.12 * (age / 105.0) ** 4
    moves = np.zeros((AGES, 2, steps, steps + 1))
    for step in range(steps):
        worse = np.minimum(dying * (1 + 0.3 * step), 0.9)
        alive = 1 - worse
        higher = alive * up[:, None] * (0.7 if step else 1.0) if step < steps - 1 else 0.0
        lower = alive * 0.06 if step else 0.0
        if step < steps - 1:
            moves[:, :, step, step + 1] = higher
        if step:
            moves[:, :, step, step - 1] = lower
        moves[:, :, step, step] = alive - higher - lower
        moves[:, :, step, steps] = worse
    by_age = np.where(age < 65, 1.0, np.clip(1 - (age - 65) / 38.0, 0.002, 1))
    used = np.exp(-np.arange(steps) * 0.9)[None] * np.concatenate(
        [np.ones((AGES, 1)), np.repeat((0.01 + 0.5 * (age / 105.0) ** 5)[:, None], steps - 1, axis=1)], axis=1
    )
    shares = np.repeat((used / used.sum(axis=1, keepdims=True))[:, None], 2, axis=1)
    start = by_age[:, None, None] / by_age.sum() / 2 * persons * shares
    return World(
        find("3234"),
        np.arange(2025, 2026 + years),
        tuple(range(steps)),
        start,
        np.zeros((years + 1, AGES, 2)),
        np.zeros((years, AGES, 2)),
        shares,
        np.ascontiguousarray(np.broadcast_to(moves, (years, *moves.shape))),
        "made up",
    ).whole()


def write_people(world: World, path: Path) -> None:
    """The same people and table for the peers: sorted by sex and age; the dead stay dead."""
    count = world.start.astype(np.int64)
    age, sex, step = (grid.ravel() for grid in np.meshgrid(*map(np.arange, count.shape), indexing="ij"))
    order = np.lexsort((step, age, sex))
    times = count.ravel()[order]
    dead = np.zeros((AGES, 2, 1, len(world.steps) + 1))
    dead[..., -1] = 1.0
    np.savez(
        path,
        age=np.repeat(age[order], times).astype(np.uint8),
        sex=np.repeat(sex[order], times).astype(np.uint8),
        state=np.repeat(step[order], times).astype(np.uint8),
        moves=np.concatenate([world.moves[0], dead], axis=2),
    )


def expected_totals(world: World) -> tuple[Floats, Floats]:
    """Mean and standard deviation of the living by year and step, the first year left out."""
    found = solve(world)
    return found.totals[1:], np.maximum(found.deviation()[1:], 0.5)
