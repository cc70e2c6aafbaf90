"""The synthetic municipality in the database: complete, findable, and nothing half-built."""

import re
from datetime import UTC, date, datetime

import pytest
from cast import citizen
from django.db import connection

from trinnvis.access.models import Account, StaffRole
from trinnvis.access.services import actor_of
from trinnvis.demo import cast
from trinnvis.demo.build import PEOPLE, CannotBuild, build
from trinnvis.people import queries
from trinnvis.people.models import Dwelling, Mandate, Person

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 10)


def elevens(text: str) -> set[str]:
    """Every run of eleven digits, overlapping ones too."""
    return set(re.findall(r"(?=(\d{11}))", text))


@pytest.mark.django_db
def test_the_whole_municipality_is_built_and_told_about():
    told = []
    town = build(seed=1, now=NOW, progress=lambda *step: told.append(step), steps=PEOPLE)
    assert Person.objects.count() == len(town.people) == 9463
    assert not Person.objects.filter(household=None).exists()
    assert Dwelling.objects.filter(housing_step=6).count() == 43
    assert [title for title, _ in told] == [str(title) for title, _ in PEOPLE]
    assert [share for _, share in told] == [done / len(PEOPLE) for done in range(len(PEOPLE))]

    numbers = [person.identity_number for person in town.drawn.register.people]
    assert queries.person_by_identity_number(numbers[5]) == town.people[5]
    assert numbers[5] in elevens(f"x{numbers[5]}7")
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity_sealed, identity_index FROM people_person")
        stored = " ".join(map(str, cursor.fetchall()))
    assert elevens(stored).isdisjoint(numbers)

    everybody = {member.subject for member in cast.people()}
    assert set(Account.objects.values_list("subject", flat=True)) == set(town.accounts) == everybody
    assert not any(account.has_usable_password() for account in Account.objects.all())
    assert actor_of(town.accounts["sara"], on=TODAY).has_role("case_worker")
    assert StaffRole.objects.values("role").distinct().count() == len(StaffRole.Role)

    ingrid, johs = town.accounts["ingrid"].person, town.accounts["johs"].person
    assert [kin.relative for kin in queries.next_of_kin_of(ingrid)] == [town.accounts["odd"].person]
    son = town.accounts["eirik"].person
    assert johs in [m.principal for m in queries.mandates_valid(son, TODAY, scope=Mandate.Scope.WRITE)]
    assert queries.consents_in_force(johs, NOW).count() == 1
    assert queries.mandates_valid(town.accounts["fremmed"].person, TODAY) == []

    with pytest.raises(CannotBuild, match="fra før"):
        build(seed=1, now=NOW)


@pytest.mark.django_db
def test_in_production_nothing_is_built(settings):
    settings.TRINNVIS_SYNTHETIC_IDENTITY_NUMBERS = False
    with pytest.raises(CannotBuild, match="produksjon"):
        build(seed=1, now=NOW)
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_a_step_that_fails_leaves_nothing_behind():
    def begin(town):
        citizen("Ingrid")

    def fail(town):
        assert Person.objects.exists() and Account.objects.exists()
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        build(seed=1, now=NOW, steps=(("Begynner", begin), ("Svikter", fail)))
    assert not Person.objects.exists()
    assert not Account.objects.exists()
