"""A plan carried out on a town: the town as it would be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import shapely

from trinnvis.planning.town.arrays import Floats
from trinnvis.planning.town.edges import EdgeTable
from trinnvis.planning.town.importing.crs import to_own
from trinnvis.planning.town.places import Homes, Services, Town
from trinnvis.planning.town.plans import (
    AddEdge,
    AddHome,
    AddService,
    Change,
    EdgeChange,
    MoveEdge,
    MoveHome,
    MoveService,
    Plan,
    RemoveEdge,
    RemoveHome,
    RemoveService,
    SetResidents,
)
from trinnvis.planning.town.policy import TownPolicy
from trinnvis.policy import messages
from trinnvis.trouble import Trouble


def carried_out(town: Town, plan: Plan, policy: TownPolicy) -> Town:
    """The town with the plan's changes made in order.

    Raises:
        Trouble: a change that cannot be made; the text says which and why.
    """
    homes, services = town.homes, town.services
    edge_changes: list[tuple[int, EdgeChange]] = []
    for number, written in enumerate(plan.changes, start=1):
        try:
            change = _in_own_system(written, plan.crs, town.crs)
            match change:
                case AddHome() | MoveHome() | RemoveHome() | SetResidents():
                    homes = _homes(homes, change, policy)
                case AddService() | MoveService() | RemoveService():
                    services = _services(services, change, policy)
                case AddEdge() | MoveEdge() | RemoveEdge():
                    edge_changes.append((number, change))
        except Trouble as trouble:
            raise _numbered(trouble, number, plan) from trouble
    if not edge_changes:
        changed = replace(town, homes=homes, services=services)
        _check_placed(changed, plan, policy)
        return changed
    table = EdgeTable(town.network, town.edits)
    join, window = policy.network.draw_join_m.value, policy.network.window_m.value
    for number, edge_change in edge_changes:
        try:
            table.change(edge_change, join_m=join, window_m=window)
        except Trouble as trouble:
            raise _numbered(trouble, number, plan) from trouble
    network, edits = table.result()
    changed = Town(network, homes, services, edits)
    _check_placed(changed, plan, policy)
    return changed


def _check_placed(town: Town, plan: Plan, policy: TownPolicy) -> None:
    """
    Raises:
        Trouble: a service the plan puts where nobody can walk to it, such as in a lake.
    """
    reach = policy.snapping.farthest_m.value
    ways = town.network.outside.segments.tree
    for number, written in enumerate(plan.changes, start=1):
        if not isinstance(written, AddService | MoveService):
            continue
        change = _in_own_system(written, plan.crs, town.crs)
        assert isinstance(change, AddService | MoveService)
        metres = np.full(len(change.at), np.inf)
        (point, _), found = ways.query_nearest(
            shapely.points(np.array(change.at)), return_distance=True, all_matches=False
        )
        metres[point] = found
        if metres.max() > reach:
            raise _numbered(
                Trouble(
                    f"«{change.id}» ligger {metres.max():.0f} meter fra nærmeste gangveg, for eksempel i "
                    "vann eller utenfor kartet.",
                    f"Flytt punktet til inngangen, høyst {reach:g} meter fra en veg.",
                ),
                number,
                plan,
            )


def _numbered(trouble: Trouble, number: int, plan: Plan) -> Trouble:
    return Trouble(f"Endring {number} i planen «{plan.title}»: {trouble}", trouble.remedy)


def _in_own_system(change: Change, system: int | None, own: int) -> Change:
    if system is None or system == own:
        return change
    moved: dict[str, object] = {}
    for name in ("at", "line"):
        places = getattr(change, name, None)
        if places is None:
            continue
        one = isinstance(places[0], float)
        points, _ = to_own(np.array([places] if one else places, dtype=float), system, own, "Planen")
        rows = tuple((float(x), float(y)) for x, y in points)
        moved[name] = rows[0] if one else rows
    return change.model_copy(update=moved)


def _homes(homes: Homes, change: AddHome | MoveHome | RemoveHome | SetResidents, policy: TownPolicy) -> Homes:
    if isinstance(change, AddHome):
        _unused(change.id, homes.ids, "boligen")
        names = homes.area_names if change.area in homes.area_names else (*homes.area_names, change.area)
        return replace(
            homes,
            ids=(*homes.ids, change.id),
            xy=np.vstack((homes.xy, change.at)),
            area_names=names,
            areas=np.append(homes.areas, names.index(change.area)),
            dwellings=np.append(homes.dwellings, change.dwellings),
            residents=np.vstack(
                (homes.residents, _counts(np.zeros(len(policy.age_groups)), change.residents, policy))
            ),
        )
    at = _number(change.id, homes.ids, "boligen")
    if isinstance(change, RemoveHome):
        left = np.delete(np.arange(len(homes.ids)), at)
        return replace(
            homes,
            ids=tuple(homes.ids[i] for i in left),
            xy=homes.xy[left],
            areas=homes.areas[left],
            dwellings=homes.dwellings[left],
            residents=homes.residents[left],
        )
    if isinstance(change, MoveHome):
        xy = homes.xy.copy()
        xy[at] = change.at
        return replace(homes, xy=xy)
    residents, dwellings = homes.residents.copy(), homes.dwellings.copy()
    residents[at] = _counts(residents[at], change.residents, policy)
    if change.dwellings is not None:
        dwellings[at] = change.dwellings
    return replace(homes, residents=residents, dwellings=dwellings)


def _services(
    services: Services, change: AddService | MoveService | RemoveService, policy: TownPolicy
) -> Services:
    if isinstance(change, AddService):
        _unused(change.id, services.ids, "tilbudet")
        codes = [category.code for category in policy.categories]
        if change.category not in codes:
            near = messages.nearest(change.category, codes)
            hint = f"Mente du {near}? " if near else ""
            raise Trouble(
                f"Gjøremålet «{change.category}» finnes ikke.", f"{hint}Velg blant {', '.join(codes)}."
            )
        return replace(
            services,
            ids=(*services.ids, change.id),
            names=(*services.names, change.name),
            categories=(*services.categories, change.category),
            entrances=np.vstack((services.entrances, change.at)),
            owners=np.append(services.owners, np.full(len(change.at), len(services.ids))),
        )
    at = _number(change.id, services.ids, "tilbudet")
    stay = services.owners != at
    if isinstance(change, MoveService):
        return replace(
            services,
            entrances=np.vstack((services.entrances[stay], change.at)),
            owners=np.append(services.owners[stay], np.full(len(change.at), at)),
        )
    left = [i for i in range(len(services.ids)) if i != at]
    owners = services.owners[stay]
    return replace(
        services,
        ids=tuple(services.ids[i] for i in left),
        names=tuple(services.names[i] for i in left),
        categories=tuple(services.categories[i] for i in left),
        entrances=services.entrances[stay],
        owners=owners - (owners > at),
    )


def _counts(held: Floats, said: Mapping[str, float], policy: TownPolicy) -> Floats:
    codes = [group.code for group in policy.age_groups]
    counts = held.copy()
    for code, count in said.items():
        if code not in codes:
            raise Trouble(f"Aldersgruppa «{code}» finnes ikke.", f"Velg blant {', '.join(codes)}.")
        counts[codes.index(code)] = count
    return counts


def _unused(name: str, names: Sequence[str], what: str) -> None:
    if name in names:
        raise Trouble(f"Det finnes fra før en id «{name}» ({what}).", "Gi den nye en annen id.")


def _number(name: str, names: Sequence[str], what: str) -> int:
    if name not in names:
        near = messages.nearest(name, list(names)) if len(names) < 5000 else None
        raise Trouble(f"Finner ikke {what} «{name}».", f"Mente du {near}?" if near else "Sjekk id-en.")
    return names.index(name)
