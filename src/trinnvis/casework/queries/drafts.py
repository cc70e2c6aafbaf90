"""The actor's own unsent enquiry."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trinnvis.access.actor import Actor
from trinnvis.casework.models import EnquiryDraft
from trinnvis.people.sealing import SealBroken, open_sealed


@dataclass(frozen=True)
class Draft:
    content: dict[str, Any]
    step: int
    updated_at: datetime


def draft_of(actor: Actor) -> Draft | None:
    """What the actor has begun to write; None when nothing is kept, or it can no longer be opened."""
    row = EnquiryDraft.objects.filter(account_id=actor.key).first()
    if row is None:
        return None
    try:
        return Draft(json.loads(open_sealed(row.content_sealed)), row.step, row.updated_at)
    except SealBroken:
        return None
