"""The counted ladder: the same numbers in picture, table and files; small ones hidden; never a name."""

import csv
from datetime import timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from built_once import built_once
from cast import NOW, case_of, citizen, employee, people_under, policy_in
from desking import AtDoor
from django.conf import settings as project

from trinnvis.casework.models import Case, Decision, DecisionLine
from trinnvis.casework.queries.ladder import SMALL
from trinnvis.policy.model import AmountUnit

CARE, HOUSE, PLACE = "hjemmesykepleie", "praktisk-bistand", "langtidsopphold"


def grant(actor, sara, service, *, amount="2", step=None, policy):
    """A sent decision with one line that runs now, made without the road to it."""
    case = case_of(actor, sara)
    decision = Decision.objects.create(
        number=f"{case.number}-1",
        case=case,
        kind="grant",
        state="sent",
        drafted_at=NOW,
        drafted_by_id=sara.account_id,
        sent_at=NOW - timedelta(days=40),
    )
    known = policy.service(service)
    return DecisionLine.objects.create(
        decision=decision,
        service=service,
        amount=Decimal(amount),
        unit=known.unit,
        step=step or known.steps[0],
        granted=True,
        starts_on=NOW.date() - timedelta(days=30),
    )


@built_once
def eight_with_help() -> dict[str, Any]:
    """Six with home nursing, two with practical help."""
    stands, policy = people_under(project.TRINNVIS_POLICY_FOLDER), policy_in(project.TRINNVIS_POLICY_FOLDER)
    people = [stands["ingrid"]] + [citizen(f"Nr{i}") for i in range(7)]
    for actor in people[:6]:
        grant(actor, stands["sara"], CARE, policy=policy)
    for actor in people[6:]:
        grant(actor, stands["sara"], HOUSE, policy=policy)
    return stands


@pytest.fixture
def beginnings(beginnings):
    return beginnings | {"some": eight_with_help}


@pytest.fixture
def some(scene, policy):
    """The steps of home nursing and practical help, where the scene has eight who get them."""
    return policy.service(CARE).steps[0], policy.service(HOUSE).steps[0]


def rows(at):
    """The CSV's effort table by step."""
    text = at.open("trappen/tabell.csv").response.content.decode("utf-8-sig")
    table = list(csv.reader(StringIO(text), delimiter=";"))
    end = table.index([])
    return {int(row[0]): row[1:] for row in table[2:end]}


def test_picture_table_and_file_say_the_same(sara, some, policy):
    care, house = some
    at = AtDoor(sara, "")
    counted = rows(at)
    assert counted[care][1:3] == ["6", "6"] and counted[house][1] == "2"
    hours = Decimal(counted[care][3].replace(",", "."))
    assert hours > 0
    text = at.open("trappen").text
    title = policy.step(care).title
    assert f"8 personer har hjelp etter vedtak. Flest står på trinn {care}, {title} (6)." in text
    assert "Last ned Excel" in text
    book = ZipFile(BytesIO(at.open("trappen/tabell.xlsx").response.content))
    assert title in book.read("xl/sharedStrings.xml").decode()
    assert at.response["Content-Disposition"] == 'attachment; filename="trappen-2026-11-16.xlsx"'
    assert at.open("trappen/tabell.pdf").status == 404


def test_it_says_the_price_year_and_that_prices_are_examples(sara, some, policy):
    text = AtDoor(sara, "").open("trappen").text
    price = policy.price(CARE, policy.service(CARE).unit, NOW.date())
    assert str(price.price_year) in text and "-priser" in text
    assert (f"«{price.status}" in text or f"{price.status}»" in text) or price.status == "vedtatt"


def test_what_has_no_price_is_named_and_counted_as_nothing(sara, ingrid, policy):
    line = grant(ingrid, sara, CARE, amount="1", policy=policy)
    line.unit = AmountUnit.DAYS_PER_WEEK  # the policy prices it by the hour only
    line.save()
    assert policy.price(CARE, AmountUnit.DAYS_PER_WEEK, NOW.date()) is None
    at = AtDoor(sara, "").open("trappen")
    assert "Uten pris" in at.text and policy.service(CARE).title in at.text
    assert "uten pris" in at.open(f"trappen/{line.step}").text


@pytest.mark.parametrize("role", ["planner", "politician", "economist", "administrator", "provider"])
def test_small_numbers_are_hidden_from_those_who_plan_and_govern(some, role, intake_unit, sara):
    care, house = some
    at = AtDoor(employee("Noen", role, intake_unit), "")
    counted = rows(at)
    assert counted[house][1:] == ["", "", "", ""]
    text = at.open("trappen").text
    assert f"færre enn {SMALL} personer" in text and "Ingrid" not in text
    inside = at.open(f"trappen/{house}").text
    assert f"Tall for færre enn {SMALL} personer er skjult" in inside
    # with one step hidden the next smallest goes too, so that a sum tells nothing
    assert counted[care][1] == ""


@pytest.mark.parametrize("role", ["manager", "case_worker", "decision_maker", "lawyer", "intake"])
def test_those_who_carry_the_work_see_them(some, role, intake_unit):
    _care, house = some
    assert rows(AtDoor(employee("Noen", role, intake_unit), ""))[house][1] == "2"


def test_a_step_shows_services_offers_and_expectations(sara, some, policy):
    care, _house = some
    step = policy.step(care)
    text = AtDoor(sara, "").open(f"trappen/{care}").text
    for words in (*step.municipality_offers, *step.expects_of_citizen):
        assert words in text
    for service in policy.services_on(care):
        assert service.title in text
    assert f"Trinn {care + 1}: {policy.step(care + 1).title}" in text


def test_there_is_no_step_outside_the_ladder(sara, policy):
    at = AtDoor(sara, "")
    last = policy.effort_ladder.steps[-1].number
    assert at.open(f"trappen/{last}").status == 200
    for number in (0, last + 1):
        assert at.open(f"trappen/{number}").status == 404


@pytest.mark.parametrize("place", ["trappen", "trappen/7"])
def test_the_pages_take_few_queries(sara, some, place, django_assert_max_num_queries):
    at = AtDoor(sara, "").open(place)
    with django_assert_max_num_queries(8):
        at.open(place)


def test_a_ladder_of_four_steps_is_drawn_by_the_same_page(db, sara):
    from cast import FOLDERS, policy_in

    from trinnvis.policy.services import adopt

    adopt(policy=policy_in(FOLDERS / "four_steps"), valid_from=NOW.date(), by="Kommunestyret", now=NOW)
    at = AtDoor(sara, "").open("trappen")
    assert at.status == 200 and 'id="trinn-4"' in at.text and 'id="trinn-5"' not in at.text
    assert "utgave 2, vedtatt av Kommunestyret. Den gjelder fra" in at.text
    assert "Ingen har hjelp etter vedtak" in at.text
    assert Case.objects.count() == 0
