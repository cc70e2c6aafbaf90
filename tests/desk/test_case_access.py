"""Who may open a case on the desk, what is written in the citizen's log, and what is never shown."""

from __future__ import annotations

import pytest
from cast import account_of, case_of, citizen, employee, person_of
from desking import AtDesk
from django.test import Client

from trinnvis.access.models import ReadLogEntry
from trinnvis.casework import services
from trinnvis.casework.models import Case
from trinnvis.people.queries import identity_number_of
from trinnvis.people.services import register_next_of_kin

TABS = ["", "avklaring", "vurdering", "alternativer", "vedtak", "tidslinje", "dokumenter"]


@pytest.mark.parametrize("tab", TABS)
def test_everyone_else_is_told_that_it_does_not_exist(
    case: Case, tab: str, unni, leif, planke, fremmed
) -> None:
    for other in (unni, leif, planke, fremmed):
        assert AtDesk(other, case.number).open(tab).status == 404, other.name


@pytest.mark.parametrize("tab", TABS)
def test_a_citizen_does_not_open_the_staffs_page_of_the_own_case(case: Case, tab: str, ingrid) -> None:
    assert AtDesk(ingrid, case.number).open(tab).status == 404


def test_an_employee_opens_neither_the_own_case_nor_a_relatives(ingrid, sara, intake_unit) -> None:
    own = employee("Eva", "case_worker", intake_unit, person=None)
    eva = citizen("Eva")
    account = account_of(own)
    account_of(eva).delete()
    account.person = person_of(eva)
    account.save()
    case = case_of(ingrid, sara)
    assert AtDesk(own, case.number).open().status == 200
    register_next_of_kin(person=person_of(ingrid), relative=person_of(eva), relation="søster")
    assert AtDesk(own, case.number).open().status == 404
    mine = case_of(citizen("Kari"), sara)
    Case.objects.filter(pk=mine.pk).update(person=person_of(eva))
    assert AtDesk(own, mine.number).open().status == 404
    assert (
        AtDesk(own, mine.number)
        .client.post(f"/skranke/sak/{mine.number}/gjor/note", {"text": "x"})
        .status_code
        == 404
    )
    assert not mine.events.filter(verb="noted").exists()


def test_a_stranger_who_posts_changes_nothing_and_is_in_the_log(case: Case, fremmed, leif) -> None:
    before = case.events.count()
    for other in (fremmed, leif):
        at = AtDesk(other, case.number)
        for place in (
            "gjor/close",
            "vurdering",
            "vedtak",
            "alternativer",
            "vedtak/behandle",
            "fodselsnummer",
        ):
            assert at.client.post(at.at(place), {"reason": "Nei", "kind": "grant"}).status_code == 404
    assert case.events.count() == before
    assert ReadLogEntry.objects.filter(
        case_number=case.number, allowed=False, reader=leif.account_id
    ).exists()


def test_an_unknown_case_is_404(sara, lunner) -> None:
    assert AtDesk(sara, "2026-999999").open().status == 404


@pytest.mark.parametrize("tab", TABS)
def test_each_look_is_in_the_citizens_log_with_what_was_looked_at(case: Case, sara, tab: str) -> None:
    AtDesk(sara, case.number).open(tab)
    entry = ReadLogEntry.objects.get(case_number=case.number)
    assert entry.allowed
    assert "saken" in entry.what


def test_saving_is_no_look_of_its_own(case: Case, sara) -> None:
    at = AtDesk(sara, case.number).open("gjor/note")
    ReadLogEntry.objects.all()
    looks = ReadLogEntry.objects.count()
    answer = at.client.post(at.at("gjor/note"), {"text": "Ringte Ingrid."})
    assert answer.status_code == 302
    assert ReadLogEntry.objects.count() == looks


def test_the_identity_number_is_masked_until_asked_for_and_the_asking_is_logged(
    case: Case, ingrid, sara, caplog
) -> None:
    number = identity_number_of(person_of(ingrid))
    at = AtDesk(sara, case.number)
    for tab in TABS:
        assert number[6:] not in at.open(tab).text
    at.open().press("Vis")
    assert f"{number[:6]}\N{NO-BREAK SPACE}{number[6:]}" in at.text
    assert ReadLogEntry.objects.filter(what__contains="Fødselsnummeret").count() == 1
    assert number not in at.response.request["PATH_INFO"]
    assert number[6:] not in caplog.text


def test_showing_the_number_takes_a_post(case: Case, sara) -> None:
    """A GET, as after a new login, leads back to the button."""
    at = AtDesk(sara, case.number).open("fodselsnummer")
    assert (at.status, at.response.url) == (302, at.at())


def test_a_protected_address_is_marked_and_not_shown(sara, lunner) -> None:
    from trinnvis.people.models import Dwelling
    from trinnvis.people.services import move_together

    hidden = citizen("Hemmelig", protected_address=True)
    dwelling = Dwelling.objects.create(
        address="Ukjentveien 7",
        postal_code="2740",
        postal_place="Roa",
        settlement="Roa",
        housing_step=1,
        kind="hus",
    )
    move_together(people=[person_of(hidden)], dwelling=dwelling)
    at = AtDesk(sara, case_of(hidden, sara).number).open()
    assert "Sperret adresse" in at.text
    assert "Ukjentveien" not in at.text


def test_a_team_member_sees_the_case_and_writes_but_weighs_no_alternatives(
    case: Case, ingrid, sara, unni
) -> None:
    services.offer_clarification(case.number, actor=sara, now=case.opened_at)
    services.answer_clarification(case.number, accept=True, actor=ingrid, now=case.opened_at)
    services.add_team_member(
        case.number, profession="sykepleier", account_id=unni.account_id, actor=sara, now=case.opened_at
    )
    at = AtDesk(unni, case.number)
    assert "Rollen din kan ikke gjøre dette i denne saken." in at.open("alternativer").text
    assert "Lagre og fullfør" not in at.open("vurdering").text
    topic = case.entries.first().topic
    at.press("Lagre vurderingen", **{f"professional-{topic}": "Går trygt med rullator."})
    assert case.entries.get(voice="professional").written_by_id == unni.account_id


def test_a_session_that_ran_out_loses_nothing_typed(case: Case, sara, settings) -> None:
    settings.LOGIN_URL = "/logg-inn"
    at = AtDesk(sara, case.number).open("gjor/note")
    data = {**at.form_with("Lagre notatet").fields, "text": "Et langt notat"}
    session = at.client.cookies["sessionid"].value
    at.client.logout()
    lost = at.client
    answer = lost.post(at.at("gjor/note"), data)
    assert answer.status_code == 302
    assert answer.url.startswith("/logg-inn")
    assert session
    lost.force_login(account_of(sara))
    assert "Et langt notat" in at.open("gjor/note").text
    assert not case.events.filter(verb="noted").exists()


def test_without_a_login_one_is_sent_to_it(case: Case, settings) -> None:
    settings.LOGIN_URL = "/logg-inn"
    assert Client().get(f"/skranke/sak/{case.number}/").status_code == 302
