"""The browser checks can fail: each is shown a page with the fault it looks for."""

import pytest
from playwright.sync_api import Page

from browser.checks import (
    assert_accessible,
    assert_csp_clean,
    assert_focus_visible,
    assert_reflows,
    assert_target_sizes,
)


def test_a_field_without_a_label_is_found(page: Page) -> None:
    page.goto("/stil")
    page.evaluate("document.querySelector('label[for=id_name]').remove()")
    with pytest.raises(AssertionError, match="label"):
        assert_accessible(page)


def test_something_too_wide_is_found(page: Page) -> None:
    page.goto("/personvern")
    page.evaluate("document.querySelector('main').style.minWidth = '400px'")
    with pytest.raises(AssertionError, match="px wide"):
        assert_reflows(page)


def test_an_inline_style_is_refused_and_found(page: Page) -> None:
    page.goto("/personvern")
    page.evaluate("document.querySelector('main').innerHTML += '<p style=\"color: red\">x</p>'")
    page.wait_for_timeout(50)
    with pytest.raises(AssertionError, match="Content Security Policy"):
        assert_csp_clean(page)


def test_a_small_target_is_found(page: Page) -> None:
    page.goto("/stil")
    page.evaluate(
        "document.querySelector('main button').style.cssText = 'height: 10px; min-height: 0; padding: 0'"
    )
    with pytest.raises(AssertionError):
        assert_target_sizes(page)


def test_a_hidden_focus_is_found(page: Page) -> None:
    page.goto("/stil")
    page.focus("#id_name")
    page.evaluate("document.activeElement.style.outline = 'none'")
    with pytest.raises(AssertionError):
        assert_focus_visible(page)
