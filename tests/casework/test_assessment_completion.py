"""An assessment is complete when nothing is missing, and opens again when something new comes."""

from datetime import timedelta

import pytest
from assessing import NOW, TOPICS, VARIABLES, Town, build_town, ordinary_town

from trinnvis.casework.errors import Conflict, Incomplete, Refused
from trinnvis.casework.models import Decision
from trinnvis.casework.queries.state import state_of
from trinnvis.casework.rules.actions import BY_CODE, decide
from trinnvis.casework.services import (
    complete_assessment,
    decide_capacity,
    reopen_assessment,
    score_function,
    set_housing,
    write_assessment,
    write_words,
)

LATER = NOW + timedelta(days=3)
PROFESSIONAL = [topic for topic in TOPICS if topic != "annet"]


@pytest.fixture
def town(db: None) -> Town:
    return ordinary_town()


def citizen_writes(town: Town, text="Jeg vil bo hjemme.", expected=0, topic="viktig") -> None:
    write_words(
        town.number,
        topic=topic,
        voice="citizen",
        text=text,
        expected_revision=expected,
        actor=town.ingrid,
        now=LATER,
    )


def fill(town: Town) -> None:
    citizen_writes(town)
    texts = dict.fromkeys(PROFESSIONAL, ("Ikke aktuelt", 0))
    write_assessment(town.number, voice="professional", texts=texts, actor=town.sara, now=NOW)
    scores = dict.fromkeys(VARIABLES, (9, "", 0))
    score_function(town.number, scores=scores, actor=town.sara, now=NOW)
    set_housing(town.number, housing_step=2, expected_revision=0, actor=town.sara, now=NOW)


def complete(town: Town) -> None:
    complete_assessment(town.number, actor=town.sara, now=NOW)


def decision(town: Town, state: str) -> Decision:
    return Decision.objects.create(
        case=town.case,
        number="V-1",
        kind="grant",
        state=state,
        drafted_by_id=town.sara.account_id,
        drafted_at=NOW,
    )


def verdict(town: Town, action: str, hat: str):
    return decide(BY_CODE[action], state_of(town.case), town.bjorn, frozenset({hat}))


def test_an_empty_assessment_lacks_exactly_this(town):
    with pytest.raises(Incomplete) as refusal:
        complete(town)
    assert [gap.field for gap in refusal.value.missing] == [
        "citizen-viktig",
        *(f"professional-{topic}" for topic in PROFESSIONAL),
        *(f"score-{variable}" for variable in VARIABLES),
        "housing_step",
    ]
    assert "assess" in town.open_needs()
    assert "assessment_completed" not in town.verbs()


def test_a_full_assessment_is_completed(town):
    fill(town)
    complete(town)
    assert "assess" not in town.open_needs()
    event = town.case.events.get(verb="assessment_completed")
    assert event.data["revisions"]["citizen/viktig"] == 1
    assert event.data["revisions"]["score/mat"] == 1


@pytest.mark.parametrize("topic", PROFESSIONAL)
def test_each_professional_view_is_missed_alone(town, topic):
    fill(town)
    town.case.entries.filter(topic=topic, voice="professional").delete()
    with pytest.raises(Incomplete) as refusal:
        complete(town)
    assert [gap.field for gap in refusal.value.missing] == [f"professional-{topic}"]


def test_the_citizen_cannot_complete_it(town):
    fill(town)
    with pytest.raises(Refused):
        complete_assessment(town.number, actor=town.ingrid, now=NOW)


def test_the_fast_track_asks_only_for_the_wish_and_how_it_is_weighed(db):
    town = build_town(track="fast")
    with pytest.raises(Incomplete) as refusal:
        complete(town)
    assert [gap.field for gap in refusal.value.missing] == ["citizen-viktig", "professional-viktig"]


def test_a_policy_with_other_topics_asks_for_its_own(db):
    only = {
        "code": "hva",
        "title": "Hva",
        "citizen_question": "Hva?",
        "professional_question": "Hva?",
        "kind": "wish",
    }
    town = build_town(topics=(only,))
    with pytest.raises(Incomplete) as refusal:
        complete(town)
    fields = [gap.field for gap in refusal.value.missing]
    assert fields == ["citizen-hva", "professional-hva", "score-hygiene", "score-mat", "housing_step"]


@pytest.mark.parametrize(
    ("state", "action", "hat"),
    [
        ("draft", "submit_decision", "case_worker"),
        ("submitted", "approve_decision", "decision_maker"),
        ("approved", "send_decision", "case_worker"),
    ],
)
def test_new_words_from_the_citizen_hold_the_decision_until_it_is_sent(town, state, action, hat):
    fill(town)
    complete(town)
    town.case.needs.update(state="solved")
    decision(town, state)
    assert verdict(town, action, hat).allowed
    citizen_writes(town, "Nå har jeg falt.", topic="helse")
    assert "noe nytt" in town.case.needs.get(kind="assess", state="open").note
    assert not verdict(town, action, hat).allowed


def test_words_after_the_decision_is_sent_do_not_open_it(town):
    fill(town)
    complete(town)
    decision(town, "sent")
    citizen_writes(town, "Takk for hjelpen.", topic="annet")
    assert "assess" not in town.open_needs()


def test_the_same_words_again_do_not_open_it(town):
    fill(town)
    complete(town)
    citizen_writes(town, expected=1)
    assert "assess" not in town.open_needs()


@pytest.mark.parametrize("change", ["words", "score", "housing"])
def test_a_changed_professional_finding_opens_it_again(town, change):
    fill(town)
    complete(town)
    if change == "words":
        texts = {"helse": ("Hun har hatt hjerneslag.", 1)}
        write_assessment(town.number, voice="professional", texts=texts, actor=town.sara, now=NOW)
    elif change == "score":
        score_function(town.number, scores={"mat": (4, "", 1)}, actor=town.sara, now=NOW)
    else:
        set_housing(town.number, housing_step=1, expected_revision=1, actor=town.sara, now=NOW)
    assert "assess" in town.open_needs()


def test_it_is_opened_again_with_a_reason(town):
    fill(town)
    complete(town)
    with pytest.raises(Incomplete):
        reopen_assessment(town.number, reason="  ", actor=town.sara, now=NOW)
    reopen_assessment(town.number, reason="Epikrise fra sykehuset", actor=town.sara, now=NOW)
    assert town.case.needs.get(kind="assess", state="open").note == "Epikrise fra sykehuset"


def test_scores_are_saved_whole_or_not_at_all(town):
    scores = {"mat": (3, "", 0), "hygiene": (6, "", 0), "flyging": (2, "", 0)}
    with pytest.raises(Incomplete) as refusal:
        score_function(town.number, scores=scores, actor=town.sara, now=NOW)
    assert [gap.field for gap in refusal.value.missing] == ["score-hygiene", "score-flyging"]
    assert not town.case.scores.exists()


def test_scores_meet_a_conflict_where_both_scored_differently(town):
    score_function(town.number, scores={"mat": (3, "", 0)}, actor=town.sara, now=NOW)
    with pytest.raises(Conflict) as refusal:
        score_function(
            town.number, scores={"mat": (4, "", 0), "hygiene": (2, "", 0)}, actor=town.bjorn, now=LATER
        )
    assert refusal.value.current["mat"].score == 3
    assert town.case.scores.count() == 1


def test_a_score_holds_its_list_version(town):
    (row,) = score_function(town.number, scores={"mat": (3, "Varmer mat", 0)}, actor=town.sara, now=NOW)
    assert row.list_version == "prøve 1"


def test_scoring_without_a_list_in_force_says_what_to_do(db):
    town = build_town(code_lists=())
    with pytest.raises(Refused, match="administratoren"):
        score_function(town.number, scores={"mat": (3, "", 0)}, actor=town.sara, now=NOW)


@pytest.mark.parametrize("step", [0, 3, 6, -1])
def test_a_step_that_is_not_on_the_housing_ladder_is_refused(town, step):
    with pytest.raises(Incomplete, match="fra 1 til 2"):
        set_housing(town.number, housing_step=step, expected_revision=0, actor=town.sara, now=NOW)


def test_housing_set_by_two_is_a_conflict(town):
    set_housing(town.number, housing_step=1, expected_revision=0, actor=town.sara, now=NOW)
    with pytest.raises(Conflict):
        set_housing(town.number, housing_step=2, expected_revision=0, actor=town.bjorn, now=LATER)
    assert [row.housing_step for row in town.case.housing.all()] == [1]


def capacity(
    town: Town, conclusion="lacks", reason="Snakket to ganger", shown_to="Ingrid og Odd", who="sara"
):
    return decide_capacity(
        town.number,
        conclusion=conclusion,
        reason=reason,
        shown_to=shown_to,
        expected_revision=0,
        actor=getattr(town, who),
        now=NOW,
    )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"shown_to": ""}, "shown_to"),
        ({"conclusion": "kanskje"}, "conclusion"),
        ({"shown_to": "x" * 201}, "shown_to"),
    ],
)
def test_lacking_capacity_needs_reason_and_who_it_was_shown_to(town, given, field):
    with pytest.raises(Incomplete) as refusal:
        capacity(town, **given)
    assert [gap.field for gap in refusal.value.missing] == [field]
    assert "consent_capacity" in town.open_needs()


def test_having_capacity_needs_only_a_reason(town):
    capacity(town, conclusion="has", shown_to="")
    assert "consent_capacity" not in town.open_needs()


def test_the_citizen_does_not_decide_on_capacity(town):
    with pytest.raises(Refused):
        capacity(town, who="ingrid")
