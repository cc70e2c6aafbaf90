"""Carrying a case along: applying, assigning, noting, helping at once, replying and closing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cast import NOW, account_of, case_of, citizen, employee, mandate

from trinnvis.casework import services
from trinnvis.casework.errors import Incomplete, NotFound, Refused
from trinnvis.casework.models import Need

LATER = NOW + timedelta(days=10)


def open_needs(case):
    return set(case.needs.filter(state=Need.State.OPEN).values_list("kind", flat=True))


def last_event(case):
    return case.events.order_by("-sequence").first()


def test_ingrid_applies_in_a_case_that_was_only_advice(ingrid, sara):
    case = case_of(ingrid, sara, outcome="advice")
    applied = services.register_application(
        number=case.number, applies_for="Hjelp hjemme", actor=ingrid, now=LATER
    )
    assert (applied.applied_at, applied.track) == (LATER, "ordinary")
    assert {"assess", "draft_decision", "preliminary_reply"} <= open_needs(case)


def test_an_oral_application_counts_from_when_it_was_said(ingrid, sara):
    case = case_of(ingrid, sara)
    said = NOW + timedelta(days=1)
    applied = services.register_application(
        number=case.number, applies_for="", actor=sara, now=LATER, received_at=said
    )
    assert applied.applied_at == said


def test_a_citizen_cannot_move_the_clock_backwards(ingrid, sara):
    case = case_of(ingrid, sara)
    long_ago = NOW - timedelta(days=300)
    applied = services.register_application(
        number=case.number, applies_for="", actor=ingrid, now=LATER, received_at=long_ago
    )
    assert applied.applied_at == LATER


def test_deadlines_counted_from_the_application_follow_it(ingrid, sara):
    case = case_of(ingrid, sara)
    before = case.needs.get(kind="assess").due_on
    services.register_application(number=case.number, applies_for="", actor=ingrid, now=LATER)
    assert case.needs.get(kind="assess").due_on > before


def test_an_application_is_not_made_twice(case, ingrid):
    with pytest.raises(Refused):
        services.register_application(number=case.number, applies_for="", actor=ingrid, now=LATER)


def test_only_the_citizen_withdraws_the_application(case, ingrid, sara):
    with pytest.raises(Refused):
        services.withdraw_application(number=case.number, actor=sara, now=LATER)
    withdrawn = services.withdraw_application(number=case.number, actor=ingrid, now=LATER, reason="Frisk")
    assert withdrawn.applied_at is None
    assert "preliminary_reply" not in open_needs(case)


def test_a_representative_who_may_write_withdraws_it(case, ingrid, odd):
    mandate(of=ingrid, to=odd)
    assert services.withdraw_application(number=case.number, actor=odd, now=LATER).applied_at is None


def test_a_representative_who_may_only_read_does_not(case, ingrid, odd):
    mandate(of=ingrid, to=odd, scopes=("read",))
    with pytest.raises(Refused):
        services.withdraw_application(number=case.number, actor=odd, now=LATER)


def test_sara_takes_the_case_and_gives_it_to_bjorn(case, sara, bjorn):
    assert services.assign(number=case.number, actor=sara, now=NOW).assigned_to_id == sara.account_id
    given = services.assign(number=case.number, actor=sara, now=NOW, to=account_of(bjorn))
    assert given.assigned_to_id == bjorn.account_id
    assert last_event(case).data["to"] == bjorn.name


def test_the_case_is_not_given_to_one_who_does_not_handle_cases_there(case, sara, unni, leif):
    for other in (unni, leif):
        with pytest.raises(Refused):
            services.assign(number=case.number, actor=sara, now=NOW, to=account_of(other))


def test_the_case_is_not_given_to_kin(case, ingrid, odd, sara, intake_unit):
    account = account_of(odd)
    account.roles.create(role="case_worker", unit=intake_unit, valid_from=NOW.date())
    with pytest.raises(Refused):
        services.assign(number=case.number, actor=sara, now=NOW, to=account)


def test_a_note_needs_words(case, sara):
    with pytest.raises(Incomplete):
        services.note(number=case.number, text=" ", actor=sara, now=NOW)


def test_fast_track_opens_help_now_and_sets_aside_what_can_wait(case, sara):
    assert {"offer_clarification", "compare_alternatives"} <= open_needs(case)
    fast = services.set_fast_track(number=case.number, reason="Kort tid igjen", actor=sara, now=LATER)
    assert fast.track == "fast"
    assert "give_help_now" in open_needs(case)
    assert not open_needs(case) & {"offer_clarification", "compare_alternatives"}
    assert case.needs.get(kind="compare_alternatives").state == Need.State.NOT_RELEVANT
    assert case.needs.get(kind="give_help_now").due_on >= LATER.date()
    with pytest.raises(Refused):
        services.set_fast_track(number=case.number, reason="Igjen", actor=sara, now=LATER)


def test_help_is_confirmed_with_what_and_who(ingrid, sara):
    case = case_of(ingrid, sara, outcome="urgent")
    with pytest.raises(Incomplete):
        services.confirm_help_given(number=case.number, what="", actor=sara, now=NOW)
    services.confirm_help_given(number=case.number, what="Hjemmesykepleien kom kl. 10", actor=sara, now=NOW)
    assert "give_help_now" not in open_needs(case)


def test_a_preliminary_reply_promises_a_date_that_becomes_the_due_date(case, sara):
    promised = (NOW + timedelta(days=60)).date()
    services.preliminary_reply(
        number=case.number, expected_on=promised, reason="Venter på legen", actor=sara, now=LATER
    )
    assert "preliminary_reply" not in open_needs(case)
    assert case.needs.get(kind="draft_decision").due_on == promised


def test_a_promise_cannot_be_in_the_past(case, sara):
    with pytest.raises(Incomplete):
        services.preliminary_reply(
            number=case.number, expected_on=NOW.date(), reason="Sent ute", actor=sara, now=NOW
        )


def test_a_case_with_an_unanswered_application_is_not_closed(case, ingrid, sara):
    with pytest.raises(Refused):
        services.close_case(number=case.number, reason="Ferdig", actor=sara, now=LATER)
    services.withdraw_application(number=case.number, actor=ingrid, now=LATER)
    closed = services.close_case(number=case.number, reason="Ferdig", actor=sara, now=LATER)
    assert (closed.stage, closed.closed_at, closed.next_due) == ("closed", LATER, None)
    assert not open_needs(case)


def test_nothing_is_done_in_a_closed_case(ingrid, sara):
    case = case_of(ingrid, sara)
    services.close_case(number=case.number, reason="Ferdig", actor=sara, now=NOW)
    with pytest.raises(Refused):
        services.note(number=case.number, text="For sent", actor=sara, now=NOW)


def test_what_is_refused_leaves_no_trace(case, sara):
    before = case.events.count()
    with pytest.raises(Incomplete):
        services.preliminary_reply(number=case.number, expected_on=NOW.date(), reason="", actor=sara, now=NOW)
    assert case.events.count() == before


def test_next_due_is_the_earliest_open_need(case):
    dues = case.needs.filter(state=Need.State.OPEN, due_on__isnull=False).values_list("due_on", flat=True)
    case.refresh_from_db()
    assert case.next_due == min(dues)


def test_a_stranger_learns_nothing_by_trying(case, fremmed):
    for attempt in (case.number, "2026-999999"):
        with pytest.raises(NotFound):
            services.note(number=attempt, text="Hei", actor=fremmed, now=NOW)


def test_staff_do_not_act_as_staff_in_their_own_case(intake_unit, sara):
    me = citizen("Meg")
    worker = replace(me, roles=employee("Rollen", "case_worker", intake_unit).roles)
    case = case_of(me, sara)
    with pytest.raises(Refused):
        services.note(number=case.number, text="Min egen sak", actor=worker, now=NOW)
    services.register_application(number=case.number, applies_for="Hjelp", actor=worker, now=NOW)


def test_a_mandate_held_by_staff_gives_a_relatives_powers_and_no_more(ingrid, odd, case, intake_unit):
    mandate(of=ingrid, to=odd)
    worker = replace(odd, roles=employee("Rollen", "case_worker", intake_unit).roles)
    with pytest.raises(Refused):
        services.assign(number=case.number, actor=worker, now=NOW)
    services.withdraw_application(number=case.number, actor=worker, now=NOW)
