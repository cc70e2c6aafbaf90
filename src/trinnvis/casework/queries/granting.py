"""Turns a table of `access.rules` into filters: in SQL for lists, and the same ones for a single thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from trinnvis.access.actor import Actor
from trinnvis.access.queries import mandates_of, may_not_handle
from trinnvis.access.rules import AccessRule, Relation
from trinnvis.people.models import Mandate
from trinnvis.policy.model import Policy
from trinnvis.policy.queries import policy_at

from .holding import holds

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Standing:
    """What an actor brings to every case; each part is read when it is first asked for."""

    actor: Actor
    now: datetime

    @cached_property
    def policy(self) -> Policy:
        """The policy in force now."""
        return policy_at(timezone.localdate(self.now))

    @cached_property
    def _mandates(self) -> list[Mandate]:
        return mandates_of(self.actor, self.now)

    @cached_property
    def reads_for(self) -> frozenset[int]:
        """Keys of those the actor may read for."""
        return frozenset(held.principal_id for held in self._mandates if Mandate.Scope.READ in held.scopes)

    @cached_property
    def writes_for(self) -> frozenset[int]:
        """Keys of those the actor may both read and write for."""
        writes = {held.principal_id for held in self._mandates if Mandate.Scope.WRITE in held.scopes}
        return self.reads_for & writes

    @cached_property
    def barred(self) -> frozenset[int]:
        """Keys of those whose cases the actor may not handle as staff."""
        return may_not_handle(self.actor)


@dataclass(frozen=True)
class Gate(Generic[M]):
    """The rules for one kind of thing that has a `person`, with its relations as filters.

    A relation is given the actor's standing and the units where the rule's roles are held.
    """

    model: type[M]
    rules: tuple[AccessRule, ...]
    relations: Mapping[Relation, Callable[[Standing, set[str]], Q]]

    def _grants(self, standing: Standing) -> dict[str, Q]:
        """What each rule grants this actor, by code; rules that can grant nothing are left out."""
        grants: dict[str, Q] = {}
        for rule in self.rules:
            if rule.roles is None:
                if standing.actor.account_id is not None:
                    grants[rule.code] = self.relations[rule.relation](standing, set())
            elif units := {unit for role, unit in standing.actor.roles if role in rule.roles}:
                related = self.relations[rule.relation](standing, units)
                grants[rule.code] = related & ~Q(person_id__in=standing.barred)
        return grants

    def visible(self, standing: Standing) -> QuerySet[M]:
        """Everything the actor may see by these rules."""
        allowed = Q(pk__in=[])
        # The broad rules stand last in the tables; tested first they spare the subqueries of the close ones.
        for grant in reversed(self._grants(standing).values()):
            allowed |= grant
        return self.model._default_manager.filter(allowed)

    def granting(self, thing: M, standing: Standing) -> list[AccessRule]:
        """The rules that let the actor see this one, in the table's order; none when they may not.

        The thing is judged as it was read; what stands in other tables is read now.
        """
        grants = self._grants(standing)
        return [rule for rule in self.rules if rule.code in grants and holds(grants[rule.code], thing)]
