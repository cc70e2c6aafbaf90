"""Pathways in a real browser, with and without JavaScript: tried, edited, read by a citizen."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from browser.checks import assert_csp_clean, assert_reflows, look_over
from browser.town import Enter, Visitor

MONTHS = "Måneder på heldøgns plass, proaktivt forløp"


@pytest.fixture
def planke(enter: Enter, town: Any) -> Visitor:
    return enter(town["planke"])


def test_months_in_the_nursing_home_are_changed_and_the_consequence_is_seen(planke: Visitor) -> None:
    page = planke.page
    page.goto("/plan/forlop")
    planke.follow("Johs (70)").sees("Proaktivt forløp tar")
    figure = page.locator("#figur-forlop figcaption")
    before = figure.inner_text()
    page.get_by_role("textbox", name=MONTHS).fill("24")
    planke.leave_field(re.compile(r"md\.proactive=24"))
    expect(figure).not_to_have_text(before)
    expect(page.get_by_role("status")).to_contain_text("Figurene er regnet på nytt")
    expect(page).to_have_url(re.compile(r"md\.proactive=24"))
    planke.sees("Valgt: 24 måneder på heldøgns plass i proaktivt forløp")
    page.get_by_role("textbox", name=MONTHS).fill("-1")
    planke.leave_field(re.compile(r"md\.proactive=-1"))
    planke.sees("Tallet må være 0 eller høyere")
    assert_csp_clean(page)


def test_a_persona_is_made_and_edited_without_javascript(enter: Enter, town: Any) -> None:
    planke = enter(town["planke"], java_script_enabled=False).visit("/plan/forlop/persona/astrid")
    page = planke.page
    planke.follow("Lag en kopi").write("Overskrift", "Olga (84) bor på gård").write("Navn", "Olga")
    planke.press("Lag personaen").sees("Personaen er laget").follow("Rediger proaktivt forløp")
    page.get_by_role("button", name="Legg til tjeneste i episode 1").click()
    row = page.get_by_role("group", name=re.compile(r"Episode 1, tjeneste \d+")).last
    row.get_by_label("Tjeneste", exact=True).select_option("gps")
    row.get_by_label("Mengde").fill("-1")
    planke.press("Lagre forløpet").sees("Mengden må være mer enn null")
    assert_reflows(page)
    page.get_by_label("Mengde").and_(page.locator("[aria-invalid=true]")).fill("1")
    row = page.get_by_role("group", name=re.compile(r"Episode 1, tjeneste \d+")).last
    row.get_by_label("Enhet").select_option("pieces")
    planke.press("Lagre").sees("Forløpet er lagret i en ny utgave", "Utgave 2 av 2")
    page.get_by_role("textbox", name=MONTHS).fill("1")
    planke.press("Regn ut").sees("Valgt: 1 måneder")


@pytest.mark.once
def test_the_pages_are_accessible_narrow_and_within_the_policy(planke: Visitor) -> None:
    page = planke.page
    page.goto("/plan/forlop/ny?av=johs")
    planke.write("Overskrift", "Kopi").write("Navn", "Nils").press("Lag personaen")
    own = page.url
    for address in (
        "/plan/forlop", own, f"{own}/om", f"{own}/forlop/reactive", f"{own}/utgaver", "/plan/forlop/ny",
        "/plan/forlop/fil", "/plan/forlop/sammenlign?p=johs&p=astrid", "/boligveiledning",
        "/boligveiledning/johs",
    ):  # fmt: skip
        look_over(planke.visit(address).page)
