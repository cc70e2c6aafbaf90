"""The case page in a real browser: every tab accessible, narrow, by keyboard, and without JavaScript."""

from __future__ import annotations

import pytest
from cast import case_of
from desking import AtDesk, assess, compare, submit
from playwright.sync_api import expect

from browser.checks import assert_focus_visible, look_over, tab_stops
from browser.town import Enter
from trinnvis.access.actor import Actor
from trinnvis.casework.models import Decision
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


@pytest.mark.once
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
