"""Simulations: asked for, followed while they run, read, with and without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from cast import NOW
from playwright.sync_api import Page, expect
from simulating import finished_run

from browser.checks import assert_accessible, assert_csp_clean, assert_reflows, look_over
from browser.town import Enter, Visitor
from trinnvis.access.services import actor_of
from trinnvis.simulations.services import work
from trinnvis.simulations.worker import work_off


@pytest.fixture
def planke(enter: Enter, town: Any) -> Visitor:
    return enter(town["planke"])


def choose_small(page: Page) -> None:
    page.goto("/plan/simulering")
    for label, value in (("Kommune", "Hurdal"), ("År framover", "6"), ("Trekninger", "25")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("checkbox", name="Bolig først", exact=True).check()


def test_followed_until_it_is_finished(planke: Visitor) -> None:
    page = planke.page
    choose_small(page)
    page.locator("#id_s_housing-led").locator("xpath=ancestor::fieldset").locator("summary").click()
    slider = page.get_by_role("slider", name="Ganger så ofte: Færre flytter hjemmefra til institusjon")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    planke.press("Simuler").sees("Simuleringen er neste i køen")
    run = work.take_next(worker="a", at_once=1, now=NOW)
    assert run is not None
    work.say_progress(run.pk, worker="a", done=25, reused=0, now=NOW)
    planke.sees("25 av 50 trekninger er gjort")
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert_accessible(page)
    assert_reflows(page)
    work.fail(run.pk, worker="a", why="Avbrutt i en prøve.", remedy="Prøv igjen.", now=NOW)
    planke.sees("Avbrutt i en prøve").press("Prøv igjen").sees("Simuleringen er neste i køen")
    work_off(lambda: NOW)
    planke.sees("Hva den viser", "«Bolig først» gir", "i stedet for 0,85")
    expect(page.locator("#figur-flytting svg").first).to_be_visible()
    assert_csp_clean(page)


def test_the_same_without_javascript(enter: Enter, town: Any) -> None:
    visitor = enter(town["planke"], java_script_enabled=False)
    choose_small(visitor.page)
    visitor.press("Simuler").sees("Simuleringen er neste i køen")
    work_off(lambda: NOW)
    visitor.follow("Oppdater siden").sees("Hva den viser")
    visitor.follow("Millioner kroner per år").sees("Millioner kroner per år på trinn 11")
    expect(visitor.page.locator("#figur-kroner-trinn-11 svg[role=img]")).to_have_count(1)
    visitor.follow("Som i dag", exact=True).misses("Forskjell fra «som i dag»")


@pytest.mark.once
def test_the_pages_are_accessible_narrow_and_within_the_policy(planke: Visitor, town: Any) -> None:
    run = finished_run(actor_of(town["planke"], on=NOW.date()), draws=25)
    for address in ("/plan/simulering", f"/plan/simulering/{run.pk}", f"/plan/simulering/{run.pk}?mal=timer"):
        look_over(planke.visit(address).page)


def test_a_mistake_is_told_on_the_field(planke: Visitor) -> None:
    page = planke.page
    choose_small(page)
    page.get_by_label("Trekninger", exact=True).fill("0")
    page.get_by_role("checkbox", name="Eget tiltak").check()
    planke.press("Simuler")
    expect(page.locator("#feil")).to_contain_text("minst 1 trekning")
    expect(page.locator("#feil")).to_contain_text("Gi tiltaket et navn")
    assert_accessible(page)
    assert_reflows(page)
