"""Phone, GP, hospital, counter and home visit: registered once, about the right person, triaged to a case."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from cast import NOW, OSLO, citizen, employee, enquire, person_of
from desking import AtDoor

from trinnvis.access.models import ReadLogEntry
from trinnvis.casework.models import Case, Enquiry
from trinnvis.people.queries import identity_number_of
from trinnvis.policy.deadlines import compute

PHONE = {
    "channel": "phone",
    "caller": "self",
    "what_matters": "Vil bo hjemme",
    "says_urgent": "no",
    "is_application": "no",
}
HOSPITAL = {
    "channel": "hospital",
    "caller": "other",
    "contact_name": "Sykepleier Lund",
    "contact_role": "sykehus",
    "consent_note": "Muntlig ja i dag",
    "what_matters": "Utskrives i morgen",
    "says_urgent": "yes",
    "is_application": "yes",
    "applies_for": "Hjelp hjemme",
}


def found(at, person):
    """The form with the person found by identity number."""
    number = identity_number_of(person)
    return at.open("henvendelse/ny").press("Søk etter personen", identity_number=number)


def test_a_phone_call_is_registered_triaged_and_becomes_a_case(sara, ingrid):
    at = found(AtDoor(sara, ""), person_of(ingrid))
    at.press("Registrer", who=at.choose("Ingrid Prøve"), received_clock="8.15", **PHONE)
    enquiry = Enquiry.objects.get()
    assert at.response.redirect_chain == [(f"/skranke/henvendelse/{enquiry.number}", 302)]
    assert (enquiry.person_id, enquiry.channel) == (ingrid.person_id, "phone")
    assert enquiry.received_at == datetime(2026, 11, 16, 8, 15, tzinfo=OSLO)
    assert "Vil bo hjemme" in at.text and "Venter på vurdering" in at.text
    at.press("Lagre vurderingen", outcome="clarification", reason="Vil avklare hva som hjelper")
    case = Case.objects.get()
    assert at.response.redirect_chain[-1] == (f"/skranke/sak/{case.number}/", 302)
    assert case.enquiries.get() == enquiry and case.track == "ordinary"


def test_who_registers_for_another_unit_is_told_who_takes_it_on(sara, ingrid):
    nora = employee("Nora", "case_worker", "boligkontoret")
    at = found(AtDoor(nora, ""), person_of(ingrid))
    at.press("Registrer", who=at.choose("Ingrid Prøve"), received_clock="8.15", **PHONE)
    enquiry = Enquiry.objects.get()
    assert at.response.redirect_chain == [("/skranke/oppgaver", 302)]
    assert f"{enquiry.number}. Tildelingsenheten vurderer den" in at.text


def test_a_search_keeps_all_that_is_typed(sara, ingrid):
    typed = {**HOSPITAL, "what_i_manage": "Kler på seg selv"}
    at = AtDoor(sara, "").open("henvendelse/ny").press("Søk etter personen", name="ingrid", **typed)
    form = at.form_with("Registrer")
    assert {name: form.fields[name] for name in typed} == typed
    assert "Du må rette" not in at.text


def test_the_hospital_speaks_for_another_with_consent_and_the_clock_runs(sara, ingrid):
    at = found(AtDoor(sara, ""), person_of(ingrid))
    mark = at.choose("Ingrid Prøve")
    at.press("Registrer", who=mark, **{**HOSPITAL, "consent_note": "", "contact_name": ""})
    assert at.status == 422 and not Enquiry.objects.exists()
    assert (
        "Skriv hvordan personen har sagt ja" in at.text and "Skriv navnet på den som tar kontakt" in at.text
    )
    assert at.text.count("<title>Feil: ") == 1
    at.press("Registrer", who=mark, **HOSPITAL)
    enquiry = Enquiry.objects.get()
    assert enquiry.is_application and enquiry.says_urgent and enquiry.contact_name == "Sykepleier Lund"
    at.press("Lagre vurderingen", outcome="advice", reason="Råd er nok nå")
    case = Case.objects.get()
    assert case.applied_at == enquiry.received_at and case.track == "ordinary"


def test_the_gp_is_never_the_person_itself(sara, ingrid):
    at = found(AtDoor(sara, ""), person_of(ingrid))
    at.press("Registrer", who=at.choose("Ingrid Prøve"), **{**PHONE, "channel": "gp"})
    assert "Velg «Noen andre»" in at.text and not Enquiry.objects.exists()


def test_someone_not_found_yet_is_registered_by_name_and_found_later(sara, ingrid):
    at = AtDoor(sara, "").open("henvendelse/ny")
    at.press("Registrer", who="unknown", **PHONE)
    assert "Skriv navnet slik det ble sagt" in at.text
    at.press("Registrer", who="unknown", name="Ingrid på Roa", **PHONE)
    enquiry = Enquiry.objects.get()
    assert enquiry.person is None and enquiry.unidentified_name == "Ingrid på Roa"
    at.press("Lagre vurderingen", outcome="clarification", reason="Trenger hjelp")
    assert at.status == 422 and "Finn først ut hvem" in at.text
    at.open(f"henvendelse/{enquiry.number}/person").press("Søk", name="Ingrid", born="04.05.1948")
    at.press("gjelder denne personen", who=at.choose("Ingrid Prøve"))
    enquiry.refresh_from_db()
    assert enquiry.person_id == ingrid.person_id
    assert ReadLogEntry.objects.filter(person_id=ingrid.person_id, basis="intake", allowed=True).exists()


def test_advice_needs_no_person(sara):
    at = AtDoor(sara, "").open("henvendelse/ny").press("Registrer", who="unknown", name="Naboen", **PHONE)
    at.press("Lagre vurderingen", outcome="advice", reason="Ville vite om treningstilbud")
    assert at.response.redirect_chain[-1] == ("/skranke/oppgaver", 302)
    assert "besvart med råd" in at.text and not Case.objects.exists()


def test_sent_twice_is_one_enquiry(sara, ingrid):
    at = found(AtDoor(sara, ""), person_of(ingrid))
    at.press("Registrer", times=2, who=at.choose("Ingrid Prøve"), **PHONE)
    assert Enquiry.objects.count() == 1
    assert at.response.redirect_chain[-1][0] == f"/skranke/henvendelse/{Enquiry.objects.get().number}"


def test_triaged_twice_is_one_case_and_says_so(sara, bjorn, ingrid):
    number = enquire(ingrid).number
    first, second = (AtDoor(who, "").open(f"henvendelse/{number}") for who in (sara, bjorn))
    for at in (first, second):
        at.press("Lagre vurderingen", outcome="clarification", reason="Trenger hjelp")
    assert Case.objects.count() == 1
    assert "allerede vurdert" in second.text


def test_an_application_is_one_whatever_is_chosen_and_can_be_found_at_triage(sara, ingrid):
    number = enquire(ingrid).number
    at = AtDoor(sara, "").open(f"henvendelse/{number}")
    at.press("Lagre vurderingen", outcome="advice", reason="Vil egentlig søke", is_application="on")
    case = Case.objects.get()
    assert case.applied_at == Enquiry.objects.get().received_at and case.track == "ordinary"
    again = enquire(ingrid, key="2", is_application=True, applies_for="Dusj")
    text = at.open(f"henvendelse/{again.number}").text
    assert "Dette er en søknad" in text and 'name="is_application"' not in text


def test_each_outcome_tells_what_it_leads_to_with_the_policys_own_dates(sara, ingrid, policy):
    enquiry = enquire(ingrid, is_application=True, applies_for="Dusj", now=NOW - timedelta(days=3))
    text = AtDoor(sara, "").open(f"henvendelse/{enquiry.number}").text
    need = policy.need_kind("preliminary_reply")
    due = compute(policy.deadline(need.deadline, NOW.date()), enquiry.received_at.date()).due
    assert f"{need.title}: <strong>{due:%d.%m.%Y}</strong>" in text
    skipped = next(kind.title for kind in policy.needs if kind.skipped_on_fast_track)
    ill = text[text.index("<h3", text.index("Hva hvert valg fører til")) :].split("<h3")[2]
    assert "Alvorlig syk" in ill and skipped not in ill
    assert not re.search(r'name="outcome"[^>]* checked', text)


def test_another_unit_answers_and_keeps_the_case(sara, ingrid, other_unit, policy):
    employee("Ola", "case_worker", other_unit)
    at = AtDoor(sara, "").open(f"henvendelse/{enquire(ingrid).number}")
    at.press("Lagre vurderingen", outcome="other_unit", reason="Gjelder hjelpemidler")
    assert at.status == 422 and "Velg hvilken enhet som skal svare" in at.text
    at.press("Lagre vurderingen", outcome="other_unit", unit=other_unit, reason="Gjelder hjelpemidler")
    case = Case.objects.get()
    assert case.unit == other_unit
    assert at.response.redirect_chain[-1] == ("/skranke/oppgaver", 302)
    assert policy.unit(other_unit).title in at.text and case.number in at.text


def test_a_unit_left_from_another_choice_means_nothing(sara, ingrid, other_unit, intake_unit):
    employee("Ola", "case_worker", other_unit)
    at = AtDoor(sara, "").open(f"henvendelse/{enquire(ingrid).number}")
    at.press("Lagre vurderingen", outcome="urgent", unit=other_unit, reason="Falt i natt")
    assert Case.objects.get().unit == intake_unit


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("received_clock", "23.59", "ikke kommet ennå"),
        ("received_clock", "25.00", "time og minutt"),
        ("received_clock", "nå", "time og minutt"),
        ("received_on", "31.02.2026", "finnes ikke"),
        ("received_on", "17.11.2026", "ikke kommet ennå"),
        ("channel", "portal", "Velg ett av dem"),
        ("channel", "", "Velg et svar under «Hvordan kom henvendelsen»"),
        ("what_matters", " ", "Skriv med noen ord hva henvendelsen gjelder"),
        ("says_urgent", "", "Velg et svar under «Haster det»"),
        ("who", "", "Søk, og velg hvem"),
        ("who", "5", "Søk, og velg hvem"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_saved_or_lost(sara, ingrid, field, value, told):
    at = found(AtDoor(sara, ""), person_of(ingrid))
    at.press("Registrer", **{**PHONE, "who": at.choose("Ingrid Prøve"), "how_i_live": "Alene", field: value})
    assert at.status == 422
    assert told in at.text
    assert at.form_with("Registrer").fields["how_i_live"] == "Alene"
    assert not Enquiry.objects.exists()


def test_urgent_needs_no_more_words(sara, ingrid):
    at = found(AtDoor(sara, ""), person_of(ingrid))
    at.press(
        "Registrer", who=at.choose("Ingrid Prøve"), **{**PHONE, "what_matters": "", "says_urgent": "yes"}
    )
    assert Enquiry.objects.get().says_urgent


def test_a_choice_found_by_another_is_no_choice(sara, bjorn, ingrid):
    mark = found(AtDoor(bjorn, ""), person_of(ingrid)).choose("Ingrid Prøve")
    at = AtDoor(sara, "").open("henvendelse/ny").press("Registrer", who=mark, **PHONE)
    assert at.status == 422 and not Enquiry.objects.exists()


def test_a_choice_is_good_however_long_the_call_lasts(sara, ingrid):
    at = found(AtDoor(sara, ""), person_of(ingrid))
    with time_machine.travel(datetime(2026, 11, 18, tzinfo=OSLO)):
        late = found(AtDoor(sara, ""), person_of(ingrid))
    assert at.choose("Ingrid Prøve") == late.choose("Ingrid Prøve")


def test_nobody_registers_or_sees_an_enquiry_about_themselves_at_the_desk(intake_unit, lunner):
    twin = citizen("Tvilling", date(1980, 1, 1))
    self = employee("Tvilling", "case_worker", intake_unit)
    enquiry = enquire(twin)
    from trinnvis.access.models import Account

    Account.objects.filter(pk=twin.account_id).update(person=None)
    Account.objects.filter(pk=self.account_id).update(person=twin.person_id)
    at = found(AtDoor(self, ""), enquiry.person)
    assert "Tvilling Prøve" not in re.sub(r'value="[^"]*"', "", at.text[at.text.index("Hvem er det?") :])
    assert at.open(f"henvendelse/{enquiry.number}").status == 404
    assert at.open(f"henvendelse/{enquiry.number}/person").status == 404


def test_what_was_typed_survives_a_lost_session_and_is_not_sent_by_itself(sara, ingrid):
    at = found(AtDoor(sara, ""), person_of(ingrid))
    form = at.form_with("Registrer")
    data = {**form.fields, **PHONE, "who": at.choose("Ingrid Prøve"), "how_i_live": "Alene på Grua"}
    at.client.logout()
    assert at.client.post("/skranke/henvendelse/ny", data).status_code == 302
    at.__post_init__()
    at.open("henvendelse/ny")
    assert not Enquiry.objects.exists()
    fields = at.form_with("Registrer").fields
    assert (fields["how_i_live"], fields["channel"]) == ("Alene på Grua", "phone")
    at.press("Registrer")
    assert Enquiry.objects.get().person_id == ingrid.person_id


def test_the_form_is_for_those_who_receive_enquiries(unni, planke, leif, ingrid):
    for actor in (unni, planke, leif, ingrid):
        at = AtDoor(actor, "").open("henvendelse/ny")
        assert at.status == 404
        assert at.client.post(at.at("henvendelse/ny"), PHONE).status_code == 404


@pytest.mark.parametrize("day", ["28.11.2022", "14.11.1926", "14.11.0206", "01.01.0001"])
def test_a_mistyped_year_is_told_on_the_date(sara, ingrid, day):
    at = found(AtDoor(sara, ""), person_of(ingrid))
    at.press("Registrer", who=at.choose("Ingrid Prøve"), **{**PHONE, "received_on": day})
    assert at.status == 422 and not Enquiry.objects.exists()
    assert 'href="#id_received_on">Datoen er mer enn ett år tilbake. Sjekk årstallet.' in at.text


@pytest.mark.parametrize(("day", "field"), [("16.11.2026", "clock"), ("17.11.2026", "on")])
def test_what_is_yet_to_come_is_told_where_it_is_wrong(sara, ingrid, day, field):
    at = found(AtDoor(sara, ""), person_of(ingrid))
    at.press(
        "Registrer",
        who=at.choose("Ingrid Prøve"),
        **{**PHONE, "received_on": day, "received_clock": "23.59"},
    )
    assert f'href="#id_received_{field}">Tidspunktet er ikke kommet ennå.' in at.text


def test_one_wrong_date_in_the_database_stops_nobody(sara, ingrid):
    wrong = enquire(ingrid, is_application=True)
    Enquiry.objects.update(received_at=datetime(1926, 11, 28, 9, 0, tzinfo=OSLO))
    for page in ("oppgaver", f"henvendelse/{wrong.number}"):
        at = AtDoor(sara, "").open(page)
        assert at.status == 200
        assert "Fristen kan ikke regnes ut" in at.text and "Ta oppgaven så snart du kan" in at.text
    at.press("Lagre vurderingen", outcome="urgent", reason="Datoen er feil, hun ringte i dag")
    case = Case.objects.get()
    assert at.response.redirect_chain[-1] == (f"/skranke/sak/{case.number}/", 302)
    assert at.status == 200 and "Fristen kan ikke regnes ut" in at.text
