"""Proves that every case stands as its events say that it was written (`trinnvis audit verify`).

The events of a case are chained, and tell the digest of each row of the case. A row that says something else,
is gone, or that no event tells of, is a break.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from .covering import content_digest, tables
from .models import Case, CaseEvent, CaseRow, Need
from .older_promises import older_digest
from .rules.chain import Break, EventFacts, breaks
from .rules.state import standing

AT_ONCE = 100  # cases read at one moment; on SQLite nobody else writes meanwhile
Key = tuple[str, int]  # a row: label of its table, and primary key


@dataclass(frozen=True)
class AuditResult:
    """`older`: cases opened before events told of every row; a row added to them is not found."""

    cases: int
    events: int
    rows: int
    older: int
    breaks: tuple[Break, ...]


@dataclass(frozen=True)
class _Promise:
    """An event's word for a row: its digest, or None when the event says that the row is taken away."""

    sequence: int
    digest: str | None
    is_older: bool


def verify_all(progress: Callable[[int, int], None] = lambda done, total: None) -> AuditResult:
    """Recompute every chain and every digest in it; `progress` is told (cases done, cases in all)."""
    keys = list(Case.objects.order_by("pk").values_list("pk", flat=True))
    found: list[Break] = []
    events = rows = older = done = 0
    for start in range(0, len(keys), AT_ONCE):
        with _one_moment():
            for case, its_rows in _with_rows(keys[start : start + AT_ONCE]):
                chain, promises, all_told = verify_chain(case), _promises(case), _tells_all(case)
                found += chain
                found += _rows_that_differ(case, its_rows, promises, all_told=all_told and not chain)
                found += _derived_that_differ(case, its_rows)
                events, rows, older = events + case.event_count, rows + len(promises), older + (not all_told)
                done += 1
        progress(done, len(keys))
    return AuditResult(done, events, rows, older, tuple(found))


def verify_chain(case: Case) -> tuple[Break, ...]:
    """Recompute the chain of one case's events; () when every event stands as it was written."""
    return tuple(breaks(_links(case), number=case.number, count=case.event_count, last=case.last_hash))


@contextmanager
def _one_moment() -> Iterator[None]:
    """Reads within see the database as it was at one moment, also while others write."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read")
        yield


def _with_rows(keys: Sequence[int]) -> Iterator[tuple[Case, Mapping[Key, CaseRow]]]:
    """These cases, each with every row of it."""
    rows: dict[int, dict[Key, CaseRow]] = defaultdict(dict)
    for table in tables():
        of_these = table._default_manager.filter(**{f"{table.CASE}__in": keys}).order_by("pk")
        for row, case_key in _pairs(of_these.annotate(in_case=F(table.CASE)).iterator()):
            rows[case_key][table._meta.label, row.pk] = row
    for case in Case.objects.filter(pk__in=keys).order_by("pk").prefetch_related("events"):
        yield case, rows[case.pk]


def _pairs(rows: Iterable[Any]) -> Iterator[tuple[CaseRow, int]]:
    return ((row, row.in_case) for row in rows)


def _links(case: Case) -> Iterator[tuple[EventFacts, str, str]]:
    for event in case.events.all():  # ordered by sequence
        yield _facts(case, event), event.previous_hash, event.hash


def _facts(case: Case, event: CaseEvent) -> EventFacts:
    return EventFacts(
        case_number=case.number,
        sequence=event.sequence,
        at=event.at,
        actor_id=event.actor_id,
        actor_name=event.actor_name,
        actor_role=event.actor_role,
        verb=event.verb,
        data=event.data,
        reason=event.reason,
        request_id=event.request_id,
        software=event.software,
    )


def _promises(case: Case) -> dict[Key, _Promise]:
    """What the events say of each row; the last word counts."""
    found = {}
    for event in case.events.all():
        for label, key, digest in _told(event):
            is_older = "." not in label
            full = f"casework.{label}" if is_older else label
            found[full, key] = _Promise(event.sequence, digest, is_older)
    return found


def _told(event: CaseEvent) -> list[tuple[str, int, str | None]]:
    """Whoever tampers may have left anything in the data; the chain tells that it is changed."""
    try:
        return [(str(label), int(key), digest) for label, key, digest in event.data["rows"]]
    except (KeyError, TypeError, ValueError):
        return []


def _tells_all(case: Case) -> bool:
    """Whether every row of the case is told of: so it is where the first event tells of the case itself."""
    first = next(iter(case.events.all()), None)
    return first is not None and any(told[:2] == (Case._meta.label, case.pk) for told in _told(first))


def _rows_that_differ(
    case: Case, rows: Mapping[Key, CaseRow], promises: Mapping[Key, _Promise], *, all_told: bool
) -> Iterator[Break]:
    """Rows that are changed, gone, back, or (where all are told of) added without an event."""
    for key, row in rows.items():
        name = f"{row.NAME} {row.pk}"
        promise = promises.get(key)
        if promise is None:
            if all_told:
                yield Break(case.number, None, f"{name} står i saken uten noen hendelse")
        elif promise.digest is None:
            yield Break(case.number, promise.sequence, f"{name} er tatt bort her, men står i saken")
        elif promise.digest != (older_digest if promise.is_older else content_digest)(row):
            yield Break(case.number, promise.sequence, f"{name} er endret etter at hendelsen ble skrevet")
    for (label, pk), promise in promises.items():
        if promise.digest is not None and (label, pk) not in rows:
            yield Break(case.number, promise.sequence, f"{_name(label)} {pk} er borte")


def _name(label: str) -> str:
    return next((table.NAME for table in tables() if table._meta.label == label), label)


def _derived_that_differ(case: Case, rows: Mapping[Key, CaseRow]) -> Iterator[Break]:
    """What a case row holds that is counted from its needs (`services.needs.settle`)."""
    needs = (row for row in rows.values() if isinstance(row, Need) and row.state == Need.State.OPEN)
    stage, next_due = standing({need.kind: need.due_on for need in needs}, closed=case.closed_at is not None)
    if case.stage != stage:
        yield Break(case.number, None, "steget i saken følger ikke av behovene som er åpne")
    if case.next_due != next_due:
        yield Break(case.number, None, "neste frist er ikke den tidligste i behovene som er åpne")
