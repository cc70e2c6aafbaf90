"""Saving, correcting and archiving town plans: the only door for writes. Only those who plan may."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.keeping import Conflict, NotFound, Unfit, archive, must_plan, restore, tidied, who_and_when
from trinnvis.townplans.changes import Changes, kept
from trinnvis.townplans.models import TownPlan, TownPlanVersion
from trinnvis.townplans.queries import newest_versions


@transaction.atomic
def create_plan(
    *, base: str, network: str, name: str, note: str, changes: Changes, actor: Actor, now: datetime
) -> TownPlanVersion:
    """Keep changes under a name.

    Raises:
        NotFound: the actor does not plan. Unfit: the name is empty, too long or taken.
    """
    must_plan(actor)
    name, note = _checked(base, name, note, own=None)
    made = TownPlan.objects.create(base=base, created_by_id=actor.key, created_at=now)
    return _add(made, 1, name, note, changes, network, actor=actor, now=now)


@transaction.atomic
def save_plan(
    pk: int,
    *,
    network: str,
    name: str,
    note: str,
    changes: Changes,
    expected_revision: int,
    actor: Actor,
    now: datetime,
) -> TownPlanVersion:
    """Save a plan again. The same content makes no new version, so sending twice does nothing twice.

    Raises:
        NotFound: no such plan, or the actor does not plan. Unfit: as `create_plan`.
        Conflict: somebody saved after the revision the actor had read.
    """
    must_plan(actor)
    found = _locked(pk)
    name, note = _checked(found.base, name, note, own=pk)
    newest = _newest(found)
    if (name, note, kept(changes)) == (newest.name, newest.note, newest.changes):
        return newest
    if newest.revision != expected_revision:
        raise Conflict(_saved_meanwhile(newest), newest)
    return _add(found, newest.revision + 1, name, note, changes, network, actor=actor, now=now)


@transaction.atomic
def save_corrections(
    *, base: str, network: str, changes: Changes, expected_revision: int, actor: Actor, now: datetime
) -> TownPlanVersion:
    """Save what is put right in a town's data; `expected_revision` is 0 before the first time.

    Raises:
        NotFound: the actor does not plan. Conflict: as `save_plan`.
    """
    must_plan(actor)
    found, _made = TownPlan.objects.select_for_update().get_or_create(
        base=base,
        kind=TownPlan.Kind.CORRECTIONS,
        defaults={"created_by_id": actor.key, "created_at": now},
    )
    newest = found.versions.select_related("saved_by").order_by("revision").last()
    if newest is not None and kept(changes) == newest.changes:
        return newest
    if newest is not None and newest.revision != expected_revision:
        raise Conflict(_saved_meanwhile(newest), newest)
    revision = newest.revision + 1 if newest else 1
    return _add(found, revision, _("Rettelser"), "", changes, network, actor=actor, now=now)


@transaction.atomic
def archive_plan(pk: int, *, actor: Actor, now: datetime) -> None:
    """Take a plan off the list. Its address and its versions remain.

    Raises:
        NotFound: no such plan, or the actor does not plan.
    """
    must_plan(actor)
    found = _locked(pk)
    archive(found, now=now)


@transaction.atomic
def restore_plan(pk: int, *, actor: Actor, now: datetime) -> None:
    """Put an archived plan back on the list.

    Raises:
        NotFound: as `archive_plan`. Unfit: another plan has taken its name.
    """
    must_plan(actor)
    found = _locked(pk)
    newest = _newest(found)
    _checked(found.base, newest.name, newest.note, own=pk)
    restore(found)


def _locked(pk: int) -> TownPlan:
    found = TownPlan.objects.select_for_update().filter(pk=pk, kind=TownPlan.Kind.PLAN).first()
    if found is None:
        raise NotFound(pk)
    return found


def _newest(plan: TownPlan) -> TownPlanVersion:
    newest = plan.versions.select_related("saved_by").order_by("revision").last()
    if newest is None:
        raise NotFound(plan.pk)
    return newest


def _checked(base: str, name: str, note: str, *, own: int | None) -> tuple[str, str]:
    name, note = tidied(name, note, nameless=_("Gi planen et navn."))
    taken = newest_versions().filter(plan__archived_at=None, plan__base=base).exclude(plan_id=own)
    if any(name.casefold() == other.casefold() for other in taken.values_list("name", flat=True)):
        raise Unfit("name", _("En annen plan heter «%(name)s». Velg et annet navn.") % {"name": name})
    return name, note


def _add(
    found: TownPlan, revision: int, name: str, note: str, changes: Changes, network: str, *, actor: Actor,
    now: datetime,
) -> TownPlanVersion:  # fmt: skip
    return TownPlanVersion.objects.create(
        plan=found,
        revision=revision,
        name=name,
        note=note,
        changes=kept(changes),
        network=network,
        saved_by_id=actor.key,
        saved_at=now,
    )


def _saved_meanwhile(theirs: TownPlanVersion) -> str:
    return _(
        "%(name)s lagret planen %(when)s, etter at du åpnet den. Det du gjorde, er ikke lagret ennå, men "
        "står her. Se over det som er lagret nå. Lagre igjen hvis endringen din skal komme i tillegg."
    ) % who_and_when(theirs)
