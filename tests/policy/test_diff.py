"""Differences between policies follow the rows, not their places."""

from datetime import date
from decimal import Decimal

from trinnvis.policy.diff import Difference, differences
from trinnvis.policy.model import Policy


def test_a_policy_does_not_differ_from_itself(four_steps: Policy) -> None:
    assert differences(four_steps, four_steps.model_copy()) == ()


def test_a_changed_field_is_named_by_its_row(four_steps: Policy) -> None:
    first, *others = four_steps.services
    changed = first.model_copy(update={"title": "Stua"})
    after = four_steps.model_copy(update={"services": (changed, *others)})
    assert differences(four_steps, after) == (
        Difference("services[motested].title", "changed", "Møtestedet", "Stua"),
    )


def test_a_new_row_in_front_moves_no_other(four_steps: Policy) -> None:
    new = four_steps.services[0].model_copy(update={"code": "ny", "title": "Noe nytt"})
    after = four_steps.model_copy(update={"services": (new, *four_steps.services)})
    assert differences(four_steps, after) == (Difference("services[ny]", "added", None, "Noe nytt"),)
    assert differences(after, four_steps) == (Difference("services[ny]", "removed", "Noe nytt", None),)


def test_dated_rows_are_told_apart_by_their_start(four_steps: Policy) -> None:
    prices = list(four_steps.prices)
    index = next(
        n for n, p in enumerate(prices) if p.service == "trening" and p.valid_from == date(2026, 1, 1)
    )
    prices[index] = prices[index].model_copy(update={"nok": Decimal("435.00")})
    (found,) = differences(four_steps, four_steps.model_copy(update={"prices": tuple(prices)}))
    assert str(found) == "~ prices[trening visits_per_week 2026-01-01].nok: 430.00 → 435.00"
    rules = list(four_steps.deadlines)
    rules[2] = rules[2].model_copy(update={"valid_from": date(2026, 7, 1)})
    found = differences(four_steps, four_steps.model_copy(update={"deadlines": tuple(rules)}))
    assert [(d.path, d.kind) for d in found] == [
        ("deadlines[maal 2024-01-01]", "removed"),
        ("deadlines[maal 2026-07-01]", "added"),
    ]


def test_a_new_order_is_a_difference(four_steps: Policy) -> None:
    after = four_steps.model_copy(update={"units": tuple(reversed(four_steps.units))})
    (found,) = differences(four_steps, after)
    assert (found.path, found.kind) == ("units", "changed")


def test_plain_lists_are_compared_by_what_they_hold(four_steps: Policy, seven_steps: Policy) -> None:
    found = {(d.path, d.kind): d for d in differences(four_steps, seven_steps)}
    assert found["effort_ladder.steps[1].usual_housing", "added"].after == "2"
    assert found["effort_ladder.steps[5]", "added"].after == "Helsehjelp"
    assert found["municipality.name", "changed"].before == "Fjordvik kommune (oppdiktet)"
