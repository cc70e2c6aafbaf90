"""A simulation that is finished when the demo opens, and a larger one that waits its turn.

The first has few draws, so that the demo is quick to make; the second is carried out when the site is served.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils import timezone

from trinnvis.access.services import actor_of
from trinnvis.delivery.queries.built import built_by_step
from trinnvis.planning.demand.levels import check_base
from trinnvis.planning.ladder.interventions import scenarios
from trinnvis.policy.queries import policy_at
from trinnvis.simulations.computing import key_here
from trinnvis.simulations.rules import Order
from trinnvis.simulations.services.requests import request_run
from trinnvis.simulations.worker import work_off

if TYPE_CHECKING:
    from trinnvis.demo.build import Town

YEARS: Final = 25
AT_ONCE, IN_THE_BACKGROUND = 8, 200
SCENARIO: Final = "housing-led"
WITH_A_QUEUE: Final = 11
"""The step with long-term places."""


def build_simulation(town: Town) -> None:
    today = timezone.localdate(town.now)
    policy = policy_at(today)
    actor = actor_of(town.accounts["tor"], on=today)
    code = policy.municipality.code
    built = built_by_step(actor, policy, today)
    places = {WITH_A_QUEUE: built[WITH_A_QUEUE]} if WITH_A_QUEUE in built else {}
    for draws in (AT_ONCE, IN_THE_BACKGROUND):
        order = Order(
            municipality=code,
            base=check_base(policy.municipality.name, code, None),
            years=YEARS,
            draws=draws,
            scenarios=(scenarios()[SCENARIO],),
            places=places,
            places_source=dict.fromkeys(places, "registrert under kapasitet"),
        )
        request_run(order=order, key=key_here(order), actor=actor, now=town.now)
        if draws == AT_ONCE:
            work_off(lambda: town.now)
