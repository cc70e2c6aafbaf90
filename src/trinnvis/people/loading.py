"""Loading a whole register at once: dwellings, households, people and their ties, as plain facts.

Facts point at each other by place in their own tuple. Nothing is stored unless everything is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from django.conf import settings
from django.db import models, transaction

from .identity import check_identity_number
from .models import Consent, Dwelling, Household, Mandate, NextOfKin, Person
from .sealing import blind_index, seal

BATCH = 2000
M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class DwellingFacts:
    address: str
    postal_code: str
    postal_place: str
    settlement: str
    housing_step: int
    kind: str
    municipal: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class PersonFacts:
    identity_number: str
    given_name: str
    family_name: str
    birth_date: date
    sex: str
    household: int | None = None
    language: str = "nb"
    protected_address: bool = False


@dataclass(frozen=True, slots=True)
class KinFacts:
    person: int
    relative: int
    relation: str
    is_nearest: bool = False


@dataclass(frozen=True, slots=True)
class MandateFacts:
    principal: int
    representative: int
    kind: str
    scopes: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    person: int
    kind: str
    how: str
    given_at: datetime
    to_person: int | None = None


@dataclass(frozen=True)
class Register:
    """A whole register. `households` holds each household's dwelling."""

    dwellings: Sequence[DwellingFacts]
    households: Sequence[int]
    people: Sequence[PersonFacts]
    kin: Sequence[KinFacts] = ()
    mandates: Sequence[MandateFacts] = ()
    consents: Sequence[ConsentFacts] = ()


@dataclass(frozen=True)
class Loaded:
    """What was stored, in the order of the register."""

    dwellings: list[Dwelling] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)


@transaction.atomic
def load_register(register: Register) -> Loaded:
    """Stores a register.

    Raises:
        InvalidIdentityNumber: when a number is none, or synthetic where that is not allowed.
        IntegrityError: when a number is registered already.
    """
    dwellings = _store(Dwelling, map(_dwelling, register.dwellings))
    households = _store(Household, (Household(dwelling=dwellings[place]) for place in register.households))
    people = _store(
        Person,
        (_person(f, households[f.household] if f.household is not None else None) for f in register.people),
    )
    _store(
        NextOfKin,
        (
            NextOfKin(
                person=people[f.person],
                relative=people[f.relative],
                relation=f.relation,
                is_nearest=f.is_nearest,
            )
            for f in register.kin
        ),
    )
    _store(
        Mandate,
        (
            Mandate(
                principal=people[f.principal],
                representative=people[f.representative],
                kind=f.kind,
                scopes=list(f.scopes),
                valid_from=f.valid_from,
                valid_to=f.valid_to,
                revoked_at=f.revoked_at,
            )
            for f in register.mandates
        ),
    )
    _store(
        Consent,
        (
            Consent(
                person=people[f.person],
                kind=f.kind,
                to_person=people[f.to_person] if f.to_person is not None else None,
                how=f.how,
                given_at=f.given_at,
            )
            for f in register.consents
        ),
    )
    return Loaded(dwellings, people)


def _store(kind: type[M], rows: Iterable[M]) -> list[M]:
    return kind._default_manager.bulk_create(list(rows), batch_size=BATCH)


def _dwelling(facts: DwellingFacts) -> Dwelling:
    return Dwelling(
        address=facts.address,
        postal_code=facts.postal_code,
        postal_place=facts.postal_place,
        settlement=facts.settlement,
        housing_step=facts.housing_step,
        kind=facts.kind,
        municipal=facts.municipal,
        unit=facts.unit,
    )


def _person(facts: PersonFacts, household: Household | None) -> Person:
    number = check_identity_number(
        facts.identity_number, synthetic_allowed=settings.TRINNVIS_SYNTHETIC_IDENTITY_NUMBERS
    )
    return Person(
        given_name=facts.given_name,
        family_name=facts.family_name,
        birth_date=facts.birth_date,
        sex=facts.sex,
        identity_sealed=seal(number),
        identity_index=blind_index(number),
        household=household,
        language=facts.language,
        protected_address=facts.protected_address,
    )
