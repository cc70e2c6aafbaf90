"""Both headers with everything in them fit a phone, work without JavaScript and say who one is."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from browser.checks import assert_accessible, assert_csp_clean, assert_reflows, assert_target_sizes
from trinnvis.access.models import Account, StaffRole
from trinnvis.site import context, navigation

MUNICIPALITY = SimpleNamespace(
    name="Nordre Langbygdkommune",
    phone="61 00 00 00",
    email="postmottak@nordre-langbygdkommune.example",
    address="Rådhusvegen 1, 0000 Langbygd",
    website="https://nordre-langbygdkommune.example",
    privacy_contact="personvernombud@nordre-langbygdkommune.example",
)
SOME_PAGES = ("privacy", "cookies", "accessibility", "contact_information")


@pytest.fixture(autouse=True)
def full_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long name, and menus whose items all lead somewhere."""
    monkeypatch.setattr(context, "municipality", lambda: MUNICIPALITY)
    for menu in ("PORTAL", "DESK"):
        titles = [title for _, title in getattr(navigation, menu)]
        monkeypatch.setattr(navigation, menu, tuple(zip(SOME_PAGES, titles, strict=False)))


@pytest.mark.parametrize("address", ["/personvern", "/stil/trapper/4/3?ansatt"])
def test_the_header_fits_a_phone(page: Page, address: str) -> None:
    page.goto(address)
    assert_reflows(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert_accessible(page)
    assert_target_sizes(page)
    assert_csp_clean(page)


def test_the_citizens_menu_marks_where_one_is_without_javascript(page_nojs: Page) -> None:
    page_nojs.goto("/personvern")
    menu = page_nojs.get_by_role("navigation", name="Hovedmeny")
    expect(menu.get_by_role("link", name="Tjenester")).to_have_attribute("aria-current", "page")
    menu.get_by_role("link", name="Kontakt oss").click()
    expect(menu.get_by_role("link", name="Kontakt oss")).to_have_attribute("aria-current", "page")
    expect(page_nojs.get_by_role("contentinfo")).to_contain_text("Rådhusvegen 1")


def test_staff_see_who_they_are_and_in_which_role(
    page: Page, client: Client, live_server: LiveServer
) -> None:
    sara = Account.objects.create(subject="sara", name="Sara Saksbehandler")
    for role in ("case_worker", "intake"):
        StaffRole.objects.create(account=sara, role=role, unit="tildeling", valid_from=date(2020, 1, 1))
    client.force_login(sara)
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto("/stil/trapper/4/3?ansatt")
    banner = page.get_by_role("banner")
    expect(banner).to_contain_text("Sara Saksbehandler")
    expect(banner).to_contain_text("mottak, saksbehandler")
    assert_accessible(page)
    assert_reflows(page)
