"""Lunner's own folder: complete, honest about its sources, and in keeping with the law it cites."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

import trinnvis.policy
from trinnvis.policy.criteria import Outcome, ReasonRule
from trinnvis.policy.loading import load_folder
from trinnvis.policy.model import DecisionKind, Policy
from trinnvis.policy.status import Status

FOLDER = Path(trinnvis.policy.__file__).parent / "lunner"
TODAY = date(2026, 6, 1)
KPR_CODES = [
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
    "11",
    "15",
    "17",
    "18",
    "19",
    "20",
    "21",
    "23",
    "26",
    "27",
    "28",
    "29",
]


@pytest.fixture(scope="module")
def lunner() -> Policy:
    return load_folder(FOLDER)


def test_both_ladders_have_every_step_of_figure_three(lunner: Policy) -> None:
    assert [step.number for step in lunner.effort_ladder.steps] == list(range(1, 13))
    assert [step.number for step in lunner.housing_ladder.steps] == list(range(1, 7))
    assert [step.number for step in lunner.effort_ladder.steps if step.band] == [3]


def test_every_kpr_code_of_a_municipal_service_is_offered(lunner: Policy) -> None:
    assert sorted({s.kpr for s in lunner.services if s.kpr}, key=int) == KPR_CODES


def test_the_lowest_steps_hold_offers_to_use_today_without_a_decision(lunner: Policy) -> None:
    for step in (1, 2, 3, 4):
        assert any(s.usable_today and s.decision is DecisionKind.NONE for s in lunner.services_on(step)), step


def test_every_service_with_a_decision_has_a_price_and_one_appeal_rule(lunner: Policy) -> None:
    for service in lunner.services:
        rules = {lunner.legal_basis(code, TODAY).appeal_rule for code in service.legal_bases} - {None}
        assert len(rules) <= 1, service.code
        if service.decision is not DecisionKind.NONE:
            assert rules and lunner.price(service.code, service.unit, TODAY), service.code


def test_health_services_have_four_weeks_to_appeal_and_housing_three(lunner: Policy) -> None:
    assert lunner.legal_basis("hol-3-2-6-a", TODAY).appeal_rule == "appeal-4-weeks"
    assert lunner.legal_basis("bos-7", TODAY).appeal_rule == "appeal-3-weeks"


def test_relief_and_carers_allowance_make_the_next_of_kin_the_party(lunner: Policy) -> None:
    carers = {
        s.code for s in lunner.services if s.party == "next_of_kin" and s.decision is not DecisionKind.NONE
    }
    assert carers == {"avlastning-hjemme", "avlastning-institusjon", "omsorgsstonad", "opplaring-parorende"}


def test_no_refusal_goes_without_a_written_reason(lunner: Policy) -> None:
    refusals = [
        (tree.code, question.code, answer.reason)
        for tree in lunner.criteria
        for question in tree.questions
        for answer in question.answers
        if answer.outcome is Outcome.NOT_MET
    ]
    assert refusals
    assert {reason for _, _, reason in refusals} == {ReasonRule.REQUIRED}


def test_network_and_lower_steps_never_end_in_a_refusal(lunner: Policy) -> None:
    asked = [q for tree in lunner.criteria for q in tree.questions if q.code in {"nettverk", "lavere-trinn"}]
    assert asked
    assert all(answer.outcome is None for question in asked for answer in question.answers)


def test_a_long_term_place_is_answered_twice(lunner: Policy) -> None:
    tree = {q.code: q for q in lunner.criteria_tree("langtidsplass").questions}
    no_place_now = next(a for a in tree["plass-na"].answers if a.code == "nei")
    assert no_place_now.next == "venteliste"


def test_the_second_answer_of_a_long_term_place_is_the_waiting_list(lunner: Policy) -> None:
    marked = [
        (tree.code, question.code, answer.code)
        for tree in lunner.criteria
        for question in tree.questions
        for answer in question.answers
        if answer.waiting_list
    ]
    assert marked == [("langtidsplass", "venteliste", "ja")]


def test_every_answer_can_be_told_to_the_citizen(lunner: Policy) -> None:
    answers = [answer for tree in lunner.criteria for q in tree.questions for answer in q.answers]
    assert all(answer.letter for answer in answers)
    assert not [a.letter for a in answers if "personen" in a.letter.casefold() or not a.letter.endswith(".")]


def test_fees_in_force_quote_no_earlier_year(lunner: Policy) -> None:
    old = re.compile(r"\b20(1\d|2[0-5])\b")
    assert not [p.service for p in lunner.prices if p.is_valid(TODAY) and old.search(p.fee_note)]
    assert not [s.code for s in lunner.services if old.search(s.description.price)]


def test_a_refusal_names_only_offers_one_can_use_today(lunner: Policy) -> None:
    named = {code for service in lunner.services for code in service.instead}
    assert named
    assert all(lunner.service(code).usable_today for code in named)


def test_prices_written_for_trinnvis_say_that_they_are_examples(lunner: Policy) -> None:
    for price in lunner.prices:
        if price.source.startswith("Trinnvis"):
            assert price.status is Status.EXAMPLE, price.service
        assert price.status in {Status.EXAMPLE, Status.MUST_CHECK}, price.service


def test_the_cost_of_a_stay_day_is_kept_year_by_year(lunner: Policy) -> None:
    service = lunner.service("langtidsplass")
    costs = [lunner.price(service.code, service.unit, date(year, 7, 1)) for year in range(2020, 2027)]
    assert [row and row.nok for row in costs] == [3986, 4347, 4652, 5156, 5198, 5543, 5543]
    assert lunner.price(service.code, service.unit, date(2020, 1, 1) - timedelta(days=1)) is None


def test_the_fast_track_skips_clarification_and_comparison_only(lunner: Policy) -> None:
    skipped = {need.code for need in lunner.needs if need.skipped_on_fast_track}
    assert skipped == {"offer_clarification", "run_clarification", "compare_alternatives"}
    assert lunner.need_kind("approve").two_persons
