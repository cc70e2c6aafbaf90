"""Events are written once and chained: whatever is changed, removed or moved afterwards is found."""

import pytest
from cast import NOW, case_of
from django.db import connection

from trinnvis.casework import services
from trinnvis.casework.audit import verify_all
from trinnvis.casework.models import CaseEvent
from trinnvis.policy.append_only import AppendOnlyError


def tamper(sql, *values):
    """Behind the program's back, as someone with the database password would."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def event(case):
    return case.events.get(verb="triaged")


def test_untouched_chains_hold(case, fremmed, sara):
    case_of(fremmed, sara)
    services.note(number=case.number, text="Æøå «sitat» \u2028 💙", actor=sara, now=NOW)
    result = verify_all()
    assert (result.cases, result.breaks) == (2, ())
    assert result.events == CaseEvent.objects.count() > 10


def test_the_program_itself_cannot_change_an_event(event):
    event.reason = "Noe annet"
    with pytest.raises(AppendOnlyError):
        event.save()
    with pytest.raises(AppendOnlyError):
        CaseEvent.objects.update(reason="Noe annet")
    with pytest.raises(AppendOnlyError):
        CaseEvent.objects.all().delete()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("reason", "En annen grunn"),
        ("data", '{"outcome": "advice"}'),
        ("actor_name", "En annen"),
        ("actor_role", "beslutter"),
        ("verb", "noted"),
        ("at", "2026-01-01 00:00:00+00:00"),
        ("request_id", "x"),
        ("software", "9.9"),
        ("actor_id", None),
    ],
)
def test_a_changed_event_is_found_and_named(case, event, column, value):
    tamper(f"UPDATE casework_caseevent SET {column} = %s WHERE id = %s", value, event.pk)
    found = verify_all().breaks
    assert [(item.case_number, item.sequence) for item in found] == [(case.number, event.sequence)]
    assert "endret" in found[0].why


def test_a_changed_event_with_a_new_hash_breaks_the_next(case, event):
    tamper("UPDATE casework_caseevent SET reason = 'x', hash = %s WHERE id = %s", "0" * 64, event.pk)
    assert {item.sequence for item in verify_all().breaks} == {event.sequence, event.sequence + 1}


def test_a_removed_event_is_found(case, event):
    tamper("DELETE FROM casework_caseevent WHERE id = %s", event.pk)
    assert any("mangler" in item.why for item in verify_all().breaks)


def test_a_cut_tail_is_found(case):
    last = case.events.order_by("-sequence").first()
    tamper("DELETE FROM casework_caseevent WHERE id = %s", last.pk)
    assert [item.case_number for item in verify_all().breaks] == [case.number]


def test_a_case_that_lost_every_event_is_found(case):
    tamper("DELETE FROM casework_caseevent WHERE case_id = %s", case.pk)
    assert [item.case_number for item in verify_all().breaks] == [case.number]


def test_events_that_changed_places_are_found(case):
    first, second = case.events.order_by("sequence")[:2]
    tamper("UPDATE casework_caseevent SET sequence = 9999 WHERE id = %s", first.pk)
    tamper("UPDATE casework_caseevent SET sequence = %s WHERE id = %s", first.sequence, second.pk)
    tamper("UPDATE casework_caseevent SET sequence = %s WHERE id = %s", second.sequence, first.pk)
    assert verify_all().breaks


def test_an_event_moved_to_another_case_is_found(case, fremmed, sara):
    other = case_of(fremmed, sara)
    last = case.events.order_by("-sequence").first()
    tamper("UPDATE casework_caseevent SET case_id = %s, sequence = 9999 WHERE id = %s", other.pk, last.pk)
    assert {item.case_number for item in verify_all().breaks} == {case.number, other.number}


def test_progress_is_told(case):
    told = []
    verify_all(lambda done, total: told.append((done, total)))
    assert told == [(1, 1)]
