"""The five-minute town in a real browser: moving the meeting place, with and without JavaScript or WebGL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from walking import dataset, imported

from browser.checks import assert_accessible, assert_csp_clean, assert_focus_visible, look_over, tab_stops
from browser.town import Enter, Visitor
from trinnvis.townplans.bases import INVENTED

TOWN = "/plan/tettsted"


@pytest.fixture(autouse=True)
def street() -> Iterator[None]:
    with imported(dataset(far_home=True), INVENTED):
        yield


@pytest.fixture
def planke(enter: Enter, town: Any) -> Visitor:
    return enter(town["planke"])


@pytest.fixture
def planke_nojs(enter: Enter, town: Any) -> Visitor:
    return enter(town["planke"], java_script_enabled=False)


def test_moving_the_meeting_place_and_seeing_who_gains(page: Page, town: Any) -> None:
    planke = Visitor(page).log_in("Planke Engen")
    page.get_by_role("link", name="5-minutters tettsted").first.click()
    planke.arrives(re.compile("/plan/tettsted$"))
    page.get_by_label("Gjøremål", exact=True).select_option("moteplass")
    planke.sees("i Vest", "12 av 20 (60 %)")
    expect(page).to_have_url(re.compile("gjoremal=moteplass"))
    planke.follow("Flytt et tilbud")
    page.get_by_label("Flyttes til").fill("Butikken")
    page.get_by_label("Flyttes til").press("Tab")
    planke.sees("innenfor rekkevidde med rullator", "Behold endringen")
    planke.write("Navn på planen", "Midt i gata").press("Lagre som ny plan")
    planke.sees("Planen «Midt i gata»", "Flytt Grendehuset")
    assert_csp_clean(page)


def test_the_living_map_draws_itself_and_answers_a_click(planke: Visitor) -> None:
    page = planke.page
    page.goto(f"{TOWN}?gjoremal=moteplass")
    if not page.evaluate("Boolean(document.createElement('canvas').getContext('webgl2'))"):
        pytest.skip("this browser draws no WebGL")
    expect(page.locator("[data-ready]")).to_be_attached()
    drawn = page.locator("#figur-kart .tv-chart__box")
    expect(drawn).to_be_hidden()
    page.get_by_role("button", name="Vis det tegnede kartet").click()
    expect(drawn).to_be_visible()
    page.get_by_role("button", name="Vis det levende kartet").click()
    assert_accessible(page)
    assert_csp_clean(page)
    page.goto(f"{TOWN}/prov/flytt-tilbud?gjoremal=moteplass")
    expect(page.locator("[data-ready]")).to_be_attached()
    box = page.locator(".town-map").bounding_box()
    assert box is not None
    page.locator(".town-map").click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    planke.sees("Behold endringen")
    expect(page.get_by_label("Flyttes til")).to_have_value(re.compile(r"^60\.\d+ 10\.\d+$"))
    assert_csp_clean(page)


def test_the_same_without_javascript(planke_nojs: Visitor) -> None:
    planke, page = planke_nojs, planke_nojs.page
    planke.visit(f"{TOWN}?gjoremal=moteplass").sees("12 av 20 (60 %)")
    expect(page.locator("#figur-kart svg[role=img]")).to_be_visible()
    planke.follow("Flytt et tilbud")
    picture = page.get_by_role("button", name=re.compile("Kart. Klikk på stedet"))
    picture.click(position={"x": 300, "y": 320})
    expect(page).to_have_url(re.compile("sted=590"))
    planke.sees("innenfor rekkevidde med rullator")
    planke.write("Navn på planen", "Klikket").press("Lagre som ny plan").sees("Planen «Klikket»")
    planke.follow("Bolig for bolig, med årsak").follow("Gata 20").sees("for langt")


def test_a_home_is_moved_by_two_clicks_without_javascript(planke_nojs: Visitor) -> None:
    planke, page = planke_nojs, planke_nojs.page
    page.goto(f"{TOWN}/prov/flytt-bolig?gjoremal=moteplass")
    picture = page.get_by_role("button", name=re.compile("Kart. Klikk på stedet"))
    picture.click(position={"x": 60, "y": 320})
    expect(page.get_by_label("Bolig", exact=True)).to_have_value(re.compile(r"^Gata \d+$"))
    picture.click(position={"x": 540, "y": 320})
    planke.sees("Hva endringen gjør", "mister den")
    planke.write("Navn på planen", "Flyttet").press("Lagre som ny plan").sees(
        "Planen «Flyttet»", "Flytt Gata"
    )


@pytest.mark.once
def test_the_pages_are_accessible_narrow_and_within_the_policy(planke: Visitor) -> None:
    page = planke.page
    tried = f"{TOWN}/prov/flytt-tilbud?gjoremal=moteplass&tilbud=grendehuset&sted=Butikken"
    page.goto(tried)
    planke.write("Navn på planen", "Ett").press("Lagre som ny plan")
    number = re.search(r"plan=(\d+)", page.url)
    assert number is not None
    plan = f"plan={number[1]}"
    addresses = [
        f"{TOWN}?gjoremal=moteplass&{plan}", tried, f"{TOWN}/prov/ny-gangveg", f"{TOWN}/boliger",
        f"{TOWN}/planer",
        f"{TOWN}/bolig?id=Gata 1", f"{TOWN}/planer/{number[1]}/utgaver", f"{TOWN}/kvalitet",
        f"{TOWN}/trappene", f"{TOWN}/filer", f"{TOWN}/prov/beboere?bolig=Gata 1",
        f"{TOWN}/prov/flytt-bolig?gjoremal=moteplass&bolig=Gata 1&sted=Butikken",
        f"{TOWN}/kvalitet/rett?hva=bolig&id=Gata 21", f"{TOWN}/planer/sammenlign?velg={number[1]}",
    ]  # fmt: skip
    for address in addresses:
        look_over(planke.visit(address).page)


def test_what_is_looked_at_is_chosen_by_keyboard_before_the_numbers(planke: Visitor) -> None:
    stops = tab_stops(planke.visit(TOWN).page, 40)
    assert_focus_visible(planke.page)
    choice = next(at for at, name in enumerate(stops) if name.startswith("Dagligvarebutikk"))
    assert choice < stops.index("Flytt et tilbud") < stops.index("Bolig for bolig, med årsak")
