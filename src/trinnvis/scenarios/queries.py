"""Reads of scenario sets, for everyone who reads plans and nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from trinnvis.access.actor import Actor
from trinnvis.access.rules import PLAN_READERS
from trinnvis.keeping import NotFound
from trinnvis.planning.demand.choices import Choices
from trinnvis.scenarios.models import ScenarioSetVersion


@dataclass(frozen=True)
class SavedSet:
    """One version of a set. `newest`: the number of the last one."""

    pk: int
    revision: int
    newest: int
    name: str
    note: str
    choices: Choices
    saved_by: str
    saved_at: datetime
    is_archived: bool


def newest_versions() -> QuerySet[ScenarioSetVersion]:
    """The version of each set that counts."""
    last = (
        ScenarioSetVersion.objects.filter(scenario_set=OuterRef("scenario_set"))
        .order_by("-revision")
        .values("revision")[:1]
    )
    return ScenarioSetVersion.objects.filter(revision=Subquery(last))


def saved_sets(actor: Actor) -> list[SavedSet]:
    """Every set with what was saved last, newest first, archived ones too."""
    if not actor.has_role(*PLAN_READERS):
        return []
    rows = newest_versions().select_related("saved_by", "scenario_set").order_by("-saved_at", "-pk")
    return [_seen(row, row.revision) for row in rows]


def saved_set(actor: Actor, pk: int, revision: int | None = None) -> SavedSet:
    """A set as last saved, or as saved in one of its versions.

    Raises:
        NotFound: there is none, or the actor does not read plans.
    """
    return versions_of(actor, [pk], revision)[0]


def versions_of(actor: Actor, pks: Sequence[int], revision: int | None = None) -> list[SavedSet]:
    """The sets in the order asked for, in two queries.

    Raises:
        NotFound: as `saved_set`, for any of them.
    """
    if not actor.has_role(*PLAN_READERS):
        raise NotFound
    last = dict(newest_versions().filter(scenario_set__in=pks).values_list("scenario_set_id", "revision"))
    rows = ScenarioSetVersion.objects.filter(scenario_set__in=pks).select_related("saved_by", "scenario_set")
    held = {(row.scenario_set_id, row.revision): row for row in rows}
    try:
        return [_seen(held[pk, revision or last[pk]], last[pk]) for pk in pks]
    except KeyError as missing:
        raise NotFound(str(missing)) from None


def history(actor: Actor, pk: int) -> list[SavedSet]:
    """Every version of a set, newest first.

    Raises:
        NotFound: as `saved_set`.
    """
    if not actor.has_role(*PLAN_READERS):
        raise NotFound
    rows = list(
        ScenarioSetVersion.objects.filter(scenario_set=pk)
        .select_related("saved_by", "scenario_set")
        .order_by("-revision")
    )
    if not rows:
        raise NotFound(pk)
    return [_seen(row, rows[0].revision) for row in rows]


def _seen(row: ScenarioSetVersion, newest: int) -> SavedSet:
    return SavedSet(
        row.scenario_set_id,
        row.revision,
        newest,
        row.name,
        row.note,
        Choices.from_json(row.choices),
        row.saved_by.name,
        row.saved_at,
        row.scenario_set.archived_at is not None,
    )
