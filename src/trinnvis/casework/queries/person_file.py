"""A person's file as staff see it: who may open it, each look logged, and what it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from trinnvis.access.actor import Actor
from trinnvis.access.queries import gave_reason, may_not_handle
from trinnvis.access.rules import CASEWORK_ROLES
from trinnvis.access.services import log_hits, log_read
from trinnvis.casework.errors import NotFound, ReasonNeeded
from trinnvis.casework.models import Case, Enquiry
from trinnvis.marking import gettext_noop
from trinnvis.people.models import Consent, Mandate, NextOfKin, Person
from trinnvis.people.queries import (
    consents_in_force,
    household_of,
    mandates_for,
    mandates_valid,
    next_of_kin_of,
    search_people,
)
from trinnvis.policy.model import HousingStep
from trinnvis.policy.queries import policy_at

from .enquiries import enquiries_to_work_on
from .granted import GrantedService, services_of
from .visible import cases_to_work_on

HIT = gettext_noop("Navn, fødselsdato og tettsted i et søk")


@dataclass(frozen=True)
class Found:
    """One hit of a search. `may_open` is False for the one who searches and their kin (fvl § 6)."""

    person: Person
    age: int
    settlement: str
    may_open: bool


@dataclass(frozen=True)
class PersonFile:
    """What staff see of a person. `cases` and `enquiries` are those the actor may work on, newest first."""

    person: Person
    age: int
    household: tuple[Person, ...]
    housing_step: HousingStep | None
    kin: tuple[NextOfKin, ...]
    represented_by: tuple[Mandate, ...]
    represents: tuple[Mandate, ...]
    consents: tuple[Consent, ...]
    cases: tuple[Case, ...]
    enquiries: tuple[Enquiry, ...]
    services: tuple[GrantedService, ...]


def find_people(actor: Actor, text: str, now: datetime, *, born: date | None = None) -> list[Found]:
    """People by name or identity number, for those who handle cases; each hit is logged for them to read.

    Raises:
        NotFound: the actor's role does not look up people.
    """
    if not actor.has_role(*CASEWORK_ROLES):
        raise NotFound("person")
    people = list(search_people(text, born=born))
    shown = (person for person in people if person.pk != actor.person_id)
    log_hits(actor=actor, people=shown, what=HIT, now=now)
    return _found(people, actor, now)


def found_again(actor: Actor, person_id: int, now: datetime) -> Found | None:
    """One that `find_people` gave before, by key.

    Raises:
        NotFound: the actor's role does not look up people.
    """
    if not actor.has_role(*CASEWORK_ROLES):
        raise NotFound("person")
    people = Person.objects.select_related("household__dwelling").filter(pk=person_id)
    return next(iter(_found(people, actor, now)), None)


def _found(people: Iterable[Person], actor: Actor, now: datetime) -> list[Found]:
    barred = may_not_handle(actor)
    today = timezone.localdate(now)
    return [
        Found(person, person.age_on(today), settlement_of(person), person.pk not in barred)
        for person in people
    ]


def settlement_of(person: Person) -> str:
    """Where the person lives, in one word; "" when it is not known or is protected."""
    if person.protected_address or person.household is None:
        return ""
    return person.household.dwelling.settlement


def basis_for(actor: Actor, person_id: int, now: datetime) -> str:
    """The code of the access rule that opens the file, "" when none does without a reason.

    Raises:
        NotFound: nothing opens it for this actor: wrong role, themselves or their kin.
    """
    if not actor.has_role(*CASEWORK_ROLES) or person_id in may_not_handle(actor):
        raise NotFound("person")
    if cases_to_work_on(actor, now).filter(person_id=person_id).exists():
        return "open_case"
    if enquiries_to_work_on(actor, now).filter(person_id=person_id).exists():
        return "open_enquiry"
    return "within_reason" if gave_reason(actor, person_id, now) else ""


def person_for(actor: Actor, person_id: int, now: datetime, *, what: str) -> Person:
    """The person, when the actor may open the file; the look, refused or not, is logged for them to read.

    Raises:
        NotFound: no such person, or never for this actor.
        ReasonNeeded: only after `services.give_reason`.
    """
    person = Person.objects.select_related("household__dwelling").filter(pk=person_id).first()
    if person is None:
        raise NotFound("person")
    try:
        basis = basis_for(actor, person_id, now)
    except NotFound:
        if person_id != actor.person_id:
            log_read(actor=actor, person=person, what=what, basis="", allowed=False, now=now)
        raise
    if not basis:
        raise ReasonNeeded("person")
    log_read(actor=actor, person=person, what=what, basis=basis, allowed=True, now=now)
    return person


def person_file(person: Person, actor: Actor, now: datetime) -> PersonFile:
    """All there is to show of a person that `person_for` has opened."""
    today = timezone.localdate(now)
    policy = policy_at(today)
    dwelling = person.household.dwelling if person.household else None
    step = dwelling.housing_step if dwelling else None
    cases = cases_to_work_on(actor, now).filter(person=person).select_related("assigned_to")
    return PersonFile(
        person=person,
        age=person.age_on(today),
        household=tuple(household_of(person)),
        housing_step=next((row for row in policy.housing_ladder.steps if row.number == step), None),
        kin=tuple(next_of_kin_of(person)),
        represented_by=tuple(mandates_for(person, today)),
        represents=tuple(mandates_valid(person, today)),
        consents=tuple(consents_in_force(person, now)),
        cases=tuple(cases.order_by("-opened_at", "-pk")),
        enquiries=tuple(enquiries_to_work_on(actor, now).filter(person=person).order_by("-received_at")),
        services=services_of(person, today),
    )
