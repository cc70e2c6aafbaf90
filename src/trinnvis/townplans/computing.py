"""A town and a plan for it, computed: what has been asked lately is kept, and nothing is computed twice."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TypeVar

from trinnvis.planning.town.arrays import Ints
from trinnvis.planning.town.places import Town
from trinnvis.planning.town.planning import carried_out
from trinnvis.planning.town.plans import Plan
from trinnvis.planning.town.policy import TownPolicy
from trinnvis.planning.town.running import Result
from trinnvis.planning.town.streets import home_classes, street_classes
from trinnvis.townplans.bases import Base
from trinnvis.townplans.changes import Changes, as_plan, kept

MOST_KEPT = 40
Kept = TypeVar("Kept")
_kept: OrderedDict[Hashable, object] = OrderedDict()
_lock = Lock()  # the runner remembers as it goes, and pages are served by several threads


@dataclass(frozen=True, eq=False)
class Computed:
    """A town with its corrections (`before`), and with a plan's changes made as well (`after`)."""

    base: Base
    before: Result
    after: Result
    corrections: Changes
    changes: Changes

    @property
    def policy(self) -> TownPolicy:
        return self.base.policy

    @property
    def town(self) -> Town:
        return self.after.town

    @property
    def is_planned(self) -> bool:
        return self.after is not self.before

    @cached_property
    def key(self) -> Hashable:
        return _key(self.base, self.corrections, self.changes)

    def streets(self, category: int) -> Ints:
        """[E] `planning.town.streets.street_classes` of the town as planned."""
        return _once((self.key, "streets", category), lambda: street_classes(self.after, category))

    def drawn(self, category: int, area: str, language: str, draw: Callable[[], str]) -> str:
        """The map of a category and an area as `draw` makes it in a language, once."""
        return _once((self.key, "map", category, area, language), draw)

    def homes(self, category: int) -> Ints:
        return home_classes(self.after, category)


def compute(base: Base, corrections: Changes, changes: Changes, name: str = "") -> Computed:
    """
    Raises:
        Trouble: a change that cannot be made in this town; the text says which and why.
    """
    key = _key(base, corrections, changes)
    return _once(key, lambda: _computed(base, corrections, changes, name))


def _computed(base: Base, corrections: Changes, changes: Changes, name: str) -> Computed:
    with _lock:
        before = base.runner.run(_town(base, corrections))
        after = before
        if changes:
            after = base.runner.run(carried_out(before.town, as_plan(changes, name), base.policy))
    return Computed(base, before, after, corrections, changes)


def _town(base: Base, corrections: Changes) -> Town:
    if not corrections:
        return base.town
    written = Plan(name="rettelser", title="Rettelser", changes=corrections)
    return _once((_key(base, corrections, ()), "town"), lambda: carried_out(base.town, written, base.policy))


def _key(base: Base, corrections: Changes, changes: Changes) -> Hashable:
    return base.code, base.files, json.dumps((kept(corrections), kept(changes)), sort_keys=True)


def _once(key: Hashable, make: Callable[[], Kept]) -> Kept:
    if key in _kept:
        try:
            _kept.move_to_end(key)
            return _kept[key]  # type: ignore[return-value]
        except KeyError:  # another thread made room just now
            pass
    made = make()
    _kept[key] = made
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return made
