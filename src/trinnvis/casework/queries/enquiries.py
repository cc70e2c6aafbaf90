"""Which enquiries an actor may see, and those that wait for triage."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from trinnvis.access.actor import Actor
from trinnvis.access.rules import ENQUIRY_RULES, AccessRule
from trinnvis.casework.models import Enquiry

from .granting import Gate, Standing
from .visible import AS_STAFF


def _comes_to(standing: Standing, units: set[str]) -> Q:
    """Those without a case come to the unit that policy has named."""
    return Q(case=None) if standing.policy.municipality.intake_unit in units else Q(pk__in=[])


ENQUIRIES = Gate(
    Enquiry,
    ENQUIRY_RULES,
    {
        "own": lambda s, units: Q(person_id=s.actor.person_id, person_id__isnull=False),
        "sent_it": lambda s, units: Q(registered_by_id=s.actor.account_id, channel=Enquiry.Channel.PORTAL),
        "may_read_for": lambda s, units: Q(person_id__in=s.reads_for),
        "comes_to_unit": _comes_to,
        "case_to_work_on": lambda s, units: Q(Exists(AS_STAFF.visible(s).filter(pk=OuterRef("case")))),
    },
)


AS_RECEIVER = replace(ENQUIRIES, rules=tuple(rule for rule in ENQUIRY_RULES if rule.roles is not None))


def enquiries_visible_to(actor: Actor, now: datetime) -> QuerySet[Enquiry]:
    return ENQUIRIES.visible(Standing(actor, now))


def enquiries_to_work_on(actor: Actor, now: datetime) -> QuerySet[Enquiry]:
    """The enquiries the actor sees as staff: never about themselves or their kin."""
    return AS_RECEIVER.visible(Standing(actor, now))


def rules_granting_enquiry(enquiry: Enquiry, actor: Actor, now: datetime) -> list[AccessRule]:
    """The rules that let the actor see this enquiry, in the table's order; none when they may not."""
    return ENQUIRIES.granting(enquiry, Standing(actor, now))
