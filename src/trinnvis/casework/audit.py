"""Proves that the events of every case stand as they were written (`trinnvis audit verify`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .covering import TABLES, content_digest
from .models import Case, CaseEvent
from .rules.chain import Break, EventFacts, breaks


@dataclass(frozen=True)
class AuditResult:
    """`rows` counts the rows of the assessments that the events hold the digests of."""

    cases: int
    events: int
    rows: int
    breaks: tuple[Break, ...]


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


@dataclass(frozen=True)
class _Promise:
    """An event's word for a row: its digest when it was written."""

    case_number: str
    sequence: int
    digest: str


def verify_all(progress: Callable[[int, int], None] = lambda done, total: None) -> AuditResult:
    """Recompute every chain and every digest in it; `progress` is told (cases done, cases in all)."""
    found: list[Break] = []
    promises: dict[str, dict[int, _Promise]] = {}
    events = 0
    cases = Case.objects.order_by("pk").prefetch_related("events")
    total = cases.count()
    for done, case in enumerate(cases.iterator(chunk_size=500), start=1):
        found += breaks(_links(case), number=case.number, count=case.event_count, last=case.last_hash)
        events += case.event_count
        for event in case.events.all():
            for table, key, digest in event.data.get("rows", ()):
                promises.setdefault(table, {})[key] = _Promise(case.number, event.sequence, digest)
        progress(done, total)
    for table, promised in promises.items():
        found += _broken(table, promised)
    return AuditResult(total, events, sum(map(len, promises.values())), tuple(found))


def verify_chain(case: Case) -> tuple[Break, ...]:
    """Recompute the chain of one case's events; () when every event stands as it was written."""
    return tuple(breaks(_links(case), number=case.number, count=case.event_count, last=case.last_hash))


def _broken(table: str, promised: dict[int, _Promise]) -> Iterator[Break]:
    """Rows that are gone, or no longer say what they said when their event was written."""
    left = dict(promised)
    for row in TABLES[table]._default_manager.iterator():
        promise = left.pop(row.pk, None)
        if promise and promise.digest != content_digest(row):
            why = f"{table} {row.pk} er endret etter at hendelsen ble skrevet"
            yield Break(promise.case_number, promise.sequence, why)
    for key, promise in left.items():
        yield Break(promise.case_number, promise.sequence, f"{table} {key} er borte")
