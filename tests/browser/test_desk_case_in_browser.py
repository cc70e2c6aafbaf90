"""The case page in a real browser: every tab accessible, narrow, by keyboard, and without JavaScript."""

from __future__ import annotations

import pytest
from cast import case_of
from desking import WHOLE, AtDesk, assess, compare, submit
from playwright.sync_api import expect

from browser.checks import assert_focus_visible, look_over, tab_stops
from browser.town import Enter
from trinnvis.access.actor import Actor
from trinnvis.casework.models import Case, Decision
from trinnvis.policy.models import PolicyVersion

TABS = ["", "avklaring", "vurdering", "alternativer", "vedtak", "tidslinje", "dokumenter"]
FORMS = [
    "gjor/close",
    "gjor/note",
    "gjor/capacity",
    "gjor/measure",
    "gjor/team",
    "kriterier/praktisk-bistand",
]


def test_every_tab_and_form_of_a_case_under_way(
    enter: Enter, lunner: PolicyVersion, ingrid: Actor, odd: Actor, sara: Actor
) -> None:
    case = case_of(ingrid, sara, is_application=True, applies_for="Hjelp til å dusje")
    at_desk = enter(sara)
    for tab in TABS:
        look_over(at_desk.visit(f"/skranke/sak/{case.number}/{tab}").page)
    at = compare(assess(AtDesk(sara, case.number)))
    at.open("gjor/goal").press("Lagre målet", words="Gå til butikken")
    at.open("vedtak").press("Lagre utkast", kind="grant")
    decision = Decision.objects.get()
    for place in (*TABS, *FORMS, f"vedtak/{decision.number}/brev"):
        at_desk.visit(f"/skranke/sak/{case.number}/{place}")
        look_over(at_desk.page, thoroughly=place in ("", "vurdering", "alternativer", "vedtak"))


def test_the_second_persons_page_and_its_errors(
    enter: Enter, lunner: PolicyVersion, ingrid: Actor, sara: Actor, bjorn: Actor
) -> None:
    case = case_of(ingrid, sara, is_application=True)
    submit(AtDesk(sara, case.number))
    page = enter(bjorn).visit(f"/skranke/sak/{case.number}/vedtak").page
    look_over(page)
    page.get_by_role("button", name="Send i retur").click()
    look_over(page)
    expect(page.locator("#feil")).to_be_focused()
    page.locator("#feil a").first.click()
    expect(page.locator("#id_retur_return_reason_0")).to_be_focused()


def test_the_function_variables_are_set_by_keyboard_alone(
    enter: Enter, lunner: PolicyVersion, ingrid: Actor, sara: Actor
) -> None:
    case = case_of(ingrid, sara)
    page = enter(sara).visit(f"/skranke/sak/{case.number}/vurdering").page
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
    enter: Enter, lunner: PolicyVersion, ingrid: Actor, sara: Actor
) -> None:
    case = case_of(ingrid, sara)
    at_desk = enter(sara)
    for tab in ("", "vurdering"):
        stops = tab_stops(at_desk.visit(f"/skranke/sak/{case.number}/{tab}").page)
        assert len(stops) > 15
        assert all(stops), stops


@pytest.mark.parametrize("script", [True, False])
def test_sara_and_bjorn_bring_the_case_to_a_sent_decision(
    enter: Enter, lunner: PolicyVersion, ingrid: Actor, sara: Actor, bjorn: Actor, script: bool
) -> None:
    case = case_of(ingrid, sara, is_application=True)
    compare(assess(AtDesk(sara, case.number)))
    page = enter(sara, java_script_enabled=script).visit(f"/skranke/sak/{case.number}/").page
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

    deciding = enter(bjorn, java_script_enabled=script).visit(f"/skranke/sak/{case.number}/vedtak").page
    deciding.get_by_role("button", name="Godkjenn vedtaket").dblclick()
    expect(deciding.get_by_text("Godkjent av Bjørn Beslutter")).to_be_visible()

    page.goto(f"/skranke/sak/{case.number}/vedtak")
    page.get_by_role("link", name="Send vedtaket").click()
    page.get_by_role("button", name="Send vedtaket nå").dblclick()
    expect(page.get_by_text("Klagefristen går ut")).to_be_visible()
    assert Decision.objects.get().letters.count() == 1
    assert Case.objects.get().stage == "follow_up"
