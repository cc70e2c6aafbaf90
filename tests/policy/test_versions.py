"""Adopted versions: numbered, dated, and never changed."""

import json
import threading
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, connections, transaction

from trinnvis.policy.append_only import AppendOnlyError
from trinnvis.policy.canonical import document, fingerprint
from trinnvis.policy.model import Policy
from trinnvis.policy.models import PolicyVersion
from trinnvis.policy.queries import (
    NoPolicy,
    PolicyChanged,
    policies_of,
    policy_at,
    policy_for,
    policy_of,
    policy_version_at,
    policy_version_for,
    version_numbered,
)
from trinnvis.policy.services import CannotAdopt, adopt

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


def adopted(policy: Policy, start: date) -> PolicyVersion:
    return adopt(policy=policy, valid_from=start, by="Kommunestyret, sak 12/26", now=NOW)


def test_the_version_in_force_is_the_one_that_started_last(four_steps: Policy, seven_steps: Policy) -> None:
    second = adopted(seven_steps, date(2026, 1, 1))
    first = adopted(four_steps, date(2024, 1, 1))  # adopted afterwards, in force before
    assert (second.number, first.number) == (1, 2)
    assert policy_version_at(date(2025, 12, 31)) == first
    assert policy_version_at(date(2026, 1, 1)) == second
    assert policy_version_at(date(2099, 1, 1)) == second
    assert policy_at(date(2025, 6, 1)) == four_steps
    assert policy_at(date(2026, 6, 1)) == seven_steps
    assert version_numbered(2) == first


def test_no_policy_says_how_to_adopt_one(four_steps: Policy) -> None:
    adopted(four_steps, date(2026, 1, 2))
    with pytest.raises(NoPolicy, match=r"1\. januar 2026.*trinnvis policy adopt"):
        policy_version_at(date(2026, 1, 1))
    with pytest.raises(NoPolicy):
        policy_of(999_999)
    with pytest.raises(NoPolicy):
        version_numbered(9)


def test_what_came_in_before_the_first_version_is_judged_by_the_first(
    four_steps: Policy, seven_steps: Policy
) -> None:
    with pytest.raises(NoPolicy):
        policy_version_for(date(2026, 1, 1))
    second = adopted(seven_steps, date(2027, 1, 1))
    first = adopted(four_steps, date(2026, 1, 2))
    for day in (date(2026, 1, 2), date(2026, 1, 1), date(206, 11, 28)):
        assert policy_version_for(day) == first
        assert policy_for(day) == four_steps
    assert policy_version_for(date(2027, 1, 1)) == second


def test_a_stored_policy_comes_back_as_it_was(four_steps: Policy) -> None:
    version = adopted(four_steps, date(2026, 1, 1))
    version.refresh_from_db()
    assert policy_of(version.pk) == four_steps
    assert version.sha256 == fingerprint(version.document) == fingerprint(document(four_steps))
    prices = version.document["prices"]
    assert "410.50" in {price["nok"] for price in prices}, "amounts are stored as written"


def test_reading_again_asks_only_for_the_fingerprint(
    four_steps: Policy, seven_steps: Policy, django_assert_num_queries: object
) -> None:
    ids = [adopted(four_steps, date(2026, 1, 1)).pk, adopted(seven_steps, date(2026, 2, 1)).pk]
    policies_of(ids)
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = policies_of(ids)
    assert found[ids[0]] is policy_of(ids[0])


def test_a_version_in_another_database_is_not_mistaken_for_this(
    four_steps: Policy, seven_steps: Policy
) -> None:
    """The same id with other content, as when one test database follows another."""
    first = adopted(four_steps, date(2026, 1, 1))
    assert policy_of(first.pk) == four_steps
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM policy_policyversion")
    PolicyVersion.objects.create(
        pk=first.pk,
        number=1,
        valid_from=date(2026, 1, 1),
        adopted_by="x",
        adopted_at=NOW,
        sha256=fingerprint(document(seven_steps)),
        document=document(seven_steps),
    )
    assert policy_of(first.pk) == seven_steps


def test_tampering_shows(four_steps: Policy) -> None:
    version = adopted(four_steps.model_copy(update={"title": "Urørt"}), date(2026, 1, 1))
    changed = document(four_steps.model_copy(update={"title": "Endret bak ryggen"}))
    with connection.cursor() as cursor:
        sql = "UPDATE policy_policyversion SET document = %s WHERE id = %s"
        cursor.execute(sql, [json.dumps(changed), version.pk])
    with pytest.raises(PolicyChanged, match="endret i databasen"):
        policy_of(version.pk)


def test_a_start_date_is_taken_once(four_steps: Policy, seven_steps: Policy) -> None:
    adopted(four_steps, date(2026, 1, 1))
    with pytest.raises(CannotAdopt, match=r"Versjon 1 gjelder allerede fra 1\. januar 2026"):
        adopted(seven_steps, date(2026, 1, 1))
    assert PolicyVersion.objects.count() == 1


def test_the_same_content_is_not_adopted_on_top_of_itself(four_steps: Policy, seven_steps: Policy) -> None:
    adopted(four_steps, date(2026, 1, 1))
    with pytest.raises(CannotAdopt, match="samme som i versjon 1"):
        adopted(four_steps, date(2026, 2, 1))
    adopted(seven_steps, date(2026, 3, 1))
    assert adopted(four_steps, date(2026, 4, 1)).number == 3, "one may go back to what one had"


@pytest.mark.parametrize("by", ["", "   "])
def test_someone_adopts(four_steps: Policy, by: str) -> None:
    with pytest.raises(CannotAdopt, match="hvem som vedtar"):
        adopt(policy=four_steps, valid_from=date(2026, 1, 1), by=by, now=NOW)


def test_a_version_is_never_changed_or_removed(four_steps: Policy) -> None:
    version = adopted(four_steps, date(2026, 1, 1))
    rows = PolicyVersion.objects.all()
    version.adopted_by = "noen andre"
    roads = [
        version.save,
        version.delete,
        rows.delete,
        lambda: rows.update(adopted_by="x"),
        lambda: rows.filter(pk=version.pk)._raw_delete(None),
        lambda: rows.bulk_update([version], ["adopted_by"]),
        lambda: rows.update_or_create({"adopted_by": "x"}, pk=version.pk),
        lambda: rows.bulk_create(
            [version], update_conflicts=True, unique_fields=["id"], update_fields=["adopted_by"]
        ),
    ]
    for road in roads:
        with pytest.raises(AppendOnlyError, match="written once"):
            road()
    assert PolicyVersion.objects.get().adopted_by == "Kommunestyret, sak 12/26"


def test_a_new_row_cannot_take_the_key_of_an_old_one(four_steps: Policy) -> None:
    version = adopted(four_steps, date(2026, 1, 1))
    twin = PolicyVersion(
        pk=version.pk,
        number=7,
        valid_from=date(2027, 1, 1),
        adopted_by="x",
        adopted_at=NOW,
        sha256="",
        document={},
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
    assert PolicyVersion.objects.get().number == 1


@pytest.mark.django_db(transaction=True)
def test_adopting_at_the_same_moment_numbers_each(four_steps: Policy) -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a database in memory has one connection; the suite's own settings use a file")
    start, failures = threading.Barrier(6), []

    def one(month: int) -> None:
        start.wait()
        try:
            adopted(four_steps.model_copy(update={"title": f"Utgave {month}"}), date(2026, month, 1))
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(month,)) for month in range(1, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(PolicyVersion.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
