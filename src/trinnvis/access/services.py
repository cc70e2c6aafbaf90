"""Who an account is on a date, and the read log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from trinnvis.people.models import Person

from .actor import Actor
from .models import Account, ReadLogEntry, StaffRole
from .queries import valid_on
from .rules import FOUND

ROLE_WORDS = dict(StaffRole.Role.choices)


def actor_of(account: Account, *, on: date, request_id: str = "") -> Actor:
    """The actor an account is on a date: its person and the roles valid then."""
    return Actor(
        account_id=account.pk,
        name=account.name,
        person_id=account.person_id,
        roles=frozenset(account.roles.filter(valid_on(on)).values_list("role", "unit")),
        request_id=request_id,
    )


def log_read(
    *,
    actor: Actor,
    person: Person | int,
    what: str,
    basis: str,
    allowed: bool,
    now: datetime,
    case_number: str = "",
) -> None:
    """Write one look, allowed or refused, into the person's read log (pjl § 22).

    `what` is in words the citizen understands; `basis` is an AccessRule code, "" when refused. The same
    look within one request is one row. The row is committed when this returns, so a page that fails later
    is still logged; therefore it may not be called inside a transaction. Nothing is shown when it cannot
    be written.
    """
    person_id = person if isinstance(person, int) else person.pk
    _log(actor, [person_id], what=what, basis=basis, allowed=allowed, now=now, case_number=case_number)


def log_hits(*, actor: Actor, people: Iterable[Person], what: str, now: datetime) -> None:
    """Write into each person's read log that a search showed them, as `log_read` does."""
    _log(actor, [person.pk for person in people], what=what, basis=FOUND, allowed=True, now=now)


def _log(
    actor: Actor,
    people: Sequence[int],
    *,
    what: str,
    basis: str,
    allowed: bool,
    now: datetime,
    case_number: str = "",
) -> None:
    if not people:
        return
    look = {
        "reader_id": actor.key,
        "case_number": case_number,
        "allowed": allowed,
        "request_id": actor.request_id,
    }
    with transaction.atomic(durable=True):
        written: set[int] = set()
        if actor.request_id:
            same = ReadLogEntry.objects.filter(person_id__in=people, **look)
            written.update(same.values_list("person_id", flat=True))
        if written.issuperset(people):
            return
        role = _role_words(actor)
        ReadLogEntry.objects.bulk_create(
            ReadLogEntry(
                person_id=person_id,
                at=now,
                reader_name=actor.name,
                reader_role=role,
                what=what,
                basis=basis,
                **look,
            )
            for person_id in people
            if person_id not in written
        )


def _role_words(actor: Actor) -> str:
    """The reader's title as the municipality writes it, else the roles; "" for a citizen."""
    if not actor.is_staff:
        return ""
    title = Account.objects.values_list("title", flat=True).get(pk=actor.key)
    return title or ", ".join(sorted(ROLE_WORDS[role] for role in actor.role_names))
