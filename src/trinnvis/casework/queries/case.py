"""From a number to the thing: the only road for pages, and every look along it is logged."""

from __future__ import annotations

from datetime import datetime

from trinnvis.access.actor import Actor
from trinnvis.access.rules import OWN, AccessRule
from trinnvis.access.services import log_read
from trinnvis.casework.errors import NotFound
from trinnvis.casework.models import Case, Enquiry

from .enquiries import rules_granting_enquiry
from .granting import Standing
from .visible import AS_STAFF, rules_granting


def case_for(actor: Actor, number: str, now: datetime, *, what: str) -> Case:
    """The case, when the actor may see it. `what` says in words the citizen understands what is looked at.

    Call it before any transaction begins; the look is committed to the citizen's read log at once.

    Raises:
        NotFound: no such case, or not for this actor; the attempt is then in the citizen's log.
    """
    case = Case.objects.select_related("person", "assigned_to").filter(number=number).first()
    if case is None or actor.account_id is None:
        raise NotFound(number)
    granting = rules_granting(case, actor, now)
    look(actor, case.person_id, now, what=what, granting=granting, number=number)
    return case


def case_to_handle(actor: Actor, number: str, now: datetime, *, what: str) -> Case:
    """As `case_for`, but only as staff: never someone's own case, nor their kin's (inhabilitet, fvl § 6)."""
    case = Case.objects.select_related("person", "assigned_to").filter(number=number).first()
    if case is None or actor.account_id is None:
        raise NotFound(number)
    granting = AS_STAFF.granting(case, Standing(actor, now))
    look(actor, case.person_id, now, what=what, granting=granting, number=number)
    return case


def enquiry_for(actor: Actor, number: str, now: datetime, *, what: str) -> Enquiry:
    """The enquiry, when the actor may see it; logged and refused like `case_for`."""
    enquiry = Enquiry.objects.select_related("person", "case").filter(number=number).first()
    if enquiry is None or actor.account_id is None:
        raise NotFound(number)
    granting = rules_granting_enquiry(enquiry, actor, now)
    look(actor, enquiry.person_id, now, what=what, granting=granting, number=number)
    return enquiry


def enquiry_to_handle(actor: Actor, number: str, now: datetime, *, what: str) -> Enquiry:
    """The enquiry, when the actor sees it as staff; an own one, or one's kin's, belongs to another door."""
    enquiry = Enquiry.objects.select_related("person", "case").filter(number=number).first()
    if enquiry is None or actor.account_id is None:
        raise NotFound(number)
    granting = [rule for rule in rules_granting_enquiry(enquiry, actor, now) if rule.roles is not None]
    look(actor, enquiry.person_id, now, what=what, granting=granting, number=number)
    return enquiry


def look(
    actor: Actor, person_id: int | None, now: datetime, *, what: str, granting: list[AccessRule], number: str
) -> None:
    """Log the look and let it pass or not. What people read about themselves is not logged."""
    basis = granting[0].code if granting else ""
    if person_id is not None and basis != OWN:
        log_read(
            actor=actor,
            person=person_id,
            what=what,
            basis=basis,
            allowed=bool(basis),
            now=now,
            case_number=number,
        )
    if not basis:
        raise NotFound(number)
