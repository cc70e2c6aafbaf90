"""Making, changing and archiving own personas: the only door for writes. Only those who plan may."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.keeping import Conflict, NotFound, archive, must_plan, restore, who_and_when
from trinnvis.personas.documents import Document, as_document, part_of, with_part
from trinnvis.personas.errors import Unfit
from trinnvis.personas.models import OwnPersona, PersonaVersion
from trinnvis.personas.queries import newest_versions
from trinnvis.planning.pathways.reading import sound_persona
from trinnvis.policy.faults import Problem
from trinnvis.policy.model import Policy


@transaction.atomic
def create_persona(
    *, document: Mapping[str, Any], policy: Policy, submission_key: str, actor: Actor, now: datetime
) -> PersonaVersion:
    """Keep a new persona. The same form sent twice makes one.

    Raises:
        NotFound: the actor does not plan. Unfit: it does not fit the policy, or its title is taken.
    """
    must_plan(actor)
    made, is_new = OwnPersona.objects.get_or_create(
        submission_key=submission_key, defaults={"created_by_id": actor.key, "created_at": now}
    )
    if not is_new:
        return made.versions.get(revision=1)
    return _add(made, 1, _sound(document, policy, own=made.pk), actor=actor, now=now)


@transaction.atomic
def save_part(
    pk: int,
    *,
    part: str,
    content: Mapping[str, Any] | None,
    expected_revision: int,
    policy: Policy,
    actor: Actor,
    now: datetime,
) -> PersonaVersion:
    """Save one part as a new version: `documents.ABOUT`, or a pathway by its kind; None takes it out.

    Two who change different parts disturb each other not. The same content makes no new version.

    Raises:
        NotFound: no such persona, or the actor does not plan. Unfit: as `create_persona`.
        Conflict: somebody changed the same part after the revision the actor had read.
    """
    must_plan(actor)
    found, newest = _locked(pk)
    document = _sound(with_part(newest.document, part, content), policy, own=pk)
    if document == newest.document:
        return newest
    read = found.versions.filter(revision=expected_revision).first()
    if read is None or part_of(read.document, part) != part_of(newest.document, part):
        raise Conflict(_saved_meanwhile(newest), newest)
    return _add(found, newest.revision + 1, document, actor=actor, now=now)


@transaction.atomic
def return_to(pk: int, *, revision: int, policy: Policy, actor: Actor, now: datetime) -> PersonaVersion:
    """Save an earlier version again, as the newest.

    Raises:
        NotFound: no such persona or version, or the actor does not plan. Unfit: it no longer fits the policy.
    """
    must_plan(actor)
    found, newest = _locked(pk)
    wanted = found.versions.filter(revision=revision).first()
    if wanted is None:
        raise NotFound(pk)
    document = _sound(wanted.document, policy, own=pk)
    if document == newest.document:
        return newest
    return _add(found, newest.revision + 1, document, actor=actor, now=now)


@transaction.atomic
def archive_persona(pk: int, *, actor: Actor, now: datetime) -> None:
    """Take a persona off the list. Its address and its versions remain.

    Raises:
        NotFound: no such persona, or the actor does not plan.
    """
    must_plan(actor)
    found, _newest = _locked(pk)
    archive(found, now=now)


@transaction.atomic
def restore_persona(pk: int, *, actor: Actor) -> None:
    """Put an archived persona back on the list.

    Raises:
        NotFound: as `archive_persona`. Unfit: another has taken its title.
    """
    must_plan(actor)
    found, newest = _locked(pk)
    if wrong := _title_taken(newest.title, own=pk):
        raise Unfit([wrong])
    restore(found)


def _locked(pk: int) -> tuple[OwnPersona, PersonaVersion]:
    found = OwnPersona.objects.select_for_update().filter(pk=pk).first()
    newest = found.versions.select_related("saved_by").order_by("revision").last() if found else None
    if found is None or newest is None:
        raise NotFound(pk)
    return found, newest


def _sound(document: Mapping[str, Any], policy: Policy, *, own: int) -> Document:
    """The document in its stored form."""
    persona, wrong = sound_persona(document, policy)
    taken = _title_taken(str(document.get("title", "")), own=own)
    if persona is None or taken is not None:
        raise Unfit([*wrong, *([taken] if taken else [])])
    return as_document(persona)


def _title_taken(title: str, *, own: int) -> Problem | None:
    others = newest_versions().filter(persona__archived_at=None).exclude(persona=own)
    if any(title.casefold() == other.casefold() for other in others.values_list("title", flat=True)):
        reason = _("En annen persona heter «%(title)s».") % {"title": title}
        return Problem(("title",), reason, _("Velg et annet navn."))
    return None


def _add(
    found: OwnPersona, revision: int, document: Document, *, actor: Actor, now: datetime
) -> PersonaVersion:
    return PersonaVersion.objects.create(
        persona=found,
        revision=revision,
        title=document["title"],
        document=document,
        saved_by_id=actor.key,
        saved_at=now,
    )


def _saved_meanwhile(theirs: PersonaVersion) -> str:
    return _(
        "%(name)s lagret det samme %(when)s, etter at du åpnet siden. Det du skrev, er ikke lagret ennå, men "
        "står her. Se hva som er ulikt. Lagre igjen hvis ditt skal gjelde."
    ) % who_and_when(theirs)
