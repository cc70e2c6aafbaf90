"""The citizens' door in a real browser: every page type, a phone, the keyboard, JavaScript or none."""

from collections.abc import Iterator
from typing import Any

import pytest
from cast import LONG_AGO, NOW, mandate, policy_in
from django.conf import settings as product
from journey import Players
from playwright.sync_api import BrowserContext, Page, expect
from portal_stories import SERVICE, browser_of, decided, told

from browser.checks import (
    assert_accessible,
    assert_csp_clean,
    assert_focus_visible,
    assert_reflows,
    assert_target_sizes,
    tab_stops,
)
from trinnvis.access.actor import Actor
from trinnvis.casework.models import Case, Enquiry
from trinnvis.policy.models import PolicyVersion
from trinnvis.policy.services import adopt

pytestmark = pytest.mark.django_db(transaction=True)

PUBLIC = ["/", "/tjenester", "/tjenester?q=finnesikke", f"/tjenester/{SERVICE}", "/trappen", "/kontakt"]


@pytest.fixture(autouse=True)
def still_clock(settings: Any) -> Iterator[None]:
    settings.TRINNVIS_CLOCK = "portal_stories.clock"
    yield


@pytest.fixture
def lunner(transactional_db: None) -> PolicyVersion:
    folder = product.TRINNVIS_POLICY_FOLDER
    return adopt(policy=policy_in(folder), valid_from=LONG_AGO, by="Kommunestyret, sak 1/23", now=NOW)


@pytest.fixture
def players(ingrid: Actor, sara: Actor, bjorn: Actor) -> Players:
    return Players(ingrid, sara, bjorn)


def as_citizen(context: BrowserContext, actor: Actor, address: str) -> Page:
    """A page of a browser where someone is logged in already."""
    session = browser_of(actor).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    return context.new_page()


def assert_good(page: Page, address: str) -> None:
    page.goto(address)
    assert_accessible(page)
    assert_target_sizes(page)
    assert_reflows(page)
    assert_csp_clean(page)


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


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_are_good(lunner: Any, page: Page, address: str) -> None:
    assert_good(page, address)


def test_pages_of_a_citizen_are_good(
    players: Players, odd: Actor, fremmed: Actor, context_of: Any, live_server: Any
) -> None:
    case = told(players)
    letter = decided(Players(odd, players.worker, players.decider))
    browser_of(fremmed).get(f"/sak/{case.number}")
    mandate(of=players.citizen, to=odd)
    page = as_citizen(context_of(), players.citizen, live_server.url)
    for address in ("/min-side", "/innsynslogg", *addresses(case)):
        assert_good(page, address)
    page = as_citizen(context_of(), odd, live_server.url)
    for address in (f"/sak/{case.number}", "/min-side", f"/vedtak/{letter.decision.number}"):
        assert_good(page, address)


@pytest.mark.parametrize("options", [{"color_scheme": "dark"}, {"viewport": {"width": 320, "height": 800}}])
def test_dark_and_small_screens_are_accessible_too(
    players: Players, context_of: Any, live_server: Any, options: dict[str, Any]
) -> None:
    case = told(players)
    page = as_citizen(context_of(**options), players.citizen, live_server.url)
    for address in (
        "/",
        "/trappen",
        "/min-side",
        f"/sak/{case.number}",
        f"/sak/{case.number}/vurdering",
        "/kontakt/steg/1",
    ):
        page.goto(address)
        assert_accessible(page)


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


@pytest.mark.parametrize("scripts", [True, False])
def test_the_contact_form_with_and_without_javascript(
    ingrid: Actor, context_of: Any, live_server: Any, scripts: bool
) -> None:
    page = as_citizen(context_of(java_script_enabled=scripts), ingrid, live_server.url)
    page.goto("/kontakt")
    expect(page.get_by_role("link", name="Start")).to_have_attribute("href", "/kontakt/steg/1")
    fill_in(page)
    page.get_by_role("button", name="Send inn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Takk. Vi har fått henvendelsen.")
    assert Enquiry.objects.get().applies_for == "Hjelp til å dusje"
    page.go_back()
    expect(page.get_by_text("Det er ikke noe utkast å sende.")).to_be_visible()
    expect(page.get_by_text(Enquiry.objects.get().number)).to_be_visible()
    assert Enquiry.objects.count() == 1


def test_the_steps_summary_and_receipt_are_good_with_faults_and_without(
    ingrid: Actor, context_of: Any, live_server: Any
) -> None:
    page = as_citizen(context_of(), ingrid, live_server.url)
    for number in range(1, 7):
        assert_good(page, f"/kontakt/steg/{number}")
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
    assert_good(page, "/kontakt/oppsummering")
    page.get_by_role("button", name="Send inn").click()
    assert_good(page, page.url)


def test_questions_about_another_are_asked_only_when_it_is_about_another(
    ingrid: Actor, context_of: Any, live_server: Any
) -> None:
    page = as_citizen(context_of(java_script_enabled=False), ingrid, live_server.url)
    page.goto("/kontakt/steg/1")
    expect(page.get_by_label("Fødselsnummeret")).to_be_hidden()
    page.get_by_label("En annen").check()
    expect(page.get_by_label("Fødselsnummeret")).to_be_visible()


def test_the_contact_form_by_keyboard_alone(ingrid: Actor, context_of: Any, live_server: Any) -> None:
    page = as_citizen(context_of(), ingrid, live_server.url)
    page.goto("/kontakt/steg/1")

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
    players: Players, context_of: Any, live_server: Any
) -> None:
    case = told(players)
    page = as_citizen(context_of(java_script_enabled=False), players.citizen, live_server.url)
    page.goto(f"/sak/{case.number}/vurdering")
    page.locator("textarea").nth(1).fill("Jeg lager mat selv")
    page.get_by_role("button", name="Lagre det jeg har skrevet").last.click()
    expect(page.locator("textarea").nth(1)).to_have_value("Jeg lager mat selv")
    page.goto(f"/sak/{case.number}")
    page.get_by_role("link", name="Les og svar").click()
    page.get_by_label("Nei takk").check()
    page.get_by_role("button", name="Send svaret").click()
    expect(page.get_by_text("Svaret ditt er registrert.")).to_be_visible()
    expect(page.get_by_role("link", name="Les og svar")).to_have_count(0)


def test_someone_elses_case_looks_like_none_at_all(
    players: Players, fremmed: Actor, context_of: Any, live_server: Any
) -> None:
    case = told(players)
    page = as_citizen(context_of(), fremmed, live_server.url)
    page.goto(f"/sak/{case.number}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vi finner ikke siden")
    assert_accessible(page)
