"""Whom a service is decided for: the person the case is about, or a next of kin, who is then the party."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from trinnvis.policy.model import DecisionKind, Policy, Service

from .lines import Line, service_of

CITIZEN, NEXT_OF_KIN = "citizen", "next_of_kin"  # policy Service.party


def party_of(policy: Policy, service_code: str) -> str:
    """CITIZEN or NEXT_OF_KIN; "" when the service takes no decision, or there is no such service."""
    service = service_of(policy, service_code)
    return "" if service is None or service.decision is DecisionKind.NONE else service.party


def services_to(party: str, policy: Policy) -> tuple[Service, ...]:
    """The services that are decided for CITIZEN or NEXT_OF_KIN, in the policy's order."""
    return tuple(service for service in policy.services if party_of(policy, service.code) == party)


def of_one_party(lines: Iterable[Line], policy: Policy, decided: Collection[str]) -> tuple[Line, ...]:
    """What one decision can hold of the lines chosen: to one party, and first what is not `decided` yet.

    `decided`: services that a sent decision on the same choice has answered.
    """
    every = tuple(lines)
    left = tuple(line for line in every if line.service not in decided) or every
    first = next(filter(None, (party_of(policy, line.service) for line in left)), "")
    return tuple(line for line in left if party_of(policy, line.service) in ("", first))


def waits_for_own_decision(chosen: Iterable[str], policy: Policy, decided: Collection[str]) -> bool:
    """Whether some of the services chosen are to another party than those that are `decided`."""
    codes = set(chosen)
    answered = {party_of(policy, code) for code in codes & set(decided)} - {""}
    waiting = {party_of(policy, code) for code in codes - set(decided)} - {""}
    return bool(answered and waiting - answered)
