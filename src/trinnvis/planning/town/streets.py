"""The ways themselves by who reaches a service from them: for maps, never a painted area."""

from __future__ import annotations

import numpy as np

from trinnvis.planning.town.arrays import Ints
from trinnvis.planning.town.running import Reason, Result
from trinnvis.planning.town.searching import Start, nearest, search
from trinnvis.planning.town.snapping import Snaps
from trinnvis.planning.town.walking import Walk


def street_classes(result: Result, category: int) -> Ints:
    """[E] the number of the first profile, as the policy lists them, that reaches the category from the
    middle of each way; the number of profiles where none does."""
    network, policy = result.town.network, result.policy
    count = len(network.ends)
    middle = Snaps(
        np.arange(count, dtype=np.int64)[:, None], network.lengths[:, None] / 2, np.zeros((count, 1))
    )
    classes = np.full(count, len(policy.profiles), dtype=np.int64)
    for at in range(len(policy.profiles) - 1, -1, -1):
        profile = policy.profiles[at]
        walk, limit = Walk(network, profile.rule()), profile.limit_m.value
        metres, _ = nearest(search(walk, result.answers[category].snaps, limit), Start.of(walk, middle))
        classes[metres <= limit] = at
    return classes


def home_classes(result: Result, category: int) -> Ints:
    """[H] the same for homes."""
    reached = result.answers[category].reason == Reason.REACHED
    return np.where(reached.any(axis=0), reached.argmax(axis=0), len(reached)).astype(np.int64)
