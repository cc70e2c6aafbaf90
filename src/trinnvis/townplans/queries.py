"""Reads of town plans, for everyone who reads plans and nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from trinnvis.access.actor import Actor
from trinnvis.access.rules import PLAN_READERS
from trinnvis.keeping import NotFound
from trinnvis.townplans.models import TownPlan, TownPlanVersion


@dataclass(frozen=True)
class SavedPlan:
    """One version of a plan. `newest`: the number of the last one. `rows`: its changes as kept."""

    pk: int
    base: str
    revision: int
    newest: int
    name: str
    note: str
    rows: list[dict[str, Any]]
    network: str
    saved_by: str
    saved_at: datetime
    is_archived: bool


def newest_versions() -> QuerySet[TownPlanVersion]:
    """The version of each plan that counts."""
    last = TownPlanVersion.objects.filter(plan=OuterRef("plan")).order_by("-revision").values("revision")[:1]
    return TownPlanVersion.objects.filter(revision=Subquery(last))


def saved_plans(actor: Actor, base: str) -> list[SavedPlan]:
    """Every plan of a town with what was saved last, newest first, archived ones too."""
    if not actor.has_role(*PLAN_READERS):
        return []
    rows = newest_versions().filter(plan__base=base, plan__kind=TownPlan.Kind.PLAN)
    rows = rows.select_related("saved_by", "plan").order_by("-saved_at", "-pk")
    return [_seen(row, row.revision) for row in rows]


def saved_plan(actor: Actor, pk: int, revision: int | None = None) -> SavedPlan:
    """A plan as last saved, or as saved in one of its versions.

    Raises:
        NotFound: there is none, or the actor does not read plans.
    """
    versions = history(actor, pk)
    found = next((one for one in versions if one.revision == (revision or one.newest)), None)
    if found is None:
        raise NotFound(pk)
    return found


def history(actor: Actor, pk: int) -> list[SavedPlan]:
    """Every version of a plan, newest first.

    Raises:
        NotFound: as `saved_plan`.
    """
    if not actor.has_role(*PLAN_READERS):
        raise NotFound(pk)
    rows = _versions(plan=pk, plan__kind=TownPlan.Kind.PLAN)
    if not rows:
        raise NotFound(pk)
    return [_seen(row, rows[0].revision) for row in rows]


def corrections(base: str) -> SavedPlan | None:
    """What planners have put right in a town's data, as last saved. Everyone's numbers count it."""
    rows = _versions(plan__base=base, plan__kind=TownPlan.Kind.CORRECTIONS)
    return _seen(rows[0], rows[0].revision) if rows else None


def _versions(**wanted: Any) -> Sequence[TownPlanVersion]:
    found = TownPlanVersion.objects.filter(**wanted).select_related("saved_by", "plan")
    return list(found.order_by("-revision"))


def _seen(row: TownPlanVersion, newest: int) -> SavedPlan:
    return SavedPlan(
        row.plan_id,
        row.plan.base,
        row.revision,
        newest,
        row.name,
        row.note,
        row.changes,
        row.network,
        row.saved_by.name,
        row.saved_at,
        row.plan.archived_at is not None,
    )
