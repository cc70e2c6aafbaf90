"""The named cast (cast.yaml): citizens with a story, and staff with every role. All invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any, Literal

import yaml

OFFICES_SINCE = date(2024, 1, 1)


@dataclass(frozen=True)
class CastCitizen:
    """A citizen with a part to play. `subject` is their login; without one they only belong to a story."""

    given_name: str
    family_name: str
    sex: Literal["female", "male"]
    birth_date: date
    subject: str = ""
    who: str = ""
    try_this: str = ""
    parents: tuple[int, ...] = ()  # places in the household
    receives: str = ""  # service group of the care figures
    partner: int | None = None


@dataclass(frozen=True)
class CastHome:
    settlement: str
    kind: str
    housing_step: int
    members: tuple[CastCitizen, ...]


@dataclass(frozen=True)
class CastTie:
    """A tie between two given names of the cast: next of kin, and a mandate or consent that goes with it."""

    person: str
    relative: str
    relation: str
    mandate: str = ""  # people.models.Mandate.Kind
    scopes: tuple[str, ...] = ()
    shares: bool = False  # consents to sharing with the relative


@dataclass(frozen=True)
class Employee:
    subject: str
    name: str
    title: str
    try_this: str
    roles: tuple[tuple[str, str], ...]  # (role, unit)


@dataclass(frozen=True)
class CastMember:
    """Someone to log in as, for the login page and the table `trinnvis demo` prints."""

    subject: str
    name: str
    who: str
    try_this: str
    door: Literal["portal", "desk"]

    @property
    def description(self) -> str:
        return f"{self.who}. {self.try_this}."


def _citizen(row: dict[str, Any]) -> CastCitizen:
    given_name, family_name = row["name"]
    return CastCitizen(
        given_name=given_name,
        family_name=family_name,
        sex=row["sex"],
        birth_date=row["born"],
        subject=row.get("subject", ""),
        who=row.get("who", ""),
        try_this=row.get("try_this", ""),
        parents=tuple(row.get("parents", ())),
        partner=row.get("partner"),
        receives=row.get("receives", ""),
    )


_data: dict[str, Any] = yaml.safe_load((files("trinnvis.demo") / "cast.yaml").read_text(encoding="utf-8"))
HOMES = tuple(CastHome(**row["at"], members=tuple(map(_citizen, row["members"]))) for row in _data["homes"])
IN_STAFFED_HOUSING = _citizen(_data["in_staffed_housing"])
TIES = tuple(CastTie(**{**row, "scopes": tuple(row.get("scopes", ()))}) for row in _data["ties"])
STAFF = tuple(
    Employee(**{**row, "roles": tuple((role, unit) for role, unit in row["roles"])}) for row in _data["staff"]
)


def people() -> tuple[CastMember, ...]:
    """Everybody one can log in as: citizens first, then staff."""
    citizens = (member for home in HOMES for member in home.members if member.subject)
    return (
        *(
            CastMember(c.subject, f"{c.given_name} {c.family_name}", c.who, c.try_this, "portal")
            for c in citizens
        ),
        *(CastMember(e.subject, e.name, e.title, e.try_this, "desk") for e in STAFF),
    )
