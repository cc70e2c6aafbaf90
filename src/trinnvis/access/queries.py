"""Reads of access: whom an actor represents, who works where, and the read log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from trinnvis.people.models import Mandate, NextOfKin, Person
from trinnvis.people.queries import mandates_valid

from .actor import Actor
from .models import Account, ReadLogEntry, StaffRole
from .rules import CASEWORK_ROLES, REASON, REASON_LASTS


def mandates_of(actor: Actor, now: datetime) -> list[Mandate]:
    """The mandates the actor holds now."""
    if actor.person_id is None:
        return []
    return mandates_valid(actor.person_id, timezone.localdate(now))


@dataclass(frozen=True)
class Represented:
    """Someone the actor may act for now, and what the mandates they hold allow."""

    person: Person
    kinds: tuple[str, ...]  # Mandate.Kind
    may_read: bool
    may_contact: bool
    may_write: bool
    valid_to: date | None  # the last day any of them holds


def represented_by(actor: Actor, now: datetime) -> list[Represented]:
    """Everyone the actor may act for now, by name."""
    held: dict[int, list[Mandate]] = {}
    for mandate in mandates_of(actor, now):
        held.setdefault(mandate.principal_id, []).append(mandate)
    return sorted((_represented(mandates) for mandates in held.values()), key=lambda r: r.person.full_name)


def _represented(mandates: list[Mandate]) -> Represented:
    read, contact, write = Mandate.Scope.READ, Mandate.Scope.CONTACT, Mandate.Scope.WRITE
    scopes = [set(mandate.scopes) for mandate in mandates]
    ends = [mandate.valid_to for mandate in mandates if mandate.valid_to is not None]
    return Represented(
        person=mandates[0].principal,
        kinds=tuple(dict.fromkeys(mandate.kind for mandate in mandates)),
        may_read=any(read in held for held in scopes),
        may_contact=any({contact, write} & held for held in scopes),
        may_write=any({read, write} <= held for held in scopes),
        valid_to=max(ends) if len(ends) == len(mandates) else None,
    )


def principals_of(actor: Actor, now: datetime, *scopes: Mandate.Scope) -> frozenset[int]:
    """Keys of the people the actor may act for now with every one of these scopes."""
    held = mandates_of(actor, now)
    return frozenset(mandate.principal_id for mandate in held if set(scopes) <= set(mandate.scopes))


def may_not_handle(actor: Actor) -> frozenset[int]:
    """Keys of the people whose cases the actor may not work on: their own and their kin's (fvl § 6)."""
    if actor.person_id is None:
        return frozenset()
    me = actor.person_id
    links = NextOfKin.objects.filter(Q(person_id=me) | Q(relative_id=me)).values_list(
        "person_id", "relative_id"
    )
    return frozenset({me}.union(*links))


def gave_reason(actor: Actor, person_id: int, now: datetime) -> bool:
    """Whether the actor has lately given a reason to look into this person's file; the log itself says so."""
    return ReadLogEntry.objects.filter(
        reader_id=actor.account_id,
        person_id=person_id,
        basis=REASON,
        allowed=True,
        at__gt=now - REASON_LASTS,
        at__lte=now,
    ).exists()


def valid_on(on: date) -> Q:
    """Roles that are held on a date."""
    return Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gte=on))


def staff(*, on: date, unit: str | None = None, roles: frozenset[str] | None = None) -> QuerySet[Account]:
    """Active accounts that hold a role on a date, by unit and role if named; ordered by name."""
    held = StaffRole.objects.filter(valid_on(on))
    if unit is not None:
        held = held.filter(unit=unit)
    if roles is not None:
        held = held.filter(role__in=roles)
    return Account.objects.filter(is_active=True, pk__in=held.values("account")).order_by("name", "pk")


def units_handling(*, on: date) -> frozenset[str]:
    """The units where someone handles cases on a date: a case anywhere else would be seen by nobody."""
    held = StaffRole.objects.filter(valid_on(on), role__in=CASEWORK_ROLES, account__is_active=True)
    return frozenset(held.values_list("unit", flat=True))


def read_log_of(person: Person, *, actor: Actor, now: datetime) -> QuerySet[ReadLogEntry]:
    """Every look into a person's file, newest first: for the person and those who may read on their behalf.

    Anyone else gets nothing, staff included: the log is the citizen's.
    """
    if actor.person_id == person.pk or person.pk in principals_of(actor, now, Mandate.Scope.READ):
        return ReadLogEntry.objects.filter(person=person)
    return ReadLogEntry.objects.none()
