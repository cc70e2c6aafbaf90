"""Every row of a case is told of by an event: what is changed, taken away or added beside it is found."""

from datetime import UTC, date, datetime

import pytest
from built_once import built_once
from cast import NOW, employee, enquire, people_under
from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet
from told_twice import Told, by_services

from trinnvis.casework import models, services
from trinnvis.casework.audit import verify_all
from trinnvis.casework.covering import tables
from trinnvis.casework.models import Case, CaseEvent
from trinnvis.casework.older_promises import older_digest
from trinnvis.casework.rules.chain import EventFacts, event_hash
from trinnvis.letters.audit import older_letters_that_differ
from trinnvis.letters.models import Letter
from trinnvis.policy.queries import policy_at


@built_once
def told_by_services():
    """A case with rows in every table, from enquiry to closing."""
    people = people_under(settings.TRINNVIS_POLICY_FOLDER)
    policy = policy_at(NOW.date())
    unni = employee("Unni Utfører", "provider", policy.units[-1].code)
    told = Told(policy, people["sara"], people["bjorn"], unni, NOW)
    enquiry = enquire(people["ingrid"], is_application=True, applies_for="Hjelp til å dusje")
    return people | {"case": by_services(told, enquiry)}


@pytest.fixture
def policy_folder():
    return settings.TRINNVIS_POLICY_FOLDER


@pytest.fixture
def beginnings():
    return {"case": told_by_services}


def behind_the_back(table):
    """The rows of a table as one with the database password reaches them, append-only or not."""
    return QuerySet(table).order_by("pk")


def copied(table, **different):
    row = behind_the_back(table).first()
    row.pk, row._state.adding = None, True
    for name, value in different.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


def found_in(case):
    found = verify_all().breaks
    assert found
    assert {each.case_number for each in found} == {case.number}
    return "\n".join(map(str, found))


def test_an_untouched_case_holds_and_every_table_is_told_of(case):
    result = verify_all()
    assert (result.cases, result.older, result.breaks) == (1, 0, ())
    told = {told[0] for event in case.events.all() for told in event.data.get("rows", ())}
    assert told == {table._meta.label for table in tables()}


def test_no_table_that_belongs_to_cases_is_left_out():
    ours = {Case, *tables()}
    pointing = {
        model
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model in ours
    }
    assert pointing - ours == {CaseEvent}


MOMENT = datetime(2024, 1, 1, tzinfo=UTC)
CHANGES = [
    (Letter, {"pdf": b"%PDF-"}),
    (Letter, {"content": {"title": "Et annet brev"}}),
    (Letter, {"sha256": "0" * 64}),
    (models.Decision, {"state": "draft"}),
    (models.Decision, {"drafted_at": MOMENT}),
    (models.Decision, {"reasons": "Noe helt annet."}),
    (models.DecisionLine, {"amount": 20}),
    (models.Approval, {"words": "Ja"}),
    (models.Approval, {"verdict": "approved", "decision_revision": 2}),
    (models.Enquiry, {"what_matters": "Ingenting"}),
    (models.Enquiry, {"received_at": MOMENT}),
    (models.Enquiry, {"triage_reason": ""}),
    (Case, {"applied_at": MOMENT}),
    (Case, {"applied_at": None}),
    (Case, {"unit": "en-annen"}),
    (Case, {"track": "urgent"}),
    (Case, {"closing_note": "En annen grunn"}),
    (Case, {"stage": "intake"}),
    (Case, {"next_due": date(2030, 1, 1)}),
    (models.Need, {"due_on": date(2030, 1, 1)}),
    (models.Need, {"note": "En annen grunn"}),
    (models.Goal, {"state": "not_reached"}),
    (models.Goal, {"words": "Et annet mål"}),
    (models.Clarification, {"ends_on": date(2030, 1, 1)}),
    (models.TeamMember, {"profession": "kokk"}),
    (models.Measurement, {"measured_on": date(2024, 1, 1)}),
    (models.Alternative, {"is_chosen": False}),
    (models.AlternativeLine, {"amount": 20}),
    (models.AssessmentEntry, {"text": "Noe annet"}),
    (models.FunctionScore, {"score": 5}),
    (models.HousingSituation, {"housing_step": 2}),
    (models.ConsentCapacity, {"conclusion": "lacks"}),
    (models.CriterionAnswer, {"reason": "En annen grunn"}),
]


@pytest.mark.parametrize(("table", "change"), CHANGES)
def test_a_changed_row_is_found_and_named(case, table, change):
    rows = behind_the_back(table)
    changed = rows.last() if table is models.Alternative else rows.first()  # the last is the chosen one
    rows.filter(pk=changed.pk).update(**change)
    said = found_in(case)
    assert said.count("sak ") == 1
    assert table.NAME in said or set(change) <= Case.DERIVED


@pytest.mark.parametrize(
    ("table", "column"),
    [(models.Decision, "drafted_by"), (models.Approval, "by"), (models.Measurement, "measured_by")],
)
def test_another_name_under_what_is_decided_is_found(case, table, column, ingrid):
    behind_the_back(table).update(**{column: ingrid.account_id})
    assert f"{table.NAME} {table.objects.first().pk} er endret" in found_in(case)


def test_each_table_has_a_change_tried():
    assert {table for table, _change in CHANGES} == set(tables())


LEAVES = [table for table in tables() if not table._meta.related_objects]


@pytest.mark.parametrize("table", LEAVES)
def test_a_row_taken_away_is_found_and_named(case, table):
    row = behind_the_back(table).first()
    behind_the_back(table).filter(pk=row.pk)._raw_delete("default")
    assert f"{table.NAME} {row.pk} er borte" in found_in(case)


@pytest.mark.parametrize(
    ("table", "different"),
    [
        (models.FunctionScore, {"revision": 9, "score": 5}),
        (models.AssessmentEntry, {"revision": 9, "text": "Noe annet"}),
        (models.HousingSituation, {"revision": 9}),
        (models.ConsentCapacity, {"revision": 9}),
        (models.CriterionAnswer, {"revision": 9}),
        (models.DecisionLine, {}),
        (models.AlternativeLine, {}),
        (models.Alternative, {"is_chosen": False}),
        (models.Decision, {"number": "2026-000001-9"}),
        (models.Approval, {"decision_revision": 9}),
        (models.Need, {}),
        (models.Goal, {}),
        (models.Measurement, {}),
        (models.TeamMember, {}),
        (models.Enquiry, {"number": "H-9", "submission_key": "9"}),
    ],
)
def test_a_row_added_without_an_event_is_found_and_named(case, table, different):
    row = copied(table, **different)
    assert found_in(case) == f"sak {case.number}: {table.NAME} {row.pk} står i saken uten noen hendelse"


def test_an_enquiry_taken_out_of_its_case_is_found(case):
    behind_the_back(models.Enquiry).update(case=None)
    assert "henvendelse" in found_in(case)


def test_an_enquiry_that_waits_is_no_part_of_a_case_yet(case, ingrid):
    enquire(ingrid)
    assert not verify_all().breaks


def test_a_member_taken_out_of_the_team_and_put_back_behind_the_back_is_found(ingrid, sara):
    case = open_with_team(ingrid, sara)
    member = models.TeamMember.objects.get()
    services.remove_team_member(case.number, member_id=member.pk, actor=sara, now=NOW)
    assert not verify_all().breaks
    member.save(force_insert=True)
    assert f"teammedlem {member.pk} er tatt bort her" in found_in(case)


def open_with_team(ingrid, sara):
    enquiry = enquire(ingrid)
    case = services.triage(
        enquiry_number=enquiry.number, outcome="clarification", reason="-", actor=sara, now=NOW
    )
    services.offer_clarification(case.number, actor=sara, now=NOW)
    services.answer_clarification(case.number, accept=True, note="Ja", actor=sara, now=NOW)
    services.add_team_member(case.number, profession="lege", name="Live", actor=sara, now=NOW)
    return case


@pytest.mark.parametrize("rows", [5, [["casework.Need"]], {"a": 1}, [["x.Y", 1, "d"]], None])
def test_whatever_is_left_in_an_event_is_a_break_and_not_a_crash(case, rows):
    event = case.events.get(verb="triaged")
    behind_the_back(CaseEvent).filter(pk=event.pk).update(data={"rows": rows})
    assert f"hendelse {event.sequence}" in found_in(case)


def as_an_older_version_wrote_it(case):
    """The same case with events that tell of some rows only, and of some columns of them."""
    case.event_count, case.last_hash = 0, ""
    for event in case.events.all():
        rows = [older(*told) for told in event.data.pop("rows", ()) if told[2]]
        if kept := [row for row in rows if row]:
            event.data["rows"] = kept
        facts = {name: getattr(event, name) for name in EventFacts.__annotations__ if name != "case_number"}
        own = event_hash(case.last_hash, EventFacts(case_number=case.number, **facts))
        behind_the_back(CaseEvent).filter(pk=event.pk).update(
            data=event.data, previous_hash=case.last_hash, hash=own
        )
        case.event_count, case.last_hash = event.sequence, own
    case.save(update_fields=["event_count", "last_hash"])


def older(label, key, _digest):
    row = apps.get_model(label).objects.filter(pk=key).first()
    try:
        return [label.split(".")[1], key, older_digest(row)] if row else None
    except KeyError:
        return None


def test_a_case_of_an_older_version_holds_and_is_counted_as_such(case):
    as_an_older_version_wrote_it(case)
    result = verify_all()
    assert (result.older, result.breaks, [*older_letters_that_differ()]) == (1, (), [])
    copied(models.TeamMember)
    assert not verify_all().breaks  # said plainly: what is added to such a case is not found


def test_what_an_older_version_did_tell_of_is_still_held(case):
    as_an_older_version_wrote_it(case)
    behind_the_back(models.Goal).update(words="Noe annet")
    assert "mål" in found_in(case)


@pytest.mark.parametrize(
    "tamper", [lambda rows: rows.update(pdf=b"%PDF-"), lambda rows: rows._raw_delete("default")]
)
def test_a_letter_of_an_older_version_is_held_to_the_fingerprint_in_its_event(case, tamper):
    as_an_older_version_wrote_it(case)
    tamper(behind_the_back(Letter))
    found = [*older_letters_that_differ()]
    assert [each.case_number for each in found] == [case.number]
    assert "brevet om vedtak" in found[0].why
