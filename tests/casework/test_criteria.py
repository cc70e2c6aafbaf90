"""Criteria are answered one by one by a person; the path follows the answers."""

from datetime import timedelta

import pytest
from assessing import NOW, Town, build_town, four_steps, ordinary_town
from hypothesis import given, settings
from hypothesis import strategies as st

from trinnvis.casework.errors import Conflict, Incomplete, Refused
from trinnvis.casework.models import Decision, DecisionLine
from trinnvis.casework.queries.criteria import criteria_services, criteria_state
from trinnvis.casework.rules.criteria import Given, walk
from trinnvis.casework.services import answer_criterion, settle_criteria
from trinnvis.casework.services.needs import settle

LATER = NOW + timedelta(hours=1)
TREE = four_steps().criteria_tree("hjelp")


@pytest.fixture
def town(db: None) -> Town:
    return ordinary_town()


def answer(town: Town, question, choice, reason="", expected=0, *, service="bistand", who="sara"):
    return answer_criterion(
        town.number,
        service=service,
        question=question,
        answer=choice,
        reason=reason,
        expected_revision=expected,
        actor=getattr(town, who),
        now=LATER,
    )


def fields(refusal) -> list[str]:
    return [gap.field for gap in refusal.value.missing]


def test_nothing_is_answered_beforehand():
    start = walk(TREE, {})
    assert (start.path, start.next.code, start.outcome) == ((), "trenger", None)


@settings(deadline=None)  # a busy machine is no fault
@given(
    st.dictionaries(
        st.sampled_from(["trenger", "trening", "nytte", "ukjent"]),
        st.builds(Given, st.sampled_from(["ja", "nei", "kanskje"]), st.sampled_from(["", " ", "fordi"])),
    )
)
def test_every_walk_either_asks_or_ends(given_answers):
    found = walk(TREE, given_answers)
    assert (found.next is None) == found.finished
    on_path = [stop.question.code for stop in found.path]
    assert len(on_path) == len(set(on_path))
    assert set(on_path) | set(found.off_path) == set(given_answers)
    for stop in found.path:
        assert stop.answer.reason != "required" or stop.reason.strip()


@pytest.mark.parametrize("next_question", ["trenger", "finnes-ikke"])
def test_a_tree_in_a_circle_or_pointing_nowhere_is_an_error(next_question):
    first = TREE.questions[0]
    looping = first.answers[0].model_copy(update={"next": next_question})
    question = first.model_copy(update={"answers": (looping, first.answers[1])})
    tree = TREE.model_copy(update={"questions": (question, *TREE.questions[1:])})
    with pytest.raises(ValueError, match="hjelp"):
        walk(tree, {"trenger": Given("ja")})


def test_criteria_wait_for_an_alternative(town):
    with pytest.raises(Refused):
        answer(town, "trenger", "ja")


def test_the_path_is_followed_to_its_outcome_and_solves_the_need(town):
    town.alternative("bistand", "mat", chosen=True)
    answer(town, "trenger", "ja")
    assert "answer_criteria" in town.open_needs()
    answer(town, "trening", "nei")
    state = criteria_state(town.case, "bistand")
    assert (state.walk.outcome, state.walk.next) == ("met", None)
    assert "answer_criteria" not in town.open_needs()


def test_not_met_is_an_outcome_too_and_decides_nothing_by_itself(town):
    town.alternative("bistand", chosen=True)
    answer(town, "trenger", "nei", "Klarer dette selv.")
    assert criteria_state(town.case, "bistand").walk.outcome == "not_met"
    assert "answer_criteria" not in town.open_needs()
    assert not town.case.decisions.exists()


def test_a_required_reason_is_asked_for_on_its_field(town):
    town.alternative("bistand", chosen=True)
    with pytest.raises(Incomplete) as refusal:
        answer(town, "trenger", "nei", "  \n")
    assert fields(refusal) == ["reason"]
    assert not town.case.criterion_answers.exists()


@pytest.mark.parametrize(
    ("question", "choice", "service", "field"),
    [
        ("trenger", "kanskje", "bistand", "answer"),
        ("trening", "ja", "bistand", "question"),  # not its turn
        ("finnes-ikke", "ja", "bistand", "question"),
        ("trenger", "ja", "mat", "service"),  # without criteria
        ("trenger", "ja", "sykepleie", "service"),  # in no alternative
        ("trenger", "ja", "finnes-ikke", "service"),
    ],
)
def test_what_is_not_asked_cannot_be_answered(town, question, choice, service, field):
    town.alternative("bistand", "mat", chosen=True)
    with pytest.raises(Incomplete) as refusal:
        answer(town, question, choice, service=service)
    assert fields(refusal) == [field]


def test_answers_left_behind_by_a_change_do_not_count_but_are_kept(town):
    town.alternative("bistand", chosen=True)
    answer(town, "trenger", "ja")
    answer(town, "trening", "ja")
    answer(town, "nytte", "ja", "Vil prøve.")
    answer(town, "trening", "nei", expected=1)
    state = criteria_state(town.case, "bistand")
    assert (state.walk.outcome, state.walk.off_path) == ("met", ("nytte",))
    assert [row.answer for row in state.answers["nytte"]] == ["ja"]
    assert [row.answer for row in state.answers["trening"]] == ["ja", "nei"]


def test_a_change_that_leaves_a_question_open_opens_the_need_again(town):
    town.alternative("bistand", chosen=True)
    answer(town, "trenger", "ja")
    answer(town, "trening", "nei")
    answer(town, "trening", "ja", expected=1)
    assert criteria_state(town.case, "bistand").walk.next.code == "nytte"
    assert "answer_criteria" in town.open_needs()


def test_two_who_answer_differently_meet(town):
    town.alternative("bistand", chosen=True)
    answer(town, "trenger", "ja")
    with pytest.raises(Conflict) as refusal:
        answer(town, "trenger", "nei", "Klarer seg.", who="bjorn")
    assert refusal.value.current.answer == "ja"
    answer(town, "trenger", "ja", who="bjorn")  # the same answer is no conflict, and no new row
    assert town.case.criterion_answers.count() == 1


def test_citizens_do_not_answer_criteria(town):
    town.alternative("bistand", chosen=True)
    with pytest.raises(Refused):
        answer(town, "trenger", "ja", who="ingrid")


def test_choosing_another_alternative_opens_the_need_and_choosing_back_solves_it(town):
    one, two = town.alternative("bistand", chosen=True), town.alternative("sykepleie")
    answer(town, "trenger", "nei", "Klarer seg.")
    choose(town, one, two)
    assert "answer_criteria" in town.open_needs()
    assert criteria_services(town.case) == ("sykepleie",)
    choose(town, two, one)
    assert "answer_criteria" not in town.open_needs()


def choose(town: Town, old, new) -> None:
    old.is_chosen, new.is_chosen = False, True
    old.save()
    new.save()
    town.case.refresh_from_db()
    settle_criteria(town.case, actor=town.sara, now=LATER)
    settle(town.case)


def test_an_alternative_without_criteria_makes_the_need_irrelevant(town):
    town.alternative("mat", chosen=True)
    settle_criteria(town.case, actor=town.sara, now=LATER)
    assert town.case.needs.get(kind="answer_criteria").state == "not_relevant"


def test_before_the_choice_every_alternative_can_be_tried_but_none_settles_it(town):
    town.alternative("bistand")
    town.alternative("sykepleie", "mat")
    assert criteria_services(town.case) == ("bistand", "sykepleie")
    answer(town, "trenger", "nei", "Klarer seg.")
    answer(town, "trenger", "nei", "Klarer seg.", service="sykepleie")
    assert "answer_criteria" in town.open_needs()


def test_on_the_fast_track_the_lines_of_the_decision_tell_which_criteria_are_asked(db):
    town = build_town(track="fast")
    decision = Decision.objects.create(
        case=town.case, number="V-1", kind="grant", drafted_by_id=town.sara.account_id, drafted_at=NOW
    )
    DecisionLine.objects.create(
        decision=decision, service="bistand", step=2, amount=2, unit="hours_per_week", starts_on=NOW.date()
    )
    answer(town, "trenger", "ja")
    assert "answer_criteria" in town.open_needs()
    answer(town, "trening", "nei")
    assert "answer_criteria" not in town.open_needs()


def test_a_service_added_in_the_decision_has_its_criteria_asked_too(town):
    town.alternative("bistand", chosen=True)
    answer(town, "trenger", "nei", "Klarer seg.")
    decision = Decision.objects.create(
        case=town.case, number="V-1", kind="part", drafted_by_id=town.sara.account_id, drafted_at=NOW
    )
    DecisionLine.objects.create(
        decision=decision, service="sykepleie", step=2, amount=2, unit="hours_per_week", starts_on=NOW.date()
    )
    town.case.refresh_from_db()
    settle_criteria(town.case, actor=town.sara, now=LATER)
    assert criteria_services(town.case) == ("bistand", "sykepleie")
    assert "answer_criteria" in town.open_needs()


def test_settling_never_gives_the_need_to_a_case_without_it(db):
    town = build_town(track="advice")
    town.alternative("bistand", chosen=True)
    settle_criteria(town.case, actor=town.sara, now=NOW)
    assert "answer_criteria" not in town.open_needs()
