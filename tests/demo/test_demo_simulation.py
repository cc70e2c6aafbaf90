"""The demo opens with a simulation that is finished, and with a larger one in the queue."""

import pytest
from cast import LONG_AGO, NOW, account_of, employee, policy_in
from django.conf import settings

from trinnvis.demo.build import Town
from trinnvis.demo.simulation import AT_ONCE, IN_THE_BACKGROUND, build_simulation
from trinnvis.policy.services import adopt
from trinnvis.simulations.queries import newest_finished, runs, seen


@pytest.mark.django_db
def test_a_planner_finds_an_answer_at_once():
    adopted = adopt(
        policy=policy_in(settings.TRINNVIS_POLICY_FOLDER), valid_from=LONG_AGO, by="Sak 1/23", now=NOW
    )
    tor = employee("Tor", "economist", adopted.document["municipality"]["intake_unit"])
    town = Town(seed=1, now=NOW)
    town.accounts["tor"] = account_of(tor)
    build_simulation(town)
    found = newest_finished(tor, NOW)
    assert found is not None and found.answer.code == "3234" and found.answer.draws == AT_ONCE
    assert [outcome.name for outcome in found.answer.outcomes] == ["as-today", "housing-led"]
    waiting, finished = sorted(seen(runs(tor), NOW), key=lambda run: run.state, reverse=True)
    assert (waiting.order.draws, waiting.state, finished.state) == (IN_THE_BACKGROUND, "queued", "done")
