"""Changes as typed, as kept and as said: read strictly, whoever sends them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import hypot
from typing import Any

from django.utils.translation import gettext as _
from pydantic import TypeAdapter, ValidationError

from trinnvis.planning.town.places import Town
from trinnvis.planning.town.plans import (
    AddEdge,
    AddHome,
    AddService,
    Change,
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
from trinnvis.trouble import Trouble

MOST_CHANGES = 200
Changes = tuple[Change, ...]
_adapter: TypeAdapter[Changes] = TypeAdapter(tuple[Change, ...])


def read(rows: Sequence[Mapping[str, Any]]) -> Changes:
    """
    Raises:
        Trouble: not changes of this version, or too many.
    """
    if len(rows) > MOST_CHANGES:
        raise Trouble(
            _("Planen har %(number)d endringer.") % {"number": len(rows)},
            _("En plan kan ha høyst %(most)d.") % {"most": MOST_CHANGES},
        )
    try:
        return _adapter.validate_python(rows)
    except ValidationError as error:
        first = error.errors()[0]
        number = first["loc"][0] if first["loc"] else 0
        raise Trouble(
            _("Endring %(number)s kan ikke brukes.") % {"number": int(number) + 1 if number != "" else 1},
            _("Ta den ut, og legg den inn på nytt."),
        ) from None


def kept(changes: Changes) -> list[dict[str, Any]]:
    """Plain values for the database."""
    rows: list[dict[str, Any]] = _adapter.dump_python(changes, mode="json")
    return rows


def as_plan(changes: Changes, name: str) -> Plan:
    return Plan(name="plan", title=name or _("Utkast"), changes=changes)


def said(change: Change, town: Town, policy: TownPolicy) -> str:
    """The change in words. `town`: where names are looked up."""
    names = dict(zip(town.services.ids, town.services.names, strict=True))
    titles = {category.code: category.title for category in policy.categories}
    match change:
        case AddService():
            return _("Nytt tilbud: %(name)s (%(kind)s)") % {
                "name": change.name or change.id, "kind": titles.get(change.category, change.category).lower()
            }  # fmt: skip
        case MoveService():
            return _("Flytt %(name)s") % {"name": names.get(change.id) or change.id}
        case RemoveService():
            return _("Legg ned %(name)s") % {"name": names.get(change.id) or change.id}
        case AddHome():
            return _("Nye boliger: %(name)s (%(count)s)") % {
                "name": change.id, "count": f"{change.dwellings:g}"
            }  # fmt: skip
        case MoveHome():
            return _("Flytt %(name)s") % {"name": change.id}
        case RemoveHome():
            return _("Ta bort boligen %(name)s") % {"name": change.id}
        case SetResidents():
            return _("Endre hvem som bor i %(name)s") % {"name": change.id}
        case AddEdge():
            return _("Ny gangforbindelse, %(metres)d meter") % {"metres": round(_length(change.line))}
        case RemoveEdge():
            return _("Steng vegen nærmest %(place)s") % {"place": _place(change.at)}
        case MoveEdge():
            return _("Legg om vegen nærmest %(place)s") % {"place": _place(change.at)}


def _length(line: Sequence[tuple[float, float]]) -> float:
    return sum(hypot(x - u, y - v) for (x, y), (u, v) in pairwise(line))


def _place(at: tuple[float, float]) -> str:
    return f"{at[0]:.0f}, {at[1]:.0f}"
