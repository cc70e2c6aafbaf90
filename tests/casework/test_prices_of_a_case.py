"""Which price list a case is judged by, and what two lists mean for everything that runs."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from cast import NOW, citizen, employee
from deciding import HELP, PLACE, Desk, weighing

from trinnvis.casework.errors import NotFound
from trinnvis.casework.models import Decision, DecisionLine
from trinnvis.casework.queries.alternatives import comparison
from trinnvis.casework.queries.decision_view import view_of
from trinnvis.casework.queries.price_effect import price_effect
from trinnvis.policy.queries import policy_of
from trinnvis.pricing import queries, services
from trinnvis.resources.price_book import PriceBook

LATER = NOW + timedelta(days=30)


@pytest.fixture
def at(db) -> Desk:
    return weighing()


def book_with(policy, **kroner) -> PriceBook:
    """The policy's prices with some changed: `mat="150"`."""
    rows = [
        row.model_copy(update={"nok": Decimal(kroner.get(row.service.replace("-", "_"), row.nok))})
        for row in queries.policy_book(policy, NOW.date()).rows
    ]
    return PriceBook("Ny", tuple(rows))


def adopted(policy, unit, valid_from, now, **kroner):
    eva, lise = employee("Eva", "economist", unit), employee("Lise", "manager", unit)
    rows = book_with(policy, **kroner).rows
    draft = services.create_draft(title="Ny", rows=rows, made_from="-", actor=eva, now=now)
    return services.adopt(
        draft.pk, valid_from=valid_from, decision="KS", expected_revision=1, actor=lise, now=now
    )


def week(at, now):
    return comparison(at.case, at.sara, now).alternatives[0].figures.result.sums.week.gross


def test_alternatives_are_weighed_by_the_list_in_force_until_the_case_is_decided(at):
    policy = policy_of(at.case.policy_id)
    at.alternative("Hjelp", HELP)
    at.alternative("Plass", PLACE)
    assert week(at, NOW) == Decimal("1750.00")
    adopted(policy, at.case.unit, NOW.date(), NOW, praktisk_bistand="800")
    assert week(at, NOW) == Decimal("2000.00")
    assert "Prisliste" not in str(comparison(at.case, at.sara, NOW).sources)
    Decision.objects.create(
        number=f"{at.number}-1",
        case=at.case,
        kind="grant",
        state="sent",
        drafted_at=NOW,
        drafted_by_id=at.sara.account_id,
        sent_at=NOW + timedelta(hours=1),
    )
    adopted(policy, at.case.unit, LATER.date(), LATER, praktisk_bistand="900")
    assert week(at, LATER) == Decimal("2000.00")


def test_a_sent_decision_keeps_the_fee_of_its_own_day(at):
    policy = policy_of(at.case.policy_id)
    decision = Decision.objects.create(
        number=f"{at.number}-1",
        case=at.case,
        kind="grant",
        state="sent",
        drafted_at=NOW,
        drafted_by_id=at.sara.account_id,
        sent_at=NOW,
    )
    DecisionLine.objects.create(
        decision=decision, service="mat", amount=7, unit="portions_per_week", step=2, granted=True,
        starts_on=NOW.date(),
    )  # fmt: skip
    adopted(policy, at.case.unit, NOW.date(), NOW + timedelta(days=1), mat="999")
    (line,) = view_of(decision, LATER).lines
    assert line.price.nok == 120


@pytest.fixture
def running(at):
    """Six with food at home, one with a place in an institution."""
    people = [citizen(f"Nr{n}", date(1940, 1, 1 + n)) for n in range(7)]
    for n, actor in enumerate(people):
        case = at.case if n == 0 else _case(actor, at)
        service, unit, step = ("mat", "portions_per_week", 2) if n < 6 else ("langtid", "places", 4)
        decision = Decision.objects.create(
            number=f"V{n}", case=case, kind="grant", state="sent", drafted_at=NOW,
            drafted_by_id=at.sara.account_id, sent_at=NOW - timedelta(days=9),
        )  # fmt: skip
        DecisionLine.objects.create(
            decision=decision, service=service, amount=7 if n < 6 else 1, unit=unit, step=step, granted=True,
            starts_on=NOW.date() - timedelta(days=8),
        )  # fmt: skip
    return policy_of(at.case.policy_id)


def _case(actor, at):
    from cast import case_of

    return case_of(actor, at.sara)


def test_the_difference_is_told_for_everything_that_runs_in_a_year(at, running):
    before = queries.policy_book(running, NOW.date())
    effect = price_effect(at.sara, before, book_with(running, mat="130"), running, NOW.date())
    assert effect.change == Decimal("10") * 6 * Decimal("365.25")
    assert {row.service.code: row.change for row in effect.services}["langtid"] == 0
    assert effect.hidden == 0
    assert effect.share == effect.change / effect.before


def test_services_few_have_are_left_out_for_those_who_plan(at, running):
    planner = employee("Per", "planner", at.case.unit)
    before = queries.policy_book(running, NOW.date())
    effect = price_effect(planner, before, book_with(running, langtid="9999"), running, NOW.date())
    assert effect.change == 0
    assert effect.hidden >= 1
    assert "langtid" not in {row.service.code for row in effect.services}


def test_what_one_list_does_not_price_is_named_and_not_summed(at, running):
    before = queries.policy_book(running, NOW.date())
    after = PriceBook("Uten mat", tuple(row for row in before.rows if row.service != "mat"))
    effect = price_effect(at.sara, before, after, running, NOW.date())
    assert [service.code for service in effect.unpriced] == ["mat"]
    assert effect.change == 0


def test_a_stranger_sees_no_effect(at, running):
    before = queries.policy_book(running, NOW.date())
    with pytest.raises(NotFound):
        price_effect(at.fremmed, before, before, running, NOW.date())
