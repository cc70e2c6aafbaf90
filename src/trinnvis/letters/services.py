"""Sends decisions: the letter is composed, rendered and stored in the transaction that sends the decision."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from trinnvis.access.actor import Actor
from trinnvis.casework import services as casework
from trinnvis.casework.models import Decision
from trinnvis.casework.queries.decision_view import DecisionView, view_of
from trinnvis.casework.services.needs import settle
from trinnvis.casework.services.recording import record
from trinnvis.people.models import Mandate, Person
from trinnvis.people.queries import mandates_for
from trinnvis.people.rules import AGE_OF_MAJORITY

from .composing import compose
from .content import LetterContent, from_json
from .models import Letter
from .pdf import TEMPLATE_VERSION, render_pdf
from .queries import letter_to_read

TOLD_FROM_AGE = 15  # forvaltningsloven § 27: a minor over fifteen who is party is told too


def letter_of(decision: Decision, now: datetime) -> LetterContent:
    """The letter as it was sent, else as it would be if the decision were sent as it stands."""
    sent = letter_to_read(decision, decision.addressee.pk)
    return from_json(sent.content) if sent else preview(view_of(decision, now))


def preview(view: DecisionView) -> LetterContent:
    """The letter as it would be if the decision were sent as it stands."""
    return compose(view, recipients(view.party, view.on)[0])


@transaction.atomic
def send_decision(*, number: str, actor: Actor, now: datetime) -> tuple[Letter, ...]:
    """Send the approved decision of the case `number` with letters to its party (underretning, fvl § 27).

    Raises:
        NotFound, Refused: as `casework.services.send_decision`; then nothing is sent or stored.
    """
    decision = casework.send_decision(number, actor=actor, now=now)
    to = recipients(decision.addressee, timezone.localdate(now))
    return tuple(make_letter(decision, to=person, actor=actor, now=now) for person in to)


def recipients(party: Person, on: date) -> tuple[Person, ...]:
    """Who gets a decision to this party: for a child the parents or guardian, from 15 the child too."""
    age = party.age_on(on)
    if age >= AGE_OF_MAJORITY:
        return (party,)
    acting = mandates_for(party, on).filter(kind__in=(Mandate.Kind.PARENT, Mandate.Kind.GUARDIAN))
    guardians = tuple(dict.fromkeys(mandate.representative for mandate in acting))
    return (*guardians, party) if age >= TOLD_FROM_AGE or not guardians else guardians


def make_letter(decision: Decision, *, to: Person, actor: Actor, now: datetime) -> Letter:
    """Compose, render and store one letter, and note its fingerprint in the case's chain of events."""
    content = compose(view_of(decision, now), to)
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
    data = {"decision": decision.number, "sha256": letter.sha256, "template": TEMPLATE_VERSION}
    record(decision.case, verb="letter_made", actor=actor, now=now, data=data)
    settle(decision.case)
    return letter
