"""The synthetic municipality's case history: Lunner's counts, every stage, nothing the law forbids."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

import pytest
from django.core.management.color import no_style
from django.db import connection
from django.utils import timezone

from trinnvis.access.models import ReadLogEntry
from trinnvis.access.rules import BY_CODE
from trinnvis.access.services import actor_of
from trinnvis.casework import services
from trinnvis.casework.audit import verify_all, verify_chain
from trinnvis.casework.models import Approval, Case, CaseEvent, Decision, DecisionLine, Enquiry, Goal, Need
from trinnvis.casework.queries.decisions import missing_in
from trinnvis.casework.queries.ladder import lines_in_force
from trinnvis.casework.queries.worklist import Filter, worklist
from trinnvis.casework.services.numbers import PREFIXES
from trinnvis.demo.build import Town, build
from trinnvis.demo.figures import shipped_figures
from trinnvis.demo.history.step import LETTERS_FOR, plan_cases, tell_cases
from trinnvis.demo.history.texts import care
from trinnvis.demo.history.writer import TABLES
from trinnvis.demo.making import adopt_shipped_policy
from trinnvis.demo.stories.step import tell_stories
from trinnvis.letters.models import Letter
from trinnvis.people.models import Person
from trinnvis.policy.dates import is_working_day
from trinnvis.policy.queries import policy_at

SEED = 20261122
pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.get_default_timezone())
TODAY = NOW.date()
FIGURES = shipped_figures()


@pytest.fixture(scope="module")
def town(shared_rows: None) -> Town:
    """Built once for this file, and taken away again."""
    _empty("")
    adopt_shipped_policy(NOW)
    built = build(seed=SEED, now=NOW)
    connection.check_constraints()  # once here, not of all of it again after each test
    return built


def holders(*services: str) -> dict[int, list[DecisionLine]]:
    """Person → the granted lines in force today of these services."""
    found = defaultdict(list)
    rows = lines_in_force(TODAY).filter(service__in=services).select_related("decision__case")
    for line in rows:
        found[line.decision.case.person_id].append(line)
    return found


def home_care() -> dict[int, list[DecisionLine]]:
    return holders(*care()["home_care"])


PLACES = ("langtidsplass", "forsterket-plass")
STAFFED = ("omsorgsbolig-dogn", "bofellesskap-dogn")


def ages(people: Iterator[int] | dict[int, object]) -> Counter[int]:
    """Completed years at the date of the figures, by person."""
    born = Person.objects.filter(pk__in=list(people)).values_list("birth_date", flat=True)
    return Counter(2025 - date.year for date in born)


def test_lunners_counts_stand_in_the_lines_in_force(town):
    for group, people in (
        ("home_care", home_care()),
        ("long_term", holders(*PLACES)),
        ("housing_24h", holders(*STAFFED)),
    ):
        by_age = ages(people)
        for row in FIGURES.receivers(group):
            assert sum(by_age[age] for age in range(row.age_from, row.age_to + 1)) == row.persons, row


def test_home_care_hours_are_those_of_the_year(town):
    week = sum((line.amount for lines in home_care().values() for line in lines), Decimal(0))
    assert abs(week * 52 - FIGURES.home_care_hours_per_year) < 26


def test_nobody_has_what_cannot_be_had_together(town):
    assert not holders(*PLACES).keys() & home_care().keys()
    assert not holders(*PLACES).keys() & holders(*STAFFED).keys()
    for lines in holders(*{line.service for line in lines_in_force(TODAY)}).values():
        assert max(Counter(line.service for line in lines).values()) == 1


def test_grants_fit_the_dwelling(town):
    step_of = dict(Person.objects.values_list("pk", "household__dwelling__housing_step"))
    assert {step_of[person] for person in holders(*PLACES)} == {6}
    assert {step_of[person] for person in holders(*STAFFED)} == {5}
    assert {step_of[person] for person in holders("kommunal-utleiebolig")} == {3}
    assert {step_of[p] for p in home_care()} <= {1, 2, 3, 5}


def test_the_ladder_is_used_from_low_to_high(town):
    steps = Counter(lines_in_force(TODAY).values_list("step", flat=True))
    assert {3, 4, 5, 6, 7, 9, 10, 11, 12} == steps.keys()  # nobody lives in the dwellings of step 8


def test_decisions_differ(town):
    sent = Decision.objects.filter(state="sent")
    kinds = Counter(sent.values_list("kind", flat=True))
    assert kinds["grant"] > 300 and kinds["part"] >= 10 and kinds["refusal"] >= 15
    assert Approval.objects.filter(verdict="returned").count() >= 10
    reviewed = Counter(sent.values_list("case", flat=True))
    assert sum(count > 1 for count in reviewed.values()) >= 50
    assert DecisionLine.objects.filter(granted=True, ends_on__lt=TODAY, decision__state="sent").count() >= 60


def test_every_sent_decision_would_be_let_through_by_the_rules(town):
    decisions = Decision.objects.exclude(state="draft").select_related("case")
    every_fourth = decisions.filter(kind="grant").order_by("pk")[::4]
    for decision in (*decisions.exclude(kind="grant"), *every_fourth):
        assert missing_in(decision, now=decision.sent_at or NOW) == (), decision.number


def test_nobody_approved_what_they_wrote(town):
    for verdict in Approval.objects.select_related("decision"):
        events = CaseEvent.objects.filter(
            case=verdict.decision.case_id, verb__in=("decision_drafted", "decision_submitted")
        )
        writers = events.filter(data__decision=verdict.decision.number).values_list("actor", flat=True)
        assert verdict.by_id not in set(writers)


def test_the_chains_hold(town):
    result = verify_all()
    assert result.breaks == ()
    assert result.cases > 450 and result.rows > 15_000


def test_every_stage_has_open_cases_and_enquiries_wait(town):
    under_way = Case.objects.filter(closed_at=None)
    stages = Counter(under_way.values_list("stage", flat=True))
    for stage in ("clarification", "assessment", "alternatives", "decision", "approval", "notice"):
        assert stages[stage] >= 3, stage
    waiting = Enquiry.objects.filter(triage="")
    assert waiting.filter(person=None).count() >= 2 and waiting.filter(channel="hospital").exists()
    active = under_way.exclude(stage="follow_up")
    assert 50 <= active.count() + waiting.count() <= 70
    assert 8 <= active.filter(assigned_to=town.accounts["sara"]).count() <= 14
    assert active.values("assigned_to").distinct().count() >= 5


def test_the_worklist_has_what_is_late_and_what_cannot_wait(town):
    sara = actor_of(town.accounts["sara"], on=TODAY)
    page = worklist(sara, NOW, Filter())
    assert page.rows[0].track == "fast"
    assert any(row.track == "urgent" for row in page.rows)
    assert worklist(sara, NOW, Filter(due="overdue")).rows
    active = Case.objects.filter(closed_at=None).exclude(stage="follow_up")
    assert 5 <= active.filter(next_due__lt=TODAY).count() <= active.count() / 2
    soon = Need.objects.filter(state="open", kind="preliminary_reply", due_on__gte=TODAY)
    assert soon.order_by("due_on")[0].due_on.toordinal() - TODAY.toordinal() <= 7


def test_bjorn_has_decisions_that_others_wrote(town):
    bjorn = town.accounts["bjorn"].pk
    waiting = Decision.objects.filter(state="submitted")
    assert waiting.count() >= 4 and not waiting.filter(drafted_by=bjorn).exists()


def test_the_cast_has_stories(town):
    cases = {
        subject: Case.objects.filter(person=town.accounts[subject].person, closed_at=None).get()
        for subject in ("ingrid", "johs", "emil")
    }
    assert cases["ingrid"].clarification.state == "offered"
    assert cases["ingrid"].assigned_to == town.accounts["sara"]
    assert cases["johs"].decisions.get().state == "sent"
    assert Letter.objects.filter(decision__case=cases["johs"]).count() == 1
    assert Goal.objects.filter(case=cases["emil"], by_citizen=True).count() == 2
    jonas = Decision.objects.get(state="submitted", lines__service="avlastning-institusjon")
    assert jonas.case.person.given_name == "Jonas"
    assert Case.objects.filter(track="fast", person__given_name="Gunvor").exists()
    assert not Case.objects.filter(person=town.accounts["fremmed"].person).exists()


def test_the_casts_read_logs_tell_who_of_the_staff_opened_their_files(town):
    for subject in ("ingrid", "johs", "emil"):
        person = town.accounts[subject].person
        log = list(ReadLogEntry.objects.filter(person=person))
        worked = CaseEvent.objects.filter(case__person=person, actor__person=None)
        assert {look.reader_id for look in log} == set(worked.values_list("actor", flat=True))
        assert all(look.allowed and look.what and look.basis in BY_CODE for look in log)
        assert {look.case_number for look in log} & set(person.cases.values_list("number", flat=True))
        assert max(look.at for look in log) < NOW
    assert not ReadLogEntry.objects.exclude(
        person__in=[town.people[p].pk for p in town.drawn.in_cast]
    ).exists()


def test_help_for_next_of_kin_is_decided_for_them(town):
    policy = policy_at(TODAY)
    for_kin = {s.code for s in policy.services if s.party == "next_of_kin"}
    to_kin = Decision.objects.exclude(party=None)
    assert to_kin.filter(state="sent").count() > 10
    assert not Decision.objects.filter(party=None, lines__service__in=for_kin).exists()
    assert not to_kin.exclude(lines__service__in=for_kin).exists()
    for decision in to_kin:
        assert decision.case.person.next_of_kin.filter(relative=decision.party).exists()
        assert set(decision.letters.values_list("recipient", flat=True)) <= {decision.party_id}


def test_a_childs_own_decisions_are_sent_to_the_parents(town):
    young = Letter.objects.filter(
        decision__party=None, decision__case__person__birth_date__gte=TODAY.replace(year=TODAY.year - 14)
    )
    assert young.exists()
    for letter in young:
        assert letter.decision.case.person.mandates_given.filter(representative=letter.recipient).exists()


def test_decisions_of_the_last_half_year_have_their_letter(town):
    recent = Decision.objects.filter(state="sent", sent_at__gte=NOW - LETTERS_FOR)
    assert recent.count() > 100
    assert not recent.filter(letters=None).exists()


def test_staff_write_in_office_hours_and_nothing_has_yet_to_happen(town):
    history = CaseEvent.objects.filter(at__lt=NOW).values_list("at", flat=True)
    assert history.count() == CaseEvent.objects.count() - CaseEvent.objects.filter(at=NOW).count()
    staff = CaseEvent.objects.exclude(actor_role="").filter(at__lt=NOW).values_list("at", flat=True)
    for moment in {timezone.localtime(at) for at in staff}:
        assert is_working_day(moment.date()), moment
        assert 8 <= moment.hour <= 16, moment


def test_numbers_have_no_holes(town):
    for model, prefix in ((Case, ""), (Enquiry, PREFIXES["enquiry"])):
        by_year = defaultdict(list)
        for number in model.objects.values_list("number", flat=True):
            year, count = number.removeprefix(prefix).split("-")
            by_year[year].append(int(count))
        for numbers in by_year.values():
            assert sorted(numbers) == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("stage", ["assessment", "alternatives", "approval", "notice"])
def test_services_take_a_written_case_further(town, stage):
    """What the writer left half-way is a case like any other."""
    case = Case.objects.filter(stage=stage, track="ordinary", closed_at=None).order_by("pk").first()
    worker = actor_of(case.assigned_to, on=TODAY)
    services.note(number=case.number, text="Ringt.", actor=worker, now=NOW)
    decision = case.decisions.first()
    if stage == "alternatives":
        chosen = case.alternatives.order_by("pk").first()
        if chosen:
            services.choose_alternative(chosen.pk, reason="Passer best.", actor=worker, now=NOW)
    if stage == "approval":
        other = "bjorn" if decision.drafted_by != town.accounts["bjorn"] else "ragnhild"
        services.approve_decision(
            case.number,
            expected_revision=decision.revision,
            actor=actor_of(town.accounts[other], on=TODAY),
            now=NOW,
        )
    if stage == "notice":
        services.send_decision(case.number, actor=worker, now=NOW)
    case.refresh_from_db()
    assert case.events.last().at == NOW
    assert verify_chain(case) == ()


def digest() -> str:
    """Everything the history wrote, but what is sealed with a key of its own."""
    sha = hashlib.sha256()
    for table in TABLES:
        for row in table.objects.order_by("pk").values_list():
            sha.update(repr(row).encode())
    return sha.hexdigest()


def told_anew(town: Town) -> str:
    """The digest of a history of every sixteenth case, and of the cast's own stories."""
    _empty("casework_", "letters_")
    cast = town.drawn.in_cast
    plans = [plan for n, plan in enumerate(plan_cases(town)) if n % 16 == 0 or plan.person in cast]
    tell_cases(town, plans)
    tell_stories(town)
    return digest()


def test_the_same_seed_and_moment_give_the_same_history(town):
    assert told_anew(town) == told_anew(town)


def _empty(*prefixes: str) -> None:
    """Take everything in these tables away, and let their keys begin anew; undone with the transaction."""
    connection.check_constraints()  # PostgreSQL empties no table with checks still to come
    with connection.cursor() as cursor:
        tables = [
            table
            for table in connection.introspection.table_names()
            if table.startswith(prefixes) and not table.startswith("django_")
        ]
        for statement in connection.ops.sql_flush(no_style(), tables, reset_sequences=True):
            cursor.execute(statement)
