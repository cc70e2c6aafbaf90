"""A case handed over to another unit: who sees it follows, and nothing begins anew for the citizen."""

import pytest
from cast import NOW, employee

from trinnvis.casework import services
from trinnvis.casework.audit import verify_chain
from trinnvis.casework.errors import Incomplete, NotFound, Refused
from trinnvis.casework.queries.timeline import timeline
from trinnvis.casework.queries.visible import cases_visible_to

REASON = "Det gjelder bolig."


@pytest.fixture
def ola(other_unit):
    return employee("Ola", "case_worker", other_unit)


def move(case, unit, actor, reason=REASON):
    return services.move(number=case.number, unit=unit, reason=reason, actor=actor, now=NOW)


def test_access_follows_and_nobody_has_it_until_someone_takes_it(case, sara, ola, ingrid, other_unit):
    services.assign(number=case.number, actor=sara, now=NOW)
    moved = move(case, other_unit, sara)
    assert (moved.unit, moved.assigned_to) == (other_unit, None)
    assert case in cases_visible_to(ola, NOW)
    assert case in cases_visible_to(ingrid, NOW)
    assert case not in cases_visible_to(sara, NOW)
    with pytest.raises(NotFound):
        services.note(number=case.number, text="Ser den ikke lenger", actor=sara, now=NOW)
    services.take(number=case.number, actor=ola, now=NOW)


def test_needs_and_deadlines_stay_as_they_were(case, sara, ola, other_unit):
    before = list(case.needs.values_list("kind", "state", "due_on"))
    move(case, other_unit, sara)
    assert list(case.needs.values_list("kind", "state", "due_on")) == before


def test_the_citizen_reads_where_the_case_went_and_why(case, sara, ola, other_unit, policy):
    moved = move(case, other_unit, sara)
    told = timeline(moved, for_staff=False)[0]
    assert (told.verb, told.details, told.reason) == ("moved", (policy.unit(other_unit).title,), REASON)
    assert verify_chain(moved) == ()


@pytest.mark.parametrize(
    ("unit", "reason", "fields"),
    [("finnes-ikke", REASON, ["unit"]), ("", "", ["unit", "reason"]), (None, " ", ["unit", "reason"])],
)
def test_what_is_wrong_is_named_and_the_case_stays(case, sara, intake_unit, unit, reason, fields):
    with pytest.raises(Incomplete) as told:
        move(case, intake_unit if unit is None else unit, sara, reason)
    assert [item.field for item in told.value.missing] == fields
    case.refresh_from_db()
    assert case.unit == intake_unit


def test_a_case_is_not_given_to_a_unit_where_nobody_would_see_it(case, sara, unni, other_unit):
    with pytest.raises(Incomplete, match="ingen ville se saken"):
        move(case, other_unit, sara)


def test_a_closed_case_and_the_citizen_move_nothing(case, sara, ola, ingrid, other_unit):
    with pytest.raises(Refused):
        move(case, other_unit, ingrid)
    services.withdraw_application(number=case.number, actor=ingrid, now=NOW)
    services.close_case(number=case.number, reason="Trenger ikke hjelp nå", actor=sara, now=NOW)
    with pytest.raises(Refused, match="avsluttet"):
        move(case, other_unit, sara)
