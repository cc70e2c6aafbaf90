"""The worklist: the most urgent first, views by address, a case taken once, the same cost at any size."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from cast import NOW, account_of, case_of, citizen, employee, enquire, person_of
from desking import AtDoor

from trinnvis.casework import services
from trinnvis.casework.models import Case, Need

MOST_QUERIES = 12


def many(numbers, *, person, version, unit):
    cases = Case.objects.bulk_create(
        Case(
            number=f"2025-{i:06d}",
            person=person,
            policy=version,
            unit=unit,
            stage=Case.Stage.values[i % 8],
            opened_at=NOW,
            next_due=NOW.date() + timedelta(days=i % 40 - 10),
        )
        for i in numbers
    )
    Need.objects.bulk_create(
        Need(case=case, kind="assess", opened_at=NOW, due_on=case.next_due, due_why="Fordi") for case in cases
    )


def test_the_page_costs_the_same_at_any_size(
    sara, ingrid, lunner, intake_unit, django_assert_max_num_queries
):
    enquire(ingrid)
    at, asked = AtDoor(sara, "").open("oppgaver"), []
    for number in (20, 300):
        many(range(20 if asked else 0, number), person=person_of(ingrid), version=lunner, unit=intake_unit)
        with django_assert_max_num_queries(MOST_QUERIES) as captured:
            at.open("oppgaver")
        assert f'Alle åpne saker <span class="tv-count">{number}</span>' in at.text
        asked.append(len(captured))
    assert asked[0] == asked[1]


def test_it_says_what_is_late_what_waits_and_why(sara, ingrid, odd):
    case = case_of(ingrid, sara, is_application=True, applies_for="Dusj", now=NOW - timedelta(days=60))
    enquire(odd, says_urgent=True)
    text = AtDoor(sara, "").open("oppgaver").text
    assert "1 sak er over fristen" in text and "1 henvendelse venter" in text
    assert "Over fristen" in text and "dager over fristen" in text and case.number in text
    assert "Sier det haster" in text and "Fristen er samme dag" in text


def test_the_severely_ill_stand_on_top_and_are_told_apart_in_words(sara, ingrid, odd):
    late = case_of(odd, sara, now=NOW - timedelta(days=60))
    ill = case_of(ingrid, sara, outcome="severely_ill")
    text = AtDoor(sara, "").open("oppgaver").text
    assert text.index(ill.number) < text.index(late.number)
    assert re.search(r"<h3[^>]*>.*Alvorlig syke</h3>", text)
    assert '<span class="ds-tag tv-status" data-color="danger">Alvorlig syk</span>' in text


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("hvem=mine", {"mine"}),
        ("hvem=ledige", {"free"}),
        ("frist=over", {"free"}),
        ("spor=fast", {"mine"}),
        ("sok=2026-000001", {"mine"}),
        ("sok=000001&hvem=ledige", set()),
        ("fase=tull&spor=tull&hvem=tull&side=-3", {"mine", "free"}),
        ("side=99999999", {"mine", "free"}),
        ("sok=%00", {"mine", "free"}),
    ],
)
def test_a_view_is_an_address(sara, ingrid, odd, query, seen):
    mine = case_of(ingrid, sara, outcome="severely_ill")
    free = case_of(odd, sara, now=NOW - timedelta(days=60))
    services.assign(number=mine.number, actor=sara, now=NOW)
    at = AtDoor(sara, "").open(f"oppgaver?{query}")
    assert at.status == 200
    rows = set(re.findall(r"sak (\d{4}-\d{6})", at.text))
    assert rows == {{"mine": mine, "free": free}[name].number for name in seen}


def test_a_name_is_not_searched_for_in_the_address(sara, case):
    at = AtDoor(sara, "").open(f"oppgaver?sok={quote('Ingrid')}")
    assert "Her kan du bare søke på saksnummer" in at.text
    assert 'value="Ingrid"' not in at.text


def test_taking_a_case_leads_back_to_the_same_view(sara, case):
    at = AtDoor(sara, "").open("oppgaver?hvem=ledige").press(f"Ta saken {case.number}")
    assert at.response.redirect_chain == [("/skranke/oppgaver?hvem=ledige", 302)]
    assert f"Du har tatt sak {case.number}" in at.text
    case.refresh_from_db()
    assert case.assigned_to_id == sara.account_id


def test_a_case_somebody_took_first_stays_theirs(sara, bjorn, case):
    first, second = AtDoor(sara, "").open("oppgaver"), AtDoor(bjorn, "").open("oppgaver")
    first.press("Ta saken")
    second.press("Ta saken")
    case.refresh_from_db()
    assert case.assigned_to_id == sara.account_id
    assert "Sara Saksbehandler har allerede tatt saken" in second.text


def test_the_way_back_never_leads_elsewhere(sara, case):
    at = AtDoor(sara, "")
    for back in ("https://ond.example/", "//ond.example", "javascript:alert(1)", ""):
        answer = at.client.post(f"/skranke/oppgaver/{case.number}/ta", {"back": back})
        assert (answer.status_code, answer.url) == (302, "/skranke/oppgaver")
    assert at.client.get(f"/skranke/oppgaver/{case.number}/ta").url == "/skranke/oppgaver"


def test_an_empty_worklist_says_so(sara):
    text = AtDoor(sara, "").open("oppgaver").text
    assert "Ingen åpne saker" in text and "Ingen nye henvendelser venter" in text


def test_a_provider_sees_only_cases_where_they_are_on_the_team(sara, unni, ingrid, odd):
    case, other = case_of(ingrid, sara), case_of(odd, sara)
    text = AtDoor(unni, "").open("oppgaver").text
    assert "Prøve" not in text and "Du er ikke med i noe team nå" in text
    services.offer_clarification(number=case.number, actor=sara, now=NOW)
    services.add_team_member(
        number=case.number, account_id=unni.account_id, profession="fysioterapeut", actor=sara, now=NOW
    )
    text = AtDoor(unni, "").open("oppgaver").text
    assert "Ingrid" in text and other.number not in text
    assert "Ta saken" not in text and "Nye henvendelser" not in text


def test_no_case_of_ones_own_or_of_kin(intake_unit, ingrid, sara):
    case = case_of(ingrid, sara)
    self = employee("Ingrid Ansatt", "case_worker", intake_unit)
    assert case.number in AtDoor(self, "").open("oppgaver").text
    account = account_of(self)
    ingrid_account = account_of(ingrid)
    ingrid_account.person = None
    ingrid_account.save()
    account.person = case.person
    account.save()
    assert case.number not in AtDoor(self, "").open("oppgaver").text


FIRST_PAGE = dict.fromkeys(["manager", "economist", "planner", "politician"], "/plan/")
FIRST_PAGE["administrator"] = "/skranke/trappen"


@pytest.mark.parametrize("role", FIRST_PAGE)
def test_those_who_plan_and_govern_are_led_to_their_own_pages_and_see_no_names(role, sara, case, intake_unit):
    at = AtDoor(employee("Noen", role, intake_unit), "")
    answer = at.client.get("/skranke/", follow=True)
    assert answer.redirect_chain == [(FIRST_PAGE[role], 302)]
    assert "Ingrid" not in answer.content.decode()
    person = person_of(citizen("Gunnar"))
    for place in (
        "oppgaver",
        "henvendelse/ny",
        "innbygger",
        f"innbygger/{person.pk}",
        f"innbygger/{case.person_id}/fodselsnummer",
        f"sak/{case.number}/",
        f"henvendelse/{case.enquiries.get().number}",
    ):
        assert at.open(place).status == 404, place
        assert at.client.post(at.at(place), {"name": "Gunnar", "reason": "Vil gjerne se"}).status_code == 404
        assert f'href="/skranke/{place}"' not in at.text


def test_a_citizen_finds_no_desk_and_a_visitor_is_asked_to_log_in(client, ingrid):
    assert client.get("/skranke/oppgaver").url.startswith("/logg-inn?next=")
    at = AtDoor(ingrid, "")
    for place in ("", "oppgaver", "trappen", "innbygger", "henvendelse/ny"):
        assert at.open(place).status == 404


def test_who_decides_has_a_view_of_what_waits_for_approval(ingrid, sara, bjorn) -> None:
    case = case_of(ingrid, sara)
    Case.objects.filter(pk=case.pk).update(stage=Case.Stage.APPROVAL)
    assert "Til godkjenning <" not in AtDoor(sara, "").open("oppgaver").text
    at = AtDoor(bjorn, "").open("oppgaver")
    assert 'href="/skranke/oppgaver?fase=approval">Til godkjenning <span class="tv-count">1</span>' in at.text
    shown = at.open("oppgaver?fase=approval").text
    assert case.number in shown
    assert 'fase=approval" aria-current="page">Til godkjenning' in shown
