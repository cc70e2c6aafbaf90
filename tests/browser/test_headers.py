"""Both headers with everything in them fit a phone, work without JavaScript and say who one is."""

from datetime import date
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from browser.checks import look_over
from browser.town import Enter
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
    look_over(page, thoroughly=True)


def test_the_citizens_menu_marks_where_one_is_without_javascript(page_nojs: Page) -> None:
    page_nojs.goto("/personvern")
    menu = page_nojs.get_by_role("navigation", name="Hovedmeny")
    expect(menu.get_by_role("link", name="Tjenester")).to_have_attribute("aria-current", "page")
    menu.get_by_role("link", name="Kontakt oss").click()
    expect(menu.get_by_role("link", name="Kontakt oss")).to_have_attribute("aria-current", "page")
    expect(page_nojs.get_by_role("contentinfo")).to_contain_text("Rådhusvegen 1")


def test_staff_see_who_they_are_and_in_which_role(enter: Enter) -> None:
    sara = Account.objects.create(subject="sara", name="Sara Saksbehandler")
    for role in ("case_worker", "intake"):
        StaffRole.objects.create(account=sara, role=role, unit="tildeling", valid_from=date(2020, 1, 1))
    page = enter(sara).visit("/stil/trapper/4/3?ansatt").page
    banner = page.get_by_role("banner")
    expect(banner).to_contain_text("Sara Saksbehandler")
    expect(banner).to_contain_text("mottak, saksbehandler")
    look_over(page)
