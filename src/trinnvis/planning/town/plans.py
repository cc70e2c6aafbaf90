"""A plan (plan): what would be changed in a town, one thing after another, as written by a planner."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from trinnvis.policy.provenance import Code, Frozen, Text

Place = tuple[float, float]
"""East, north (or longitude, latitude) in the plan's coordinate system."""
Entrances = Annotated[tuple[Place, ...], Field(min_length=1)]
Line = Annotated[tuple[Place, ...], Field(min_length=2)]
Count = Annotated[float, Field(ge=0)]


class AddService(Frozen):
    """A new service (nytt tilbud), with its entrances."""

    kind: Literal["add_service"]
    id: Text
    category: Code
    name: str = ""
    at: Entrances


class MoveService(Frozen):
    """A service somewhere else."""

    kind: Literal["move_service"]
    id: Text
    at: Entrances


class RemoveService(Frozen):
    """A service closed."""

    kind: Literal["remove_service"]
    id: Text


class AddHome(Frozen):
    """New dwellings on one address; residents by the code of the age group."""

    kind: Literal["add_home"]
    id: Text
    at: Place
    area: str = ""
    dwellings: Count = 1
    residents: dict[Code, Count] = {}


class MoveHome(Frozen):
    """A home with those who live there somewhere else."""

    kind: Literal["move_home"]
    id: Text
    at: Place


class RemoveHome(Frozen):
    """A home taken away."""

    kind: Literal["remove_home"]
    id: Text


class SetResidents(Frozen):
    """Other numbers of residents in a home; groups not named keep theirs."""

    kind: Literal["set_residents"]
    id: Text
    residents: dict[Code, Count] = {}
    dwellings: Count | None = None


class _Drawn(Frozen):
    line: Line
    heights: tuple[float, ...] = ()
    steps: bool = False
    bridge: bool = False
    tunnel: bool = False


class AddEdge(_Drawn):
    """A new way (ny gangforbindelse). Its ends are joined to the ways they come near."""

    kind: Literal["add_edge"]


class RemoveEdge(Frozen):
    """The way nearest to a place closed, between its junctions."""

    kind: Literal["remove_edge"]
    at: Place


class MoveEdge(_Drawn):
    """The way nearest to a place replaced by another line."""

    kind: Literal["move_edge"]
    at: Place


EdgeChange = AddEdge | RemoveEdge | MoveEdge
Change = Annotated[
    AddService
    | MoveService
    | RemoveService
    | AddHome
    | MoveHome
    | RemoveHome
    | SetResidents
    | AddEdge
    | RemoveEdge
    | MoveEdge,
    Field(discriminator="kind"),
]
KINDS = (
    "add_service", "move_service", "remove_service", "add_home", "move_home", "remove_home", "set_residents",
    "add_edge", "remove_edge", "move_edge",
)  # fmt: skip


class Plan(Frozen):
    """Changes in order. crs: the plan's coordinate system; the network's own when not said."""

    name: Code
    title: Text
    description: str = ""
    crs: int | None = None
    changes: tuple[Change, ...] = Field(min_length=1)
