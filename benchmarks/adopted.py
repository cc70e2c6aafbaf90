"""Lunner's policy in the database that is measured on, adopted once for all the benches of a run."""

from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trinnvis.policy.models import PolicyVersion

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)


@cache
def adopted_policy() -> "PolicyVersion":
    from django.conf import settings

    from trinnvis.policy.loading import load_folder
    from trinnvis.policy.services import adopt

    policy = load_folder(settings.TRINNVIS_POLICY_FOLDER)
    return adopt(policy=policy, valid_from=date(2024, 1, 1), by="Måling", now=NOW)
