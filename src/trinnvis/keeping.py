"""What those who plan keep under a name, in versions: scenario sets, town plans and personas share this."""

from __future__ import annotations

from datetime import datetime
from typing import Generic, Protocol, TypeVar

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.access.models import Account
from trinnvis.access.rules import PLANNING_ROLES

LONGEST_NAME = 80
LONGEST_NOTE = 2000


class Version(Protocol):
    """One saving of what is kept."""

    @property
    def saved_by(self) -> Account: ...
    @property
    def saved_at(self) -> datetime: ...


V = TypeVar("V")


class NotFound(Exception):
    """There is no such thing, or the actor may not know that there is: doors answer 404."""


class Unfit(Exception):
    """Something typed cannot be kept. `field`: its name, "" for the whole; the text says what to do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Conflict(Exception, Generic[V]):
    """Somebody saved first. `theirs` is the version they saved; nothing of yours is stored."""

    def __init__(self, message: str, theirs: V) -> None:
        super().__init__(message)
        self.theirs = theirs


def must_plan(actor: Actor) -> None:
    """
    Raises:
        NotFound: the actor does not plan.
    """
    if actor.account_id is None or not actor.has_role(*PLANNING_ROLES):
        raise NotFound


def tidied(name: str, note: str, *, nameless: str) -> tuple[str, str]:
    """Name and note without stray white space; `nameless` is what to say of an empty name.

    Raises:
        Unfit: the name is empty, or one of them too long.
    """
    name, note = " ".join(name.split()), note.strip().replace("\r\n", "\n")
    if not name:
        raise Unfit("name", nameless)
    for field, text, most in (("name", name, LONGEST_NAME), ("note", note, LONGEST_NOTE)):
        if len(text) > most:
            raise Unfit(field, _("Skriv høyst %(most)d tegn. Nå er det %(length)d.") % {
                "most": most, "length": len(text)
            })  # fmt: skip
    return name, note


def who_and_when(theirs: Version) -> dict[str, str]:
    """The words `name` and `when` of a version, for telling the second of two who save."""
    when = date_format(timezone.localtime(theirs.saved_at), r"j. F Y \k\l. H.i")
    return {"name": theirs.saved_by.name, "when": when}


class Archivable(Protocol):
    """What is kept, and may be taken off the list."""

    archived_at: datetime | None

    def save(self, *, update_fields: list[str]) -> None: ...


def archive(kept: Archivable, *, now: datetime) -> None:
    """Take it off the list, from the first time it was asked for. Its address and its versions remain."""
    if kept.archived_at is None:
        kept.archived_at = now
        kept.save(update_fields=["archived_at"])


def restore(kept: Archivable) -> None:
    """Put it back on the list."""
    kept.archived_at = None
    kept.save(update_fields=["archived_at"])
