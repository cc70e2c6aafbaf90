"""What is kept outside the database, so that events and looks that are taken away are missed (ADR 5).

Whoever owns the whole database can take away the last events of a case and put the case right, take away a
whole case, or shorten the read log, and nothing in the database tells. A copy of where each chain ended
tells, as long as it is kept where they do not reach it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from trinnvis.access.looks import Looks, looks_until
from trinnvis.formats import clock, long_date
from trinnvis.trouble import Trouble

from .models import Case, CaseEvent

ON_THE_WAY = timedelta(minutes=5)  # a look younger than this may have fellows that are not yet written


@dataclass(frozen=True)
class Kept:
    """`ends`: case number → how many events it has, and the hash of the last."""

    ends: dict[str, tuple[int, str]]
    looks: Looks

    @property
    def when(self) -> str:
        return f"{long_date(self.looks.until)} {clock(self.looks.until)}"


def kept_at(now: datetime) -> Kept:
    """Where the chain of every case ends now, and the read log until just before."""
    cases = Case.objects.order_by("number").values_list("number", "event_count", "last_hash")
    ends = {number: (count, last) for number, count, last in cases.iterator()}
    return Kept(ends, looks_until(now - ON_THE_WAY))


def taken_away_since(kept: Kept) -> Iterator[str]:
    """What stood when the file was made and does not stand now: cases, events and looks, in words."""
    events = CaseEvent.objects.order_by().values_list("case__number", "sequence", "hash")
    standing = {number for number, *end in events.iterator() if kept.ends.get(number) == tuple(end)}
    for number, (count, _last) in kept.ends.items():
        if number not in standing:
            yield f"sak {number}, hendelse {count}: det som sto her {kept.when}, er borte eller byttet ut"
    now = looks_until(kept.looks.until)
    if now != kept.looks:
        yield (
            f"innsynsloggen fram til {kept.when}: den hadde {kept.looks.entries} oppslag, og har nå "
            f"{now.entries}. Oppslag er fjernet, endret eller lagt til i ettertid"
        )


def write_kept(kept: Kept, file: Path) -> str:
    """Write the file to keep; returns its fingerprint (SHA-256, hex), as `sha256sum` says it.

    Raises:
        Trouble: the file cannot be written.
    """
    looks = {**vars(kept.looks), "until": kept.looks.until.isoformat()}
    text = json.dumps({"looks": looks, "ends": kept.ends}, indent=1)
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Trouble(
            f"{file} kan ikke skrives ({error.strerror}).", "Velg en annen fil med --keep."
        ) from error
    return hashlib.sha256(text.encode()).hexdigest()


def read_kept(file: Path) -> Kept:
    """A file that `write_kept` wrote.

    Raises:
        Trouble: it cannot be read, or is something else.
    """
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        looks: dict[str, Any] = said["looks"]
        return Kept(
            {number: (int(count), str(last)) for number, (count, last) in said["ends"].items()},
            Looks(datetime.fromisoformat(looks["until"]), int(looks["entries"]), str(looks["digest"])),
        )
    except OSError as error:
        raise Trouble(
            f"{file} kan ikke leses ({error.strerror}).", "Velg fila som --keep skrev sist."
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Trouble(f"{file} er ikke en fil som --keep har skrevet.", "Velg en slik fil.") from error
