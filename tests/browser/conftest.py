"""A real browser against a live server: the machine's own Chromium, or the one TRINNVIS_CHROMIUM names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import chromium
import pytest
from cast import account_of
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

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


@pytest.fixture
def context_of(browser: Browser, live_server: Any) -> Iterator[Any]:
    """Makes browser contexts with the options given; relative addresses go to the live server."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        settings = {"base_url": live_server.url, "locale": LOCALE, "viewport": {"width": 1280, "height": 900}}
        context = browser.new_context(**{**settings, **options})
        context.set_default_timeout(PATIENCE)
        context.on("page", watch)
        made.append(context)
        return context

    yield make
    for context in made:
        for page in context.pages:
            faults_by_page.pop(page, None)
        context.close()


@pytest.fixture
def page(context_of: Any) -> Page:
    """A fresh visitor with JavaScript, on a desktop screen, who reads bokmål."""
    result: Page = context_of().new_page()
    return result


@pytest.fixture
def page_nojs(context_of: Any) -> Page:
    """The same visitor without JavaScript."""
    result: Page = context_of(java_script_enabled=False).new_page()
    return result


@pytest.fixture(autouse=True)
def the_clock(settings: Any) -> None:
    """Time stands still for the pages too."""
    settings.TRINNVIS_CLOCK = "browser.town.clock"


@pytest.fixture
def lunner(live_server: Any) -> PolicyVersion:
    """The policy in force is Lunner's own."""
    return adopt_lunner()


@pytest.fixture
def town(live_server: Any) -> dict[str, Account]:
    """Lunner's policy and a few people behind the demo login."""
    return settle()


@pytest.fixture
def enter(context_of: Any, live_server: Any) -> Enter:
    """Someone logged in already, in a browser of their own, with the options given."""

    def make(who: Account | Actor, **options: Any) -> Visitor:
        client = Client()
        client.force_login(who if isinstance(who, Account) else account_of(who))
        context = context_of(**options)
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return Visitor(context.new_page())

    return make
