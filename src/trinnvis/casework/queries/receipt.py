"""What happens next, and by when: told on the receipt, and on Min side until someone has answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.casework.models import Enquiry
from trinnvis.casework.rules.deadlines import deadline_for
from trinnvis.policy.model import Policy
from trinnvis.policy.queries import policy_for

from .case import enquiry_for


@dataclass(frozen=True)
class NextStep:
    """One thing that happens, by a date where the policy sets one, with why that date."""

    text: str
    by: date | None = None
    why: str = ""


@dataclass(frozen=True)
class Receipt:
    """What the sender may know: never whether the one they wrote about is in the register, or has a case."""

    number: str
    received_at: datetime
    about: str  # the name as the sender wrote it; "" when it is about themselves
    is_application: bool
    says_urgent: bool
    next_steps: tuple[NextStep, ...]


def receipt_of(actor: Actor, number: str, now: datetime) -> Receipt:
    """The receipt of an enquiry the actor sent, or that is about them.

    Raises:
        NotFound: no such enquiry for this actor.
    """
    enquiry = enquiry_for(actor, number, now, what=_("Kvittering for henvendelse"))
    return Receipt(
        enquiry.number,
        enquiry.received_at,
        enquiry.unidentified_name,
        enquiry.is_application,
        enquiry.says_urgent,
        what_happens_next(enquiry),
    )


def what_happens_next(enquiry: Enquiry) -> tuple[NextStep, ...]:
    """The steps ahead of an enquiry as promised the day it was received."""
    received = timezone.localdate(enquiry.received_at)
    policy = policy_for(received)
    about_self = enquiry.contact_id is None
    steps = []
    if enquiry.says_urgent:
        text = _("Du har sagt at det haster. Vi ser på det først, og tar kontakt.")
        steps.append(_step(text, "give_help_now", policy, received))
    steps.append(
        _step(_("Vi leser henvendelsen og vurderer hva som skal skje videre."), "triage", policy, received)
    )
    steps.append(
        NextStep(
            _("Vi tar kontakt for å høre hva som er viktig for deg.")
            if about_self
            else _("Vi tar kontakt med den henvendelsen gjelder. Bare de får vite hva som skjer i saken.")
        )
    )
    if enquiry.is_application:
        text = _("Målet vårt er at du har svaret på søknaden innen denne dagen.")
        target = _step(text, "draft_decision", policy, received)
        steps += [target] if target.by else []
        text = _("Du får svaret, eller et foreløpig svar med en ny dato, innen fristen i loven.")
        steps.append(_step(text, "preliminary_reply", policy, received))
    return tuple(steps)


def _step(text: str, kind: str, policy: Policy, start: date) -> NextStep:
    deadline = deadline_for(policy, kind, start)
    return NextStep(text, deadline.due, deadline.told()) if deadline.due else NextStep(text)
