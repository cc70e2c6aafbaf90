"""The citizen sees who has looked: every look, allowed or refused, is one row that never changes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cast import NOW, enquire, mandate, person_of

from trinnvis.access.models import ReadLogEntry
from trinnvis.access.queries import read_log_of
from trinnvis.access.rules import BY_CODE
from trinnvis.casework.errors import NotFound
from trinnvis.casework.queries.case import case_for, enquiry_for
from trinnvis.policy.append_only import AppendOnlyError


def look(actor, case, **more):
    return case_for(actor, case.number, NOW, what="Saken", **more)


def log(ingrid):
    return list(read_log_of(person_of(ingrid), actor=ingrid, now=NOW))


def test_ingrid_sees_that_sara_has_looked_and_why(case, ingrid, sara):
    look(sara, case)
    row = log(ingrid)[0]
    assert (row.reader_name, row.what, row.case_number, row.allowed) == (
        sara.name,
        "Saken",
        case.number,
        True,
    )
    assert row.reader_role == "saksbehandler"
    assert BY_CODE[row.basis].title == "Arbeider med saker i enheten som har saken din"


def test_ingrid_sees_that_a_stranger_tried(case, ingrid, fremmed):
    with pytest.raises(NotFound):
        look(fremmed, case)
    assert [(row.reader_id, row.allowed, row.basis) for row in log(ingrid)] == [
        (fremmed.account_id, False, "")
    ]


def test_what_does_not_exist_answers_like_what_one_may_not_see(case, fremmed):
    with pytest.raises(NotFound) as hidden:
        look(fremmed, case)
    with pytest.raises(NotFound) as unknown:
        case_for(fremmed, "2026-999999", NOW, what="Saken")
    assert type(hidden.value) is type(unknown.value)
    assert hidden.value.args == (case.number,)
    assert unknown.value.args == ("2026-999999",)


def test_the_same_look_in_one_request_is_one_row(case, ingrid, sara):
    once, again = replace(sara, request_id="a" * 32), replace(sara, request_id="b" * 32)
    for actor in (once, once, again):
        look(actor, case)
    assert len(log(ingrid)) == 2


def test_reading_about_oneself_is_not_logged(case, ingrid):
    look(ingrid, case)
    assert log(ingrid) == []


def test_a_representative_is_logged_and_may_read_the_log(case, ingrid, odd):
    mandate(of=ingrid, to=odd)
    look(odd, case)
    rows = read_log_of(person_of(ingrid), actor=odd, now=NOW)
    assert [row.basis for row in rows] == ["representative"]


@pytest.mark.parametrize("who", ["odd", "sara", "bjorn", "leif", "fremmed"])
def test_the_log_is_the_citizens(request, case, ingrid, sara, who):
    look(sara, case)
    assert not read_log_of(person_of(ingrid), actor=request.getfixturevalue(who), now=NOW)


def test_a_mandate_that_is_over_no_longer_opens_the_log(case, ingrid, odd, sara):
    mandate(of=ingrid, to=odd, valid_to=NOW.date())
    look(sara, case)
    assert read_log_of(person_of(ingrid), actor=odd, now=NOW)
    assert not read_log_of(person_of(ingrid), actor=odd, now=NOW + timedelta(days=1))


def test_an_enquiry_is_logged_too(ingrid, sara, fremmed):
    enquiry = enquire(ingrid)
    assert enquiry_for(sara, enquiry.number, NOW, what="Henvendelsen").pk == enquiry.pk
    with pytest.raises(NotFound):
        enquiry_for(fremmed, enquiry.number, NOW, what="Henvendelsen")
    assert [(row.basis, row.allowed) for row in log(ingrid)] == [("", False), ("intake", True)]


def test_a_row_is_never_changed(case, ingrid, sara):
    look(sara, case)
    row = log(ingrid)[0]
    row.reader_name = "En annen"
    for attempt in (row.save, row.delete, ReadLogEntry.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            attempt()
