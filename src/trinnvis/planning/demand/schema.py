"""What a basis (grunnlag) and a scenario say, as written in YAML. Their JSON schemas are made from here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Final, Literal, Self

from pydantic import Field, model_validator

from trinnvis.planning.population.axes import AGES
from trinnvis.policy.model import AmountUnit
from trinnvis.policy.provenance import Code, Frozen, Sourced, Text

Share = Annotated[float, Field(ge=0, le=1)]
Year = Annotated[int, Field(ge=2000, le=2100)]
ALL_AGES: Final = (0, AGES - 1)


class Assumption(Sourced):
    """A figure somebody has to answer for. `low` to `high` is read as an 80 % interval."""

    value: float
    unit: Text
    low: float
    high: float

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.value <= self.high:
            raise ValueError(
                f"verdien {self.value:g} ligger ikke mellom low {self.low:g} og high {self.high:g}"
            )
        return self

    def within(self, least: float, most: float, name: str) -> None:
        """
        Raises:
            ValueError: any of the three is outside.
        """
        if self.low < least or self.high > most:
            raise ValueError(f"{name} må ligge mellom {least:g} og {most:g}, også low og high")


class WithLimits(Frozen):
    """Holds assumptions, each with what is possible at all: name → least and most."""

    limits: ClassVar[Mapping[str, tuple[float, float]]] = {}

    @model_validator(mode="after")
    def _within_limits(self) -> Self:
        for name, (least, most) in self.limits.items():
            held = getattr(self, name)
            if held is not None:
                held.within(least, most, name)
        return self


class StepShare(Frozen):
    """Part of something that falls on a step (trinn) of the ladder."""

    step: int = Field(ge=1)
    share: Share


class PricePart(Frozen):
    """A service of the price list, and how much of the group's hours or days it stands for."""

    service: Code
    unit: AmountUnit
    share: Share


class PriceMix(Sourced):
    """Which rows of a price list a service group is priced by, when the adopted list is asked for."""

    parts: tuple[PricePart, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if abs(sum(part.share for part in self.parts) - 1) > 1e-9:
            raise ValueError("andelene i price_mix må bli 1 til sammen")
        return self


class ServiceGroup(WithLimits, Sourced):
    """A group of services (tjenestegruppe) the forecast counts users of.

    in_total: False when its users are already counted in another group. hours_from: the municipality's own
    hours of home care, or `hours_per_user`, working hours per user and year. nok: kroner per hour or per day.
    work_per_hour: working hours for each hour counted, with travel and indirect time; 1 when not given.
    """

    limits = {"hours_per_user": (0, 24 * 366), "nok": (0, 1e7), "occupancy": (0.2, 1)}

    code: Code
    title: Text
    steps: tuple[StepShare, ...] = Field(min_length=1)
    in_total: bool = True
    hours_from: Literal["own", "per_user"]
    hours_per_user: Assumption | None = None
    nok: Assumption
    nok_per: Literal["hour", "day"]
    occupancy: Assumption | None = None
    work_per_hour: Assumption | None = None
    price_mix: PriceMix | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if abs(sum(part.share for part in self.steps) - 1) > 1e-9:
            raise ValueError("andelene i steps må bli 1 til sammen")
        if self.hours_from == "per_user" and self.hours_per_user is None:
            raise ValueError("hours_per_user mangler")
        if self.nok_per == "day" and self.occupancy is None:
            raise ValueError("occupancy mangler for en tjeneste med plasser")
        return self


class Claim(Sourced):
    """What somebody has said need will be: `factor` times as much by `year`. `text` finishes «at …»."""

    year: Year
    factor: float = Field(gt=0)
    text: Text


class Basis(WithLimits):
    """What all scenarios share: services with steps and prices, the work year (timer per årsverk).

    price_notes: what the reader must know of where prices come from, told with every forecast.
    """

    limits = {"work_year": (500, 2500), "nok_per_hour": (0, 1e5)}

    title: Text
    claim: Claim
    price_year: Year
    work_year: Assumption
    nok_per_hour: Assumption
    services: tuple[ServiceGroup, ...] = Field(min_length=1)
    price_notes: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _sound(self) -> Self:
        codes = [service.code for service in self.services]
        if len(set(codes)) < len(codes):
            raise ValueError("samme tjenestekode står to ganger")
        return self


class Profile(Frozen):
    """How an effect comes: nothing up to and including `start`, all of it from `full`."""

    kind: Literal["linear", "front", "back", "step"] = "linear"
    start: Year
    full: Year

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.full <= self.start:
            raise ValueError("full må være et senere år enn start")
        return self


class _Driver(WithLimits):
    code: Code
    title: Text


class _OnServices(_Driver):
    services: tuple[Code, ...] = Field(min_length=1)
    ages: tuple[int, int] = ALL_AGES

    @model_validator(mode="after")
    def _ages_forwards(self) -> Self:
        if not 0 <= self.ages[0] <= self.ages[1] < AGES:
            raise ValueError(f"ages må være to aldre mellom 0 og {AGES - 1}, den laveste først")
        return self


class RateTrend(_OnServices):
    """Users per person change by `yearly` (share a year), each year `damping` times the year before."""

    limits = {"yearly": (-0.5, 0.5), "damping": (0, 1)}

    kind: Literal["rate_trend"]
    yearly: Assumption
    damping: Assumption


class AgeShift(_OnServices):
    """Need comes later: the rates of those `gain` × `share` × years younger (utsatt behov)."""

    limits = {"gain": (-0.5, 0.5), "share": (0, 1.5)}

    kind: Literal["age_shift"]
    gain: Assumption
    share: Assumption


class HoursGrowth(_OnServices):
    """Hours per user change by `yearly` (share a year): standard upwards, productivity downwards."""

    limits = {"yearly": (-0.2, 0.2)}

    kind: Literal["hours_growth"]
    yearly: Assumption


class FamilyCare(_OnServices):
    """Help from the family changes by `change`; the municipality covers the difference.

    ratio: hours of family care per hour of municipal care today.
    """

    limits = {"ratio": (0, 5), "change": (-1, 3)}

    kind: Literal["family_care"]
    ratio: Assumption
    change: Assumption
    profile: Profile

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.ratio.high * self.change.high > 1:
            raise ValueError("familien kan ikke overta mer enn all hjelpen: ratio × change er over 1")
        return self


class Effect(_OnServices):
    """A measure reaches `reach` of those concerned; among them users and hours change by a share."""

    limits = {"reach": (0, 1), "users": (-1, 5), "hours": (-1, 5)}

    kind: Literal["effect"]
    reach: Assumption
    users: Assumption
    hours: Assumption
    profile: Profile


class StepShift(_Driver):
    """Dreining: a share of the hours on a step is handled on lower steps.

    hours_ratio: hours used on the lower steps for each hour no longer used.
    """

    limits = {"share": (0, 1), "hours_ratio": (0, 5)}

    kind: Literal["step_shift"]
    from_step: int = Field(ge=1)
    to: tuple[StepShare, ...] = Field(min_length=1)
    share: Assumption
    hours_ratio: Assumption
    profile: Profile

    @model_validator(mode="after")
    def _downwards(self) -> Self:
        if abs(sum(part.share for part in self.to) - 1) > 1e-9:
            raise ValueError("andelene i to må bli 1 til sammen")
        if any(part.step >= self.from_step for part in self.to):
            raise ValueError("dreining går til lavere trinn: hvert trinn i to må være lavere enn from_step")
        if len({part.step for part in self.to}) < len(self.to):
            raise ValueError("samme trinn står to ganger i to")
        return self


Driver = Annotated[
    RateTrend | AgeShift | HoursGrowth | FamilyCare | Effect | StepShift, Field(discriminator="kind")
]


class Scenario(Frozen):
    """A future to compute: what departs from constant rates. No drivers is «som i dag»."""

    name: Code
    title: Text
    description: Text
    drivers: tuple[Driver, ...] = ()
    steps: dict[Code, tuple[StepShare, ...]] = {}

    @model_validator(mode="after")
    def _sound(self) -> Self:
        codes = [driver.code for driver in self.drivers]
        if len(set(codes)) < len(codes):
            raise ValueError("samme kode står på to drivere")
        for service, parts in self.steps.items():
            if abs(sum(part.share for part in parts) - 1) > 1e-9:
                raise ValueError(f"andelene for {service} i steps må bli 1 til sammen")
        return self
