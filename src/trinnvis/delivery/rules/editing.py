"""Who may change what about units: planners and economists everything, managers their own unit."""

from __future__ import annotations

from collections.abc import Iterable

from trinnvis.access.rules import ECONOMIST, MANAGER, PLANNER

EVERYWHERE = frozenset({ECONOMIST, PLANNER})
Roles = Iterable[tuple[str, str]]  # (role, unit)


def may_edit(roles: Roles, unit: str) -> bool:
    return any(role in EVERYWHERE or (role, of) == (MANAGER, unit) for role, of in roles)


def may_set_up(roles: Roles) -> bool:
    """Kinds of places and service areas hold for the whole municipality."""
    return any(role in EVERYWHERE for role, _unit in roles)
