"""The contact form: whole, left and continued, a lost session, two windows, sent twice. Nothing is lost."""

import re
from datetime import date
from typing import Any

import pytest
from cast import account_of, citizen, mandate, person_of
from django.test import Client
from portal_stories import browser_of

from trinnvis.access.actor import Actor
from trinnvis.access.models import ReadLogEntry
from trinnvis.casework.models import Enquiry, EnquiryDraft
from trinnvis.casework.queries.drafts import draft_of
from trinnvis.people.queries import identity_number_of

WORDS = "Jeg vil gå til butikken selv,\nog sove om natta."
ABOUT_ME = {"about": "meg", "phone": "99 88 77 66"}
STEPS: dict[int, dict[str, str]] = {
    1: ABOUT_ME,
    2: {"what_matters": WORDS},
    3: {"what_i_manage": "Lager mat"},
    4: {"who_is_around": "Odd"},
    5: {"how_i_live": "Enebolig med trapp"},
    6: {"urgent": "nei", "application": "ja", "applies_for": "Hjelp til å dusje"},
}


def page(html: str, name: str) -> str:
    """The value of a hidden field."""
    return html.split(f'name="{name}" value="')[1].split('"')[0]


def step(web: Client, number: int, answers: dict[str, str], go: str = "next", **more: Any) -> Any:
    """Open a step, and press a button with these answers typed."""
    html = web.get(f"/kontakt/steg/{number}").content.decode()
    fields = {"mark": page(html, "mark"), "form_owner": page(html, "form_owner"), "go": go, **answers}
    return web.post(f"/kontakt/steg/{number}", fields, **more)


def fill(web: Client, **changed: dict[str, str]) -> None:
    for number, answers in STEPS.items():
        assert step(web, number, changed.get(f"step{number}", answers)).status_code == 302


def send(web: Client) -> Any:
    html = web.get("/kontakt/oppsummering").content.decode()
    return web.post("/kontakt/oppsummering", {name: page(html, name) for name in ("submission_key", "mark")})


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


def test_what_another_choice_makes_necessary_is_not_called_optional(web: Client) -> None:
    labels = re.findall(r"<label[^>]*>(.*?)</label>", web.get("/kontakt/steg/1").content.decode(), re.DOTALL)
    optional = {label.split(" <")[0]: "(valgfritt)" in label for label in labels}
    assert optional["Navnet på den det gjelder"] is False
    assert optional["Hvordan har den det gjelder sagt ja til at du tar kontakt?"] is False
    assert optional["Hvem er du for den det gjelder?"] is True


@pytest.mark.parametrize("phone", ["99 88 77 66", "99887766", "+46 70 123 45 67", "004670 1234567", ""])
def test_a_telephone_number_may_be_from_anywhere(web: Client, phone: str) -> None:
    assert step(web, 1, {"about": "meg", "phone": phone}).status_code == 302


@pytest.mark.parametrize("phone", ["hei", "99 88 77", "ring 99 88 77 66", "99 88 77 66 12", "+0 123 456 789"])
def test_what_cannot_be_called_is_no_telephone_number(web: Client, phone: str) -> None:
    answer = step(web, 1, {"about": "meg", "phone": phone})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_phone"' in html
    assert "Skriv telefonnummeret med sifre" in html


def test_no_text_is_cut_off_unseen(web: Client) -> None:
    html = web.get("/kontakt/steg/1").content.decode()
    for name in ("name", "consent", "role", "phone"):
        assert "maxlength" not in html.split(f'name="{name}"')[1].split(">")[0]
    answer = step(web, 1, {"about": "en-annen", "name": "x" * 161, "consent": "Ja"})
    assert answer.status_code == 422
    assert "plass til 160 tegn, og du har skrevet 161" in answer.content.decode()
    long = step(web, 2, {"what_matters": "x" * 10_001}).content.decode()
    assert "plass til 10\u00a0000 tegn, og du har skrevet 10\u00a0001" in long


def test_who_cannot_be_called_about_what_is_urgent_is_told_so(web: Client, ingrid: Actor) -> None:
    urgent = {"urgent": "ja", "application": "nei"}
    fill(web, step1={"about": "meg"}, step6=urgent)
    html = web.get("/kontakt/oppsummering").content.decode()
    assert "Vi kan ikke ringe deg" in html
    assert 'href="/kontakt/steg/1?til=oppsummering"' in html
    assert 'href="tel:113"' in html and 'href="tel:116117"' in html
    assert "Send inn" in html
    step(web, 1, ABOUT_ME)
    assert "Vi kan ikke ringe deg" not in web.get("/kontakt/oppsummering").content.decode()
    step(web, 1, {"about": "meg"})
    person = person_of(ingrid)
    person.phone = "99 88 77 66"
    person.save()
    assert "Vi kan ikke ringe deg" not in browser_of(ingrid).get("/kontakt/oppsummering").content.decode()


def test_another_language_in_the_middle_of_a_step_keeps_what_is_typed(web: Client, ingrid: Actor) -> None:
    html = web.get("/kontakt/steg/2").content.decode()
    assert html.count('name="language"') == html.count('name="language" value') == 3
    fields = {
        "mark": page(html, "mark"),
        "next": "/kontakt/steg/2",
        "language": "en",
        "what_matters": "Halvferdig setning",
    }
    answer = web.post("/kontakt/steg/2", fields)
    assert (answer.status_code, answer.url) == (302, "/kontakt/steg/2")
    english = web.get("/kontakt/steg/2").content.decode()
    assert '<html lang="en"' in english
    assert "Halvferdig setning</textarea>" in english
    assert 'id="feil"' not in english


def test_another_language_before_anything_is_typed_does_not_scold(web: Client) -> None:
    html = web.get("/kontakt/steg/2").content.decode()
    fields = {"mark": page(html, "mark"), "next": "/kontakt/steg/2", "language": "nn", "what_matters": ""}
    assert web.post("/kontakt/steg/2", fields).url == "/kontakt/steg/2"
    assert 'id="feil"' not in web.get("/kontakt/steg/2").content.decode()


def test_what_is_missing_is_called_as_the_page_calls_it(ingrid: Actor, odd: Actor) -> None:
    mandate(of=ingrid, to=odd, scopes=("contact",))
    web = browser_of(odd)
    step(web, 1, {"about": f"for-{ingrid.person_id}"})
    html = step(web, 2, {"what_matters": ""}).content.decode()
    assert "Fyll ut «Hva er viktig for den det gjelder»." in html
    assert "for deg nå" not in html


def test_who_acts_for_another_sees_it_on_every_step(ingrid: Actor, odd: Actor) -> None:
    mandate(of=ingrid, to=odd, scopes=("contact",))
    web = browser_of(odd)
    fill(web, step1={"about": f"for-{ingrid.person_id}"})
    for address in (*(f"/kontakt/steg/{number}" for number in range(2, 7)), "/kontakt/oppsummering"):
        assert "Du handler for Ingrid Prøve" in web.get(address).content.decode(), address


def test_the_receipt_promises_what_the_front_page_does(web: Client) -> None:
    fill(web)
    receipt = web.get(send(web).url).content.decode().replace("\u00a0", " ")
    assert "Målet vårt er at du har svaret på søknaden innen denne dagen." in receipt
    assert "Senest 7. desember 2026" in receipt


def test_the_login_after_a_lost_session_says_that_what_was_typed_is_kept(web: Client, settings: Any) -> None:
    html = web.get("/kontakt/steg/2").content.decode()
    fields = {"mark": page(html, "mark"), "form_owner": page(html, "form_owner"), **STEPS[2]}
    web.session.flush()
    web.cookies.pop("sessionid")
    assert "Vi har tatt vare på" not in web.get("/logg-inn", follow=True).content.decode()
    answer = web.post("/kontakt/steg/2", fields, follow=True)
    assert "Vi har tatt vare på det du skrev" in answer.content.decode()
