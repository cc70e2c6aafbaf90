"""The contact form's fields: what they ask for, what they take, and what is said when something is wrong."""

import re
from typing import Any

import pytest
from cast import mandate, person_of
from contacting import ABOUT_ME, STEPS, fill, page, send, step
from django.test import Client
from portal_stories import browser_of

from trinnvis.access.actor import Actor


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
