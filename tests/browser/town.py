"""A small town behind the demo login: those of the demo's people whom a story needs, and no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from re import Pattern

from cast import LONG_AGO, NOW, policy_in
from django.conf import settings as project
from playwright.sync_api import Locator, Page, expect

from trinnvis.access.models import Account
from trinnvis.demo.accounts import create_accounts
from trinnvis.demo.cast import HOMES
from trinnvis.people.identity import synthetic_number
from trinnvis.people.models import Dwelling, Household, Person
from trinnvis.people.services import register_person
from trinnvis.policy.models import PolicyVersion
from trinnvis.policy.services import adopt

LIVE_HERE = ("ingrid", "odd", "fremmed")


def adopt_lunner() -> PolicyVersion:
    """Lunner's policy as shipped, in force."""
    folder = project.TRINNVIS_POLICY_FOLDER
    return adopt(policy=policy_in(folder), valid_from=LONG_AGO, by="Kommunestyret, sak 1/23", now=NOW)


def settle() -> dict[str, Account]:
    """Lunner's policy, Ingrid and Odd in their house, a stranger in hers, and all the staff; by login."""
    adopt_lunner()
    citizens: dict[str, Person] = {}
    for home in HOMES:
        members = [member for member in home.members if member.subject in LIVE_HERE]
        if not members:
            continue
        dwelling = Dwelling.objects.create(
            address="Prøvevegen 1",
            postal_code="2730",
            postal_place="Lunner",
            settlement=home.settlement,
            housing_step=home.housing_step,
            kind=home.kind,
        )
        household = Household.objects.create(dwelling=dwelling)
        for one in members:
            citizens[one.subject] = register_person(
                identity_number=synthetic_number(one.birth_date, one.sex, 0),
                given_name=one.given_name,
                family_name=one.family_name,
                sex=Person.Sex(one.sex),
                household=household,
                now=NOW,
            )
    return create_accounts(citizens)


@dataclass
class Visitor:
    """Someone with a browser of their own, who finds things by what they are called."""

    page: Page

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def log_in(self, name: str) -> Visitor:
        """Through the login page of the demo, from the button in the header."""
        self.page.goto("/")
        self.page.get_by_role("banner").get_by_role("link", name="Logg inn").click()
        return self.choose(name)

    def choose(self, name: str) -> Visitor:
        return self._go(self.page.get_by_role("button", name=f"Logg inn som {name}"))

    def visit(self, address: str) -> Visitor:
        """An address that must answer with a page."""
        answer = self.page.goto(address)
        assert answer is not None and answer.status == 200, address
        return self

    def follow(self, name: str | Pattern[str], *, exact: bool = False) -> Visitor:
        """A link in the page's content."""
        return self._go(self.main.get_by_role("link", name=name, exact=exact).first)

    def tab(self, name: str) -> Visitor:
        tabs = self.main.get_by_role("navigation", name="Deler av saken")
        return self._go(tabs.get_by_role("link", name=name, exact=True))

    def write(self, label: str, text: str) -> Visitor:
        self.main.get_by_label(label).fill(text)
        return self

    def pick(self, answer: str, *, exact: bool = False) -> Visitor:
        self.main.get_by_role("radio", name=answer, exact=exact).check()
        return self

    def press(self, name: str, *, exact: bool = True) -> Visitor:
        return self._go(self.main.get_by_role("button", name=name, exact=exact))

    def press_twice(self, name: str) -> Visitor:
        return self._go(self.main.get_by_role("button", name=name, exact=True), clicks=2)

    def leave_field(self, asking: Pattern[str]) -> Visitor:
        """With the Tab key, until the answer to what the page then asks has come whole."""
        with self.page.expect_response(asking) as answer:
            self.page.keyboard.press("Tab")
        answer.value.finished()
        return self

    def _go(self, target: Locator, clicks: int = 1) -> Visitor:
        """A click has waited for the next page to begin; what is done there needs all of it."""
        target.click(click_count=clicks)
        self.page.wait_for_load_state()
        return self

    def sees(self, *texts: str | Pattern[str]) -> Visitor:
        for text in texts:
            expect(self.main).to_contain_text(text)
        # What is seen may be there before the scripts that answer to a hand.
        self.page.wait_for_load_state()
        return self

    def arrives(self, address: str | Pattern[str]) -> Visitor:
        """At the page a click led to, when it is ready for the next."""
        expect(self.page).to_have_url(address)
        self.page.wait_for_load_state()
        return self

    def misses(self, *texts: str | Pattern[str]) -> Visitor:
        for text in texts:
            expect(self.main).not_to_contain_text(text)
        return self


Enter = Callable[..., Visitor]
