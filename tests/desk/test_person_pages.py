"""Finding and opening people: only for a need, always logged, and the number in no address, title or log."""

import logging
import re
from datetime import timedelta

import pytest
from cast import NOW, account_of, case_of, citizen, enquire, mandate, person_of
from desking import AtDoor

from trinnvis.access.models import ReadLogEntry
from trinnvis.access.rules import FOUND, REASON_LASTS, title_of
from trinnvis.casework.errors import NotFound, ReasonNeeded
from trinnvis.casework.models import Case
from trinnvis.casework.queries.parties import parties_of
from trinnvis.casework.queries.person_file import person_for
from trinnvis.casework.services import give_reason
from trinnvis.people.models import Consent, Person
from trinnvis.people.queries import identity_number_of
from trinnvis.people.services import give_consent

WHY = "Ektefellen ringte og er bekymret"


def looks(person_id):
    return list(ReadLogEntry.objects.filter(person_id=person_id).order_by("pk").values_list("basis", "what"))


def test_search_by_number_and_by_name_with_birth_date(sara, ingrid, odd):
    at = AtDoor(sara, "").open("innbygger")
    for typed in (
        {"identity_number": identity_number_of(person_of(ingrid))},
        {"name": "ingrid prøve"},
        {"name": "prøve", "born": "04.05.1948"},
    ):
        at.press("Søk", **{"identity_number": "", "name": "", "born": "", **typed})
        assert f'href="/skranke/innbygger/{ingrid.person_id}"' in at.text
        assert f'href="/skranke/innbygger/{odd.person_id}"' not in at.text
    assert looks(ingrid.person_id) == [("found", "Navn, fødselsdato og tettsted i et søk")] * 3
    assert looks(odd.person_id) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, "Skriv fødselsnummeret, eller minst to bokstaver"),
        ({"name": "i"}, "minst to bokstaver"),
        ({"identity_number": "12345678901"}, "ikke en fødselsdato"),
        ({"identity_number": "1234"}, "11 siffer"),
        ({"name": "Ingrid", "born": "i går"}, "dag, måned og år"),
        ({"name": "\0\0"}, ""),
    ],
)
def test_a_search_that_cannot_be_says_what_to_do(sara, ingrid, typed, told):
    at = AtDoor(sara, "").open("innbygger").press("Søk", **typed)
    assert at.status == 422
    assert told in at.text


def test_nobody_found_says_so(sara, ingrid):
    assert (
        "Ingen passer med søket" in AtDoor(sara, "").open("innbygger").press("Søk", name="Finnes Ikke").text
    )


def test_a_protected_address_is_found_by_number_only_and_the_address_is_not_told_in_the_list(sara):
    hidden = person_of(citizen("Skjult", protected_address=True))
    at = AtDoor(sara, "").open("innbygger").press("Søk", name="Skjult")
    assert "Ingen passer" in at.text
    at.press("Søk", name="", identity_number=identity_number_of(hidden))
    assert "Skjult Prøve" in at.text and "Adressesperre" in at.text


def test_an_open_case_opens_the_file_and_each_look_is_logged(sara, ingrid, odd):
    case = case_of(ingrid, sara)
    give_consent(
        person=case.person,
        kind=Consent.Kind.SHARE_WITH_NEXT_OF_KIN,
        how="muntlig på telefon",
        now=NOW,
        to_person=person_of(odd),
    )
    mandate(of=ingrid, to=odd)
    text = AtDoor(sara, "").open(f"innbygger/{ingrid.person_id}").text
    assert looks(ingrid.person_id)[-1] == ("open_case", "Personopplysningene dine")
    for words in (
        "78 år",
        "ektefelle",
        "Nærmeste",
        "fullmakt (lese, skrive)",
        "muntlig på telefon",
        case.number,
    ):
        assert words in text, words
    assert f'href="/skranke/sak/{case.number}/"' in text


def test_a_waiting_enquiry_opens_the_file_too(sara, ingrid):
    enquire(ingrid)
    assert AtDoor(sara, "").open(f"innbygger/{ingrid.person_id}").status == 200
    assert looks(ingrid.person_id)[-1][0] == "open_enquiry"


def test_without_a_case_a_reason_is_asked_before_anything_is_shown(sara, ingrid):
    at = AtDoor(sara, "").open(f"innbygger/{ingrid.person_id}")
    assert "Du trenger en grunn" in at.text and "Ingrid" not in at.text
    assert looks(ingrid.person_id) == []
    at.press("Logg grunnen", reason="kort")
    assert at.status == 422 and looks(ingrid.person_id) == []
    at.press("Logg grunnen", reason=WHY)
    assert "Ingrid Prøve" in at.text
    assert looks(ingrid.person_id) == [
        ("reason", f"Grunn: {WHY}"),
        ("within_reason", "Personopplysningene dine"),
    ]
    assert all(title_of(basis) != basis for basis, _what in looks(ingrid.person_id))


def test_a_reason_lasts_for_a_while_for_one_reader_and_looking_does_not_prolong_it(sara, bjorn, ingrid):
    give_reason(person_id=ingrid.person_id, reason=WHY, actor=sara, now=NOW)
    almost = NOW + REASON_LASTS - timedelta(seconds=1)
    assert person_for(sara, ingrid.person_id, almost, what="Se") == person_of(ingrid)
    for actor, when in ((sara, NOW + REASON_LASTS), (bjorn, NOW)):
        with pytest.raises(ReasonNeeded):
            person_for(actor, ingrid.person_id, when, what="Se")


def test_neither_kin_nor_a_role_without_casework_can_give_a_reason(sara, unni, planke, leif, ingrid, odd):
    account = account_of(odd)
    account.person = None
    account.save()
    sara_account = account_of(sara)
    sara_account.person = Person.objects.get(given_name="Odd")
    sara_account.save()
    at = AtDoor(sara, "")
    assert at.open(f"innbygger/{ingrid.person_id}").status == 404
    assert at.client.post(at.at(f"innbygger/{ingrid.person_id}"), {"reason": WHY}).status_code == 404
    at.open("innbygger").press("Søk", name="Ingrid")
    assert "Du er inhabil" in at.text and f"innbygger/{ingrid.person_id}" not in at.text
    for actor in (unni, planke, leif):
        with pytest.raises(NotFound):
            give_reason(person_id=ingrid.person_id, reason=WHY, actor=actor, now=NOW)
        assert AtDoor(actor, "").open(f"innbygger/{ingrid.person_id}").status == 404
    log = ReadLogEntry.objects.filter(person_id=ingrid.person_id).exclude(basis=FOUND)
    assert {(look.reader_name, look.allowed) for look in log} == {
        (actor.name, False) for actor in (sara, unni, planke, leif)
    }


def test_ones_own_file_is_not_for_the_desk_and_is_no_look(sara, ingrid):
    account = account_of(ingrid)
    account.person = None
    account.save()
    mine = account_of(sara)
    mine.person_id = ingrid.person_id
    mine.save()
    assert AtDoor(sara, "").open(f"innbygger/{ingrid.person_id}").status == 404
    assert looks(ingrid.person_id) == []


def test_someone_who_does_not_exist_is_not_found(sara):
    at = AtDoor(sara, "")
    assert at.client.post(at.at("innbygger/999999"), {"reason": WHY}).status_code == 404
    assert at.open("innbygger/999999").status == 404


def test_the_number_is_masked_until_asked_for_and_that_look_is_told(sara, ingrid):
    case_of(ingrid, sara)
    number = identity_number_of(person_of(ingrid))
    at = AtDoor(sara, "").open(f"innbygger/{ingrid.person_id}")
    assert number[6:] not in at.text and "•••••" in at.text
    at.press("Vis")
    assert f"{number[:6]}\N{NO-BREAK SPACE}{number[6:]}" in at.text
    assert looks(ingrid.person_id)[-1] == ("open_case", "Personopplysningene og fødselsnummeret ditt")
    at.open(f"innbygger/{ingrid.person_id}/fodselsnummer")
    assert at.response.url == f"/skranke/innbygger/{ingrid.person_id}"


def test_the_number_cannot_be_asked_for_without_a_need(sara, ingrid):
    at = AtDoor(sara, "")
    answer = at.client.post(at.at(f"innbygger/{ingrid.person_id}/fodselsnummer"))
    assert answer.status_code == 302 and looks(ingrid.person_id) == []


def test_the_number_stands_in_no_address_title_log_or_read_log(sara, ingrid, caplog):
    caplog.set_level(logging.DEBUG)
    number = identity_number_of(person_of(ingrid))
    at = AtDoor(sara, "").open("innbygger").press("Søk", identity_number=number)
    pages = [at.text]
    at.open("henvendelse/ny").press("Søk etter personen", identity_number=number)
    pages.append(at.text)
    at.open(f"innbygger/{ingrid.person_id}").press("Logg grunnen", reason=WHY).press("Vis")
    pages.append(at.text)
    for text in pages:
        addresses = " ".join(re.findall(r'(?:href|action|src|formaction)="([^"]*)"', text))
        title = re.search(r"<title>.*?</title>", text, re.DOTALL)[0]
        assert number not in addresses + title
        assert number[6:] not in title
    records = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert not any(number in line for line in records)
    assert not any(number in what for _basis, what in looks(ingrid.person_id))


def test_answers_are_never_stored_by_the_browser(sara, ingrid):
    case_of(ingrid, sara)
    at = AtDoor(sara, "").open(f"innbygger/{ingrid.person_id}")
    assert at.response["Cache-Control"] == "no-store"


def test_a_next_of_kin_is_registered_by_number_and_can_then_be_party(case: Case, sara, fremmed) -> None:
    at = AtDoor(sara, "").open(f"innbygger/{case.person_id}/parorende")
    number = identity_number_of(person_of(fremmed))
    at.press("Registrer", identity_number="01010112345", relation="nevø")
    assert at.response.status_code == 422
    at.press("Registrer", identity_number=number, relation="nevø")
    assert "Den pårørende er registrert." in at.text
    assert "Fremmed Prøve, nevø" in at.text
    assert [party.name for party in parties_of(case)] == ["Ingrid Prøve", "Fremmed Prøve"]


def test_who_may_not_open_the_file_registers_nobody(case: Case, leif, fremmed) -> None:
    data = {"identity_number": identity_number_of(person_of(fremmed)), "relation": "nevø"}
    answer = AtDoor(leif, "").client.post(f"/skranke/innbygger/{case.person_id}/parorende", data)
    assert answer.status_code in (403, 404)
    assert not person_of(fremmed).next_of_kin_to.exists()
