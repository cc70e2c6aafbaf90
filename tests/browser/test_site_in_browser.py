"""The ground every page stands on, in a real browser: components, ladders and the site's own pages."""

import re
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser.checks import assert_accessible, assert_csp_clean, assert_focus_visible, look_over, tab_stops

THOROUGHLY = ["/stil", "/stil/trapper/12/6?ansatt"]
PAGES = [
    "/stil/trapper/12/6",
    "/stil/trapper/4/3",
    "/stil/trapper/30/1",
    "/personvern",
    "/informasjonskapsler",
    "/tilgjengelighet",
    "/kontaktinformasjon",
    "/finnes-ikke",
]


@pytest.mark.once
def test_the_pages_are_accessible_narrow_and_within_the_policy(page: Page) -> None:
    for path in (*THOROUGHLY, *PAGES):
        page.goto(path)
        look_over(page, thoroughly=path in THOROUGHLY)


def test_forced_colours_and_reduced_motion_show_the_page(page_of: Any) -> None:
    page = page_of(forced_colors="active", reduced_motion="reduce")
    page.goto("/stil/trapper/12/6")
    assert_accessible(page)
    assert_csp_clean(page)


def test_without_javascript_the_errors_take_focus_and_lead_to_the_field(page_nojs: Page) -> None:
    page_nojs.goto("/stil")
    page_nojs.fill("#id_name", "Ingrid")
    page_nojs.click("main button[type=submit]")
    expect(page_nojs).to_have_title(re.compile("^Feil: "))
    expect(page_nojs.locator("#feil")).to_be_focused()
    page_nojs.click("#feil a:has-text('Hva er viktig for deg')")
    expect(page_nojs.locator("#id_matters")).to_be_focused()
    expect(page_nojs.locator("#id_name")).to_have_value("Ingrid")
    expect(page_nojs.locator("#id_matters")).to_have_attribute(
        "aria-describedby", "id_matters_helptext id_matters_error"
    )
    expect(page_nojs.get_by_role("group", name="Haster det?")).to_be_visible()


def test_the_form_with_errors_is_accessible_and_its_error_links_all_lead_somewhere(page: Page) -> None:
    page.goto("/stil")
    page.click("main button[type=submit]")
    expect(page.locator("#feil")).to_be_focused()
    look_over(page)
    targets = page.eval_on_selector_all("#feil a", "links => links.map(a => a.getAttribute('href').slice(1))")
    assert len(targets) == 6
    assert all(
        page.locator(f"[id='{target}']:is(input, select, textarea)").count() == 1 for target in targets
    )


def test_the_keyboard_reaches_everything_from_the_skip_link_on(page: Page) -> None:
    page.goto("/stil/trapper/4/3")
    stops = tab_stops(page)
    assert stops[0] == "Hopp til innholdet"
    assert "Levende lokalsamfunn" in stops
    assert stops[-1] == "Tilgjengelighetserklæring"


def test_the_skip_link_leads_to_the_content_and_focus_is_seen(page: Page) -> None:
    page.goto("/personvern")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#innhold")).to_be_focused()
    page.keyboard.press("Tab")
    assert_focus_visible(page)


def test_the_language_is_chosen_without_javascript_and_kept(page_nojs: Page) -> None:
    page_nojs.goto("/personvern?fra=her")
    expect(page_nojs.locator("html")).to_have_attribute("lang", "nb")
    expect(page_nojs.get_by_role("form", name="Velg språk")).to_contain_text("English")
    page_nojs.click("button:has-text('Nynorsk')")
    expect(page_nojs).to_have_url(re.compile(r"/personvern\?fra=her$"))
    expect(page_nojs.locator("html")).to_have_attribute("lang", "nn")
    page_nojs.goto("/tilgjengelighet")
    expect(page_nojs.locator("html")).to_have_attribute("lang", "nn")


def test_the_ladder_rises_on_a_desktop_and_is_an_ordered_list_on_a_phone(page: Page) -> None:
    page.goto("/stil/trapper/7/4")
    places = "steps => steps.map(step => step.getBoundingClientRect()).map(r => [r.left, r.top])"
    wide = page.eval_on_selector_all(".tv-stairs--effort > li", places)
    assert len(wide) == 7
    assert all(higher[0] > lower[0] and higher[1] < lower[1] for lower, higher in pairwise(wide))
    page.set_viewport_size({"width": 390, "height": 800})
    narrow = page.eval_on_selector_all(".tv-stairs--effort > li", places)
    assert all(later[1] > earlier[1] for earlier, later in pairwise(narrow))


def test_the_words_around_the_stairs_never_cover_a_step(page: Page) -> None:
    for address in ("/stil/trapper/1/1", "/stil/trapper/4/3?ansatt", "/stil/trapper/12/6"):
        page.goto(address)
        assert covered(page) == 0, address


def covered(page: Page) -> int:
    """How many of the words lie over a step or over other words."""
    count: int = page.evaluate(
        """() => { const box = e => e.getBoundingClientRect();
        const steps = [...document.querySelectorAll('.tv-stairs--effort > li')].map(box);
        const words = [...document.querySelectorAll('.tv-ladders__end')].map(e => {
            const range = document.createRange(); range.selectNodeContents(e); return box(range) });
        const meet = (a, b) => a.right > b.left && a.left < b.right && a.bottom > b.top && a.top < b.bottom;
        const all = [...steps, ...words];
        return words.filter(w => all.some(other => other !== w && meet(w, other))).length }"""
    )
    return count


def test_icons_are_drawn(page: Page) -> None:
    page.goto("/stil")
    sizes = page.eval_on_selector_all("main .tv-icon", "icons => icons.map(icon => icon.getBBox().width)")
    assert len(sizes) > 40
    assert all(size > 0 for size in sizes)
