"""The contact form: whole, left and continued, a lost session, two windows, sent twice. Nothing is lost."""

from datetime import date
from typing import Any

import pytest
from cast import account_of, citizen, mandate, person_of
from contacting import ABOUT_ME, STEPS, WORDS, fill, page, send, step
from django.test import Client
from portal_stories import browser_of

from trinnvis.access.actor import Actor
from trinnvis.access.models import ReadLogEntry
from trinnvis.casework.models import Enquiry, EnquiryDraft
from trinnvis.casework.queries.drafts import draft_of
from trinnvis.people.queries import identity_number_of


def test_the_form_from_first_to_receipt(web: Client, ingrid: Actor) -> None:
    for number, answers in STEPS.items():
        to = f"/kontakt/steg/{number + 1}" if number < 6 else "/kontakt/oppsummering"
        assert step(web, number, answers).url == to
    summary = web.get("/kontakt/oppsummering").content.decode()
    for text in ("Lager mat", "Odd", "Enebolig med trapp", "Ja, jeg søker nå", "99 88 77 66"):
        assert text in summary
    answer = send(web)
    enquiry = Enquiry.objects.get()
    assert answer.url == f"/kontakt/kvittering/{enquiry.number}"
    assert (enquiry.person_id, enquiry.what_matters) == (ingrid.person_id, WORDS)
    assert (enquiry.is_application, enquiry.applies_for) == (True, "Hjelp til å dusje")
    assert enquiry.contact_phone == "99 88 77 66"
    receipt = web.get(answer.url).content.decode()
    assert enquiry.number in receipt
    assert "Senest 17. november 2026" in receipt.replace("\u00a0", " ")
    assert draft_of(ingrid) is None
    assert enquiry.number in web.get("/min-side").content.decode()


def test_only_what_matters_and_two_choices_are_needed(web: Client) -> None:
    fill(
        web,
        step1={"about": "meg"},
        step3={},
        step4={},
        step5={},
        step6={"urgent": "ja", "application": "nei"},
    )
    assert send(web).status_code == 302
    assert Enquiry.objects.get().says_urgent


def test_what_is_wrong_is_said_at_the_top_and_kept_in_the_field(web: Client) -> None:
    answer = step(web, 1, {"about": "en-annen", "name": "Odd Prøve", "identity_number": "12345678901"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Feil:" in html
    assert 'href="#id_identity_number"' in html
    assert 'href="#id_consent"' in html
    assert 'value="Odd Prøve"' in html
    assert step(web, 2, {"what_matters": "   "}).status_code == 422
    assert step(web, 2, {"what_matters": "x" * 10_001}).status_code == 422
    assert step(web, 6, {"urgent": "kanskje"}).status_code == 422


def test_save_and_continue_later_keeps_half_answers_without_scolding(web: Client, ingrid: Actor) -> None:
    step(web, 1, ABOUT_ME)
    answer = step(web, 2, {"what_matters": ""}, go="later")
    assert answer.url == "/min-side"
    assert "Utkastet er lagret" in web.get("/min-side").content.decode()
    again = browser_of(ingrid)
    assert 'href="/kontakt/steg/2"' in again.get("/kontakt").content.decode()
    assert "Du må rette" not in again.get("/kontakt/steg/2").content.decode()
    assert "99 88 77 66" in again.get("/kontakt/steg/1").content.decode()


def test_back_keeps_what_was_typed(web: Client) -> None:
    assert step(web, 2, {"what_matters": "Halvferd"}, go="back").url == "/kontakt/steg/1"
    assert "Halvferd" in web.get("/kontakt/steg/2").content.decode()


@pytest.mark.parametrize("number", STEPS)
def test_a_lost_session_at_any_step_gives_back_what_was_typed(
    web: Client, ingrid: Actor, number: int
) -> None:
    html = web.get(f"/kontakt/steg/{number}").content.decode()
    fields = {
        "mark": page(html, "mark"),
        "form_owner": page(html, "form_owner"),
        "go": "next",
        **STEPS[number],
    }
    web.session.flush()
    web.cookies.pop("sessionid")
    answer = web.post(f"/kontakt/steg/{number}", fields)
    assert answer.url.startswith("/logg-inn?next=")
    assert not EnquiryDraft.objects.exists()
    web.force_login(account_of(ingrid))
    restored = web.get(f"/kontakt/steg/{number}")
    for text in STEPS[number].values():
        if text not in ("ja", "nei", "meg"):
            assert text.split("\n")[0] in restored.content.decode()
    assert restored.context["form"].is_valid()
    assert step(web, number, STEPS[number]).status_code == 302


def test_a_lost_session_at_the_summary_loses_nothing(web: Client, ingrid: Actor) -> None:
    fill(web)
    html = web.get("/kontakt/oppsummering").content.decode()
    fields = {name: page(html, name) for name in ("submission_key", "mark", "form_owner")}
    web.session.flush()
    web.cookies.pop("sessionid")
    web.post("/kontakt/oppsummering", fields)
    assert not Enquiry.objects.exists()
    web.force_login(account_of(ingrid))
    assert "Lager mat" in web.get("/kontakt/oppsummering").content.decode()
    assert send(web).status_code == 302


def test_sent_twice_is_one_enquiry_with_one_receipt(web: Client) -> None:
    fill(web)
    html = web.get("/kontakt/oppsummering").content.decode()
    fields = {name: page(html, name) for name in ("submission_key", "mark")}
    first, second = (web.post("/kontakt/oppsummering", fields) for _ in range(2))
    assert first.url == second.url
    assert Enquiry.objects.count() == 1


def test_an_old_send_button_does_not_touch_a_new_draft(web: Client, ingrid: Actor) -> None:
    fill(web)
    html = web.get("/kontakt/oppsummering").content.decode()
    fields = {name: page(html, name) for name in ("submission_key", "mark")}
    first = web.post("/kontakt/oppsummering", fields)
    step(web, 2, {"what_matters": "Noe nytt"})
    assert web.post("/kontakt/oppsummering", fields).url == first.url
    draft = draft_of(ingrid)
    assert draft is not None
    assert draft.content["answers"]["matters"]["what_matters"] == "Noe nytt"


def test_nothing_to_send_leads_to_what_is_sent(web: Client) -> None:
    assert web.post("/kontakt/oppsummering", {"submission_key": "tull"}).url == "/min-side"
    assert web.get("/kontakt/oppsummering").url == "/min-side"
    assert not Enquiry.objects.exists()


def test_an_unfinished_form_is_not_sent_and_says_what_is_missing(web: Client) -> None:
    step(web, 1, ABOUT_ME)
    html = web.get("/kontakt/oppsummering").content.decode()
    assert "Noe gjenstår" in html
    assert "Send inn" not in html
    fields = {name: page(html, name) for name in ("submission_key", "mark")}
    assert web.post("/kontakt/oppsummering", fields).status_code == 200
    assert not Enquiry.objects.exists()


def test_two_windows_on_one_step_show_both_and_overwrite_nothing_unseen(web: Client) -> None:
    html = web.get("/kontakt/steg/2").content.decode()
    old = {"mark": page(html, "mark"), "go": "next"}
    step(web, 2, {"what_matters": "Fra det andre vinduet"})
    answer = web.post("/kontakt/steg/2", {**old, "what_matters": "Fra dette vinduet"})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Fra det andre vinduet" in html
    assert "Fra dette vinduet</textarea>" in html
    assert "Fra det andre vinduet" in web.get("/kontakt/steg/2").content.decode()
    fields = {"mark": page(html, "mark"), "go": "next", "what_matters": "Begge deler"}
    assert web.post("/kontakt/steg/2", fields).status_code == 302


def test_a_change_in_another_window_is_seen_before_it_is_sent(web: Client) -> None:
    fill(web)
    html = web.get("/kontakt/oppsummering").content.decode()
    fields = {name: page(html, name) for name in ("submission_key", "mark")}
    step(web, 3, {"what_i_manage": "Lager ikke mat lenger"})
    answer = web.post("/kontakt/oppsummering", fields)
    assert answer.status_code == 409
    assert "Lager ikke mat lenger" in answer.content.decode()
    assert not Enquiry.objects.exists()
    assert send(web).status_code == 302


def test_change_from_the_summary_leads_back_to_it(web: Client) -> None:
    fill(web)
    assert "/kontakt/steg/3?til=oppsummering" in web.get("/kontakt/oppsummering").content.decode()
    html = web.get("/kontakt/steg/3?til=oppsummering").content.decode()
    fields = {"mark": page(html, "mark"), "go": "next", "what_i_manage": "Alt"}
    assert web.post("/kontakt/steg/3?til=oppsummering", fields).url == "/kontakt/oppsummering"


def test_a_draft_is_thrown_away_only_after_a_question(web: Client, ingrid: Actor) -> None:
    step(web, 2, {"what_matters": "Hemmelig"})
    assert "Hemmelig" not in EnquiryDraft.objects.get().content_sealed
    web.get("/kontakt/slett")
    assert draft_of(ingrid) is not None
    web.post("/kontakt/slett")
    assert draft_of(ingrid) is None


def test_odd_contacts_us_for_ingrid_by_name_and_is_never_told_whether_she_is_known(
    ingrid: Actor, odd: Actor
) -> None:
    number = identity_number_of(person_of(ingrid))
    about = {
        "about": "en-annen",
        "name": "Ingrid Prøve",
        "identity_number": number,
        "consent": "Muntlig",
        "role": "ektefelle",
    }
    web = browser_of(odd)
    fill(web, step1=about)
    assert "Hva klarer personen selv i dag?" in web.get("/kontakt/steg/3").content.decode()
    summary = web.get("/kontakt/oppsummering").content.decode()
    assert number not in summary
    assert f"{number[:6]}\u00a0•••••" in summary
    receipt = send(web).url
    enquiry = Enquiry.objects.get()
    assert enquiry.person_id == ingrid.person_id
    assert (enquiry.contact_id, enquiry.consent_note, enquiry.contact_role) == (
        odd.person_id,
        "Muntlig",
        "ektefelle",
    )
    known = web.get(receipt).content.decode()

    fill(web, step1={**about, "name": "Kari Ukjent", "identity_number": ""})
    unknown = web.get(send(web).url).content.decode()
    assert Enquiry.objects.get(unidentified_name="Kari Ukjent").person_id is None
    assert known.count("<p") == unknown.count("<p")


def test_a_number_that_is_anothers_than_the_name_finds_nobody(ingrid: Actor, odd: Actor) -> None:
    stranger = citizen("Berit", date(1950, 1, 1))
    person = person_of(stranger)
    person.family_name = "Annen"
    person.save()
    web = browser_of(odd)
    number = identity_number_of(person)
    fill(web, step1={"about": "en-annen", "name": "Ingrid Prøve", "identity_number": number, "consent": "Ja"})
    send(web)
    assert Enquiry.objects.get().person_id is None


def test_a_mandate_lets_odd_choose_ingrid_and_nobody_else(ingrid: Actor, odd: Actor, fremmed: Actor) -> None:
    mandate(of=ingrid, to=odd, scopes=("contact",))
    web = browser_of(odd)
    assert step(web, 1, {"about": f"for-{fremmed.person_id}"}).status_code == 422
    fill(web, step1={"about": f"for-{ingrid.person_id}"})
    send(web)
    assert Enquiry.objects.get().person_id == ingrid.person_id


def test_a_mandate_that_ended_meanwhile_sends_nothing(ingrid: Actor, odd: Actor) -> None:
    from cast import NOW

    from trinnvis.people.services import revoke_mandate

    held = mandate(of=ingrid, to=odd, scopes=("contact",))
    web = browser_of(odd)
    fill(web, step1={"about": f"for-{ingrid.person_id}"})
    revoke_mandate(mandate=held, now=NOW)
    html = web.get("/kontakt/oppsummering").content.decode()
    assert "Send inn" not in html
    fields = {name: page(html, name) for name in ("submission_key", "mark")}
    web.post("/kontakt/oppsummering", fields)
    assert not Enquiry.objects.exists()


def test_a_receipt_is_for_the_one_who_sent_it(web: Client, fremmed: Actor) -> None:
    fill(web)
    receipt = send(web).url
    assert browser_of(fremmed).get(receipt).status_code == 404
    assert ReadLogEntry.objects.get().allowed is False


def test_the_form_asks_one_to_log_in_first(lunner: Any, client: Client) -> None:
    assert client.get("/kontakt").status_code == 200
    assert client.get("/kontakt/steg/1").url.startswith("/logg-inn")


def test_staff_who_are_nobody_here_have_no_form(sara: Actor) -> None:
    assert browser_of(sara).get("/kontakt").status_code == 200
    assert browser_of(sara).get("/kontakt/steg/1").status_code == 404
