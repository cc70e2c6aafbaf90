"""Price lists are judged by the small policy, whose ten services have nine prices."""

from __future__ import annotations

import pytest
from cast import LONG_AGO, NOW, employee
from small_policy import small_policy

from trinnvis.access.actor import Actor
from trinnvis.policy.models import PolicyVersion
from trinnvis.policy.services import adopt
from trinnvis.pricing import queries, services
from trinnvis.pricing.models import PriceDraft


@pytest.fixture
def lunner(db: None) -> PolicyVersion:
    return adopt(policy=small_policy(), valid_from=LONG_AGO, by="Kommunestyret, sak 1/23", now=NOW)


@pytest.fixture
def eva(intake_unit: str) -> Actor:
    """The economist who writes the draft."""
    return employee("Eva Økonom", "economist", intake_unit)


@pytest.fixture
def draft(eva: Actor, policy) -> PriceDraft:
    book = queries.policy_book(policy, NOW.date())
    return services.create_draft(title="Priser 2027", rows=book.rows, made_from=book.name, actor=eva, now=NOW)
