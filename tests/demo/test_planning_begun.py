"""The plans begun in the synthetic municipality can be gone on with: computed, converted, compared."""

from decimal import Decimal

import pytest
from cast import LONG_AGO, NOW, policy_in
from django.conf import settings as project

from trinnvis.access.services import actor_of
from trinnvis.demo.accounts import create_accounts
from trinnvis.demo.build import Town
from trinnvis.demo.planning import begin_plans
from trinnvis.policy.services import adopt
from trinnvis.pricing import queries
from trinnvis.resources.indexing import conversion
from trinnvis.scenarios.computing import compute, library_here
from trinnvis.scenarios.queries import saved_sets


@pytest.fixture
def town(db: None) -> Town:
    folder = project.TRINNVIS_POLICY_FOLDER
    adopt(policy=policy_in(folder), valid_from=LONG_AGO, by="Kommunestyret, sak 1/23", now=NOW)
    town = Town(1, NOW, accounts=create_accounts({}))
    begin_plans(town)
    return town


def test_every_set_can_be_computed_and_they_differ(town):
    held = library_here()
    sets = saved_sets(actor_of(town.accounts["astrid"], on=NOW.date()))
    need = {one.name: compute(one.choices, held).outcomes[-1].growth["hours"].middle[-1] for one in sets}
    assert len(need) == len(set(need.values())) >= 2


def test_the_index_converts_with_its_source(town):
    series = queries.series_of(queries.indexes()[0])
    assert "SSB KOSTRA 12209" in series.source
    assert conversion(series, 2023, 2025).kroner(Decimal(5156)) == Decimal("5543.00")


def test_next_years_draft_holds_every_price_of_today(town):
    draft = queries.open_drafts()[0]
    assert draft.title == f"Priser {NOW.year + 1}" and draft.rows.count() > 20
