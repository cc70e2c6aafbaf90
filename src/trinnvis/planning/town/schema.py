"""The shape of a run as JSON. `docs/methods/town.schema.json` is made from what is described here."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Hideable = float | None
"""null where a public answer hides a small number, or there is nothing to tell."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NetworkPart(_Part):
    version: str = Field(description="A fingerprint of the ways: equal for equal networks")
    base: str = Field(description="The network the plan began from; runs are compared on one base only")
    kilometres: float
    edges: int
    heights: bool = Field(description="False: every way counts as flat, for no heights are imported")


class PlacesPart(_Part):
    version: str
    count: int


class ProfilePart(_Part):
    code: str
    title: str
    limit_m: float
    source: str
    status: str


class CategoryPart(_Part):
    code: str
    title: str
    source: str
    status: str


class AgeGroupPart(_Part):
    """Completed years, both included."""

    code: str
    title: str
    from_age: int
    to_age: int


class _Counted(_Part):
    residents: Hideable
    of_residents: Hideable
    share: Hideable = Field(description="Of the residents, 0 to 1, of the numbers as shown")
    dwellings: Hideable = Field(description="For all ages only")
    of_dwellings: Hideable
    share_dwellings: Hideable


class ReachPart(_Counted):
    """Those who reach a category on foot. They and those lost to each reason add up to all."""

    area: str = Field(description="«Hele området», or a named one")
    category: str
    profile: str
    ages: str = Field(description="Code of an age group, or «alle»")
    flat: Hideable = Field(
        description="Residents who would reach it were every way flat and steps no hindrance"
    )
    flat_dwellings: Hideable
    lost_to_slope: Hideable
    lost_to_steps: Hideable
    lost_to_missing_link: Hideable = Field(
        description="Near enough as the crow flies, but no way leads there"
    )
    lost_to_not_connected: Hideable = Field(description="Too far from every way")
    lost_to_distance: Hideable
    lost_to_no_service: Hideable = Field(description="There is no service of the category at all")
    dwellings_lost_to_slope: Hideable
    dwellings_lost_to_steps: Hideable
    dwellings_lost_to_missing_link: Hideable
    dwellings_lost_to_not_connected: Hideable
    dwellings_lost_to_distance: Hideable
    dwellings_lost_to_no_service: Hideable


class AllPart(_Counted):
    """Those with at least so many categories within reach."""

    area: str
    profile: str
    ages: str
    least: int


class BandPart(_Counted):
    """Those within so many metres of way, cumulative, without slope."""

    area: str
    category: str
    ages: str
    metres: float


class ChangePart(_Part):
    """What a plan changes.

    Where residents are the same, after = before + gain - lose + moved_in - moved_out.
    """

    area: str
    category: str
    profile: str
    ages: str
    before: Hideable
    after: Hideable
    gain: Hideable = Field(description="Residents of homes in both who come within reach")
    lose: Hideable = Field(description="… who fall outside")
    moved_in: Hideable = Field(description="In homes the plan builds, within reach")
    moved_out: Hideable = Field(description="In homes the plan takes away, that were within reach")


class LegPart(_Part):
    """A point a planner should look at. metres: to the nearest way; null when it is not connected."""

    what: Literal["bolig", "tilbud"]
    id: str
    metres: float | None


class SourcePart(_Part):
    title: str
    licence: str
    attribution: str
    imported_on: str
    sha256: str


class TownDocument(_Part):
    """A run: who reaches what, in the town as it is or with a plan."""

    format: Literal[1]
    title: str
    public: bool = Field(description="True: small numbers are null, and the rest rounded")
    coordinates: str
    network: NetworkPart
    homes: PlacesPart
    services: PlacesPart
    profiles: list[ProfilePart]
    categories: list[CategoryPart]
    age_groups: list[AgeGroupPart]
    reach: list[ReachPart]
    all_categories: list[AllPart]
    distances: list[BandPart]
    changes: list[ChangePart] = Field(description="Empty without a plan")
    long_legs: list[LegPart] = Field(description="In public those of services only")
    sources: list[SourcePart]
    notes: list[str]
