"""Figures on a page: accessible, narrow, within the security policy, with and without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser.checks import assert_accessible, assert_csp_clean, look_over
from trinnvis.site.example_figures import all_kinds


def assert_each_says_its_finding_first_and_is_one_image_with_a_name(page: Page) -> None:
    expect(page.locator("figure")).to_have_count(len(all_kinds()))
    for figure in all_kinds():
        shown = page.locator(f"#figur-{figure.key}")
        expect(shown.locator("figcaption")).to_contain_text(figure.finding)
        expect(shown.get_by_role("img", name=figure.alt)).to_have_count(1)
        expect(shown.get_by_role("img", name=figure.alt)).to_be_visible()


@pytest.mark.once
def test_still_figures_are_sound_with_their_tables_open_and_fetch_no_large_script(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/stil/figurer")
    assert_each_says_its_finding_first_and_is_one_image_with_a_name(page)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    look_over(page)
    assert asked
    assert not [url for url in asked if "echarts" in url]


@pytest.mark.once
def test_live_figures_are_sound_on_a_desktop_on_a_phone_and_in_the_dark(page: Page) -> None:
    page.goto("/stil/figurer?levende")
    for figure in all_kinds():
        shown = page.locator(f"#figur-{figure.key}")
        shown.scroll_into_view_if_needed()
        expect(shown.locator(".tv-chart__live path")).not_to_have_count(0)
    assert_each_says_its_finding_first_and_is_one_image_with_a_name(page)
    look_over(page, thoroughly=True)


def test_a_figure_far_below_stays_a_drawing_until_one_comes_near(page: Page) -> None:
    page.goto("/stil/figurer?levende")
    shown = page.locator("figure").last
    expect(page.locator("figure").first.locator(".tv-chart__live path")).not_to_have_count(0)
    expect(shown.locator(".tv-chart__live")).to_have_count(0)
    shown.scroll_into_view_if_needed()
    expect(shown.locator(".tv-chart__live path")).not_to_have_count(0)


def test_a_live_figure_follows_the_window_and_dark_mode(page: Page) -> None:
    page.goto("/stil/figurer?levende")
    drawn = page.locator("figure").first.locator(".tv-chart__live svg")
    words = drawn.locator("text").first
    expect(words).to_be_visible()
    wide, light = drawn.get_attribute("width"), words.get_attribute("fill")
    page.set_viewport_size({"width": 700, "height": 900})
    expect(drawn).not_to_have_attribute("width", wide or "")
    page.emulate_media(color_scheme="dark")
    expect(words).not_to_have_attribute("fill", light or "")
    page.emulate_media(color_scheme="light")


def test_without_javascript_the_picture_the_table_and_the_files_are_there(page_nojs: Page) -> None:
    page_nojs.goto("/stil/figurer?levende")
    shown = page_nojs.locator("#figur-forlop")
    expect(shown.locator("svg[role=img]")).to_be_visible()
    shown.locator("summary").click()
    expect(shown.get_by_role("row", name="70 18 000 26 000 9 000 0,5 1,0 0,4")).to_be_visible()
    excel = shown.get_by_role("link", name="Last ned som Excel").get_attribute("href")
    answer = page_nojs.request.get(excel or "")
    assert answer.headers["content-disposition"].endswith('filename="forlop.xlsx"')
    assert answer.body().startswith(b"PK")


def test_the_live_figure_reads_out_the_row_under_the_pointer(page: Page) -> None:
    page.goto("/stil/figurer?levende")
    page.locator("#figur-eldre").scroll_into_view_if_needed()
    live = page.locator("#figur-eldre .tv-chart__live")
    live.hover()
    expect(live.locator("svg")).to_contain_text("80 år og eldre: ")
    assert_csp_clean(page)


def test_forced_colours_show_the_figures(page_of: Any) -> None:
    page = page_of(forced_colors="active")
    page.goto("/stil/figurer?levende")
    assert_accessible(page)
    assert_csp_clean(page)


def test_the_words_in_the_pictures_follow_dark_mode(page_of: Any) -> None:
    page = page_of(color_scheme="dark")
    page.goto("/stil/figurer")
    shown, ground = page.evaluate(
        """() => [getComputedStyle(document.querySelector('figure svg text')).fill,
        getComputedStyle(document.body).backgroundColor]"""
    )
    light = [sum(int(part) for part in colour[4:-1].split(",")[:3]) / 3 for colour in (shown, ground)]
    assert light[0] > 120 > light[1]
