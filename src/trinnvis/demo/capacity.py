"""Units' places, budgets and two years of hours, made from the cases so that they hang together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from random import Random
from typing import TYPE_CHECKING, Any

import yaml
from django.utils import timezone

from trinnvis.access.services import actor_of
from trinnvis.delivery.queries.ground import Ground, earliest, ground
from trinnvis.delivery.rules.forecast import taken_between
from trinnvis.delivery.rules.hours import granted_hours, month_before, month_end, months_to
from trinnvis.delivery.services.budgets import BudgetSaid, import_budgets
from trinnvis.delivery.services.hours import HoursSaid, UsedSaid, import_hours, import_used
from trinnvis.delivery.services.setup import save_area, save_kind
from trinnvis.delivery.services.sites import save_places, save_site
from trinnvis.policy.model import AmountUnit, Policy
from trinnvis.policy.queries import policy_at

if TYPE_CHECKING:
    from trinnvis.demo.build import Town

EXAMPLE = "eksempel"
QUARTER, THOUSAND = Decimal("0.25"), Decimal(1000)


@cache
def plan() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(
        (files("trinnvis.demo") / "capacity.yaml").read_text(encoding="utf-8")
    )
    return found


def share_settlements(town: Town) -> None:
    """Which unit serves which settlement: before the cases, whose letters say who comes."""
    _areas(policy_at(timezone.localdate(town.now)), _planner(town))


def build_capacity(town: Town) -> None:
    today = timezone.localdate(town.now)
    policy, who = policy_at(today), _planner(town)
    _sites(policy, earliest(today), who)
    found = ground(policy, today)
    rng = town.rng("capacity")
    labelled = {"source": plan()["example"], "status": EXAMPLE, **who}
    import_hours(policy=policy, rows=list(_hours(found, rng)), **labelled)
    import_used(policy=policy, rows=list(_used(found, rng)), **labelled)
    import_budgets(policy=policy, rows=list(_budgets(found)), **who)


def _planner(town: Town) -> dict[str, Any]:
    return {"actor": actor_of(town.accounts["tor"], on=timezone.localdate(town.now)), "now": town.now}


def _sites(policy: Policy, since: date, who: dict[str, Any]) -> None:
    kinds = {row["title"]: save_kind(policy=policy, **row, **who) for row in plan()["kinds"]}
    for row in plan()["sites"]:
        site = save_site(
            policy=policy,
            unit=row["unit"],
            name=row["name"],
            address=row.get("address", ""),
            bought=row.get("bought", False),
            **who,
        )
        for places in row["places"]:
            save_places(
                site_pk=site.pk,
                kind_pk=kinds[places["kind"]].pk,
                number=places["number"],
                valid_from=since,
                valid_to=None,
                source=places["source"],
                status=places["status"],
                **who,
            )


def _areas(policy: Policy, who: dict[str, Any]) -> None:
    for row in plan()["areas"]:
        for service in row["services"]:
            for settlement in row["settlements"]:
                save_area(
                    policy=policy, service=service, settlement=settlement, unit=row["unit"], revision=0, **who
                )


def _hours(found: Ground, rng: Random) -> Iterator[HoursSaid]:
    """Two years of planned and executed hours: a share of what was granted in the month."""
    data = plan()
    hourly = {s.code for s in found.policy.services if s.unit == AmountUnit.HOURS_PER_WEEK}
    months = [m for m in months_to(month_before(found.on), data["months"]) if m >= earliest(found.on)]
    for unit, shares in data["units"].items():
        lines = found.lines_of(unit)
        for service in sorted({line.service for line in lines} & hourly):
            mine = [line for line in lines if line.service == service]
            for month in months:
                granted = granted_hours(mine, month, month_end(month))
                if not granted:
                    continue
                planned = granted * _around(shares["planned"], rng)
                executed = planned * _around(shares["executed"], rng)
                if month.month in data["summer"]["months"]:
                    executed *= Decimal(str(data["summer"]["executed"]))
                yield HoursSaid(
                    unit, service, month, month_end(month), _quarters(planned), _quarters(executed)
                )


def _used(found: Ground, rng: Random) -> Iterator[UsedSaid]:
    """This year's accounts, which close a month later than the payroll."""
    closed = month_before(month_before(found.on))
    for unit in plan()["units"]:
        for number in range(1, found.on.month):
            month = date(found.on.year, number, 1)
            use = taken_between(found.lines_of(unit), found.policy, month, month_end(month)).use
            nok = (use.gross * _around(1.0, rng) / THOUSAND).quantize(Decimal(1)) * THOUSAND
            hours = _quarters(use.hours * _around(1.0, rng))
            yield UsedSaid(unit, month, nok if month <= closed else None, hours)


def _budgets(found: Ground) -> Iterator[BudgetSaid]:
    """This year's budget: a share of what the decisions of the year come to."""
    year = found.on.year
    for unit, shares in plan()["units"].items():
        first, last = date(year, 1, 1), date(year, 12, 31)
        use = taken_between(found.lines_of(unit), found.policy, first, last).use
        share = Decimal(str(shares["budget"]))
        hours = {
            profession: (value * share / 10).quantize(Decimal(1)) * 10
            for profession, value in use.hours_by_profession.items()
        }
        nok = (use.gross * share / (10 * THOUSAND)).quantize(Decimal(1)) * 10 * THOUSAND
        if nok:
            yield BudgetSaid(unit, year, nok, hours, plan()["example"], EXAMPLE, 0)


def _around(share: float, rng: Random) -> Decimal:
    spread = plan()["spread"]
    return Decimal(str(round(share + rng.uniform(-spread, spread), 4)))


def _quarters(hours: Decimal) -> Decimal:
    return (hours / QUARTER).quantize(Decimal(1)) * QUARTER
