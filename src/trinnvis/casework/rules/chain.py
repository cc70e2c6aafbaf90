"""The hash chain of a case's events: each hash covers the event and the hash before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True)
class EventFacts:
    """What one event says; everything here is covered by its hash. `at` is aware."""

    case_number: str
    sequence: int
    at: datetime
    actor_id: int | None
    actor_name: str
    actor_role: str
    verb: str
    data: dict[str, Any]
    reason: str
    request_id: str
    software: str


def event_hash(previous: str, facts: EventFacts) -> str:
    """SHA-256 (hex) of the previous hash and the event in canonical JSON."""
    content = vars(facts) | {"at": facts.at.astimezone(UTC).isoformat(timespec="microseconds")}
    return hashlib.sha256(f"{previous}\n{_canonical(content)}".encode()).hexdigest()


def digest(content: dict[str, Any]) -> str:
    """SHA-256 (hex) of plain JSON values in canonical form: what an event says of a row it wrote."""
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class Break:
    """Where what stands is not what was written, and how. `sequence`: None when no one event is at fault."""

    case_number: str
    sequence: int | None
    why: str

    def __str__(self) -> str:
        event = "" if self.sequence is None else f", hendelse {self.sequence}"
        return f"sak {self.case_number}{event}: {self.why}"


def breaks(
    links: Iterable[tuple[EventFacts, str, str]], *, number: str, count: int, last: str
) -> list[Break]:
    """Check (facts, previous hash, hash) in sequence order against the case's own count and last hash."""
    found: list[Break] = []
    expected_previous, expected_sequence = "", 1
    for facts, previous, own in links:
        if facts.sequence != expected_sequence:
            found.append(Break(number, facts.sequence, f"hendelse {expected_sequence} mangler"))
        if previous != expected_previous:
            found.append(Break(number, facts.sequence, "peker ikke på hendelsen før"))
        if own != event_hash(previous, facts):
            found.append(Break(number, facts.sequence, "innholdet er endret etter at det ble skrevet"))
        expected_previous, expected_sequence = own, facts.sequence + 1
    if expected_sequence - 1 != count or expected_previous != last:
        found.append(
            Break(number, expected_sequence - 1, "saken sier at det skal være flere eller andre hendelser")
        )
    return found
