"""What every page must pass in a real browser, once it is there whole.

Each check has a test that makes it fail (test_checks.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
ALL_RULES = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
RULES_OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
NARROW = 320  # CSS pixels, WCAG 1.4.10

faults_by_page: dict[Page, list[str]] = {}


def watch(page: Page) -> None:
    """Collects what the browser complains about: CSP, scripts that fail, files that are missing."""
    faults = faults_by_page.setdefault(page, [])

    def console(message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            faults.append(message.text)

    def response(answer: Any) -> None:
        if answer.status >= 400 and answer.request.resource_type != "document":
            faults.append(f"{answer.status} {answer.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("response", response)


def assert_accessible(page: Page, rules: Any = ALL_RULES) -> None:
    """Zero axe violations: WCAG A and AA up to 2.2, and axe's best practice."""
    page.wait_for_load_state()
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE)
    # No page has frames, and fetching the style sheets anew serves no rule of these tags.
    violations = page.evaluate(
        """rules => axe.run(document, {runOnly: rules, resultTypes: ['violations'], preload: false,
        iframes: false}).then(found => found.violations)""",
        rules,
    )
    faults = [
        f"{fault['id']} ({fault['help']}): {node['html'][:200]}\n    {node['failureSummary']}"
        for fault in violations
        for node in fault["nodes"]
    ]
    assert not faults, "\n".join([page.url, *faults])


def assert_reflows(page: Page) -> None:
    """At 320 pixels the page needs no sideways scrolling."""
    with _narrow(page):
        _assert_fits(page)


def _assert_fits(page: Page) -> None:
    page.wait_for_load_state()
    width, wide = page.evaluate(
        """width => { const has = document.documentElement.scrollWidth;
        return [has, has <= width ? [] : [...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > width + 0.5)
            .slice(0, 5).map(e => e.outerHTML.slice(0, 120))] }""",
        NARROW,
    )
    assert width <= NARROW, f"{page.url} is {width} px wide: {wide}"


def assert_csp_clean(page: Page) -> None:
    """The browser refused nothing, no script failed and no file was missing since the page was made."""
    page.wait_for_load_state()
    assert not faults_by_page[page], "\n".join([page.url, *faults_by_page[page]])


def assert_target_sizes(page: Page, least: int = 24) -> None:
    """Everything to press is at least 24 px high and wide (WCAG 2.5.8), links inside text excepted."""
    small = page.evaluate(
        """least => [...document.querySelectorAll('button, input, select, summary, nav a, .ds-button')]
        .filter(e => { const r = e.getBoundingClientRect();
            return e.checkVisibility() && r.width > 1 && e.type !== 'hidden'
                && (r.width < least || r.height < least) })
        .map(e => e.outerHTML.slice(0, 120))""",
        least,
    )
    assert not small, f"{page.url}: {small}"


def look_over(page: Page, *, thoroughly: bool = False) -> None:
    """What every page must pass; thoroughly is on a phone and in the dark too."""
    assert_accessible(page)
    assert_target_sizes(page)
    with _narrow(page):
        _assert_fits(page)
        if thoroughly:
            assert_accessible(page)
            assert_target_sizes(page)
    if thoroughly:
        with _in_the_dark(page):
            assert_accessible(page, RULES_OF_COLOUR)  # nothing but colours is different in the dark
    assert_csp_clean(page)


@contextmanager
def _narrow(page: Page) -> Iterator[None]:
    """As on a phone; afterwards as before."""
    before = page.viewport_size
    page.set_viewport_size({"width": NARROW, "height": 800})
    yield
    if before:
        page.set_viewport_size(before)


@contextmanager
def _in_the_dark(page: Page) -> Iterator[None]:
    """For one who prefers dark pages, when every colour has become what it will be."""
    page.emulate_media(color_scheme="dark")
    page.evaluate("() => Promise.all(document.getAnimations().map(each => each.finished))")
    yield
    page.emulate_media(color_scheme="light")


def tab_stops(page: Page, most: int = 200) -> list[str]:
    """The text or label of each stop of the Tab key, from the top of the page and once round."""
    page.wait_for_load_state()
    stops: list[str] = []
    first = None
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => { const e = document.activeElement; if (!e || e === document.body) return null;
            e.dataset.stop ??= String(Math.random());
            const text = e.innerText || e.labels?.[0]?.innerText || e.ariaLabel || e.name || '';
            return [e.dataset.stop, text.trim()] }"""
        )
        if stop is None or stop[0] == first:
            break
        first = first or stop[0]
        stops.append(stop[1])
    return stops


def assert_focus_visible(page: Page) -> None:
    """The element with focus has an outline, or the field around a radio button or a checkbox has."""
    outlines = page.evaluate(
        """[document.activeElement, document.activeElement.closest('.ds-field')]
        .filter(Boolean).map(e => getComputedStyle(e).outlineStyle)"""
    )
    assert set(outlines) != {"none"}, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
