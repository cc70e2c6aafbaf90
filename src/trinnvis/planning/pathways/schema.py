"""What a persona (eksempelperson) with pathways (forløp) says, as written in YAML.

Persona → Pathway (proactive, normal, reactive) → Episode (from an age, on a housing step) → Line (service,
amount, unit). Kroner and working hours come from the policy's price list; what no price list has (a hospital
bed, a rent) is an `Expense` with its own source and status.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from trinnvis.policy.model import AmountUnit
from trinnvis.policy.provenance import Code, Frozen, Sourced, Text

OLDEST = 105
IN_ALL = frozenset({AmountUnit.DAYS, AmountUnit.MONTHS, AmountUnit.TIMES})

Age = Annotated[Decimal, Field(ge=0, le=OLDEST)]
Months = Annotated[Decimal, Field(ge=0, le=OLDEST * 12)]
Kroner = Annotated[Decimal, Field(ge=0, le=1_000_000_000)]
Amount = Annotated[Decimal, Field(gt=0, le=10_000)]
Title = Annotated[Text, Field(max_length=200)]


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


class Stay(Sourced):
    """So many months, with the range they are tried over in the sensitivity."""

    value: Months
    low: Months
    high: Months


class Line(Frozen):
    """So much of one service. `each_year`: an amount in all (days, months, times) comes anew every year."""

    service: Code
    amount: Amount
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

    title: Title
    payer: Literal[Payer.STATE, Payer.CITIZEN, Payer.MUNICIPALITY]
    per: Literal["month", "once"]
    nok: Kroner
    low: Kroner
    high: Kroner
    instead_of_municipality: bool = False

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.instead_of_municipality and self.payer == Payer.MUNICIPALITY:
            raise ValueError("instead_of_municipality kan ikke ha kommunen som betaler")
        return self


class Episode(Frozen):
    """A stretch of life: from an age, from a date, or so many `months` before the next one begins.

    In the sensitivity months are tried at their low and high; the end of the pathway stays where it is.
    """

    title: Title
    happened: Text
    housing_step: int = Field(ge=1)
    from_age: Age | None = None
    from_date: date | None = None
    months: Stay | None = None
    next_of_kin_hours: Decimal = Field(default=Decimal(0), ge=0, le=168)
    lines: tuple[Line, ...] = ()
    expenses: tuple[Expense, ...] = ()

    @model_validator(mode="after")
    def _begins_once(self) -> Self:
        if sum(start is not None for start in (self.from_age, self.from_date, self.months)) != 1:
            raise ValueError("episoden må ha nøyaktig ett av from_age, from_date og months")
        return self


class Pathway(Sourced):
    """One story. `to_age`: where it ends, the age of death unless `ends` says that we stop looking there."""

    kind: Kind
    title: Title
    story: Text
    to_age: Age
    ends: Literal["death", "horizon"] = "death"
    episodes: tuple[Episode, ...] = Field(min_length=1, max_length=40)

    @property
    def stay(self) -> Stay | None:
        """The months the answer hangs on: of the last episode that is given in months."""
        return next((each.months for each in reversed(self.episodes) if each.months is not None), None)


class Citizen(Frozen):
    """What somebody in the same place can do now (hva kan jeg gjøre nå?); no kroner."""

    question: Text
    do_now: tuple[Text, ...] = Field(min_length=1)
    services: tuple[Code, ...] = ()


class Persona(Sourced):
    """A made-up person. `sex` is used only for how likely it is to live on (dødelighetstabellen).

    `born` is needed only where an episode begins on a date. What must hold between the parts, and against
    the policy, is in `checking`.
    """

    code: Code
    name: Title
    title: Title
    about: Text
    sex: Literal["female", "male"]
    from_age: Age
    born: date | None = Field(default=None, ge=date(1900, 1, 1), le=date(2100, 12, 31))
    pathways: tuple[Pathway, ...] = Field(min_length=1)
    citizen: Citizen
    assumptions: tuple[Text, ...] = Field(min_length=1)
