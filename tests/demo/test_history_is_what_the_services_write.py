"""The bulk writer stands in for the services: the same story told by both leaves the same events and rows."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from cast import NOW, account_of, enquire, person_of, policy_in
from django.conf import settings
from django.db.models import Model
from told_twice import SAID, Told, by_history, by_services

from trinnvis.access.actor import Actor
from trinnvis.casework import services
from trinnvis.casework.audit import verify_all
from trinnvis.casework.models import Case, Decision
from trinnvis.demo.history import opening
from trinnvis.demo.history.writer import TABLES, HistoryWriter
from trinnvis.letters.models import Letter
from trinnvis.policy.models import PolicyVersion
from trinnvis.policy.queries import policy_version_at
from trinnvis.policy.services import adopt

pytestmark = pytest.mark.django_db
# Keys, and what is different because two cases are two.
OWN = {
    *("id", "case_id", "number", "last_hash", "hash", "previous_hash", "submission_key", "goal_id"),
    *("decision_id", "alternative_id", "clarification_id", "content", "pdf", "sha256"),
}


@pytest.fixture
def lunner(db: None) -> PolicyVersion:
    """Lunner's own policy, which has the texts of letters."""
    folder = Path(settings.TRINNVIS_POLICY_FOLDER)
    return adopt(policy=policy_in(folder), valid_from=date(2024, 1, 1), by="Kommunestyret", now=NOW)


@pytest.fixture
def told(policy, sara, bjorn, unni, now) -> Told:
    return Told(policy, sara, bjorn, unni, now)


@pytest.fixture
def both(told: Told, ingrid: Actor, now: datetime) -> tuple[Case, Case]:
    """The same person's same story, first by the services, then by the history."""
    received = services.register_enquiry(
        actor=told.sara, now=now, submission_key="a", channel="phone", said=SAID, person=person_of(ingrid)
    )
    real = by_services(told, received)
    accounts = {str(actor.key): account_of(actor) for actor in (told.sara, told.bjorn, told.unni)}
    with HistoryWriter(policy_version_at(now.date()), accounts, letters_since=now) as writer:
        enquiry = opening.register_enquiry(
            writer, actor=told.sara, at=now, channel="phone", said=SAID, person=person_of(ingrid)
        )
        return real, by_history(told, enquiry, writer)


def without_keys(case: Case, value: object) -> object:
    """An event's data without what must differ: keys, digests and the case's own number."""
    if isinstance(value, dict):
        return {
            key: [row[0] for row in each] if key == "rows" else without_keys(case, each)
            for key, each in value.items()
            if key not in ("sha256", "enquiry")
            and not (key in ("alternative", "instead_of", "goal") and isinstance(each, int))
        }
    return str(value).replace(case.number, "SAK")


def the_events_are_the_same_one_by_one(both: tuple[Case, Case]) -> None:
    real, written = (
        [
            (
                e.sequence,
                e.at,
                e.actor_id,
                e.actor_name,
                e.actor_role,
                e.verb,
                e.software,
                without_keys(case, e.data),
                without_keys(case, e.reason),
            )
            for e in case.events.all()
        ]
        for case in both
    )
    assert len(real) > 60
    assert written == real


def rows(table: type[Model], case: Case) -> list[dict[str, object]]:
    if table in (Case, Letter):
        found = table.objects.filter(**({"pk": case.pk} if table is Case else {"decision__case": case}))
    else:
        names = {field.name for field in table._meta.fields}
        path = next(name for name in ("case", "decision", "alternative", "clarification") if name in names)
        found = table.objects.filter(**{path if path == "case" else f"{path}__case": case})
    return [
        {name: without_keys(case, value) for name, value in row.items() if name not in OWN | {"data"}}
        for row in found.order_by("pk").values()
    ]


def the_rows_are_the_same_table_by_table(both: tuple[Case, Case]) -> None:
    for table in TABLES:
        real, written = (rows(table, case) for case in both)
        assert real, table
        assert written == real


def the_letter_says_the_same(both: tuple[Case, Case]) -> None:
    real, written = (
        str(without_keys(case, Letter.objects.get(decision__case=case).content)) for case in both
    )
    assert written == real


def test_both_tellings_leave_the_same_events_rows_and_letter_and_a_chain_that_holds(both):
    the_events_are_the_same_one_by_one(both)
    the_rows_are_the_same_table_by_table(both)
    the_letter_says_the_same(both)
    assert not verify_all().breaks


def test_services_go_on_where_the_history_stops(both, told, ingrid, sara):
    """Numbers go on without a hole, and new rows get keys of their own."""
    enquiry = enquire(ingrid, now=told.at(50), is_application=True)
    case = services.triage(
        enquiry_number=enquiry.number, outcome="clarification", reason="Ny", actor=sara, now=told.at(51)
    )
    numbers = sorted(Case.objects.values_list("number", flat=True))
    assert case.number == numbers[-1]
    assert [int(number[-6:]) for number in numbers] == [1, 2, 3]
    assert not verify_all().breaks


def test_a_moment_before_the_last_is_refused(told, ingrid, now):
    accounts = {"sara": account_of(told.sara)}
    with HistoryWriter(policy_version_at(now.date()), accounts, letters_since=now) as writer:
        enquiry = opening.register_enquiry(
            writer, actor=told.sara, at=now, channel="phone", said=SAID, person=person_of(ingrid)
        )
        file = opening.triage(
            writer, enquiry, outcome="clarification", reason="-", actor=told.sara, at=told.at(5)
        )
        with pytest.raises(ValueError, match="before what has happened"):
            file.take_pen(told.sara, told.at(4))


def test_nothing_is_stored_before_it_is_written(told, ingrid, now):
    before = Counter({table: table.objects.count() for table in TABLES})
    with HistoryWriter(policy_version_at(now.date()), {}, letters_since=now) as writer:
        opening.register_enquiry(
            writer, actor=told.sara, at=now, channel="phone", said=SAID, person=person_of(ingrid)
        )
    assert before == Counter({table: table.objects.count() for table in TABLES})
    assert not Decision.objects.exists()
