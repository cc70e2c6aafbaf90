"""Price lists in a real browser: accessible and narrow, and the whole road without JavaScript."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cast import NOW, employee
from playwright.sync_api import expect

from browser.checks import look_over
from browser.town import Enter
from trinnvis.access.actor import Actor
from trinnvis.policy.models import PolicyVersion
from trinnvis.pricing import queries, services
from trinnvis.pricing.models import PriceDraft, PriceList

FOOD = "Middag levert hjem"
INDEX = [(2, {"år": "2025", "indeks": "100"}), (3, {"år": "2026", "indeks": "104"})]


@pytest.fixture
def eva(intake_unit: str) -> Actor:
    return employee("Eva Økonom", "economist", intake_unit)


@pytest.fixture
def draft(eva: Actor, policy: Any) -> PriceDraft:
    services.import_index(title="Prøve", source="Test", licence="", rows=INDEX, actor=eva, now=NOW)
    rows = queries.policy_book(policy, NOW.date()).rows
    return services.create_draft(title="Priser 2027", rows=rows, made_from="Politikken", actor=eva, now=NOW)


@pytest.mark.once
def test_every_page_is_accessible_narrow_and_within_the_policy(
    enter: Enter, leif: Actor, draft: PriceDraft
) -> None:
    reader = enter(leif)
    row = draft.rows.first()
    assert row is not None
    own = f"/plan/priser/utkast/{draft.pk}"
    places = ["", "/ny", "/liste/politikk", "/indekser", f"/sammenlign?fra=politikk&til=utkast-{draft.pk}"]
    addresses = [f"/plan/priser{place}" for place in places]
    addresses += [
        own,
        f"{own}/pris/{row.pk}",
        f"{own}/fil",
        f"{own}/regn-om",
        f"{own}/vedta",
        f"{own}/forkast",
    ]
    for address in addresses:
        look_over(reader.visit(address).page)


def test_from_draft_to_adopted_list_without_javascript(
    enter: Enter, eva: Actor, leif: Actor, lunner: PolicyVersion, tmp_path: Path
) -> None:
    page = enter(eva, java_script_enabled=False).visit("/plan/priser").page
    page.get_by_role("link", name="Nytt utkast").click()
    page.get_by_label("Navn").fill("Priser 2027")
    page.get_by_role("button", name="Lag utkastet").click()
    page.get_by_role("link", name=FOOD).click()
    page.get_by_label("Kilde").fill("")
    page.get_by_role("button", name="Lagre prisen").click()
    expect(page.get_by_role("link", name="ingen pris tas inn uten kilde")).to_be_visible()
    page.get_by_label("Kilde").fill("Anbud 2026")
    page.get_by_label("Kroner per enhet").fill("199,50")
    page.get_by_role("button", name="Lagre prisen").click()
    expect(page.get_by_role("row", name=FOOD)).to_contain_text("199,5")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Last ned CSV").click()
    file = tmp_path / "priser.csv"
    taken.value.save_as(file)
    file.write_bytes(file.read_bytes().replace(b";199,5;", b";205;"))
    page.get_by_role("link", name="Ta inn fil").click()
    page.get_by_label("Fil").set_input_files(file)
    page.get_by_role("button", name="Se over fila").click()
    expect(page.get_by_role("row", name=FOOD)).to_contain_text("205")
    page.get_by_role("button", name="Ta inn").click()
    expect(page.get_by_text("priser er tatt inn")).to_be_visible()
    here = page.url
    page = enter(leif, java_script_enabled=False).visit(here).page
    page.get_by_role("link", name="Vedta", exact=True).click()
    page.get_by_label("Gjelder fra og med").fill("1.1.2027")
    page.get_by_label("Hvem har vedtatt").fill("Kommunestyret, sak 12/26")
    page.get_by_role("button", name="Vedta prislisten").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Prisliste 1")
    assert PriceList.objects.get().valid_from.year == 2027
