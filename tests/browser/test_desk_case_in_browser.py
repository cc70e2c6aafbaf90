"""The case page in a real browser: every tab accessible, narrow, by keyboard, and without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from cast import LONG_AGO, NOW, account_of, case_of, policy_in
from desking import WHOLE, AtDesk, assess, compare, submit
from django.conf import settings as project
from django.test import Client
from playwright.sync_api import Page, expect

from browser.checks import (
    assert_accessible,
    assert_csp_clean,
    assert_focus_visible,
    assert_reflows,
    assert_target_sizes,
    tab_stops,
)
from trinnvis.access.actor import Actor
from trinnvis.casework.models import Case, Decision
from trinnvis.policy.models import PolicyVersion
from trinnvis.policy.services import adopt

TABS = ["", "avklaring", "vurdering", "alternativer", "vedtak", "tidslinje", "dokumenter"]
FORMS = [
    "gjor/close",
    "gjor/note",
    "gjor/capacity",
    "gjor/measure",
    "gjor/team",
    "kriterier/praktisk-bistand",
]


@pytest.fixture(autouse=True)
def the_clock(settings: Any) -> None:
    settings.TRINNVIS_CLOCK = "desking.moment"


@pytest.fixture
def lunner(transactional_db: None) -> PolicyVersion:
    folder = project.TRINNVIS_POLICY_FOLDER
    return adopt(policy=policy_in(folder), valid_from=LONG_AGO, by="Kommunestyret", now=NOW)


def logged_in(page: Page, actor: Actor, live_server: Any) -> Page:
    client = Client()
    client.force_login(account_of(actor))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return page


def check(page: Page) -> None:
    assert_accessible(page)
    assert_target_sizes(page)
    assert_reflows(page)
    assert_csp_clean(page)


def test_every_tab_and_form_of_a_case_under_way(
    page: Page, live_server: Any, lunner: PolicyVersion, ingrid: Actor, odd: Actor, sara: Actor
) -> None:
    case = case_of(ingrid, sara, is_application=True, applies_for="Hjelp til å dusje")
    logged_in(page, sara, live_server)
    for tab in TABS:
        page.goto(f"/skranke/sak/{case.number}/{tab}")
        check(page)
    at = compare(assess(AtDesk(sara, case.number)))
    at.open("gjor/goal").press("Lagre målet", words="Gå til butikken")
    at.open("vedtak").press("Lagre utkast", kind="grant")
    decision = Decision.objects.get()
    for place in (*TABS, *FORMS, f"vedtak/{decision.number}/brev"):
        page.goto(f"/skranke/sak/{case.number}/{place}")
        check(page)


def test_dark_mode_and_a_phone(
    context_of: Any, live_server: Any, lunner: PolicyVersion, ingrid: Actor, sara: Actor
) -> None:
    case = case_of(ingrid, sara, is_application=True)
    compare(assess(AtDesk(sara, case.number)))
    for options in ({"color_scheme": "dark"}, {"viewport": {"width": 320, "height": 800}}):
        page = logged_in(context_of(**options).new_page(), sara, live_server)
        for tab in ("", "vurdering", "alternativer", "vedtak"):
            page.goto(f"/skranke/sak/{case.number}/{tab}")
            assert_accessible(page)
            assert_target_sizes(page)


def test_the_second_persons_page_and_its_errors(
    page: Page, live_server: Any, lunner: PolicyVersion, ingrid: Actor, sara: Actor, bjorn: Actor
) -> None:
    case = case_of(ingrid, sara, is_application=True)
    submit(AtDesk(sara, case.number))
    logged_in(page, bjorn, live_server).goto(f"/skranke/sak/{case.number}/vedtak")
    check(page)
    page.get_by_role("button", name="Send i retur").click()
    check(page)
    expect(page.locator("#feil")).to_be_focused()
    page.locator("#feil a").first.click()
    expect(page.locator("#id_retur_return_reason_0")).to_be_focused()


def test_the_function_variables_are_set_by_keyboard_alone(
    page: Page, live_server: Any, lunner: PolicyVersion, ingrid: Actor, sara: Actor
) -> None:
    case = case_of(ingrid, sara)
    logged_in(page, sara, live_server).goto(f"/skranke/sak/{case.number}/vurdering")
    group = page.get_by_role("radiogroup").first
    group.get_by_role("radio").first.focus()
    for _press in range(2):
        page.keyboard.press("ArrowRight")
    assert_focus_visible(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Lagre vurderingen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Vurderingen er lagret.")).to_be_visible()
    assert [row.score for row in case.scores.order_by("pk")] == [3, 1]


def test_every_stop_of_the_tab_key_has_a_name(
    page: Page, live_server: Any, lunner: PolicyVersion, ingrid: Actor, sara: Actor
) -> None:
    case = case_of(ingrid, sara)
    logged_in(page, sara, live_server)
    for tab in ("", "vurdering"):
        page.goto(f"/skranke/sak/{case.number}/{tab}")
        stops = tab_stops(page)
        assert len(stops) > 15
        assert all(stops), stops


@pytest.mark.parametrize("kind", ["page", "page_nojs"])
def test_sara_and_bjorn_bring_the_case_to_a_sent_decision(
    kind: str,
    request: Any,
    context_of: Any,
    live_server: Any,
    lunner: PolicyVersion,
    ingrid: Actor,
    sara: Actor,
    bjorn: Actor,
) -> None:
    case = case_of(ingrid, sara, is_application=True)
    compare(assess(AtDesk(sara, case.number)))
    page: Page = logged_in(request.getfixturevalue(kind), sara, live_server)
    page.goto(f"/skranke/sak/{case.number}/")
    page.get_by_role("link", name="Skriv vedtaket", exact=True).first.click()
    page.get_by_label("Innvilges", exact=True).check()
    for label, name in (
        ("Hvordan er ønsket vektlagt?", "wish_weighed"),
        ("Målet med hjelpen", "goal"),
        ("Opplysningene vedtaket bygger på", "facts"),
        ("Begrunnelse med egne ord", "reasons"),
    ):
        page.get_by_label(label).fill(WHOLE[name])
    page.get_by_role("button", name="Lagre og send til godkjenning").click()
    expect(page.get_by_text("Det mangler 1 ting i vedtaket")).to_be_visible()
    page.get_by_role("link", name="Skriv når vedtaket slutter").click()
    expect(page.locator("#id_ends_on")).to_be_focused()
    page.get_by_label("Vurderes på nytt").fill("1.6.2027")
    page.get_by_role("button", name="Lagre og send til godkjenning").click()
    expect(page.get_by_text("Vedtaket er sendt til godkjenning.").first).to_be_visible()

    options = {} if kind == "page" else {"java_script_enabled": False}
    deciding = logged_in(context_of(**options).new_page(), bjorn, live_server)
    deciding.goto(f"/skranke/sak/{case.number}/vedtak")
    deciding.get_by_role("button", name="Godkjenn vedtaket").dblclick()
    expect(deciding.get_by_text("Godkjent av Bjørn Beslutter")).to_be_visible()

    page.goto(f"/skranke/sak/{case.number}/vedtak")
    page.get_by_role("link", name="Send vedtaket").click()
    page.get_by_role("button", name="Send vedtaket nå").dblclick()
    expect(page.get_by_text("Klagefristen går ut")).to_be_visible()
    assert Decision.objects.get().letters.count() == 1
    assert Case.objects.get().stage == "follow_up"
