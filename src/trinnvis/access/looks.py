"""The read log in short: how many looks there are, and one digest of them all."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from .models import ReadLogEntry

COLUMNS = (
    *("pk", "at", "person_id", "reader_id", "reader_name", "reader_role"),
    *("what", "case_number", "basis", "allowed", "request_id"),
)


@dataclass(frozen=True)
class Looks:
    """`digest`: SHA-256 (hex) of every look in the log up to and with `until`, oldest first."""

    until: datetime
    entries: int
    digest: str


def looks_until(until: datetime) -> Looks:
    """Every look in the read log up to and with a moment, in short."""
    sha256, entries = hashlib.sha256(), 0
    looks = ReadLogEntry.objects.filter(at__lte=until).order_by("at", "pk").values_list(*COLUMNS)
    for key, at, *rest in looks.iterator():
        sha256.update(json.dumps([key, at.astimezone(UTC).isoformat(), *rest]).encode())
        entries += 1
    return Looks(until, entries, sha256.hexdigest())
