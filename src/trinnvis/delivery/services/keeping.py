"""What every change of capacity goes through: who may, which revision was read, and the log."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.access.actor import Actor
from trinnvis.delivery.errors import Conflict, Fault, Faulty, NotFound, Refused
from trinnvis.delivery.models import CapacityEvent, Kept
from trinnvis.delivery.rules.editing import may_edit, may_set_up
from trinnvis.policy.status import Status

M = TypeVar("M", bound=Kept)
STATUSES = tuple(status.value for status in Status)


def guard_unit(actor: Actor, unit: str) -> None:
    """Only those who plan for the whole municipality, and the unit's own managers.

    Raises:
        Refused: somebody else.
    """
    if not may_edit(actor.roles, unit):
        raise Refused(_("Bare enhetens leder, en økonom eller en planlegger kan endre dette."))


def guard_set_up(actor: Actor) -> None:
    """What holds for the whole municipality.

    Raises:
        Refused: somebody who does not plan for all of it.
    """
    if not may_set_up(actor.roles):
        raise Refused(_("Bare en økonom eller en planlegger kan endre oppsettet for hele kommunen."))


def locked(model: type[M], pk: int, revision: int) -> M:
    """The row, locked for this change.

    Raises:
        NotFound: there is none.
        Conflict: it has been changed since `revision` was read.
    """
    row = model._default_manager.select_for_update().filter(pk=pk).first()
    if row is None:
        raise NotFound(model.__name__)
    check_revision(row, revision)
    return row


def check_revision(row: Kept, revision: int) -> None:
    """Raises Conflict when the row has been changed since `revision` was read."""
    if row.revision != revision:
        raise Conflict(saved_meanwhile(row))


def saved_meanwhile(row: Kept) -> str:
    return _(
        "%(name)s lagret dette %(when)s, etter at du åpnet siden. Ditt er ikke lagret. "
        "Se hva som er lagret nå, og lagre på nytt hvis ditt skal gjelde."
    ) % {
        "name": row.changed_by.name,
        "when": f"{formats.short_date(row.changed_at)} {formats.clock(row.changed_at)}",
    }


def put(
    row: M, values: dict[str, Any], *, actor: Actor, now: datetime
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set the values and save under the next revision. What was and what is, of those that changed."""
    new = row._state.adding
    before = {} if new else {name: plain(getattr(row, name)) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    if not new:
        row.revision += 1
    row.changed_by_id, row.changed_at = actor.key, now
    row.save()
    after = {name: plain(value) for name, value in values.items()}
    changed = [name for name in after if before.get(name) != after[name]]
    return {name: before[name] for name in changed if name in before}, {name: after[name] for name in changed}


def plain(value: Any) -> Any:
    """A value as JSON knows it: a number as text, a date in ISO form, another row by name."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, models.Model) else value


def record(
    verb: str,
    about: str,
    before: dict[str, Any],
    after: dict[str, Any],
    *,
    unit: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Write the change into the log, in the transaction of the change."""
    CapacityEvent.objects.create(
        at=now,
        by_id=actor.key,
        by_name=actor.name,
        unit=unit,
        verb=verb,
        about=about,
        before=before,
        after=after,
        request_id=actor.request_id,
    )


def stop_at(faults: list[Fault]) -> None:
    """Raises Faulty when there is any."""
    if faults:
        raise Faulty(tuple(faults))


def source_faults(source: str, status: str) -> list[Fault]:
    """A figure says where it comes from and how certain it is."""
    found = []
    if not source.strip():
        found.append(Fault(_("Skriv hvor tallet kommer fra."), "source"))
    if status not in STATUSES:
        found.append(
            Fault(_("Velg en av disse: %(statuses)s.") % {"statuses": ", ".join(STATUSES)}, "status")
        )
    return found
