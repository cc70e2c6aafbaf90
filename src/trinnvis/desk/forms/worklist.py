"""The worklist's filter as it stands in the address, so that a view is saved by saving its address."""

from __future__ import annotations

import re
from typing import Any

from django.http import QueryDict

from trinnvis.casework.models import Case
from trinnvis.casework.queries.worklist import Filter

WHOSE = {"mine": "mine", "ledige": "unassigned"}
DUE = {"over": "overdue", "idag": "today", "uka": "week"}
CASE_NUMBER = re.compile(r"[0-9-]{1,20}")
PARAMETERS = ("hvem", "frist", "fase", "spor", "sok")


def filter_of(query: QueryDict) -> Filter:
    """What an address asks for; what it says that means nothing is left out."""
    stage, track, page = query.get("fase", ""), query.get("spor", ""), query.get("side", "")
    text = query.get("sok", "").strip()
    chosen: dict[str, Any] = {
        "whose": WHOSE.get(query.get("hvem", ""), "all"),
        "due": DUE.get(query.get("frist", ""), "all"),
        "stage": stage if stage in Case.Stage.values else "",
        "track": track if track in Case.Track.values else "",
        # Only case numbers: a name does not belong in an address.
        "text": text if CASE_NUMBER.fullmatch(text) else "",
        "page": int(page) if page.isdecimal() and len(page) < 7 else 1,
    }
    return Filter(**chosen)


def is_no_case_number(query: QueryDict) -> bool:
    """Whether something else than a case number was searched for."""
    text = query.get("sok", "").strip()
    return bool(text) and not CASE_NUMBER.fullmatch(text)
