"""The citizens' door in a real browser: every page type, a phone, the keyboard, JavaScript or none."""

import re
from typing import Any

import pytest
from cast import mandate
from journey import Players
from playwright.sync_api import Page, expect
from portal_stories import SERVICE, browser_of, decided, told

from browser.checks import assert_accessible, assert_focus_visible, assert_reflows, look_over, tab_stops
from browser.town import Enter
from trinnvis.access.actor import Actor
from trinnvis.casework.models import Case

PUBLIC = ["/", "/tjenester", "/tjenester?q=finnesikke", f"/tjenester/{SERVICE}", "/trappen", "/kontakt"]
ALSO_ON_PHONES = ("/", "/trappen")


@pytest.fixture
def players(ingrid: Actor, sara: Actor, bjorn: Actor) -> Players:
    return Players(ingrid, sara, bjorn)


def addresses(case: Case) -> list[str]:
    pages = (
        "",
        "/vurdering",
        "/mal",
        f"/mal/{case.goals.get().pk}",
        "/alternativer",
        "/hendelser",
        "/avklaring",
        "/trekk",
    )
    return [f"/sak/{case.number}{page}" for page in pages]


@pytest.mark.once
def test_public_pages_are_good(lunner: Any, page: Page) -> None:
    for address in PUBLIC:
        page.goto(address)
        look_over(page, thoroughly=address in ALSO_ON_PHONES)


@pytest.mark.once
def test_pages_of_a_citizen_are_good(players: Players, odd: Actor, fremmed: Actor, enter: Enter) -> None:
    case = told(players)
    letter = decided(Players(odd, players.worker, players.decider))
    browser_of(fremmed).get(f"/sak/{case.number}")
    mandate(of=players.citizen, to=odd)
    citizen = enter(players.citizen)
    for address in ("/min-side", "/innsynslogg", *addresses(case)):
        citizen.visit(address)
        look_over(citizen.page, thoroughly=address in ("/min-side", *addresses(case)[:2]))
    relative = enter(odd)
    for address in (f"/sak/{case.number}", "/min-side", f"/vedtak/{letter.decision.number}"):
        look_over(relative.visit(address).page)


def fill_in(page: Page) -> None:
    """The contact form from the first step to the summary."""
    page.goto("/kontakt/steg/1")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvem det gjelder")
    page.get_by_label("Meg selv").check()
    page.get_by_role("button", name="Neste").click()
    page.get_by_label("Hva er viktig for deg nå?").fill("Gå til butikken selv")
    page.get_by_role("button", name="Neste").click()
    for heading in ("Hva som går greit", "Folk rundt", "Boligen"):
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        page.get_by_role("button", name="Neste").click()
    page.get_by_label("Nei, det kan vente noen dager").check()
    page.get_by_label("Ja, jeg søker nå").check()
    page.get_by_label("Hva søker du om?").fill("Hjelp til å dusje")
    page.get_by_role("button", name="Neste").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Se over og send")


def test_the_steps_summary_and_receipt_are_good_with_faults_and_without(ingrid: Actor, enter: Enter) -> None:
    citizen = enter(ingrid)
    page = citizen.page
    for number in range(1, 7):
        citizen.visit(f"/kontakt/steg/{number}")
        look_over(page, thoroughly=number == 1)
    page.goto("/kontakt/steg/1")
    page.get_by_label("En annen").check()
    page.get_by_label("Fødselsnummeret").fill("123")
    page.get_by_role("button", name="Neste").click()
    expect(page.locator("#feil")).to_be_focused()
    assert_accessible(page)
    assert_reflows(page)
    page.locator("#feil a").first.click()
    expect(
        page.locator("#id_name, #id_identity_number, #id_consent").and_(page.locator(":focus"))
    ).to_have_count(1)
    fill_in(page)
    look_over(page)
    page.get_by_role("button", name="Send inn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Takk. Vi har fått henvendelsen.")
    look_over(page)


def test_questions_about_another_are_asked_only_when_it_is_about_another(ingrid: Actor, enter: Enter) -> None:
    page = enter(ingrid, java_script_enabled=False).visit("/kontakt/steg/1").page
    expect(page.get_by_label("Fødselsnummeret")).to_be_hidden()
    page.get_by_label("En annen").check()
    expect(page.get_by_label("Fødselsnummeret")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_another_language_keeps_what_is_typed_and_enter_is_not_a_language(
    ingrid: Actor, enter: Enter, scripts: bool
) -> None:
    page = enter(ingrid, java_script_enabled=scripts).visit("/kontakt/steg/2").page
    page.get_by_label("Hva er viktig for deg nå?").fill("Halvferdig setning")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_label("What matters to you now?")).to_have_value("Halvferdig setning")
    page.goto("/kontakt/steg/1")
    page.locator("[name=about]").first.check()
    page.locator("[name=phone]").press("Enter")
    expect(page).to_have_url(re.compile("/kontakt/steg/2$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_ladder_does_not_spill_over_when_only_the_text_is_enlarged(lunner: Any, page: Page) -> None:
    page.goto("/trappen")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_the_contact_form_by_keyboard_alone(ingrid: Actor, enter: Enter) -> None:
    page = enter(ingrid).visit("/kontakt/steg/1").page

    def tab_to(selector: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                assert_focus_visible(page)
                return
        raise AssertionError(f"{selector} is not reached")

    tab_to("[name=about]")
    page.keyboard.press("Space")
    tab_to("[value=next]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hva som er viktig")
    tab_to("[name=what_matters]")
    page.keyboard.type("Sove om natta")
    tab_to("[value=next]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hva som går greit")
    tab_to("[value=later]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Min side")
    assert "Fortsett" in tab_stops(page)


def test_a_citizen_writes_in_the_assessment_and_answers_the_offer_without_javascript(
    players: Players, enter: Enter
) -> None:
    case = told(players)
    page = enter(players.citizen, java_script_enabled=False).visit(f"/sak/{case.number}/vurdering").page
    page.locator("textarea").nth(1).fill("Jeg lager mat selv")
    page.get_by_role("button", name="Lagre det jeg har skrevet").last.click()
    expect(page.locator("textarea").nth(1)).to_have_value("Jeg lager mat selv")
    page.goto(f"/sak/{case.number}")
    page.get_by_role("link", name="Les og svar").click()
    page.get_by_label("Nei takk").check()
    page.get_by_role("button", name="Send svaret").click()
    expect(page.get_by_text("Svaret ditt er registrert.")).to_be_visible()
    expect(page.get_by_role("link", name="Les og svar")).to_have_count(0)


def test_someone_elses_case_looks_like_none_at_all(players: Players, fremmed: Actor, enter: Enter) -> None:
    case = told(players)
    page = enter(fremmed).page
    page.goto(f"/sak/{case.number}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vi finner ikke siden")
    assert_accessible(page)
