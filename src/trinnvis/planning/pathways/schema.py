"""What a persona (eksempelperson) with pathways (forløp) says, as written in YAML.

Persona → Pathway (proactive, normal, reactive) → Episode (from an age, on a housing step) → Line (service,
amount, unit). Kroner and working hours come from the policy's price list; what no price list has (a hospital
bed, a rent) is an `Expense` with its own source and status.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from trinnvis.policy.model import AmountUnit
from trinnvis.policy.provenance import Code, Frozen, Sourced, Text

OLDEST = 106
IN_ALL = frozenset({AmountUnit.DAYS, AmountUnit.MONTHS, AmountUnit.TIMES})

Age = Annotated[Decimal, Field(ge=0, le=OLDEST)]
Positive = Annotated[Decimal, Field(gt=0)]


class Kind(StrEnum):
    """How early the choices are made (proaktivt, normalt, reaktivt forløp)."""

    PROACTIVE = "proactive"
    NORMAL = "normal"
    REACTIVE = "reactive"


class Payer(StrEnum):
    """Who bears it: kommunen, staten, innbyggeren, pårørende."""

    MUNICIPALITY = "municipality"
    STATE = "state"
    CITIZEN = "citizen"
    NEXT_OF_KIN = "next_of_kin"


class Ranged(Sourced):
    """An amount somebody answers for, with the range it is tried over in the sensitivity."""

    value: Decimal = Field(ge=0)
    low: Decimal = Field(ge=0)
    high: Decimal = Field(ge=0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.value <= self.high:
            raise ValueError(f"verdien {self.value} ligger ikke mellom low {self.low} og high {self.high}")
        return self


class Line(Frozen):
    """So much of one service. `each_year`: an amount in all (days, months, times) comes anew every year."""

    service: Code
    amount: Positive
    unit: AmountUnit
    step: int | None = None
    each_year: bool = False

    @model_validator(mode="after")
    def _counted_once(self) -> Self:
        if self.each_year and self.unit not in IN_ALL:
            raise ValueError("each_year gjelder bare days, months og times; resten er alt per uke")
        return self


class Expense(Sourced):
    """Kroner outside the price list: per month while the episode lasts, or once in all.

    `instead_of_municipality`: the payer covers part of what the price list charges the municipality (such as
    the resident's payment for a nursing home); otherwise it is an expense of its own.
    """

    title: Text
    payer: Literal[Payer.STATE, Payer.CITIZEN, Payer.MUNICIPALITY]
    per: Literal["month", "once"]
    nok: Decimal = Field(ge=0)
    low: Decimal = Field(ge=0)
    high: Decimal = Field(ge=0)
    instead_of_municipality: bool = False

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if not self.low <= self.nok <= self.high:
            raise ValueError(f"nok {self.nok} ligger ikke mellom low {self.low} og high {self.high}")
        if self.instead_of_municipality and self.payer == Payer.MUNICIPALITY:
            raise ValueError("instead_of_municipality kan ikke ha kommunen som betaler")
        return self


class Episode(Frozen):
    """A stretch of life: from an age, or so many `months` before the next one begins.

    In the sensitivity months are tried at their low and high; the end of the pathway stays where it is.
    """

    title: Text
    happened: Text
    housing_step: int = Field(ge=1)
    from_age: Age | None = None
    months: Ranged | None = None
    next_of_kin_hours: Decimal = Field(default=Decimal(0), ge=0, le=168)
    lines: tuple[Line, ...] = ()
    expenses: tuple[Expense, ...] = ()

    @model_validator(mode="after")
    def _begins_once(self) -> Self:
        if (self.from_age is None) == (self.months is None):
            raise ValueError("episoden må ha enten from_age eller months, ikke begge")
        return self


class Pathway(Sourced):
    """One story. `to_age`: where it ends, the age of death in the stories that ship."""

    kind: Kind
    title: Text
    story: Text
    to_age: Age
    episodes: tuple[Episode, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.episodes[0].from_age is None:
            raise ValueError("den første episoden må ha from_age")
        ages = [episode.from_age for episode in self.episodes if episode.from_age is not None]
        for before, after in zip(ages, [*ages[1:], self.to_age], strict=True):
            if after <= before:
                raise ValueError(f"alderen {after} kommer ikke etter {before}: episodene må stå i rekkefølge")
        return self


class Citizen(Frozen):
    """What somebody in the same place can do now (hva kan jeg gjøre nå?); no kroner."""

    question: Text
    do_now: tuple[Text, ...] = Field(min_length=1)
    services: tuple[Code, ...] = ()


class Persona(Sourced):
    """A made-up person. `sex` is used only for how likely it is to live on (dødelighetstabellen)."""

    code: Code
    name: Text
    title: Text
    about: Text
    sex: Literal["female", "male"]
    from_age: Age
    pathways: tuple[Pathway, ...] = Field(min_length=1)
    citizen: Citizen
    assumptions: tuple[Text, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        kinds = [pathway.kind for pathway in self.pathways]
        if len(set(kinds)) < len(kinds):
            raise ValueError("samme kind står på to forløp")
        for pathway in self.pathways:
            if pathway.episodes[0].from_age != self.from_age:
                raise ValueError(f"forløpet {pathway.kind} må begynne ved {self.from_age} år, som personen")
        return self
