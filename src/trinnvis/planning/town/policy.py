"""Whom the walking analysis is made for and what counts as near, as written in `town.yaml`."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from trinnvis.planning.town.snapping import SnapRules
from trinnvis.planning.town.walking import FLAT, Rule, Table, Tobler
from trinnvis.policy.provenance import Code, Frozen, Sourced, Text

OLDEST = 200


class Measure(Sourced):
    """A number somebody has to answer for."""

    value: float = Field(ge=0)
    unit: Text


class Point(Frozen):
    """A slope (stigning, metres per metre) and how many flat metres one metre of it counts as."""

    grade: float = Field(ge=0, le=1)
    times: float = Field(ge=1)


class SlopeTable(Sourced):
    """Multipliers written one by one."""

    kind: Literal["table"]
    points: tuple[Point, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _rising(self) -> Self:
        grades = [point.grade for point in self.points]
        if sorted(set(grades)) != grades:
            raise ValueError("stigningene må stå i stigende rekkefølge, hver bare én gang")
        return self

    def function(self) -> Table:
        return Table(tuple(p.grade for p in self.points), tuple(p.times for p in self.points))


class SlopeTobler(Sourced):
    """Tobler's walking pace, there and back."""

    kind: Literal["tobler"]
    steepness: float = Field(gt=0)
    offset: float = Field(ge=0, le=0.5)

    def function(self) -> Tobler:
        return Tobler(self.steepness, self.offset)


class Steepest(Sourced):
    """Steeper than `grade` for longer than `over_m` metres is not walked at all."""

    grade: float = Field(gt=0, le=1)
    over_m: float = Field(ge=0)


class Profile(Frozen):
    """A group by how it walks (ganggruppe), and its reach. phrase: as in a sentence, «med rullator»."""

    code: Code
    title: Text
    limit_m: Measure
    steps: bool
    phrase: str = ""
    slope: Annotated[SlopeTable | SlopeTobler, Field(discriminator="kind")]
    steepest: Steepest | None = None

    def rule(self) -> Rule:
        if self.steepest is None:
            return Rule(self.slope.function(), self.steps)
        return Rule(self.slope.function(), self.steps, self.steepest.grade, self.steepest.over_m)

    def flat_rule(self) -> Rule:
        """The same steps or none, with no slope."""
        return Rule(FLAT, self.steps)


class Category(Sourced):
    """A kind of errand (gjøremål). osm: the tags, `key=value`, that OpenStreetMap has for it.

    phrase: as in a sentence, «en butikk».
    """

    code: Code
    title: Text
    phrase: str = ""
    osm: tuple[Annotated[str, Field(pattern=r"^[a-z_:]+=[a-z_]+$")], ...] = ()


class AgeGroup(Frozen):
    """Completed years, both included."""

    code: Code
    title: Text
    from_age: int = Field(ge=0, le=OLDEST)
    to_age: int = Field(ge=0, le=OLDEST)


class Snapping(Frozen):
    """How points are fastened to the network."""

    farthest_m: Measure
    spare_m: Measure
    most_edges: Measure
    show_over_m: Measure

    def rules(self) -> SnapRules:
        return SnapRules(self.farthest_m.value, self.spare_m.value, max(1, round(self.most_edges.value)))


class NetworkRules(Frozen):
    """How a network is made of lines. detour: normal walking distance over straight line. least_addresses,
    place_every_m: where there are fewer addresses for a kilometre, places along the ways stand for homes."""

    window_m: Measure
    join_m: Measure
    draw_join_m: Measure
    least_connected: Measure
    detour: Measure
    least_addresses: Measure
    place_every_m: Measure


class Protection(Sourced):
    """Small counts in what is published: below `least` hidden, the rest rounded to `round_to`."""

    least: int = Field(ge=1)
    round_to: int = Field(ge=1)


class Chosen(Sourced):
    """Errands somebody has picked out. ages: whom they are for, by age groups' codes; none: everybody."""

    categories: tuple[Code, ...] = Field(min_length=1)
    ages: tuple[Code, ...] = ()


class TownPolicy(Frozen):
    """All of it. daily: the errands told first. low_steps: those that are offers on the low steps of the
    ladder of effort, and whom they are for."""

    title: Text
    profiles: tuple[Profile, ...] = Field(min_length=1)
    categories: tuple[Category, ...] = Field(min_length=1)
    age_groups: tuple[AgeGroup, ...] = Field(min_length=1)
    bands_m: tuple[Annotated[float, Field(gt=0)], ...] = Field(min_length=1)
    snapping: Snapping
    network: NetworkRules
    protection: Protection
    daily: Chosen
    low_steps: Chosen

    @model_validator(mode="after")
    def _sound(self) -> Self:
        for name, rows in (("profiles", self.profiles), ("categories", self.categories),
                           ("age_groups", self.age_groups)):  # fmt: skip
            codes = [row.code for row in rows]
            if len(set(codes)) < len(codes):
                raise ValueError(f"samme kode står to ganger i {name}")
        if list(self.bands_m) != sorted(set(self.bands_m)):
            raise ValueError("bands_m må stå i stigende rekkefølge")
        age = 0
        for group in self.age_groups:
            if group.from_age != age or group.to_age < age:
                raise ValueError("age_groups må dekke alle aldre fra 0 uten hull eller overlapp")
            age = group.to_age + 1
        if age <= OLDEST:
            raise ValueError(f"den siste aldersgruppa må gå til {OLDEST} år")
        for name, chosen in (("daily", self.daily), ("low_steps", self.low_steps)):
            known = {row.code for row in self.categories} | {row.code for row in self.age_groups}
            if unknown := [code for code in (*chosen.categories, *chosen.ages) if code not in known]:
                raise ValueError(f"{name} peker på {', '.join(unknown)}, som ikke finnes")
        return self

    @property
    def farthest_m(self) -> float:
        """The longest distance any table asks for."""
        return max(*self.bands_m, *(profile.limit_m.value for profile in self.profiles))

    def age_group(self, age: int) -> int:
        """The number of the group an age belongs to."""
        return next(at for at, group in enumerate(self.age_groups) if age <= group.to_age)
