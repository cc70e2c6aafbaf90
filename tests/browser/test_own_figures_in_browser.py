"""Own figures in a real browser: the whole way without JavaScript, accessible and at 320 pixels."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from browser.checks import assert_csp_clean, look_over
from browser.town import Enter

ROWS = "".join(f"2025;Vår hjemmehjelp;{age};{n}\n" for age, n in (("0-66", 81), ("67-79", 52), ("80+", 90)))
TEXT = f"År;Tjeneste;Aldersgruppe;Brukere 31.12.\n{ROWS}"


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    file = tmp_path / "uttrekk.csv"
    file.write_text(TEXT, encoding="cp1252")
    return file


def test_a_file_all_the_way_into_the_forecast(enter: Enter, town: Any, extract: Path) -> None:
    page = enter(town["planke"]).visit("/plan/egne-tall").page
    look_over(page)
    page.get_by_role("link", name=re.compile("Ta inn fil.*Tjenestemottakere")).click()
    look_over(page)
    page.get_by_label("Fil", exact=True).set_input_files(extract)
    page.get_by_role("button", name="Last opp").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Koble kolonner og ord")
    look_over(page)
    page.get_by_role("button", name="Se over tallene").click()
    expect(page.get_by_role("alert")).to_contain_text("Ingenting er tatt inn")
    look_over(page)
    page.get_by_role("link", name="Endre koblingen").click()
    page.get_by_label(re.compile("«Vår hjemmehjelp»")).select_option("Hjemmetjenester")
    page.get_by_role("button", name="Se over tallene").click()
    look_over(page)
    page.get_by_role("button", name="Ta inn tallene").click()
    expect(page.locator("main")).to_contain_text("tatt inn, som utgave 1")
    look_over(page)
    page.get_by_role("link", name=re.compile("Utgaver.*Tjenestemottakere")).click()
    look_over(page)
    page.goto("/plan/behov")
    expect(page.locator("#pastand")).to_contain_text("Brukere etter kommunens eget uttrekk")
    assert_csp_clean(page)


def test_without_javascript(enter: Enter, town: Any, extract: Path) -> None:
    page = enter(town["planke"], java_script_enabled=False).visit("/plan/egne-tall/ta-inn/recipients").page
    page.get_by_label("Fil", exact=True).set_input_files(extract)
    page.get_by_role("button", name="Last opp").click()
    page.get_by_label(re.compile("«Vår hjemmehjelp»")).select_option("Hjemmetjenester")
    page.get_by_role("button", name="Se over tallene").click()
    page.get_by_role("button", name="Ta inn tallene").click()
    expect(page.locator("main")).to_contain_text("tatt inn, som utgave 1")
