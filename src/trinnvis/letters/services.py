"""Sends decisions: the letter is composed, rendered and stored in the transaction that sends the decision."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from trinnvis.access.actor import Actor
from trinnvis.casework import services as casework
from trinnvis.casework.covering import covered
from trinnvis.casework.models import Decision
from trinnvis.casework.services.needs import settle
from trinnvis.casework.services.recording import record
from trinnvis.people.models import Person

from .models import Letter
from .pdf import TEMPLATE_VERSION, render_pdf
from .queries import letter_to
from .recipients import recipients


@transaction.atomic
def send_decision(*, number: str, actor: Actor, now: datetime) -> tuple[Letter, ...]:
    """Send the approved decision of the case `number` with letters to its party (underretning, fvl § 27).

    Raises:
        NotFound, Refused: as `casework.services.send_decision`; then nothing is sent or stored.
    """
    decision = casework.send_decision(number, actor=actor, now=now)
    to = recipients(decision.addressee, timezone.localdate(now))
    return tuple(make_letter(decision, to=person, actor=actor, now=now) for person in to)


def make_letter(decision: Decision, *, to: Person, actor: Actor, now: datetime) -> Letter:
    """Compose, render and store one letter, and note its fingerprint in the case's chain of events."""
    content = letter_to(decision, to, now)
    pdf = render_pdf(content, made_at=now)
    letter = Letter.objects.create(
        decision=decision,
        recipient=to,
        language=content.language,
        content=content.as_json(),
        template_version=TEMPLATE_VERSION,
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        made_at=now,
    )
    data = {
        "decision": decision.number,
        "sha256": letter.sha256,
        "template": TEMPLATE_VERSION,
        "rows": covered(letter),
    }
    record(decision.case, verb="letter_made", actor=actor, now=now, data=data)
    settle(decision.case)
    return letter
