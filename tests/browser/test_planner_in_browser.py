"""A planner's main journey in a real browser, with and without JavaScript, and the pages' accessibility."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from browser.checks import assert_csp_clean, assert_focus_visible, look_over, tab_stops
from browser.town import Enter, Visitor

HOME = "Færre over 80 år med hjemmetjenester: Endring per år"
DAMPED = "Færre over 80 år med hjemmetjenester: Hvor mye som blir igjen av endringen året etter"
INSTITUTION = "Færre over 80 år i institusjon: Endring per år"


@pytest.fixture
def planke(enter: Enter, town: Any) -> Visitor:
    """At need ahead."""
    return enter(town["planke"]).visit("/plan/behov")


def take(page: Page, name: str) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name, exact=True).click()
    return Path(waiting.value.path())


def test_from_the_claim_to_a_set_and_a_pack_for_the_council(page: Page, town: Any) -> None:
    planke = Visitor(page).log_in("Planke Engen")
    expect(page).to_have_url(re.compile("/plan/$"))
    rooms = planke.main.get_by_role("navigation", name="Deler av planleggingen")
    rooms.get_by_role("link", name="Behovet framover").click()
    planke.arrives(re.compile("/plan/behov"))
    page.get_by_role("combobox", name="Kommune").fill("Lunner")
    planke.sees("Den holder ikke for Lunner", "kilder og forutsetninger")
    figure = page.locator("#figur-usikkerhet")
    before = figure.locator("figcaption").inner_text()
    page.get_by_label(HOME, exact=True).and_(page.locator("input[type=range]")).focus()
    page.keyboard.press("End")
    expect(figure.locator("figcaption")).not_to_have_text(before)
    figure.scroll_into_view_if_needed()
    expect(figure.locator(".tv-chart__live path")).not_to_have_count(0)
    expect(page.get_by_role("textbox", name=HOME)).not_to_have_value("−3")
    expect(page.get_by_role("status")).to_contain_text("Figurene er regnet på nytt")
    for label, value in ((DAMPED, "95"), (INSTITUTION, "−2")):
        page.get_by_role("textbox", name=label).fill(value)
        planke.leave_field(re.compile(r"/plan/behov\?"))
    expect(page).to_have_url(re.compile(r"f\.trend\.institusjon-80\.yearly"))
    expect(page).not_to_have_url(re.compile("work_year"))
    assert take(page, "Saksvedlegg (PDF)").read_bytes().startswith(b"%PDF-")
    assert any("charts/chart" in part for part in ZipFile(take(page, "Figurene (Excel)")).namelist())
    planke.follow("Lagre som sett").write("Navn", "Langsommere fall").press("Lagre")
    planke.sees("Settet er lagret", "«Langsommere fall», utgave 1")
    expect(page.get_by_role("textbox", name=INSTITUTION)).to_have_value(re.compile("[-−]2"))
    planke.follow("Lagrede scenariosett").sees("Langsommere fall")
    assert_csp_clean(page)


def test_the_same_without_javascript(enter: Enter, town: Any) -> None:
    planke = enter(town["planke"], java_script_enabled=False).visit("/plan/behov")
    page = planke.page
    page.get_by_role("combobox", name="Kommune").fill("3446")
    page.get_by_role("textbox", name=HOME).fill("-1")
    planke.press("Regn ut").sees("Behovet framover i Gran", "−1 prosent per år")
    page.locator("#figur-kroner summary").click()
    expect(page.locator("#figur-kroner table")).to_be_visible()
    planke.follow("Lagre som sett").write("Navn", "Gran").press("Lagre").sees("«Gran», utgave 1")
    planke.write("Siste år", "2045").press("Regn ut").follow("Lagre som nytt sett")
    planke.write("Navn", "Gran til 2045").press("Lagre")
    planke.follow("Lagrede scenariosett")
    for name in ("Gran", "Gran til 2045"):
        page.get_by_role("checkbox", name=f"Sammenlign «{name}»").check()
    planke.press("Sammenlign de avkryssede").sees("Siste år", "2045", "Årsverk mot")
    expect(page.locator("figure svg[role=img]")).to_have_count(3)


def test_a_mistake_is_told_on_the_field_and_goes_away_again(planke: Visitor) -> None:
    page = planke.page
    kommune = page.get_by_role("combobox", name="Kommune")
    kommune.fill("3054")
    kommune.press("Tab")
    expect(page.locator("#feil")).to_contain_text("I dag: 3234 Lunner")
    look_over(page)
    page.get_by_role("combobox", name="Kommune").fill("3234")
    page.keyboard.press("Tab")
    expect(page.locator("#feil")).to_have_count(0)
    expect(page.locator("#figur-kroner")).to_be_visible()


@pytest.mark.once
def test_the_pages_are_accessible_narrow_and_within_the_policy(planke: Visitor) -> None:
    page = planke.page
    planke.follow("Lagre som sett").write("Navn", "Ett").press("Lagre")
    planke.follow("Lagre som nytt sett").write("Navn", "To").press("Lagre")
    sets = page.request.get("/plan/behov/sett").text()
    numbers = re.findall(r'name="sett" value="(\d+)"', sets)
    addresses = [f"{page.url}&s=dreining&s=housing", "/plan/", "/plan/behov/sett"]
    addresses += [f"/plan/behov/sett/{numbers[0]}/utgaver", "/plan/behov/sett/nytt?kommune=3234"]
    addresses.append(f"/plan/behov/sammenlign?sett={numbers[0]}&sett={numbers[1]}")
    for address in addresses:
        look_over(planke.visit(address).page)


def test_the_form_is_reached_by_keyboard_before_the_figures(planke: Visitor) -> None:
    page = planke.page
    stops = tab_stops(page, 60)
    assert_focus_visible(page)
    place = next(at for at, name in enumerate(stops) if name.startswith("Kommune"))
    assert place < stops.index("Regn ut") < stops.index("Saksvedlegg (PDF)")
