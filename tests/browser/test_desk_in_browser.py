"""The desk in a real browser: accessible, narrow, by keyboard, and the whole road in without JavaScript."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from cast import NOW, case_of, citizen, enquire, person_of
from playwright.sync_api import Page, expect

from browser.checks import assert_accessible, assert_focus_visible, assert_reflows, look_over, tab_stops
from browser.town import Enter
from trinnvis.access.actor import Actor
from trinnvis.people.queries import identity_number_of

ON_PHONES_TOO = ("worklist", "enquiry", "new", "person", "ladder")


@pytest.fixture
def town(sara: Actor, ingrid: Actor, odd: Actor) -> dict[str, str]:
    """A worklist with something of every kind, and the addresses of the pages."""
    case_of(ingrid, sara, outcome="severely_ill")
    for i in range(30):
        case_of(citizen(f"Nr{i}"), sara, now=NOW - timedelta(days=i * 2), is_application=i % 2 == 0)
    waiting = enquire(odd, says_urgent=True, is_application=True, applies_for="Avlastning hjemme")
    return {
        "worklist": "/skranke/oppgaver",
        "second page": "/skranke/oppgaver?frist=over&side=2",
        "nothing": "/skranke/oppgaver?fase=notice",
        "enquiry": f"/skranke/henvendelse/{waiting.number}",
        "identify": f"/skranke/henvendelse/{waiting.number}/person",
        "new": "/skranke/henvendelse/ny",
        "find": "/skranke/innbygger",
        "person": f"/skranke/innbygger/{ingrid.person_id}",
        "reason": f"/skranke/innbygger/{person_of(citizen('Uten sak')).pk}",
        "ladder": "/skranke/trappen",
        "step": "/skranke/trappen/7",
    }


@pytest.fixture
def desk(enter: Enter, sara: Actor) -> Page:
    return enter(sara).page


@pytest.mark.once
def test_every_page_is_accessible_narrow_and_within_the_policy(desk: Page, town: dict[str, str]) -> None:
    for name, address in town.items():
        answer = desk.goto(address)
        assert answer is not None and answer.status == 200, name
        look_over(desk, thoroughly=name in ON_PHONES_TOO)


def test_forms_with_errors_and_hits_are_accessible(desk: Page, town: dict[str, str]) -> None:
    desk.goto(town["new"])
    desk.click("text=Registrer henvendelsen")
    expect(desk.locator("#feil")).to_be_focused()
    assert_accessible(desk)
    assert_reflows(desk)
    targets = desk.eval_on_selector_all("#feil a", "links => links.map(a => a.getAttribute('href').slice(1))")
    assert targets
    for target in targets:
        expect(desk.locator(f"[id='{target}']")).to_be_visible()
    desk.goto(town["find"])
    desk.fill("#id_name", "Prøve")
    desk.press("#id_name", "Enter")
    expect(desk.get_by_role("heading", name="20 treff")).to_be_visible()
    assert_accessible(desk)
    assert_reflows(desk)
    desk.goto(town["enquiry"])
    desk.click("text=Lagre vurderingen")
    expect(desk.locator("#feil")).to_be_focused()
    assert_accessible(desk)
    desk.click("summary:has-text('Hva hvert valg fører til')")
    assert_accessible(desk)
    assert_reflows(desk)


def test_the_road_in_by_keyboard_alone(desk: Page, ingrid: Actor, town: dict[str, str]) -> None:
    desk.goto(town["worklist"])
    stops = tab_stops(desk)
    assert stops[0] == "Hopp til innholdet"
    for stop in ("Oppgavebenk", "Ny henvendelse", "Vurder"):
        assert any(stop in each for each in stops), stop
    desk.goto(town["new"])
    desk.focus("#id_identity_number")
    desk.keyboard.type(identity_number_of(person_of(ingrid)))
    desk.keyboard.press("Enter")  # the first button searches; nothing is registered by a stray Enter
    expect(desk.get_by_label("Ingrid Prøve")).to_be_visible()
    desk.get_by_label("Ingrid Prøve").focus()
    desk.keyboard.press("Space")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    assert_focus_visible(desk)
    expect(desk.get_by_label("Ingrid Prøve")).to_be_checked()


@pytest.mark.parametrize("script", [True, False])
def test_from_phone_to_case(enter: Enter, sara: Actor, ingrid: Actor, live_server: Any, script: bool) -> None:
    page = enter(sara, java_script_enabled=script).visit("/skranke/").page
    page.get_by_role("main").get_by_role("link", name="Ny henvendelse").click()
    page.get_by_label("Navn", exact=False).first.fill("ingrid")
    page.get_by_role("button", name="Søk etter personen").click()
    page.get_by_label("Ingrid Prøve").check()
    page.get_by_label("Sykehus").check()
    expect(page.get_by_label("Navnet på den som tar kontakt")).to_be_hidden()
    page.get_by_label("Noen andre").check()
    page.get_by_label("Navnet på den som tar kontakt").fill("Sykepleier Lund")
    page.get_by_label("Hvordan har personen sagt ja til kontakten?").fill("Muntlig i dag")
    page.get_by_label("Hva gjelder det, og hva er viktig for personen?").fill("Vil hjem")
    page.get_by_role("group", name="Haster det?").get_by_label("Ja").check()
    page.get_by_role("group", name="Blir det søkt om noe?").get_by_label("Nei").check()
    page.get_by_role("button", name="Registrer henvendelsen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Henvendelse H-2026-")
    expect(page.get_by_label("Hvilken enhet skal svare?")).to_be_hidden()
    page.get_by_label("Alvorlig syk eller livets siste fase").check()
    page.get_by_label("Hvorfor?").fill("Legen sier det er kort tid igjen")
    page.get_by_role("button", name="Lagre vurderingen").click()
    expect(page).to_have_url(f"{live_server.url}/skranke/sak/2026-000001/")
    page.goto("/skranke/")
    page.get_by_role("button", name="Ta saken").click()
    expect(page.get_by_role("status")).to_contain_text("Du har tatt sak 2026-000001")


def test_a_reason_opens_a_file_and_its_number_is_shown_when_asked(
    desk: Page, sara: Actor, ingrid: Actor
) -> None:
    desk.goto(f"/skranke/innbygger/{ingrid.person_id}")
    desk.get_by_label("Hvorfor trenger du å se opplysningene?").fill("Ektefellen ringte i dag")
    desk.get_by_role("button", name="Logg grunnen og åpne").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Ingrid Prøve")
    number = identity_number_of(person_of(ingrid))
    desk.get_by_role("button", name="Vis fødselsnummeret").click()
    expect(desk.locator("aside")).to_contain_text(number[6:])
    assert number not in desk.url and number not in desk.title()
    assert_accessible(desk)
