"""What every page of capacity knows: who reads, what day it is, and the policy of that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from trinnvis.access.actor import Actor
from trinnvis.delivery.errors import NotFound
from trinnvis.delivery.queries.editing import unit_to_edit
from trinnvis.policy.model import Policy, Unit
from trinnvis.policy.queries import policy_at
from trinnvis.site.pages import actor_of_request


@dataclass(frozen=True)
class Here:
    actor: Actor
    now: datetime
    policy: Policy

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @property
    def who(self) -> dict[str, Any]:
        """What every verb is told: who acts, and when."""
        return {"actor": self.actor, "now": self.now}

    def unit_to_edit(self, code: str) -> Unit:
        """The unit, when the reader may change it; for others the page does not exist."""
        try:
            return unit_to_edit(self.actor, self.policy, code)
        except NotFound:
            raise Http404 from None


def here(request: HttpRequest) -> Here:
    now: datetime = request.now  # type: ignore[attr-defined]
    return Here(actor_of_request(request), now, policy_at(timezone.localdate(now)))
