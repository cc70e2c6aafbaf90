"""Four eyes: approved by one who has not written a word of it, or returned saying what must be better."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from cast import NOW, account_of
from deciding import GRANT, Desk, ready_to_decide

from trinnvis.access.actor import Actor
from trinnvis.access.models import StaffRole
from trinnvis.access.services import actor_of
from trinnvis.casework import services
from trinnvis.casework.errors import Conflict, Incomplete, NotFound, Refused
from trinnvis.casework.models import Approval

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def at(db) -> Desk:
    return ready_to_decide()


def also(actor: Actor, role: str) -> Actor:
    account = account_of(actor)
    StaffRole.objects.create(
        account=account, role=role, unit="tildelingsenheten", valid_from=date(2024, 1, 1)
    )
    return actor_of(account, on=NOW.date())


def fields(refusal) -> list[str]:
    return [missing.field for missing in refusal.value.missing]


def test_the_one_who_wrote_it_never_approves_it(at):
    both = also(at.sara, "decision_maker")
    at.draft(actor=both)
    at.submit(actor=both)
    with pytest.raises(Refused, match="skrevet vedtaket selv"):
        at.approve(actor=both)
    with pytest.raises(Refused, match="skrevet vedtaket selv"):
        services.return_decision(
            at.number, expected_revision=1, return_reason="other", words="-", actor=both, now=NOW
        )
    assert at.decision.state == "submitted"


def test_who_corrected_one_word_of_anothers_draft_does_not_approve_it(at):
    at.draft()
    at.draft(replace(GRANT, goal="Bjørns ord"), expected=1, actor=at.bjorn)
    at.submit(actor=at.sara)
    with pytest.raises(Refused, match="skrevet vedtaket selv"):
        at.approve(actor=at.bjorn)


def test_who_submitted_it_does_not_approve_it(at):
    at.draft()
    at.submit(actor=at.bjorn)
    with pytest.raises(Refused, match="skrevet vedtaket selv"):
        at.approve(actor=at.bjorn)


@pytest.mark.parametrize("who", ["sara", "ingrid"])
def test_only_a_decision_maker_approves(at, who):
    at.draft(actor=at.sara)
    at.submit()
    with pytest.raises(Refused):
        at.approve(actor=getattr(at, who))


@pytest.mark.parametrize("who", ["leif", "fremmed"])
def test_who_has_no_need_does_not_know_the_decision_is_there(at, who):
    at.draft()
    at.submit()
    with pytest.raises(NotFound):
        at.approve(actor=getattr(at, who))


def test_two_who_approve_at_once_approve_once(at):
    at.draft()
    at.submit()
    at.approve()
    with pytest.raises(Refused):
        at.approve()
    assert Approval.objects.count() == 1
    assert at.verbs().count("decision_approved") == 1


def test_double_click_on_submit_and_send_happens_once(at):
    at.draft()
    at.submit()
    with pytest.raises(Refused):
        at.submit()
    at.approve()
    at.send()
    with pytest.raises(Refused):
        at.send()
    assert (at.verbs().count("decision_submitted"), at.verbs().count("decision_sent")) == (1, 1)


def test_nobody_approves_another_text_than_the_one_they_read(at):
    at.draft()
    at.submit()
    services.withdraw_decision(at.number, actor=at.sara, now=NOW)
    at.draft(replace(GRANT, goal="Noe annet"), expected=2)
    at.submit()
    with pytest.raises(Conflict):
        services.approve_decision(at.number, expected_revision=1, actor=at.bjorn, now=NOW)
    assert at.decision.state == "submitted"


def test_returned_with_reason_and_approved_the_second_time(at):
    at.draft()
    at.submit()
    services.return_decision(
        at.number,
        expected_revision=1,
        return_reason="extent",
        words="Hvor lenge?",
        actor=at.bjorn,
        now=LATER,
    )
    assert (at.decision.state, at.decision.revision, at.stage()) == ("draft", 2, "decision")
    assert "Hvor lenge?" in at.case.needs.get(kind="draft_decision", state="open").note
    at.draft(replace(GRANT, goal="Et klarere mål"), expected=2)
    at.submit()
    at.approve()
    verdicts = list(
        Approval.objects.order_by("pk").values_list("decision_revision", "verdict", "return_reason")
    )
    assert verdicts == [(1, "returned", "extent"), (3, "approved", "")]


def test_returned_and_submitted_again_unchanged(at):
    at.draft()
    at.submit()
    services.return_decision(
        at.number, expected_revision=1, return_reason="law", words="Se § 1.", actor=at.bjorn, now=NOW
    )
    at.submit()
    at.approve()
    assert at.decision.state == "approved"


@pytest.mark.parametrize(("code", "words", "field"), [("", "Bedre", "return_reason"), ("law", " ", "words")])
def test_a_return_says_what_must_be_better(at, code, words, field):
    at.draft()
    at.submit()
    with pytest.raises(Incomplete) as refusal:
        services.return_decision(
            at.number, expected_revision=1, return_reason=code, words=words, actor=at.bjorn, now=NOW
        )
    assert fields(refusal) == [field]
    assert at.decision.state == "submitted"


def test_an_approved_decision_can_still_be_returned_before_it_is_sent(at):
    at.draft()
    at.submit()
    at.approve()
    services.return_decision(
        at.number, expected_revision=1, return_reason="facts", words="Nytt fall.", actor=at.bjorn, now=NOW
    )
    assert (at.decision.state, at.decision.decided_by) == ("draft", None)
    assert "send_notice" not in at.open_needs()
    at.submit()
    at.approve()
    at.send()


def test_new_words_from_the_citizen_stop_a_decision_on_its_way(at):
    at.draft()
    at.submit()
    at.approve()
    services.write_words(
        at.number,
        topic="viktig",
        voice="citizen",
        text="Jeg har ombestemt meg.",
        expected_revision=1,
        actor=at.ingrid,
        now=LATER,
    )
    with pytest.raises(Refused):
        at.send(now=LATER)
    assert at.decision.state == "approved"


def test_only_those_who_wrote_it_take_it_back(at):
    at.draft()
    at.submit()
    with pytest.raises(Refused):
        services.withdraw_decision(at.number, actor=at.bjorn, now=NOW)
    services.withdraw_decision(at.number, actor=at.sara, now=NOW, reason="Glemte målet.")
    assert (at.decision.state, at.stage()) == ("draft", "decision")
