"""Taking in own figures and taking them back: the only door for writes. Only those who plan may."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.access.actor import Actor
from trinnvis.access.rules import PLANNING_ROLES
from trinnvis.ownfigures import queries
from trinnvis.ownfigures.errors import Conflict, Faulty, HoldsPersons, NotFound
from trinnvis.ownfigures.models import FileDraft, OwnFigures
from trinnvis.ownfigures.packing import packed
from trinnvis.ownfigures.rules.cells import plain_text
from trinnvis.ownfigures.rules.kinds import Kind
from trinnvis.ownfigures.rules.mapping import Mapping, suggest
from trinnvis.ownfigures.rules.persons import persons_in
from trinnvis.ownfigures.rules.rows import OwnRow, joined
from trinnvis.tabular import Limits, read_table
from trinnvis.trouble import Trouble

LARGEST = Limits(bytes=10_000_000, unpacked=100_000_000, cells=1_500_000)
MOST_ROWS = 50_000
KEPT = timedelta(days=1)
LONGEST_NAME = 200


@transaction.atomic
def upload(
    *, municipality: str, kind: Kind, name: str, content: bytes, actor: Actor, now: datetime
) -> FileDraft:
    """Open a file to be looked over. What was left lying longer than a day is thrown away.

    Raises:
        NotFound: the actor does not plan. Trouble: it is no table. HoldsPersons: it seems to hold persons.
    """
    _must_plan(actor)
    table = read_table(name, content, LARGEST)
    if len(table) > MOST_ROWS:
        raise Trouble(
            _("Fila har %(rows)s rader. Den kan ha høyst %(most)s.")
            % {"rows": formats.number(len(table)), "most": formats.number(MOST_ROWS)},
            _("Så mange rader er ofte enkeltposter eller enkeltpersoner. Lag en sammenstilling for grupper."),
        )
    texts = [[plain_text(cell) for cell in row] for row in table]
    if why := persons_in(texts):
        raise HoldsPersons(
            _("%(why)s Trinnvis tar bare imot summer, og ingenting fra fila er lagret. Lag en sammenstilling "
              "uten kolonner om enkeltpersoner, og last opp den.") % {"why": _(why)}
        )  # fmt: skip
    FileDraft.objects.filter(made_at__lt=now - KEPT).delete()
    mapping = suggest(kind, texts, queries.remembered_mapping(municipality, kind))
    return FileDraft.objects.create(
        municipality=municipality,
        kind=kind,
        file_name=name[-LONGEST_NAME:],
        file_hash=hashlib.sha256(content).hexdigest(),
        table=packed(table),
        mapping=mapping.as_json(),
        made_by_id=actor.key,
        made_at=now,
    )


@transaction.atomic
def remap(key: UUID, *, mapping: Mapping, actor: Actor) -> None:
    """Say what the file's columns and words stand for.

    Raises:
        NotFound: no such file of the actor's.
    """
    _must_plan(actor)
    found = FileDraft.objects.select_for_update().filter(pk=key, made_by_id=actor.key).first()
    if found is None:
        raise NotFound(key)
    found.mapping = mapping.as_json()
    found.save(update_fields=["mapping"])


@transaction.atomic
def discard(key: UUID, *, actor: Actor) -> None:
    """Throw a looked-over file away; gone already is just as well."""
    _must_plan(actor)
    FileDraft.objects.filter(pk=key, made_by_id=actor.key).delete()


@transaction.atomic
def adopt(key: UUID, *, expected_revision: int, actor: Actor, now: datetime) -> int:
    """Take the whole file in as a new version; a second click gives the version of the first.

    Raises:
        NotFound: no such file of the actor's. Faulty: a row is rejected. Conflict: somebody took in figures
            of this kind after `expected_revision`.
    """
    _must_plan(actor)
    held = FileDraft.objects.select_for_update().filter(pk=key, made_by_id=actor.key).first()
    if held is None:
        if (done := queries.revision_of_draft(key, actor)) is not None:
            return done
        raise NotFound(key)
    draft = queries.draft_of(key, actor)
    before = _unchanged(draft.municipality, draft.kind, expected_revision)
    read = queries.read_draft(draft, now.year)
    if read.faults:
        raise Faulty(read.faults)
    revision = expected_revision + 1
    new = [replace(row, imported=revision) for row in read.rows]
    made = OwnFigures(
        municipality=draft.municipality,
        kind=draft.kind,
        revision=revision,
        rows=[row.as_json() for row in joined(draft.kind, before, new)],
        mapping=draft.mapping.as_json(),
        file_name=draft.file_name,
        file_hash=draft.file_hash,
        draft=key,
        saved_by_id=actor.key,
        saved_at=now,
    )
    _save(made)
    held.delete()
    return revision


@transaction.atomic
def take_back(
    *, municipality: str, kind: Kind, to_revision: int, expected_revision: int, actor: Actor, now: datetime
) -> int:
    """Go back to an earlier version (0: to no own figures) by a new version; nothing is removed.

    Raises:
        NotFound: no such version, or the actor does not plan. Conflict: as `adopt`.
    """
    _must_plan(actor)
    _unchanged(municipality, kind, expected_revision)
    rows: tuple[OwnRow, ...] = ()
    if to_revision:
        rows = queries.version(municipality, kind, to_revision).rows
    made = OwnFigures(
        municipality=municipality,
        kind=kind,
        revision=expected_revision + 1,
        rows=[row.as_json() for row in rows],
        restores=to_revision,
        draft=uuid4(),
        saved_by_id=actor.key,
        saved_at=now,
    )
    _save(made)
    return expected_revision + 1


def _must_plan(actor: Actor) -> None:
    if actor.account_id is None or not actor.has_role(*PLANNING_ROLES):
        raise NotFound


def _unchanged(municipality: str, kind: Kind, expected_revision: int) -> tuple[OwnRow, ...]:
    """The rows that stand, if they are still those the actor saw."""
    newest = queries.newest(municipality, kind)
    if (newest.revision if newest else 0) != expected_revision:
        if newest is None:
            raise NotFound(expected_revision)
        raise Conflict(
            _("%(name)s endret disse tallene %(day)s %(clock)s, etter at du åpnet dem. Fila di er her "
              "fremdeles, og ingenting av den er tatt inn. Se over sammenligningen på nytt.")
            % {"name": newest.saved_by, "day": formats.short_date(newest.saved_at),
               "clock": formats.clock(newest.saved_at)}
        )  # fmt: skip
    return newest.rows if newest else ()


def _save(made: OwnFigures) -> None:
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise Conflict(
            _("Noen andre tok inn tall samtidig. Ingenting av ditt er tatt inn. Se over og prøv igjen.")
        ) from error
