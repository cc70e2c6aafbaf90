"""Need ahead priced by an adopted list: chosen, named, kept in the set, never mixed up."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from cast import NOW
from planner.test_need_page import errors_on, text_of

from trinnvis.planning.demand.choices import Choices
from trinnvis.pricing import queries, services
from trinnvis.pricing.models import PriceList

NEED = "/plan/behov"


@pytest.fixture
def dearer(policy, tor, leif) -> PriceList:
    """The policy's own prices, with nursing homes at twice the price."""
    rows = [
        row.model_copy(update={"nok": row.nok * 2, "low": None, "high": None})
        if row.service == "langtidsplass"
        else row
        for row in queries.policy_book(policy, NOW.date()).rows
    ]
    draft = services.create_draft(
        title="Dyrere", rows=tuple(rows), made_from="Politikken", actor=tor, now=NOW
    )
    return services.adopt(
        draft.pk, valid_from=date(2026, 11, 1), decision="KS 1/26", expected_revision=1, actor=leif, now=NOW
    )


def kroner(plan, query: str) -> dict[str, Decimal]:
    """Millions in the base year by service, from the figure's file."""
    answer = plan.get(f"{NEED}/figur/kroner.csv?kommune=3234&{query}")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    return dict(zip(rows[0][1:], (Decimal(cell.replace(",", ".")) for cell in rows[1][1:]), strict=True))


def test_the_list_prices_the_need_and_is_named(plan, dearer):
    place = next(row for row in queries.book_of(dearer).rows if row.service == "langtidsplass")
    page = plan.get(NEED, {"kommune": "3234", "priser": "1"})
    assert "Priser og arbeidstimer er fra Prisliste 1, «Dyrere»" in text_of(page)
    basis, listed = kroner(plan, ""), kroner(plan, "priser=1")
    long_term = next(name for name in basis if name.startswith("Langtidsopphold"))
    assert listed[long_term] / basis[long_term] == pytest.approx(
        place.nok / Decimal(5543), rel=Decimal("0.01")
    )


def test_the_form_offers_lists_only_where_there_are_some(plan, request):
    assert 'name="priser"' not in plan.get(NEED).content.decode()
    request.getfixturevalue("dearer")
    assert "Prisliste 1, Dyrere, fra 01.11.2026" in text_of(plan.get(NEED))


def test_a_list_that_does_not_exist_is_told_on_its_field(plan):
    page = plan.get(NEED, {"kommune": "3234", "priser": "7"})
    assert "Prislista finnes ikke" in errors_on(page, "priser")
    assert "Holder påstanden?" not in text_of(page)


def test_a_saved_set_keeps_its_prices_and_tells_how_it_differs(plan, dearer):
    query = f"{NEED}?kommune=3234&s=trend"
    plan.post(query.replace("?", "/sett/nytt?"), {"name": "Uten", "note": ""})
    plan.post(query.replace("?", "/sett/nytt?") + "&priser=1", {"name": "Med", "note": ""})
    opened = plan.get(f"{NEED}/sett/2", follow=True)
    assert "priser=1" in opened.redirect_chain[-1][0] and "Prisliste 1, «Dyrere»" in text_of(opened)
    compared = text_of(plan.get(f"{NEED}/sammenlign", {"sett": ["1", "2"]}))
    assert "Priser" in compared and "grunnlagets egne" in compared and "Prisliste 1" in compared


def test_a_set_saved_before_there_were_lists_opens_as_it_was():
    said = Choices("3234").as_json()
    del said["prices"]
    assert Choices.from_json(said).prices == ""
