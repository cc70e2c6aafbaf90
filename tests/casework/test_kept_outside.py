"""A file kept outside the database tells what even the owner of the whole database took away."""

from datetime import timedelta

import pytest
from cast import NOW, case_of, person_of
from django.db.models import QuerySet

from trinnvis.access.models import ReadLogEntry
from trinnvis.casework import services
from trinnvis.casework.audit import verify_all
from trinnvis.casework.kept import kept_at, read_kept, taken_away_since, write_kept
from trinnvis.casework.models import Case, CaseEvent
from trinnvis.trouble import Trouble

LATER = NOW + timedelta(hours=1)


def look(of, by, at=NOW):
    return ReadLogEntry.objects.create(
        at=at,
        person=person_of(of),
        reader_id=by.account_id,
        reader_name=by.name,
        reader_role="saksbehandler",
        what="Så på saken",
        basis="unit",
        allowed=True,
    )


@pytest.fixture
def kept(case, ingrid, sara, tmp_path):
    """The file made after a note and two looks, read again."""
    services.note(number=case.number, text="Ring mandag", actor=sara, now=NOW)
    look(ingrid, sara)
    look(ingrid, sara)
    write_kept(kept_at(LATER), tmp_path / "kept.json")
    return read_kept(tmp_path / "kept.json")


def test_nothing_is_missed_when_nothing_is_taken_away(kept):
    assert (len(kept.ends), kept.looks.entries) == (1, 2)
    assert not [*taken_away_since(kept)]


def test_what_comes_later_is_no_break(kept, case, fremmed, ingrid, sara):
    services.note(number=case.number, text="Ringt", actor=sara, now=LATER)
    case_of(fremmed, sara)
    look(ingrid, sara, at=LATER)
    assert not [*taken_away_since(kept)]


def take_the_last_event_away(case):
    """The work of one who knows how the chain is made: the database agrees with itself afterwards."""
    events = QuerySet(CaseEvent).filter(case=case).order_by("sequence")
    events.filter(pk=events.last().pk)._raw_delete("default")
    end = events.last()
    Case.objects.filter(pk=case.pk).update(event_count=end.sequence, last_hash=end.hash)


def test_a_last_event_taken_away_with_the_case_put_right_is_missed(kept, case):
    take_the_last_event_away(case)
    assert not verify_all().breaks
    (missed,) = taken_away_since(kept)
    assert case.number in missed and "borte" in missed


def test_another_event_in_its_place_is_told_from_it(kept, case, sara):
    take_the_last_event_away(case)
    services.note(number=case.number, text="Ring tirsdag", actor=sara, now=NOW)
    assert not verify_all().breaks
    assert len([*taken_away_since(kept)]) == 1


def test_a_whole_case_taken_away_is_missed(kept, case):
    Case.objects.filter(pk=case.pk).update(number="2026-000099")
    assert case.number in "".join(taken_away_since(kept))


def shortened(rows):
    rows.filter(pk=rows.first().pk)._raw_delete("default")


@pytest.mark.parametrize(
    ("tamper", "left"),
    [
        (shortened, 1),
        (lambda rows: rows.update(reader_name="En annen"), 2),
        (lambda rows: rows.update(allowed=False), 2),
        (lambda rows: rows.update(at=LATER + timedelta(days=1)), 0),
    ],
)
def test_a_read_log_that_is_shortened_or_changed_is_missed(kept, tamper, left):
    tamper(QuerySet(ReadLogEntry).order_by("pk"))
    (missed,) = taken_away_since(kept)
    assert "innsynsloggen" in missed and f"hadde 2 oppslag, og har nå {left}" in missed


def test_a_look_written_long_after_is_missed_too(kept, ingrid, sara):
    look(ingrid, sara, at=NOW - timedelta(days=1))
    assert "har nå 3" in "".join(taken_away_since(kept))


def test_a_look_that_may_still_be_on_its_way_is_not_kept_yet(kept, ingrid, sara):
    look(ingrid, sara, at=LATER - timedelta(minutes=1))
    assert not [*taken_away_since(kept)]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"looks": {}, "ends": []}', '{"looks": 1, "ends": {"a": 2}}']
)
def test_a_file_of_another_kind_is_refused_plainly(tmp_path, text):
    file = tmp_path / "other.json"
    file.write_text(text)
    with pytest.raises(Trouble, match=r"other\.json er ikke en fil som --keep har skrevet"):
        read_kept(file)


def test_files_that_cannot_be_reached_are_told_plainly(case, tmp_path):
    with pytest.raises(Trouble, match="kan ikke leses"):
        read_kept(tmp_path / "none.json")
    with pytest.raises(Trouble, match="kan ikke skrives"):
        write_kept(kept_at(NOW), tmp_path)
