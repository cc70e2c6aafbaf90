"""The three tables of own figures, the fields each has, and the headings they usually go by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from trinnvis.marking import gettext_noop as _


class Kind(StrEnum):
    """What a file holds."""

    RECIPIENTS = "recipients"
    ACCOUNTS = "accounts"
    STAFF = "staff"


class Counted(StrEnum):
    """When recipients were counted (telletidspunkt). Only the first can be laid beside the forecast's."""

    AT_YEAR_END = "31.12"
    THROUGH_YEAR = "year"


class Unit(StrEnum):
    """What one unit of a number stands for: kroner or thousands of them; hours a week or a year."""

    ONE = "1"
    THOUSAND = "1000"
    PER_YEAR = "year"
    PER_WEEK = "week"


@dataclass(frozen=True)
class Field:
    """One thing a column may hold. heading: in our own template. aliases: parts of headings met elsewhere,
    in small letters. fixed: one value for the whole file may be given instead of a column."""

    name: str
    heading: str
    title: str
    aliases: tuple[str, ...]
    required: bool = True
    fixed: bool = False


YEAR = Field("year", "År", _("År"), ("år", "årstall", "årgang", "year", "periode", "regnskapsår"), fixed=True)
AGE = Field("age", "Aldersgruppe", _("Alder"), ("alder", "age"))
SERVICE = Field(
    "service", "Tjeneste", _("Tjeneste eller KPR-kode"), ("tjeneste", "kpr", "service", "tiltak"), fixed=True
)
USERS = Field(
    "users", "Brukere 31.12.", _("Antall brukere"),
    ("brukere", "mottakere", "antall", "personer", "recipients", "users"),
)  # fmt: skip
HOURS = Field("hours", "Timer i året", _("Timer"), ("timer", "hours"), required=False)
FUNCTION = Field("function", "Funksjon", _("KOSTRA-funksjon"), ("funksjon", "function"))
ART = Field("art", "Art", _("Art"), ("art", "konto"), required=False)
NOK = Field("nok", "Kroner", _("Beløp"), ("kroner", "beløp", "regnskap", "kr", "nok", "amount"))
UNIT = Field(
    "unit", "Enhet", _("Enhet eller tjeneste"), ("enhet", "avdeling", "tjeneste", "ansvar", "unit"),
    required=False,
)  # fmt: skip
PROFESSION = Field(
    "profession",
    "Yrke",
    _("Yrke"),
    ("yrke", "stilling", "utdanning", "profesjon", "profession"),
    required=False,
)
PERSON_YEARS = Field("person_years", "Årsverk", _("Årsverk"), ("årsverk", "person-years", "fte"))

FIELDS: Final[dict[Kind, tuple[Field, ...]]] = {
    Kind.RECIPIENTS: (YEAR, SERVICE, AGE, USERS, HOURS),
    Kind.ACCOUNTS: (YEAR, FUNCTION, ART, NOK),
    Kind.STAFF: (YEAR, UNIT, PROFESSION, PERSON_YEARS),
}
NUMBER: Final = {Kind.RECIPIENTS: USERS, Kind.ACCOUNTS: NOK, Kind.STAFF: PERSON_YEARS}
ACROSS: Final = {Kind.RECIPIENTS: (YEAR, AGE), Kind.ACCOUNTS: (YEAR,), Kind.STAFF: (YEAR,)}
"""Fields that may stand across the top, a column for each value (bred tabell)."""

BY_NAME: Final = {field.name: field for fields in FIELDS.values() for field in fields}
