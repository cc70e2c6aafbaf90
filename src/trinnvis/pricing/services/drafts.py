"""Write a draft of a price list: begin it, save rows, take in a file, convert it, put it away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.policy.model import PriceRow
from trinnvis.pricing.errors import Conflict, Faulty, NotFound, Refused
from trinnvis.pricing.models import PriceDraft, PriceDraftRow, PriceEvent
from trinnvis.pricing.queries import index_of, row_of
from trinnvis.pricing.rules.typed import Typed, read_row
from trinnvis.pricing.rules.whole import NumberedRow, read_rows
from trinnvis.resources.indexing import conversion, converted

from .common import log, may_edit, open_draft, policy_now, touch, when

Verb = PriceEvent.Verb


@transaction.atomic
def create_draft(
    *, title: str, rows: Iterable[PriceRow], made_from: str, actor: Actor, now: datetime
) -> PriceDraft:
    """A draft that begins with these rows; `made_from` says in words where they come from.

    Raises:
        Refused: the actor may not edit price lists, or gave no title.
    """
    may_edit(actor)
    title = title.strip()
    if not title:
        raise Refused(_("Gi utkastet et navn, for eksempel «Priser 2027»."))
    draft = PriceDraft.objects.create(
        title=title[:160],
        made_from=made_from,
        created_by_id=actor.key,
        created_at=now,
        changed_by_id=actor.key,
        changed_at=now,
    )
    count = _store_all(draft, rows, actor, now)
    log(Verb.DRAFT_CREATED, draft, actor, now, made_from=made_from, rows=count)
    return draft


@transaction.atomic
def save_row(
    draft_id: int, *, typed: Typed, expected_revision: int, actor: Actor, now: datetime
) -> PriceDraftRow:
    """Save one row as typed; `expected_revision` is the row's that the writer saw, 0 for a new row.

    Raises:
        Faulty: every fault of the row, on its column.
        Conflict: someone else saved the row first; `current` is their row, None when they removed it.
        Refused, NotFound: the draft is adopted or discarded, or does not exist.
    """
    draft = open_draft(draft_id, actor)
    row, faults = read_row(typed, policy_now(now))
    if row is None:
        raise Faulty(faults)
    stored = PriceDraftRow.objects.select_for_update().filter(
        draft=draft, service=row.service, unit=row.unit.value
    ).first()  # fmt: skip
    if (stored.revision if stored else 0) != expected_revision:
        raise Conflict(_conflict(stored, is_new=expected_revision == 0), stored)
    content = row.model_dump(mode="json")
    if stored and stored.content == content:
        return stored
    before = stored.content if stored else None
    saved, _made = PriceDraftRow.objects.update_or_create(
        draft=draft,
        service=row.service,
        unit=row.unit.value,
        defaults={
            "content": content,
            "revision": expected_revision + 1,
            "changed_by_id": actor.key,
            "changed_at": now,
        },
    )
    touch(draft, actor, now)
    log(Verb.ROW_SAVED, draft, actor, now, service=row.service, before=before, after=content)
    return saved


@transaction.atomic
def remove_row(row_id: int, *, expected_revision: int, actor: Actor, now: datetime) -> None:
    """Take a price out of a draft.

    Raises:
        Conflict, Refused, NotFound: as `save_row`.
    """
    stored = PriceDraftRow.objects.select_for_update().filter(pk=row_id).first()
    if stored is None:
        raise NotFound("row")
    draft = open_draft(stored.draft_id, actor)
    if stored.revision != expected_revision:
        raise Conflict(_conflict(stored, is_new=False), stored)
    log(Verb.ROW_REMOVED, draft, actor, now, service=stored.service, before=stored.content)
    stored.delete()
    touch(draft, actor, now)


@transaction.atomic
def replace_rows(
    draft_id: int,
    *,
    rows: Iterable[NumberedRow],
    file_name: str,
    expected_revision: int,
    actor: Actor,
    now: datetime,
) -> int:
    """Let a file's rows take the place of the draft's, all or nothing. How many rows it then has.

    Raises:
        Faulty: every fault with its line.
        Conflict: the draft was changed since the file was looked over; `current` is the draft.
        Refused, NotFound: as `save_row`.
    """
    draft = open_draft(draft_id, actor)
    if draft.revision != expected_revision:
        message = _("%(name)s endret utkastet %(when)s, etter at du så over fila. Se over på nytt.")
        raise Conflict(message % {"name": draft.changed_by.name, "when": when(draft.changed_at)}, draft)
    found, faults = read_rows(rows, policy_now(now))
    if faults:
        raise Faulty(faults)
    before = draft.rows.count()
    draft.rows.all().delete()
    count = _store_all(draft, found, actor, now)
    touch(draft, actor, now)
    log(Verb.ROWS_REPLACED, draft, actor, now, file=file_name, before=before, rows=count)
    return count


@transaction.atomic
def convert_draft(draft_id: int, *, index: str, to_year: int, actor: Actor, now: datetime) -> int:
    """Tell every row of the draft in one year's kroner by an index. How many rows were changed.

    Raises:
        Trouble: a row's year, or the year asked for, is outside the index; nothing is changed.
        Refused, NotFound: as `save_row`, or there is no such index.
    """
    draft = open_draft(draft_id, actor)
    series = index_of(index)
    changed = []
    for stored in draft.rows.all():
        row = row_of(stored)
        if row.price_year != to_year:
            stored.content = converted(row, conversion(series, row.price_year, to_year)).model_dump(
                mode="json"
            )
            stored.revision += 1
            stored.changed_by_id, stored.changed_at = actor.key, now
            changed.append(stored)
    if not changed:
        raise Refused(_("Alle prisene er alt i %(year)s-kroner.") % {"year": to_year})
    PriceDraftRow.objects.bulk_update(changed, ["content", "revision", "changed_by", "changed_at"])
    touch(draft, actor, now)
    log(
        Verb.CONVERTED,
        draft,
        actor,
        now,
        index=series.title,
        source=series.source,
        to=to_year,
        rows=len(changed),
    )
    return len(changed)


@transaction.atomic
def discard(draft_id: int, *, actor: Actor, now: datetime) -> None:
    """Put a draft away; it is kept in the log and never adopted.

    Raises:
        Refused, NotFound: as `save_row`.
    """
    draft = open_draft(draft_id, actor)
    draft.state = PriceDraft.State.DISCARDED
    draft.save(update_fields=["state"])
    log(Verb.DISCARDED, draft, actor, now)


def _store_all(draft: PriceDraft, rows: Iterable[PriceRow], actor: Actor, now: datetime) -> int:
    stored = [
        PriceDraftRow(
            draft=draft,
            service=row.service,
            unit=row.unit.value,
            content=row.model_dump(mode="json"),
            changed_by_id=actor.key,
            changed_at=now,
        )
        for row in rows
    ]
    PriceDraftRow.objects.bulk_create(stored)
    return len(stored)


def _conflict(stored: PriceDraftRow | None, *, is_new: bool) -> str:
    if stored is None:
        return _(
            "En annen fjernet prisen mens du skrev. Det du skrev, står her. Lagre igjen om den skal inn."
        )
    values = {"name": stored.changed_by.name, "when": when(stored.changed_at)}
    if is_new:
        return (
            _("%(name)s la inn en pris på tjenesten %(when)s. Det du skrev, står her, men er ikke lagret.")
            % values
        )
    return (
        _("%(name)s lagret denne prisen %(when)s, mens du skrev. Det du skrev, står her, men er ikke lagret.")
        % values
    )
