"""Alternatives: at least two, checked by the policy, commented on by the citizen, chosen in own words."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from cast import NOW
from deciding import HELP, NURSING, PLACE, SOON, Desk, assess, desk, weighing
from small_policy import small_policy

from trinnvis.casework import services
from trinnvis.casework.audit import verify_all
from trinnvis.casework.errors import Incomplete, NotFound, Refused
from trinnvis.casework.models import AlternativeLine
from trinnvis.casework.queries.alternatives import alternatives_in_words, comparison


@pytest.fixture
def at(db) -> Desk:
    return weighing()


def fields(refusal) -> list[str]:
    return [missing.field for missing in refusal.value.missing]


def test_hours_and_kroner_open_only_when_the_need_is_written(db):
    at = desk(small_policy(), assessed=False)
    with pytest.raises(Refused, match="Timer og kroner vises etterpå"):
        at.alternative()
    with pytest.raises(Refused, match="Timer og kroner vises etterpå"):
        comparison(at.case, at.sara, NOW)
    assess(at)
    at.alternative()
    assert comparison(at.case, at.sara, NOW).alternatives[0].figures.result.sums.week.gross == Decimal(
        "1750.00"
    )


def test_an_advice_case_without_a_written_need_shows_no_kroner(db):
    at = desk(small_policy(), assessed=False)
    at.case.needs.filter(kind="assess").update(state="not_relevant")
    with pytest.raises(Refused):
        comparison(at.case, at.sara, NOW)


def test_kroner_close_again_when_the_assessment_is_opened_again(at):
    at.alternative()
    services.reopen_assessment(at.number, reason="Nye opplysninger.", actor=at.sara, now=NOW)
    with pytest.raises(Refused):
        comparison(at.case, at.sara, NOW)


def test_alternatives_stand_side_by_side_and_none_is_chosen_for_you(at):
    at.alternative("Hjelp hjemme", HELP, NURSING)
    at.alternative("Langtidsplass", PLACE)
    beside = comparison(at.case, at.sara, NOW)
    home, place = beside.alternatives
    assert [home.alternative.steps, place.alternative.steps] == [(2,), (4,)]
    assert not home.alternative.is_chosen
    assert not place.alternative.is_chosen
    assert place.figures.difference.week.gross == 7 * 3400 - (1750 + 7 * 350)
    assert (beside.statuses, beside.price_years) == (("eksempel", "vedtatt"), (2026,))


@pytest.mark.parametrize("who", ["ingrid", "leif", "fremmed"])
def test_only_those_who_weigh_alternatives_see_hours_and_kroner(at, who):
    at.alternative()
    with pytest.raises(Refused):
        comparison(at.case, getattr(at, who), NOW)


def test_the_citizen_reads_the_alternatives_in_words_without_kroner(at):
    at.alternative()
    (view,) = alternatives_in_words(at.case)
    assert view.lines[0].service.code == "praktisk-bistand"
    assert "1750" not in repr(view)
    assert not hasattr(view, "figures")


def test_the_citizen_says_what_they_think_and_nobody_says_it_for_them(at):
    row = at.alternative()
    services.comment_alternative(row.pk, text="Dette vil jeg.", actor=at.ingrid, now=NOW)
    assert alternatives_in_words(at.case)[0].citizen_view == "Dette vil jeg."
    with pytest.raises(Refused):
        services.comment_alternative(row.pk, text="Hun vil det andre.", actor=at.sara, now=NOW)
    with pytest.raises(NotFound):
        services.comment_alternative(row.pk, text="Hei", actor=at.fremmed, now=NOW)
    with pytest.raises(Incomplete):
        services.comment_alternative(row.pk, text="  ", actor=at.ingrid, now=NOW)


def test_an_alternative_of_no_case_is_not_found(at):
    with pytest.raises(NotFound):
        services.withdraw_alternative(4711, reason="-", actor=at.sara, now=NOW)


def test_one_alternative_is_not_a_choice(at):
    row = at.alternative()
    with pytest.raises(Refused, match="minst to"):
        at.choose(row)
    assert "compare_alternatives" in at.open_needs()


def test_a_choice_is_made_in_own_words(at):
    row = at.alternative("A")
    at.alternative("B", PLACE)
    with pytest.raises(Incomplete) as refusal:
        services.choose_alternative(row.pk, reason=" ", actor=at.sara, now=NOW)
    assert fields(refusal) == ["reason"]


def test_a_choice_settles_the_comparison_and_may_be_changed(at):
    first, second = at.alternative("A"), at.alternative("B", PLACE)
    at.choose(first)
    assert "compare_alternatives" not in at.open_needs()
    at.choose(second)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.is_chosen, second.is_chosen) == (False, True)
    assert at.verbs().count("alternative_chosen") == 2


def test_the_highest_step_may_be_chosen_and_the_reason_is_just_recorded(at):
    at.alternative("A")
    place = at.alternative("B", PLACE)
    services.choose_alternative(place.pk, reason="Hun er utrygg om natten.", actor=at.sara, now=NOW)
    place.refresh_from_db()
    assert place.chosen_why == "Hun er utrygg om natten."


def test_choosing_twice_is_one_choice(at):
    first = at.alternative("A")
    at.alternative("B", PLACE)
    at.choose(first)
    at.choose(first)
    assert at.verbs().count("alternative_chosen") == 1


def test_withdrawing_the_chosen_one_asks_for_a_new_choice(at):
    first = at.alternative("A")
    at.alternative("B", PLACE)
    at.choose(first)
    services.withdraw_alternative(first.pk, reason="Ikke aktuelt.", actor=at.sara, now=NOW)
    assert "compare_alternatives" in at.open_needs()
    assert [view.title for view in comparison(at.case, at.sara, NOW).withdrawn] == ["A"]
    with pytest.raises(Refused, match="tatt ut"):
        at.choose(first)
    with pytest.raises(Refused, match="tatt ut"):
        services.withdraw_alternative(first.pk, reason="Igjen.", actor=at.sara, now=NOW)


def test_a_double_click_adds_one_alternative(at):
    first = at.alternative("A", HELP, NURSING)
    again = at.alternative("A", HELP, NURSING)
    assert first == again
    assert AlternativeLine.objects.count() == 2
    assert at.verbs().count("alternative_added") == 1


def test_the_same_name_with_other_lines_is_another_alternative(at):
    assert at.alternative("A", HELP) != at.alternative("A", replace(HELP, amount=Decimal(3)))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"service": "finnes-ikke"}, "lines-0-service"),
        ({"service": ""}, "lines-0-service"),
        ({"step": 4}, "lines-0-step"),
        ({"step": 12}, "lines-0-step"),
        ({"step": None}, "lines-0-step"),
        ({"unit": "visits_per_week"}, "lines-0-unit"),
        ({"unit": "bananer"}, "lines-0-unit"),
        ({"unit": ""}, "lines-0-unit"),
        ({"amount": None}, "lines-0-amount"),
        ({"amount": Decimal(0)}, "lines-0-amount"),
        ({"amount": Decimal(-1)}, "lines-0-amount"),
        ({"amount": Decimal("168.01")}, "lines-0-amount"),
        ({"amount": Decimal("2.345")}, "lines-0-amount"),
        ({"amount": Decimal("NaN")}, "lines-0-amount"),
        ({"amount": Decimal("Infinity")}, "lines-0-amount"),
        ({"amount": Decimal(10) ** 40}, "lines-0-amount"),
        ({"starts_on": None}, "lines-0-starts_on"),
        ({"ends_on": SOON - timedelta(days=1)}, "lines-0-ends_on"),
    ],
)
def test_a_line_the_policy_does_not_know_is_refused_on_its_field(at, change, field):
    with pytest.raises(Incomplete) as refusal:
        at.alternative("A", replace(HELP, **change))
    assert set(fields(refusal)) == {field}
    assert not at.case.alternatives.exists()


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (replace(HELP, service="dagaktivitet", unit="days_per_week", amount=Decimal("7.5")), "amount"),
        (replace(HELP, service="alarm", unit="pieces", amount=Decimal("0.5")), "amount"),
        (
            replace(
                HELP, service="korttid", unit="days", step=3, amount=Decimal(8), ends_on=SOON + timedelta(6)
            ),
            "amount",
        ),
    ],
)
def test_an_amount_must_make_sense_in_its_unit(at, line, field):
    with pytest.raises(Incomplete) as refusal:
        at.alternative("A", HELP, line)
    assert fields(refusal) == [f"lines-1-{field}"]


def test_all_hours_of_the_week_are_possible(at):
    at.alternative("A", replace(HELP, amount=Decimal(168)))


def test_a_nameless_alternative_without_lines_is_told_everything_at_once(at):
    with pytest.raises(Incomplete) as refusal:
        services.add_alternative(at.number, title=" ", why="", lines=(), actor=at.sara, now=NOW)
    assert fields(refusal) == ["title", "why", "lines"]


def test_the_citizen_writes_no_alternatives(at):
    with pytest.raises(Refused):
        services.add_alternative(at.number, title="A", why="B", lines=(HELP,), actor=at.ingrid, now=NOW)


def test_what_has_no_price_is_told_beside_the_sums(at):
    at.alternative("A", replace(HELP, service="uten-pris"))
    (side,) = comparison(at.case, at.sara, NOW).alternatives
    assert not side.figures.complete
    assert side.figures.result.unpriced[0].line.service == "uten-pris"


def test_alternatives_stand_in_the_chain(at):
    row = at.alternative()
    assert not verify_all().breaks
    type(row).objects.filter(pk=row.pk).update(why="Noe annet.")
    assert len(verify_all().breaks) == 1
