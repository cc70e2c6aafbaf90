"""Reads of personas, those that ship and the municipality's own, for everyone who reads plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Max, OuterRef, QuerySet, Subquery

from trinnvis.access.actor import Actor
from trinnvis.access.rules import PLAN_READERS
from trinnvis.keeping import NotFound
from trinnvis.personas.documents import Document, as_document
from trinnvis.personas.models import PersonaVersion
from trinnvis.planning.pathways.checking import problems
from trinnvis.planning.pathways.reading import shipped, sound_persona
from trinnvis.planning.pathways.schema import Persona
from trinnvis.policy.faults import Problem
from trinnvis.policy.model import Policy

OWN: Final = "egen-"


@dataclass(frozen=True)
class Held:
    """A persona as it can be read. key: in addresses. persona: None where it does not fit the policy, and
    `wrong` says why. pk and what follows: of an own one. `newest`: the number of its last version.
    """

    key: str
    document: Document
    persona: Persona | None
    wrong: tuple[Problem, ...] = ()
    pk: int | None = None
    revision: int = 0
    newest: int = 0
    saved_by: str = ""
    saved_at: datetime | None = None
    is_archived: bool = False

    @property
    def title(self) -> str:
        return str(self.document["title"])

    @property
    def is_own(self) -> bool:
        return self.pk is not None


def shelf(actor: Actor, policy: Policy) -> list[Held]:
    """Every persona: those that ship in order, then the own ones by title, archived too."""
    if not actor.has_role(*PLAN_READERS):
        return []
    rows = newest_versions().select_related("saved_by", "persona").order_by("title", "pk")
    ours = (_shipped(persona, policy) for persona in shipped().values())
    return [*ours, *(_own(row, row.revision, policy) for row in rows)]


def held(actor: Actor, key: str, policy: Policy, revision: int | None = None) -> Held:
    """The persona of a key, an own one as last saved or as saved in one of its versions.

    Raises:
        NotFound: there is none, or the actor does not read plans.
    """
    if not actor.has_role(*PLAN_READERS):
        raise NotFound(key)
    if not key.startswith(OWN):
        persona = shipped().get(key)
        if persona is None or revision is not None:
            raise NotFound(key)
        return _shipped(persona, policy)
    rows = PersonaVersion.objects.filter(persona=pk_of(key))
    newest = rows.aggregate(last=Max("revision"))["last"]
    wanted = rows.select_related("saved_by", "persona").filter(revision=revision or newest).first()
    if wanted is None:
        raise NotFound(key)
    return _own(wanted, newest, policy)


def history(actor: Actor, pk: int, policy: Policy) -> list[Held]:
    """Every version of an own persona, newest first.

    Raises:
        NotFound: as `held`.
    """
    if not actor.has_role(*PLAN_READERS):
        raise NotFound(pk)
    rows = list(
        PersonaVersion.objects.filter(persona=pk).select_related("saved_by", "persona").order_by("-revision")
    )
    if not rows:
        raise NotFound(pk)
    return [_own(row, rows[0].revision, policy) for row in rows]


def newest_versions() -> QuerySet[PersonaVersion]:
    """The version of each persona that counts."""
    last = (
        PersonaVersion.objects.filter(persona=OuterRef("persona"))
        .order_by("-revision")
        .values("revision")[:1]
    )
    return PersonaVersion.objects.filter(revision=Subquery(last))


def pk_of(key: str) -> int:
    """
    Raises:
        NotFound: not the key of an own persona.
    """
    number = key.removeprefix(OWN)
    if not (key.startswith(OWN) and number.isascii() and number.isdecimal() and len(number) < 10):
        raise NotFound(key)
    return int(number)


def key_of(pk: int) -> str:
    return f"{OWN}{pk}"


def _shipped(persona: Persona, policy: Policy) -> Held:
    wrong = tuple(problems(persona, policy))
    return Held(persona.code, as_document(persona), None if wrong else persona, wrong)


def _own(row: PersonaVersion, newest: int, policy: Policy) -> Held:
    persona, wrong = sound_persona(row.document, policy)
    return Held(
        key_of(row.persona_id),
        row.document,
        persona,
        tuple(wrong),
        row.persona_id,
        row.revision,
        newest,
        row.saved_by.name,
        row.saved_at,
        row.persona.archived_at is not None,
    )
