"""Saving, renaming and archiving scenario sets: the only door for writes. Only those who plan may."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.keeping import Conflict, NotFound, Unfit, archive, must_plan, restore, tidied, who_and_when
from trinnvis.planning.demand.choices import Choices
from trinnvis.scenarios.models import ScenarioSet, ScenarioSetVersion
from trinnvis.scenarios.queries import newest_versions


@transaction.atomic
def create_set(*, name: str, note: str, choices: Choices, actor: Actor, now: datetime) -> ScenarioSetVersion:
    """Keep choices under a name.

    Raises:
        NotFound: the actor does not plan. Unfit: the name is empty, too long or taken.
    """
    must_plan(actor)
    name, note = _checked(name, note, own=None)
    made = ScenarioSet.objects.create(created_by_id=actor.key, created_at=now)
    return _add(made, 1, name, note, choices, actor=actor, now=now)


@transaction.atomic
def save_set(
    pk: int,
    *,
    name: str,
    note: str,
    choices: Choices,
    expected_revision: int,
    actor: Actor,
    now: datetime,
) -> ScenarioSetVersion:
    """Save a set again. The same content makes no new version.

    Raises:
        NotFound: no such set, or the actor does not plan. Unfit: as `create_set`.
        Conflict: somebody saved after the revision the actor had read.
    """
    must_plan(actor)
    found = _locked(pk)
    name, note = _checked(name, note, own=pk)
    newest = found.versions.select_related("saved_by").order_by("revision").last()
    if newest is None:
        raise NotFound(pk)
    if (name, note, choices.as_json()) == (newest.name, newest.note, newest.choices):
        return newest
    if newest.revision != expected_revision:
        raise Conflict(_saved_meanwhile(newest), newest)
    return _add(found, newest.revision + 1, name, note, choices, actor=actor, now=now)


@transaction.atomic
def archive_set(pk: int, *, actor: Actor, now: datetime) -> None:
    """Take a set off the list. Its address and its versions remain.

    Raises:
        NotFound: no such set, or the actor does not plan.
    """
    must_plan(actor)
    found = _locked(pk)
    archive(found, now=now)


@transaction.atomic
def restore_set(pk: int, *, actor: Actor, now: datetime) -> None:
    """Put an archived set back on the list.

    Raises:
        NotFound: as `archive_set`. Unfit: another set has taken its name.
    """
    must_plan(actor)
    found = _locked(pk)
    newest = found.versions.order_by("revision").last()
    if newest is not None:
        _checked(newest.name, newest.note, own=pk)
    restore(found)


def _locked(pk: int) -> ScenarioSet:
    found = ScenarioSet.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        raise NotFound(pk)
    return found


def _checked(name: str, note: str, *, own: int | None) -> tuple[str, str]:
    name, note = tidied(name, note, nameless=_("Gi settet et navn."))
    taken = newest_versions().filter(scenario_set__archived_at=None).exclude(scenario_set_id=own)
    if any(name.casefold() == other.casefold() for other in taken.values_list("name", flat=True)):
        raise Unfit("name", _("Et annet sett heter «%(name)s». Velg et annet navn.") % {"name": name})
    return name, note


def _add(
    found: ScenarioSet, revision: int, name: str, note: str, choices: Choices, *, actor: Actor, now: datetime
) -> ScenarioSetVersion:
    return ScenarioSetVersion.objects.create(
        scenario_set=found,
        revision=revision,
        name=name,
        note=note,
        choices=choices.as_json(),
        saved_by_id=actor.key,
        saved_at=now,
    )


def _saved_meanwhile(theirs: ScenarioSetVersion) -> str:
    return _(
        "%(name)s lagret settet %(when)s, etter at du åpnet det. Det du valgte, er ikke lagret ennå, men "
        "står her. Se hva som er ulikt. Lagre igjen hvis dine valg skal gjelde, eller lagre dem som et nytt "
        "sett."
    ) % who_and_when(theirs)
