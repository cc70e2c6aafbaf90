"""The worklist with 10,000 open cases, as a case worker's page reads it (at most 12 queries a page)."""

from collections.abc import Iterator
from datetime import date, timedelta

from adopted import NOW, adopted_policy
from registry import Once, bench

OPEN_CASES = 10_000
PEOPLE = 2_000


@bench(f"read the worklist with {OPEN_CASES:,} open cases", database=True)
def worklist() -> Iterator[Once]:
    from trinnvis.access.actor import Actor
    from trinnvis.access.models import Account
    from trinnvis.casework.models import Case, Need
    from trinnvis.casework.queries.worklist import worklist as read
    from trinnvis.people.models import Person
    from trinnvis.policy.queries import policy_of

    version = adopted_policy()
    policy = policy_of(version.pk)
    unit = policy.municipality.intake_unit
    account = Account.objects.create(subject="bench", name="Sara")
    people = Person.objects.bulk_create(
        Person(
            given_name=f"Person {i}",
            family_name="Prøve",
            birth_date=date(1940, 1, 1),
            sex="female",
            identity_sealed="-",
            identity_index=f"bench-{i}",
        )
        for i in range(PEOPLE)
    )
    cases = Case.objects.bulk_create(
        [
            Case(
                number=f"2025-{i:06d}",
                person=people[i % PEOPLE],
                policy=version,
                unit=unit,
                stage=Case.Stage.values[i % 8],
                track="fast" if i % 100 == 0 else "ordinary",
                assigned_to=account if i % 4 == 0 else None,
                opened_at=NOW - timedelta(days=i % 400),
                next_due=NOW.date() + timedelta(days=i % 60 - 10),
            )
            for i in range(OPEN_CASES)
        ],
        batch_size=1000,
    )
    Need.objects.bulk_create(
        [
            Need(case=case, kind=kind, opened_at=NOW, due_on=case.next_due, due_why="Fordi")
            for case in cases
            for kind in ("assess", "draft_decision")
        ],
        batch_size=1000,
    )
    actor = Actor(account.pk, account.name, roles=frozenset({("case_worker", unit)}))
    assert read(actor, NOW).total == OPEN_CASES
    yield lambda: read(actor, NOW)
