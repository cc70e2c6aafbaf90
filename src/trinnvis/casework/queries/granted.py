"""What help a person has now: the granted lines in force, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trinnvis.casework.models import DecisionLine
from trinnvis.people.models import Person
from trinnvis.policy.model import Policy
from trinnvis.policy.queries import policies_of

from .ladder import lines_in_force


@dataclass(frozen=True)
class GrantedService:
    """One service a person has, with the decision that gave it; titles are those of its own policy."""

    title: str
    step: int | None
    line: DecisionLine
    decision_number: str


def services_of(person: Person, on: date) -> tuple[GrantedService, ...]:
    """The person's services on a date, lowest step first."""
    rows = (
        lines_in_force(on)
        .filter(decision__case__person=person)
        .select_related("decision__case")
        .order_by("step", "pk")
    )
    found = list(rows)
    policies = policies_of(row.decision.case.policy_id for row in found)
    return tuple(
        GrantedService(
            _title(policies[row.decision.case.policy_id], row.service), row.step, row, row.decision.number
        )
        for row in found
    )


def _title(policy: Policy, code: str) -> str:
    return next((service.title for service in policy.services if service.code == code), code)
