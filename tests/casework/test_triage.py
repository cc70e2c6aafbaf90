"""Triage: every enquiry leads somewhere, an application always to a case with its clock running."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cast import NOW, case_of, citizen, employee, enquire, mandate, person_of

from trinnvis.casework import services
from trinnvis.casework.errors import Incomplete, NotFound, Refused
from trinnvis.casework.models import Case, Need
from trinnvis.casework.rules.deadlines import deadline_for
from trinnvis.casework.rules.enquiry import Said
from trinnvis.people.services import register_next_of_kin

OUTCOMES = ["urgent", "severely_ill", "clarification", "advice", "other_unit"]


@pytest.fixture
def triage(sara, other_unit):
    employee("Ola", "case_worker", other_unit)

    def run(enquiry, outcome="clarification", *, actor=sara, now=NOW, **more):
        terms = {"reason": "Fordi", "unit": other_unit if outcome == "other_unit" else None, **more}
        return services.triage(enquiry_number=enquiry.number, outcome=outcome, actor=actor, now=now, **terms)

    return run


def open_needs(case):
    return set(case.needs.filter(state=Need.State.OPEN).values_list("kind", flat=True))


def verbs(case):
    return list(case.events.order_by("sequence").values_list("verb", flat=True))


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_an_application_starts_the_clock_when_it_was_received(ingrid, triage, policy, outcome):
    received = NOW - timedelta(days=4)
    case = triage(enquire(ingrid, now=received, is_application=True), outcome)
    assert case.applied_at == received
    need = case.needs.get(kind="preliminary_reply")
    assert need.due_on == deadline_for(policy, "preliminary_reply", received.date()).due
    assert need.due_why


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_what_is_no_application_has_no_clock(ingrid, triage, outcome):
    case = triage(enquire(ingrid), outcome)
    assert case.applied_at is None
    assert "preliminary_reply" not in open_needs(case)


@pytest.mark.parametrize(
    ("outcome", "track"),
    [
        ("urgent", "urgent"),
        ("severely_ill", "fast"),
        ("clarification", "ordinary"),
        ("advice", "advice"),
        ("other_unit", "ordinary"),
    ],
)
def test_the_outcome_sets_the_track(ingrid, triage, outcome, track):
    assert triage(enquire(ingrid), outcome).track == track


def test_an_application_is_never_answered_with_advice_alone(ingrid, triage):
    case = triage(enquire(ingrid, is_application=True), "advice")
    assert case.track == "ordinary"
    assert {"assess", "draft_decision", "offer_clarification"} <= open_needs(case)


def test_triage_may_find_that_it_was_an_application_all_along(ingrid, triage):
    case = triage(enquire(ingrid, now=NOW - timedelta(days=1)), "advice", is_application=True)
    assert (case.track, case.applied_at) == ("ordinary", NOW - timedelta(days=1))


@pytest.mark.parametrize("outcome", ["urgent", "severely_ill"])
def test_help_that_cannot_wait_is_due_at_once(ingrid, triage, policy, outcome):
    case = triage(enquire(ingrid, says_urgent=True), outcome)
    assert (
        case.needs.get(kind="give_help_now").due_on == deadline_for(policy, "give_help_now", NOW.date()).due
    )


def test_the_severely_ill_go_past_clarification_and_comparison(ingrid, triage):
    case = triage(enquire(ingrid), "severely_ill")
    assert not open_needs(case) & {"offer_clarification", "run_clarification", "compare_alternatives"}


def test_another_unit_gets_the_case_and_the_clock(ingrid, triage, other_unit, sara):
    case = triage(enquire(ingrid, is_application=True), "other_unit")
    assert case.unit == other_unit
    assert case.applied_at == NOW
    colleague = employee("Ola", "case_worker", other_unit)
    services.note(number=case.number, text="Tar den", actor=colleague, now=NOW)
    with pytest.raises(NotFound):
        services.note(number=case.number, text="Ser den ikke lenger", actor=sara, now=NOW)


def test_an_unknown_unit_is_refused_and_nothing_is_half_done(ingrid, triage):
    enquiry = enquire(ingrid)
    with pytest.raises(Incomplete):
        triage(enquiry, "other_unit", unit="finnes-ikke")
    enquiry.refresh_from_db()
    assert (enquiry.triage, Case.objects.count()) == ("", 0)


def test_a_reason_is_asked_for(ingrid, triage):
    with pytest.raises(Incomplete) as error:
        triage(enquire(ingrid), reason="  ")
    assert [item.field for item in error.value.missing] == ["reason"]


def test_it_is_triaged_once(ingrid, triage):
    enquiry = enquire(ingrid)
    triage(enquiry)
    with pytest.raises(Refused):
        triage(enquiry, "urgent")
    assert Case.objects.get().track == "ordinary"


def test_no_one_is_found_yet(sara, triage):
    enquiry = services.register_enquiry(
        actor=sara,
        now=NOW,
        submission_key="k",
        channel="phone",
        said=Said(what_matters="Ramlet", says_urgent=True),
        unidentified_name="Mann i Roa",
    )
    with pytest.raises(Refused):
        triage(enquiry, "urgent")
    assert triage(enquiry, "advice") is None


@pytest.mark.parametrize("who", ["ingrid", "fremmed", "unni", "leif", "planke"])
def test_only_those_who_receive_may_triage(request, ingrid, triage, who):
    actor = request.getfixturevalue(who)
    with pytest.raises(NotFound):
        triage(enquire(ingrid), actor=actor)


def test_nobody_triages_their_own_or_their_kins(ingrid, intake_unit, triage):
    me = citizen("Saksbehandler")
    worker = employee("Meg selv", "case_worker", intake_unit)
    both = replace(me, roles=worker.roles)
    with pytest.raises(NotFound):
        triage(enquire(me), actor=both)
    register_next_of_kin(person=person_of(ingrid), relative=person_of(me), relation="søster")
    with pytest.raises(NotFound):
        triage(enquire(ingrid), actor=both)


def test_a_second_enquiry_joins_the_open_case(ingrid, sara, triage):
    case = case_of(ingrid, sara)
    second = enquire(ingrid, what_matters="Noe mer")
    assert triage(second).pk == case.pk
    second.refresh_from_db()
    assert second.case_id == case.pk
    assert verbs(case).count("enquiry_linked") == 2


def test_an_application_in_a_case_under_way_starts_its_clock(ingrid, sara, triage):
    case = case_of(ingrid, sara, outcome="advice")
    assert open_needs(case) == {"hear_citizen"}
    later = NOW + timedelta(days=2)
    case = triage(enquire(ingrid, now=later, is_application=True), "clarification", now=later)
    assert (case.track, case.applied_at) == ("ordinary", later)
    assert {"assess", "preliminary_reply"} <= open_needs(case)


def test_a_second_application_does_not_move_the_clock(ingrid, sara, triage):
    case = case_of(ingrid, sara, is_application=True)
    later = NOW + timedelta(days=5)
    assert triage(enquire(ingrid, now=later, is_application=True), now=later).applied_at == case.applied_at


def test_haste_in_a_case_under_way(ingrid, sara, triage, policy):
    case_of(ingrid, sara, is_application=True)
    later = NOW + timedelta(days=9)
    case = triage(enquire(ingrid, now=later, says_urgent=True), "urgent", now=later)
    assert case.track == "urgent"
    due = deadline_for(policy, "give_help_now", later.date()).due
    assert case.needs.get(kind="give_help_now").due_on == due


def test_a_later_enquiry_never_slows_a_case_down(ingrid, sara, triage):
    case_of(ingrid, sara, outcome="severely_ill")
    assert triage(enquire(ingrid), "advice").track == "fast"


def test_after_a_closed_case_a_new_one_is_opened(ingrid, sara, triage):
    case = case_of(ingrid, sara)
    services.close_case(number=case.number, reason="Klarer seg", actor=sara, now=NOW)
    assert triage(enquire(ingrid)).pk != case.pk


def test_a_representative_hears_nothing_of_triage_without_reading(ingrid, odd, sara):
    mandate(of=ingrid, to=odd, scopes=("contact",))
    case = case_of(ingrid, sara)
    with pytest.raises(NotFound):
        services.withdraw_application(number=case.number, actor=odd, now=NOW)
