"""Logins for the cast: citizens tied to their person, staff with their roles."""

from __future__ import annotations

from collections.abc import Mapping

from trinnvis.access.models import Account, StaffRole
from trinnvis.demo.cast import OFFICES_SINCE, STAFF
from trinnvis.people.models import Person


def create_accounts(citizens: Mapping[str, Person]) -> dict[str, Account]:
    """One account for each member of the cast, by subject. Nobody has a password."""
    accounts = [
        Account(subject=subject, name=person.full_name, person=person) for subject, person in citizens.items()
    ]
    accounts += [Account(subject=one.subject, name=one.name, title=one.title) for one in STAFF]
    for account in accounts:
        account.set_unusable_password()
    stored = {account.subject: account for account in Account.objects.bulk_create(accounts)}
    StaffRole.objects.bulk_create(
        StaffRole(account=stored[one.subject], role=role, unit=unit, valid_from=OFFICES_SINCE)
        for one in STAFF
        for role, unit in one.roles
    )
    return stored
