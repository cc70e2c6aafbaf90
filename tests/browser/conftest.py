"""A real browser against a live server: the machine's own Chromium, or the one TRINNVIS_CHROMIUM names."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import chromium
import pytest
from cast import account_of
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright

from browser.checks import faults_by_page, watch
from browser.town import Enter, Visitor, adopt_lunner, settle
from trinnvis.access.actor import Actor
from trinnvis.access.models import Account
from trinnvis.policy.models import PolicyVersion

# Playwright keeps an event loop in the test's thread, which makes Django refuse the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Playwright's own list of features that are off and matter here; a second list replaces the first.
OFF = "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,PaintHolding"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    # A new frame for every page costs a third of what a small page costs.
    f"--disable-features={OFF},RenderDocument",
]
LOCALE = "nb-NO"
SCREEN: Any = {"width": 1280, "height": 900}
PATIENCE = 60_000  # milliseconds: a busy machine is slow, and no test is about how fast it is
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium.find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def idle() -> dict[str, list[Page]]:
    """Pages nobody uses now, by the options they were made with."""
    return defaultdict(list)


@pytest.fixture
def page_of(
    browser: Browser, live_server: Any, idle: dict[str, list[Page]], request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """Lends pages, each in a browser of its own with the options given, at the live server's addresses.

    One handed back is emptied and lent again: a new one starts a process and learns every style and font
    anew. One that was in a test that failed is closed.
    """
    lent: list[tuple[str, Page]] = []
    failed = request.session.testsfailed

    def lend(**options: Any) -> Page:
        kind = repr(sorted(options.items()))
        page = idle[kind].pop() if idle[kind] else _new_page(browser, live_server.url, options)
        lent.append((kind, page))
        return page

    yield lend
    for kind, page in lent:
        if request.session.testsfailed > failed:
            page.context.close()
        else:
            _empty(page)
            idle[kind].append(page)


def _new_page(browser: Browser, address: str, options: dict[str, Any]) -> Page:
    settings = {"base_url": address, "locale": LOCALE, "viewport": SCREEN}
    context = browser.new_context(**{**settings, **options})
    context.set_default_timeout(PATIENCE)
    context.on("page", watch)
    return context.new_page()


def _empty(page: Page) -> None:
    """No page, no login, no complaints, and the screen it had."""
    page.goto("about:blank")
    page.context.clear_cookies()
    faults_by_page[page].clear()
    if page.viewport_size != SCREEN:
        page.set_viewport_size(SCREEN)


@pytest.fixture
def page(page_of: Callable[..., Page]) -> Page:
    """A fresh visitor with JavaScript, on a desktop screen, who reads bokmål."""
    return page_of()


@pytest.fixture
def page_nojs(page_of: Callable[..., Page]) -> Page:
    """The same visitor without JavaScript."""
    return page_of(java_script_enabled=False)


@pytest.fixture(autouse=True)
def the_clock(settings: Any) -> None:
    """Time stands still for the pages too."""
    settings.TRINNVIS_CLOCK = "cast.clock"


@pytest.fixture
def lunner(live_server: Any) -> PolicyVersion:
    """The policy in force is Lunner's own."""
    return adopt_lunner()


@pytest.fixture
def town(live_server: Any) -> dict[str, Account]:
    """Lunner's policy and a few people behind the demo login."""
    return settle()


@pytest.fixture
def enter(page_of: Callable[..., Page], live_server: Any) -> Enter:
    """Someone logged in already, in a browser of their own, with the options given."""

    def make(who: Account | Actor, **options: Any) -> Visitor:
        client = Client()
        client.force_login(who if isinstance(who, Account) else account_of(who))
        page = page_of(**options)
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return Visitor(page)

    return make
