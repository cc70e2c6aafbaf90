"""A mistyped year or amount is told on its field and goes no further; what is merely unusual passes."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from cast import NOW, OSLO, SARA, case_of, citizen, employee, enquire, person_of, policy_in
from deciding import GRANT, HELP, NURSING, PLACE, SOON, TODAY, Desk, chosen, weighing
from deciding import desk as desk_under
from small_policy import small_policy

from trinnvis.access.actor import Actor
from trinnvis.casework import services
from trinnvis.casework.errors import Incomplete, Refused
from trinnvis.casework.models import Case, Enquiry
from trinnvis.casework.queries.receipt import what_happens_next
from trinnvis.casework.queries.triage_outlook import outlooks
from trinnvis.casework.queries.worklist import worklist
from trinnvis.casework.rules.appeal import appeal_of
from trinnvis.casework.rules.bounds import MOST
from trinnvis.casework.rules.deadlines import deadline_for
from trinnvis.casework.rules.decision import Draft, missing_parts
from trinnvis.casework.rules.enquiry import Said
from trinnvis.casework.rules.lines import Line
from trinnvis.policy.model import AmountUnit
from trinnvis.policy.models import PolicyVersion
from trinnvis.policy.services import adopt

POLICY = small_policy()
POLICY_WITHOUT_RULES = POLICY.model_copy(
    update={
        "deadlines": tuple(
            rule.model_copy(update={"valid_to": date(2026, 1, 1)}) for rule in POLICY.deadlines
        )
    }
)
TYPED_WRONG = [datetime(year, 11, 14, 9, 0, tzinfo=OSLO) for year in (206, 1926, 2022, 2025)]
WHEN_THEY_HELD = datetime(2023, 11, 1, tzinfo=OSLO)  # a policy that would lack a rule now is not adopted now
ILL_COUNTED = "kan ikke regnes ut"


def call(sara, received_at, **more):
    return services.register_enquiry(
        actor=sara,
        now=NOW,
        submission_key="key",
        channel="phone",
        said=Said(what_matters="Vil bo hjemme", is_application=True),
        received_at=received_at,
        **({"unidentified_name": "Kari"} | more),
    )


def fields(refusal) -> set[str]:
    return {missing.field for missing in refusal.value.missing}


@pytest.mark.parametrize("received_at", [datetime(1, 1, 1, tzinfo=OSLO), *TYPED_WRONG])
def test_a_call_more_than_a_year_ago_is_a_mistyped_year(sara, received_at):
    with pytest.raises(Incomplete, match="Sjekk årstallet") as refusal:
        call(sara, received_at)
    assert fields(refusal) == {"received_at"}
    assert not Enquiry.objects.exists()


def test_what_lay_in_a_drawer_for_a_year_is_registered_when_it_came(sara):
    found = NOW.replace(year=2025)
    assert call(sara, found).received_at == found


@pytest.mark.parametrize("year", [1900, 2016])
def test_nobody_applied_before_the_year_that_was(ingrid, sara, year):
    case = case_of(ingrid, sara, outcome="advice")
    with pytest.raises(Incomplete, match="Sjekk årstallet") as refusal:
        services.register_application(
            number=case.number, applies_for="", actor=sara, now=NOW, received_at=NOW.replace(year=year)
        )
    assert fields(refusal) == {"received_at"}
    assert Case.objects.get().applied_at is None


@pytest.mark.parametrize("received_at", TYPED_WRONG[:3])
def test_one_that_stands_in_the_database_is_shown_and_can_be_triaged(ingrid, sara, lunner, received_at):
    """Rows like this were saved before the date was checked."""
    wrong, right = enquire(ingrid, key="a", is_application=True), enquire(ingrid, key="b")
    Enquiry.objects.filter(pk=wrong.pk).update(received_at=received_at)
    wrong.refresh_from_db()
    shown = {row.number: row for row in worklist(sara, NOW).waiting}
    assert shown[right.number].due_on is not None
    row = shown[wrong.number]
    assert (row.due_on, row.overdue) == (None, False)
    assert ILL_COUNTED in row.due_why and "Ta oppgaven" in row.due_why
    assert all(step.by is None and step.why == "" for step in what_happens_next(wrong))
    assert any(ILL_COUNTED in need.due_why for look in outlooks(wrong, NOW) for need in look.follows)
    case = services.triage(
        enquiry_number=wrong.number, outcome="urgent", reason="Kom i dag", actor=sara, now=NOW
    )
    need = case.needs.get(kind="preliminary_reply")
    assert (need.due_on, ILL_COUNTED in need.due_why) == (None, True)
    assert case.policy == lunner
    assert worklist(sara, NOW).rows[0].number == case.number


def begins(
    folder, *, valid_from: date = TODAY, now: datetime = NOW, **changes: Any
) -> tuple[PolicyVersion, Actor, Actor]:
    """A municipality without an older policy, with Ingrid and Sara."""
    policy = policy_in(folder).model_copy(update=changes)
    first = adopt(policy=policy, valid_from=valid_from, by="Kommunestyret", now=now)
    return first, citizen("Ingrid"), employee(*SARA, policy.municipality.intake_unit)


def test_who_begins_today_answers_yesterdays_call_by_the_first_policy(db, policy_folder):
    first, ingrid, sara = begins(policy_folder)
    later = policy_in(policy_folder).model_copy(update={"title": "Neste utgave"})
    adopt(policy=later, valid_from=TODAY + timedelta(days=30), by="Kommunestyret", now=NOW)
    yesterday = NOW - timedelta(days=1)
    enquiry = call(sara, yesterday, person=person_of(ingrid), unidentified_name="")
    (row,) = worklist(sara, NOW).waiting
    assert row.due_on is not None
    case = services.triage(
        enquiry_number=enquiry.number, outcome="clarification", reason="Trenger mer", actor=sara, now=NOW
    )
    assert case.policy == first
    assert case.needs.get(kind="preliminary_reply").due_on is not None


def rules_from(policy_folder, day: date, last: date | None = None):
    rules = policy_in(policy_folder).deadlines
    return tuple(rule.model_copy(update={"valid_from": day, "valid_to": last}) for rule in rules)


def test_a_rule_that_begins_today_counts_what_is_not_late_already(policy_folder):
    """Sunday's call, the day before the rule: Monday is the working day after."""
    begun = policy_in(policy_folder).model_copy(update={"deadlines": rules_from(policy_folder, TODAY)})
    assert deadline_for(begun, "triage", TODAY - timedelta(days=1)).due == TODAY
    assert deadline_for(begun, "preliminary_reply", TODAY - timedelta(days=20)).due > TODAY
    late = deadline_for(begun, "triage", TODAY - timedelta(days=20))
    assert (late.due, ILL_COUNTED in late.why) == (None, True)


def test_rules_that_have_run_out_do_not_stop_the_case(db, policy_folder):
    ended = rules_from(policy_folder, date(2024, 1, 1), TODAY - timedelta(days=1))
    _first, ingrid, sara = begins(
        policy_folder, valid_from=date(2024, 1, 1), now=WHEN_THEY_HELD, deadlines=ended
    )
    case = case_of(ingrid, sara, is_application=True)
    (row,) = worklist(sara, NOW).rows
    assert (row.number, row.due_on) == (case.number, None) and ILL_COUNTED in row.due_why


def test_a_right_of_appeal_whose_length_nobody_knows_is_not_left_out():
    appeal = appeal_of([POLICY.service("langtid")], POLICY_WITHOUT_RULES, TODAY)
    assert appeal.unknown and appeal.by is None and "Klagefristen kan ikke regnes ut" in appeal.why


def test_an_answer_is_promised_within_a_year(case, sara):
    def promise(day: date) -> None:
        services.preliminary_reply(
            number=case.number, expected_on=day, reason="Venter på legen", actor=sara, now=NOW
        )

    for day in (date(9999, 1, 1), TODAY + timedelta(days=366)):
        with pytest.raises(Incomplete, match="mer enn ett år fram") as refusal:
            promise(day)
        assert fields(refusal) == {"expected_on"}
    promise(TODAY + timedelta(days=365))
    assert case.needs.get(kind="draft_decision").due_on == TODAY + timedelta(days=365)


def lacking(draft: Draft) -> set[str]:
    answered = {"praktisk-bistand"}
    return {part.field for part in missing_parts(draft, POLICY, TODAY, criteria_reached=answered)}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"starts_on": date(1026, 12, 1)}, "starts_on"),
        ({"starts_on": date(2023, 11, 15)}, "starts_on"),
        ({"starts_on": date(2029, 11, 17), "review_on": date(2030, 1, 1)}, "starts_on"),
        ({"ends_on": date(9999, 1, 1)}, "ends_on"),
        ({"review_on": date(9999, 1, 1)}, "review_on"),
        ({"review_on": date(2037, 1, 1)}, "review_on"),
    ],
)
def test_a_decision_far_out_of_time_does_not_reach_the_second_person(change, field):
    assert field in lacking(replace(GRANT, **change))


@pytest.mark.parametrize(
    "change",
    [
        {"starts_on": date(2026, 2, 1)},  # help that began long before it was decided
        {"starts_on": date(2023, 11, 16)},
        {"starts_on": SOON, "ends_on": date(2046, 11, 30)},  # until a child is grown
        {"lines": (replace(PLACE, granted=True),)},  # for good
    ],
)
def test_a_decision_that_is_only_unusual_passes(change):
    draft = replace(GRANT, **change)
    lines = tuple(replace(line, starts_on=draft.starts_on) for line in draft.lines)
    assert lacking(replace(draft, lines=lines)) == set()


def in_unit(unit: AmountUnit, amount: str, **more: Any) -> Line:
    row = next(service for service in POLICY.services if service.unit == unit)
    return Line(row.code, row.steps[0], Decimal(amount), row.unit.value, SOON, **more)


def test_every_unit_has_a_most():
    assert set(MOST) == set(AmountUnit)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (in_unit(AmountUnit.HOURS_PER_WEEK, "169"), "amount"),
        (in_unit(AmountUnit.VISITS_PER_WEEK, "500"), "amount"),
        (in_unit(AmountUnit.PORTIONS_PER_WEEK, "999999"), "amount"),
        (in_unit(AmountUnit.PLACES, "50"), "amount"),
        (in_unit(AmountUnit.PIECES, "101"), "amount"),
        (in_unit(AmountUnit.TIMES, "1001"), "amount"),
        (in_unit(AmountUnit.MONTHS, "999"), "amount"),
        (in_unit(AmountUnit.MONTHS, "8", ends_on=date(2027, 5, 31)), "amount"),
        (in_unit(AmountUnit.DAYS, "2.5"), "amount"),
        (in_unit(AmountUnit.DAYS, "9999"), "amount"),
        (replace(HELP, starts_on=date(1026, 12, 1)), "starts_on"),
        (replace(HELP, starts_on=date(2126, 12, 1)), "starts_on"),
        (replace(HELP, ends_on=date(9999, 12, 31)), "ends_on"),
    ],
)
def test_more_than_a_person_can_have_is_no_alternative_and_no_decision(desk, line, field):
    with pytest.raises(Incomplete) as refusal:
        desk.alternative("A", HELP, line)
    assert fields(refusal) == {f"lines-1-{field}"}
    assert f"lines-0-{field}" in lacking(replace(GRANT, lines=(line,)))


@pytest.mark.parametrize(
    "line",
    [
        in_unit(AmountUnit.HOURS_PER_WEEK, "168"),
        in_unit(AmountUnit.VISITS_PER_WEEK, "56"),
        in_unit(AmountUnit.PORTIONS_PER_WEEK, "21"),
        in_unit(AmountUnit.PLACES, "1"),
        in_unit(AmountUnit.MONTHS, "6", ends_on=date(2027, 5, 15)),
        in_unit(AmountUnit.DAYS, "60"),
        replace(NURSING, starts_on=date(2026, 1, 1)),
    ],
)
def test_much_is_possible(desk, line):
    assert desk.alternative("A", line).lines.count() == 1


@pytest.fixture
def desk(db: None) -> Desk:
    return weighing()


def test_nobody_has_two_of_the_same_place_at_once(desk):
    then = replace(PLACE, starts_on=SOON + timedelta(days=31))
    with pytest.raises(Incomplete, match="én plass om gangen") as refusal:
        desk.alternative("A", then, HELP, PLACE)
    assert fields(refusal) == {"lines-2-service"}
    assert "lines-1-service" in lacking(replace(GRANT, lines=(PLACE, then)))
    until = replace(PLACE, ends_on=SOON + timedelta(days=30))
    assert desk.alternative("A", then, until).lines.count() == 2


def test_sending_waits_for_a_right_of_appeal_that_can_be_counted(db):
    at = chosen(desk_under(POLICY_WITHOUT_RULES, adopted=WHEN_THEY_HELD))
    at.draft()
    at.submit()
    at.approve()
    with pytest.raises(Refused, match="Klagefristen kan ikke regnes ut"):
        at.send()
    assert at.decision.sent_at is None
