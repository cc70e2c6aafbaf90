"""Clarification is an offer: accepted, declined or skipped, it never stands in the way."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from assessing import NOW, TODAY, Town, build_town, ordinary_town

from trinnvis.casework.errors import Incomplete, NotFound, Refused
from trinnvis.casework.models import Measurement
from trinnvis.casework.queries.goals import measurement_changes
from trinnvis.casework.queries.state import state_of
from trinnvis.casework.queries.visible import cases_visible_to
from trinnvis.casework.rules.actions import CITIZEN, WORKERS, available_actions
from trinnvis.casework.services import (
    add_team_member,
    answer_clarification,
    end_clarification,
    evaluate_goal,
    measure,
    offer_clarification,
    remove_team_member,
    skip_clarification,
    write_goal,
)

LATER = NOW + timedelta(days=2)


@pytest.fixture
def town(db: None) -> Town:
    return ordinary_town()


def offer(town: Town, **more):
    return offer_clarification(town.number, actor=town.sara, now=NOW, **more)


def accept(town: Town, who="ingrid", **more):
    return answer_clarification(town.number, accept=True, actor=getattr(town, who), now=LATER, **more)


def decline(town: Town, who="ingrid", **more):
    return answer_clarification(town.number, accept=False, actor=getattr(town, who), now=LATER, **more)


def can_do(town: Town) -> set[str]:
    rows = available_actions(state_of(town.case), town.sara, CITIZEN | WORKERS)
    return {row.code for row in rows if row.allowed}


def test_a_yes_starts_it_for_as_long_as_the_policy_says(town):
    offer(town)
    running = accept(town)
    need = town.case.needs.get(kind="run_clarification", state="open")
    assert (running.starts_on, running.ends_on) == (date(2026, 3, 4), date(2026, 4, 1))
    assert need.due_on == running.ends_on
    assert "offer_clarification" not in town.open_needs()


def test_agreed_dates_are_kept(town):
    offer(town, starts_on=date(2026, 3, 9), ends_on=date(2026, 3, 30))
    running = accept(town)
    need = town.case.needs.get(kind="run_clarification", state="open")
    assert (running.starts_on, running.ends_on) == (date(2026, 3, 9), date(2026, 3, 30))
    assert need.due_on == date(2026, 3, 30)


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        ({"starts_on": TODAY - timedelta(days=1)}, "starts_on"),
        ({"ends_on": TODAY}, "ends_on"),
        ({"starts_on": TODAY + timedelta(days=9), "ends_on": TODAY + timedelta(days=5)}, "ends_on"),
        ({"starts_on": date(2126, 3, 9)}, "starts_on"),
        ({"ends_on": date(2900, 1, 1)}, "ends_on"),
        ({"starts_on": date(2026, 3, 9), "ends_on": date(2026, 9, 10)}, "ends_on"),
    ],
)
def test_dates_that_cannot_be_are_refused(town, dates, field):
    with pytest.raises(Incomplete) as refusal:
        offer(town, **dates)
    assert [gap.field for gap in refusal.value.missing] == [field]
    assert "clarification_offered" not in town.verbs()


def test_a_no_changes_nothing_else_and_says_so(town):
    offer(town)
    before, needs = can_do(town), town.open_needs()
    due = dict(town.case.needs.values_list("kind", "due_on"))
    decline(town)
    assert needs - town.open_needs() == {"offer_clarification"}
    assert can_do(town) | {"team"} == before  # all that is gone is putting a team together
    assert dict(town.case.needs.values_list("kind", "due_on")) == due
    assert "ingen betydning" in town.case.events.get(verb="clarification_answered").reason


def test_someone_who_said_no_may_change_their_mind(town):
    offer(town)
    decline(town)
    with pytest.raises(Refused):
        decline(town)
    assert accept(town).state == "running"
    assert "run_clarification" in town.open_needs()


def test_staff_who_note_an_answer_say_how_it_was_given(town):
    offer(town)
    with pytest.raises(Incomplete) as refusal:
        accept(town, who="sara")
    assert [gap.field for gap in refusal.value.missing] == ["note"]
    accept(town, who="sara", note="Sa ja på telefon 4. mars.")
    assert town.case.events.get(verb="clarification_answered").data["on_behalf"] is True


def test_there_is_nothing_to_answer_before_the_offer(town):
    with pytest.raises(Refused):
        accept(town)


def test_it_is_offered_once(town):
    offer(town)
    with pytest.raises(Refused):
        offer(town)
    with pytest.raises(Refused, match="Noter svaret"):
        skip_clarification(town.number, reason="Ombestemte oss", actor=town.sara, now=NOW)


def test_skipping_it_needs_a_reason(town):
    with pytest.raises(Incomplete):
        skip_clarification(town.number, reason=" ", actor=town.sara, now=NOW)
    skip_clarification(town.number, reason="Langkommet demens", actor=town.sara, now=NOW)
    assert town.case.needs.get(kind="offer_clarification").state == "not_relevant"
    assert "assess" in town.open_needs()


def test_the_fast_track_has_none_of_it(db):
    town = build_town(track="fast")
    assert "offer_clarification" not in town.open_needs()
    with pytest.raises(Refused):
        offer(town)


def test_a_stranger_cannot_answer(town):
    offer(town)
    with pytest.raises(NotFound):
        accept(town, who="stranger")


def test_the_team_gives_sight_of_the_case_and_takes_it_away(town):
    offer(town)
    member = add_team_member(
        town.number, account_id=town.unni.account_id, profession="Ergoterapeut", actor=town.sara, now=NOW
    )
    assert cases_visible_to(town.unni, NOW).filter(pk=town.case.pk).exists()
    remove_team_member(town.number, member_id=member.pk, actor=town.sara, now=NOW)
    assert not cases_visible_to(town.unni, NOW).filter(pk=town.case.pk).exists()
    changes = [event.data["added"] for event in town.case.events.filter(verb="team_changed")]
    assert changes == [True, False]
    with pytest.raises(Incomplete):
        remove_team_member(town.number, member_id=member.pk, actor=town.sara, now=NOW)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "Per", "profession": ""}, "profession"),
        ({"name": "", "profession": "Fysioterapeut"}, "name"),
        ({"account_id": 987654, "name": "Per", "profession": "Fysioterapeut"}, "account"),
    ],
)
def test_a_team_member_has_name_and_profession(town, given, field):
    offer(town)
    with pytest.raises(Incomplete) as refusal:
        add_team_member(town.number, actor=town.sara, now=NOW, **given)
    assert [gap.field for gap in refusal.value.missing] == [field]


def test_nobody_is_in_the_team_twice_or_in_their_own_case(town):
    offer(town)
    add_team_member(town.number, name="Per", profession="Fysioterapeut", actor=town.sara, now=NOW)
    with pytest.raises(Incomplete):
        add_team_member(town.number, name="Per ", profession="Lege", actor=town.sara, now=NOW)
    with pytest.raises(Incomplete):
        add_team_member(
            town.number, account_id=town.ingrid.account_id, profession="Lege", actor=town.sara, now=NOW
        )


def test_it_ends_with_an_outcome_in_words(town):
    offer(town)
    accept(town)
    with pytest.raises(Incomplete) as refusal:
        end_clarification(town.number, outcome="vet-ikke", note="", actor=town.sara, now=LATER)
    assert [gap.field for gap in refusal.value.missing] == ["outcome", "note"]
    end_clarification(town.number, outcome="manages", note="Går selv nå.", actor=town.sara, now=LATER)
    assert "run_clarification" not in town.open_needs()
    with pytest.raises(Refused):
        end_clarification(town.number, outcome="manages", note="Igjen", actor=town.sara, now=LATER)


def test_a_goal_is_in_the_citizens_words_and_is_evaluated(town):
    mine = write_goal(town.number, words="Gå til butikken", actor=town.ingrid, now=NOW)
    noted = write_goal(town.number, words="Lage middag selv", actor=town.sara, now=NOW)
    assert (mine.by_citizen, noted.by_citizen) == (True, False)
    evaluate_goal(town.number, goal_id=mine.pk, state="reached", actor=town.ingrid, now=LATER)
    mine.refresh_from_db()
    assert (mine.state, mine.evaluated_at) == ("reached", LATER)


@pytest.mark.parametrize("words", ["", " \n", "x" * 1_001])
def test_a_goal_without_words_or_without_end_is_refused(town, words):
    with pytest.raises(Incomplete):
        write_goal(town.number, words=words, actor=town.ingrid, now=NOW)


def test_a_goal_of_another_case_is_unknown_here(town):
    with pytest.raises(Incomplete) as refusal:
        evaluate_goal(town.number, goal_id=4711, state="ferdig", actor=town.sara, now=NOW)
    assert [gap.field for gap in refusal.value.missing] == ["goal", "state"]


def number(town: Town, value: str, moment="before", *, instrument="copm", part="utforing", **more):
    return measure(
        town.number,
        instrument=instrument,
        part=part,
        moment=moment,
        value=Decimal(value),
        measured_on=more.pop("measured_on", TODAY),
        actor=town.sara,
        now=NOW,
        **more,
    )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"value": "11"}, "value"),
        ({"value": "0"}, "value"),
        ({"value": "5.5"}, "value"),
        ({"value": "NaN"}, "value"),
        ({"value": "13", "instrument": "sppb", "part": "sum"}, "value"),
        ({"value": "-1", "instrument": "sppb", "part": "sum"}, "value"),
        ({"value": "5", "part": "humør"}, "part"),
        ({"value": "5", "instrument": "barthel"}, "instrument"),
        ({"value": "5", "moment": "underveis"}, "moment"),
        ({"value": "5", "measured_on": TODAY + timedelta(days=1)}, "measured_on"),
        ({"value": "5", "measured_on": date(1900, 1, 1)}, "measured_on"),
        ({"value": "5", "measured_on": TODAY.replace(year=2024)}, "measured_on"),
        ({"value": "5", "goal_id": 4711}, "goal"),
    ],
)
def test_a_number_the_instrument_cannot_give_is_refused_on_its_field(town, given, field):
    with pytest.raises(Incomplete) as refusal:
        number(town, **given)
    assert [gap.field for gap in refusal.value.missing] == [field]
    assert not Measurement.objects.exists()


def test_the_ends_of_the_range_are_values(town):
    number(town, "1")
    number(town, "10", "after")
    number(town, "0", instrument="sppb", part="sum")
    number(town, "12", "after", instrument="sppb", part="sum")
    assert [change.difference for change in measurement_changes(town.case)] == [Decimal(9), Decimal(12)]


@pytest.mark.parametrize(
    ("before", "after", "relevant", "decline"),
    [("4", "6", True, False), ("4", "5", False, False), ("4", "4", False, False), ("6", "4", False, True)],
)
def test_a_change_counts_from_the_smallest_that_matters(town, before, after, relevant, decline):
    number(town, before)
    number(town, after, "after")
    (change,) = measurement_changes(town.case)
    assert (change.is_relevant, change.is_relevant_decline) == (relevant, decline)


def test_a_correction_is_a_new_number_and_the_latest_counts(town):
    number(town, "3")
    number(town, "4", measured_on=TODAY - timedelta(days=3))
    (change,) = measurement_changes(town.case)
    assert (change.before, change.after, change.difference) == (Decimal(4), None, None)
    assert not change.is_relevant
    assert town.case.measurements.count() == 2


def test_each_goal_has_its_own_numbers(town):
    one = write_goal(town.number, words="Gå", actor=town.ingrid, now=NOW)
    two = write_goal(town.number, words="Stå", actor=town.ingrid, now=NOW)
    number(town, "2", goal_id=one.pk)
    number(town, "7", goal_id=two.pk)
    assert {change.goal: change.before for change in measurement_changes(town.case)} == {
        one.pk: Decimal(2),
        two.pk: Decimal(7),
    }
