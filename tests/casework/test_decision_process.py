"""A decision on its way: drafted, submitted, approved by another, returned, sent, and never twice."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from cast import NOW
from deciding import (
    GRANT,
    HELP,
    IN_A_YEAR,
    NURSING,
    PART,
    REFUSAL,
    Desk,
    chosen,
    desk,
    ready_to_decide,
    weighing,
)
from small_policy import small_policy

from trinnvis.casework import services
from trinnvis.casework.audit import verify_all
from trinnvis.casework.errors import Conflict, Incomplete, Refused
from trinnvis.casework.models import Case, Decision, DecisionLine
from trinnvis.casework.queries.applications import applied_for
from trinnvis.casework.queries.decisions import content_of, missing_in
from trinnvis.casework.rules.decision import Draft
from trinnvis.casework.rules.lines import Line

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def at(db) -> Desk:
    return ready_to_decide()


def fields(refusal) -> list[str]:
    return [missing.field for missing in refusal.value.missing]


def test_from_draft_to_follow_up(at):
    at.draft()
    assert at.stage() == "decision"
    at.submit()
    assert (at.stage(), "approve" in at.open_needs()) == ("approval", True)
    at.approve()
    assert (at.stage(), "send_notice" in at.open_needs()) == ("notice", True)
    decision = at.send()
    assert (decision.state, decision.sent_at, decision.decided_by_id) == ("sent", NOW, at.bjorn.account_id)
    assert at.stage() == "follow_up"
    review = at.case.needs.get(kind="review", state="open")
    assert review.due_on == IN_A_YEAR
    assert decision.number in review.due_why
    assert not at.open_needs() & {"draft_decision", "approve", "send_notice", "preliminary_reply"}
    tail = [verb for verb in at.verbs() if verb.startswith("decision_")]
    assert tail == ["decision_drafted", "decision_submitted", "decision_approved", "decision_sent"]
    assert not verify_all().breaks


def test_an_application_after_the_answer_begins_a_new_round(at):
    at.draft()
    at.submit()
    at.approve()
    at.send()
    later = NOW + timedelta(days=60)
    services.register_application(number=at.number, applies_for="Mer hjelp", actor=at.ingrid, now=later)
    duties = {"hear_citizen", "assess", "answer_criteria", "draft_decision", "preliminary_reply"}
    assert duties <= at.open_needs()
    assert applied_for(Case.objects.get(number=at.number)) == ("Mer hjelp",)
    assert at.stage() == "clarification"


def test_an_empty_draft_is_saved_and_cannot_be_submitted(at):
    at.draft(Draft())
    with pytest.raises(Incomplete) as refusal:
        at.submit()
    assert {"citizen_wish", "wish_weighed", "goal", "reasons", "starts_on", "ends_on", "lines"} == set(
        fields(refusal)
    )
    assert at.decision.state == "draft"
    assert "decision_submitted" not in at.verbs()


def test_a_half_written_line_is_kept_as_it_is(at):
    half = Line("praktisk-bistand", reason="Skal avklares")
    at.draft(replace(GRANT, lines=(half, Line())))
    assert content_of(at.decision).lines == (half,)
    assert {missing.field for missing in missing_in(at.decision, now=NOW)} == {
        "lines-0-step",
        "lines-0-unit",
        "lines-0-amount",
        "lines-0-starts_on",
    }


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (replace(HELP, service="finnes-ikke"), "lines-1-service"),
        (replace(HELP, step=77), "lines-1-step"),
        (replace(HELP, unit="bananer"), "lines-1-unit"),
        (replace(HELP, amount=Decimal("sNaN")), "lines-1-amount"),
        (replace(HELP, amount=Decimal(10) ** 12), "lines-1-amount"),
        (replace(HELP, reason="x" * 10_001), "lines-1-reason"),
    ],
)
def test_what_no_draft_can_hold_is_told_and_nothing_is_half_saved(at, line, field):
    with pytest.raises(Incomplete) as refusal:
        at.draft(replace(GRANT, lines=(HELP, line)))
    assert fields(refusal) == [field]
    assert not Decision.objects.exists()


def test_an_unknown_kind_and_a_text_too_long_are_told_together(at):
    with pytest.raises(Incomplete) as refusal:
        at.draft(replace(GRANT, kind="kanskje", reasons="x" * 10_001))
    assert fields(refusal) == ["kind", "reasons"]


def test_a_draft_needs_a_written_need(db):
    at = desk(small_policy(), assessed=False)
    with pytest.raises(Refused, match="behovet"):
        at.draft()


def test_without_a_chosen_alternative_there_is_no_draft(db):
    at = weighing()
    at.alternative()
    with pytest.raises(Refused, match="Velg et alternativ"):
        at.draft()


def test_saving_the_same_again_is_no_new_revision(at):
    first = at.draft()
    again = at.draft(replace(GRANT, reasons=GRANT.reasons + "\r\n "), expected=0)
    assert (first, first.revision, again.revision) == (again, 1, 1)
    assert at.verbs().count("decision_drafted") == 1


def test_two_who_write_at_once_do_not_overwrite_each_other(at):
    at.draft()
    at.draft(replace(GRANT, goal="Saras mål"), expected=1)
    with pytest.raises(Conflict) as refusal:
        at.draft(replace(GRANT, goal="Bjørns mål"), expected=1, actor=at.bjorn)
    assert refusal.value.current.goal == "Saras mål"
    assert at.decision.goal == "Saras mål"
    assert DecisionLine.objects.count() == 1


def test_two_who_begin_at_once_make_one_decision(at):
    at.draft()
    with pytest.raises(Conflict):
        at.draft(replace(GRANT, goal="Et annet mål"), expected=0, actor=at.bjorn)
    assert Decision.objects.count() == 1


def test_a_revision_of_nothing_is_a_conflict(at):
    with pytest.raises(Conflict):
        at.draft(expected=3)
    assert not Decision.objects.exists()


def test_every_revision_can_be_read_again(at):
    at.draft()
    at.draft(replace(GRANT, goal="Et nytt mål", lines=(HELP, NURSING)), expected=1)
    events = at.case.events.filter(verb="decision_drafted").order_by("sequence")
    contents = [event.data["content"] for event in events]
    assert [content["goal"] for content in contents] == [GRANT.goal, "Et nytt mål"]
    assert contents[0]["lines"][0]["amount"] == "2.50"


def test_a_draft_under_approval_is_not_changed(at):
    at.draft()
    at.submit()
    with pytest.raises(Refused):
        at.draft(replace(GRANT, goal="Nytt"), expected=1)
    with pytest.raises(Refused):
        at.alternative("Enda et")


def test_where_policy_asks_for_one_person_submitting_decides(db):
    at = chosen(desk(small_policy(two_persons=False)))
    at.draft()
    decision = at.submit()
    assert (decision.state, decision.decided_by_id) == ("approved", at.sara.account_id)
    assert "approve" not in at.open_needs()
    at.send()
    assert at.stage() == "follow_up"


def test_open_needs_stop_the_decision(at):
    at.draft()
    services.reopen_assessment(at.number, reason="Nytt fall.", actor=at.sara, now=NOW)
    with pytest.raises(Refused, match="gjenstår"):
        at.submit()


def test_criteria_of_a_service_outside_the_choice_must_be_answered_too(db):
    at = weighing()
    at.choose([at.alternative("A", NURSING), at.alternative("B", HELP)][0])
    at.draft(replace(GRANT, lines=(NURSING, HELP)))
    with pytest.raises(Incomplete) as refusal:
        at.submit()
    assert fields(refusal) == ["lines-1-service"]
    at.answer()
    at.submit()


def test_a_refusal_goes_all_the_way_without_a_review(at):
    decision = at.decide(REFUSAL)
    assert (decision.kind, decision.appeal_by is not None) == ("refusal", True)
    assert at.stage() == "follow_up"
    assert "review" not in at.open_needs()


def test_a_partial_grant_goes_all_the_way(at):
    decision = at.decide(PART)
    assert [line.granted for line in decision.lines.order_by("pk")] == [True, False]


def test_a_fresh_decision_starts_the_next_round(at):
    first = at.decide()
    at.draft(replace(GRANT, goal="Neste mål"), expected=0, now=LATER)
    assert at.decision.number == f"{at.number}-2"
    assert first.number == f"{at.number}-1"
    assert at.stage() == "decision"
    second = at.decide(replace(GRANT, goal="Neste mål", review_on=date(2028, 1, 3)), now=LATER)
    assert second.number == f"{at.number}-2"
    assert at.case.needs.filter(kind="review", state="open").get().due_on == date(2028, 1, 3)
    first.refresh_from_db()
    assert (first.state, first.goal) == ("sent", GRANT.goal)


def test_the_fast_track_decides_without_alternatives(db):
    at = desk(small_policy(), outcome="severely_ill")
    assert "compare_alternatives" not in at.open_needs()
    if "answer_criteria" in at.open_needs():
        first = at.alternative()
        at.choose(first)
        at.answer()
    at.decide(replace(GRANT, lines=(NURSING,)))
    assert at.decision.state == "sent"


def test_a_changed_decision_does_not_pass_the_audit(at):
    decision = at.decide()
    assert not verify_all().breaks
    Decision.objects.filter(pk=decision.pk).update(reasons="Noe helt annet.")
    assert [found.case_number for found in verify_all().breaks] == [at.number]
