"""Two runs on the same base network: who gains and who loses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from trinnvis.planning.town.arrays import Ints
from trinnvis.planning.town.running import Result
from trinnvis.planning.town.tables import ALL_AGES, area_names, in_area
from trinnvis.trouble import Trouble


@dataclass(frozen=True)
class Change:
    """Residents who come within reach (vinner) and fall outside (taper), with dwellings and homes.

    Only homes that are in both runs, with the residents of the plan; those a plan builds or takes away are
    counted in `moved_in` and `moved_out`, who reach the service and no longer live there to do so.
    """

    area: str
    category: str
    profile: str
    ages: str
    before: float
    after: float
    gain: float
    lose: float
    moved_in: float
    moved_out: float


@dataclass(frozen=True)
class HomeChange:
    """One home that gained or lost a category for a profile, with the metres before and after."""

    home: str
    category: str
    profile: str
    gained: bool
    before_m: float
    after_m: float


def compare(base: Result, plan: Result) -> Iterator[Change]:
    """Area by area, category × profile × age group.

    Raises:
        Trouble: the runs are not of the same base network.
    """
    one, other = _in_both(base, plan)
    homes, planned = base.town.homes, plan.town.homes
    ages = (*(group.code for group in base.policy.age_groups), ALL_AGES)
    before = np.column_stack((homes.residents, homes.residents.sum(axis=1)))
    after = np.column_stack((planned.residents, planned.residents.sum(axis=1)))
    gone = np.setdiff1d(np.arange(len(homes.ids)), one)
    new = np.setdiff1d(np.arange(len(planned.ids)), other)
    for area in area_names(homes, planned):
        old_here, new_here = in_area(homes, area), in_area(planned, area)
        for number, category in enumerate(base.policy.categories):
            for at, profile in enumerate(base.policy.profiles):
                was = (base.answers[number].reason[at] == 0) & old_here
                now = (plan.answers[number].reason[at] == 0) & new_here
                gain, lose = now[other] & ~was[one], was[one] & ~now[other]
                for group, name in enumerate(ages):
                    yield Change(
                        area, category.code, profile.code, name,
                        float(was @ before[:, group]), float(now @ after[:, group]),
                        float(gain @ after[other, group]), float(lose @ after[other, group]),
                        float(now[new] @ after[new, group]), float(was[gone] @ before[gone, group]),
                    )  # fmt: skip


def home_changes(base: Result, plan: Result) -> Iterator[HomeChange]:
    """Home by home, in the order of the base.

    Raises:
        Trouble: as `compare`.
    """
    one, other = _in_both(base, plan)
    for number, category in enumerate(base.policy.categories):
        for at, profile in enumerate(base.policy.profiles):
            old, new = base.answers[number], plan.answers[number]
            was, now = old.reason[at][one] == 0, new.reason[at][other] == 0
            for home in np.flatnonzero(was != now):
                yield HomeChange(
                    base.town.homes.ids[one[home]], category.code, profile.code, bool(now[home]),
                    float(old.metres[at][one[home]]), float(new.metres[at][other[home]]),
                )  # fmt: skip


def _in_both(base: Result, plan: Result) -> tuple[Ints, Ints]:
    grown_from = plan.town.edits.base if plan.town.edits else plan.town.network
    if grown_from.version != base.town.network.version:
        raise Trouble(
            "Planen og utgangspunktet er regnet på hvert sitt gangnett.",
            "Regn begge på det nyeste gangnettet.",
        )
    number = {name: at for at, name in enumerate(plan.town.homes.ids)}
    pairs = [(at, number[name]) for at, name in enumerate(base.town.homes.ids) if name in number]
    both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]
