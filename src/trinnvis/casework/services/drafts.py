"""The portal form, begun and not yet sent: sealed, one per account, thrown away when it is sent."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import transaction

from trinnvis.access.actor import Actor
from trinnvis.casework.models import EnquiryDraft
from trinnvis.people.sealing import seal


@transaction.atomic
def save_draft(*, actor: Actor, content: dict[str, Any], step: int, now: datetime) -> None:
    """Keep what is written so far. `content` holds plain JSON values; `step` is the form's step, from 1."""
    EnquiryDraft.objects.update_or_create(
        account_id=actor.key,
        defaults={
            "content_sealed": seal(json.dumps(content, ensure_ascii=False)),
            "step": step,
            "updated_at": now,
        },
    )


@transaction.atomic
def discard_draft(*, actor: Actor) -> None:
    EnquiryDraft.objects.filter(account_id=actor.key).delete()
