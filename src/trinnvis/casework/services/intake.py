"""The one door in: receives enquiries (henvendelser) from portal and desk, and finds whom they are about."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.access.queries import principals_of
from trinnvis.access.rules import PROFESSIONAL_ROLES
from trinnvis.casework.errors import Incomplete, Missing, NotFound, Refused
from trinnvis.casework.models import Enquiry
from trinnvis.casework.queries.enquiries import enquiries_to_work_on
from trinnvis.casework.rules.enquiry import Contact, Said, missing_in
from trinnvis.people.models import Mandate, Person
from trinnvis.people.queries import person_by_identity_number

from .drafts import discard_draft
from .needs import local_date, untimely
from .numbers import next_number

NOBODY_BETWEEN = Contact()


@transaction.atomic
def register_enquiry(
    *,
    actor: Actor,
    now: datetime,
    submission_key: str,
    channel: str,
    said: Said,
    person: Person | None = None,
    unidentified_name: str = "",
    identity_number: str = "",
    contact: Contact = NOBODY_BETWEEN,
    received_at: datetime | None = None,
) -> Enquiry:
    """Receive an enquiry; sent twice with the same `submission_key` it is one, and the first is returned.

    From the portal (channel `portal`) it is about oneself, about someone one has a mandate for (`person`),
    or about another by name with the consent described; whether the other is in the register is never told.
    An `identity_number` told with the name finds the person when the register has both; it is not kept.
    From the desk `person` may be anyone. `received_at` is for the desk: when it came, if not now.

    Raises:
        Incomplete: something must be filled in first.
        Refused: this actor cannot use this channel, or the key belongs to another's enquiry.
        NotFound: a citizen named a person they have no mandate for.
        InvalidIdentityNumber: `identity_number` is none.
    """
    if first := _sent_before(submission_key, actor):
        return first
    from_portal = channel == Enquiry.Channel.PORTAL
    if from_portal:
        by_mandate = _check_citizen(actor, person, now)
        received_at = now
    else:
        by_mandate = True
        _check_staff(actor, person)
    about = person is not None or bool(unidentified_name.strip())
    consent = by_mandate or bool(contact.consent_note.strip())
    if missing := missing_in(said, about=about, consent=consent):
        raise Incomplete(tuple(Missing(item.field, _(item.message)) for item in missing))
    if received_at is not None and (fault := untimely(received_at, now)):
        raise Incomplete((Missing("received_at", fault),))
    if person is None and identity_number:
        person = _person_told(identity_number, unidentified_name)
    for_another = from_portal and (person is None or person.pk != actor.person_id)
    enquiry = Enquiry(
        submission_key=submission_key,
        received_at=received_at or now,
        channel=channel,
        person=person,
        unidentified_name=unidentified_name.strip(),
        contact_id=actor.person_id if for_another else None,
        contact_name=contact.name.strip() or (actor.name if for_another else ""),
        contact_role=contact.role.strip(),
        contact_phone=contact.phone.strip(),
        consent_note=contact.consent_note.strip(),
        registered_by_id=actor.key,
        **asdict(said),
    )
    enquiry = _store(enquiry, actor, now)
    if from_portal:
        discard_draft(actor=actor)
    return enquiry


def _sent_before(submission_key: str, actor: Actor) -> Enquiry | None:
    storable = "\0" not in submission_key
    first = Enquiry.objects.filter(submission_key=submission_key).first() if storable else None
    if not storable or (first is not None and first.registered_by_id != actor.account_id):
        raise Refused(_("Skjemaet kan ikke sendes. Åpne skjemaet på nytt og prøv igjen."))
    return first


def _person_told(number: str, name: str) -> Person | None:
    """The person with this number when a word of the name agrees too; else staff find out who it is."""
    found = person_by_identity_number(number)
    if found is None or not set(found.full_name.casefold().split()) & set(name.casefold().split()):
        return None
    return found


def _check_citizen(actor: Actor, person: Person | None, now: datetime) -> bool:
    """Whether the citizen needs no consent for this one: it is themselves, or there is a mandate."""
    if actor.account_id is None or actor.person_id is None:
        raise Refused(_("Logg inn som innbygger for å sende en henvendelse."))
    if person is None:
        return False
    if person.pk == actor.person_id:
        return True
    allowed = principals_of(actor, now, Mandate.Scope.CONTACT) | principals_of(
        actor, now, Mandate.Scope.WRITE
    )
    if person.pk not in allowed:
        raise NotFound("person")
    return True


def _check_staff(actor: Actor, person: Person | None) -> None:
    if not actor.has_role(*PROFESSIONAL_ROLES):
        raise Refused(_("Rollen din kan ikke registrere henvendelser for andre."))
    if person is not None and person.pk == actor.person_id:
        raise Refused(_("Gjelder det deg selv? Logg inn på Min side og send henvendelsen der."))


def _store(enquiry: Enquiry, actor: Actor, now: datetime) -> Enquiry:
    """Number and save it; when the same form was sent at the same moment, the first one counts."""
    try:
        enquiry.clean_fields(exclude=["number", "person", "contact", "registered_by"])
    except ValidationError as error:
        faults = error.message_dict.items()
        raise Incomplete(tuple(Missing(field, " ".join(texts)) for field, texts in faults)) from error
    try:
        with transaction.atomic():
            enquiry.number = next_number("enquiry", local_date(now).year)
            enquiry.save(force_insert=True)
    except IntegrityError:
        first = _sent_before(enquiry.submission_key, actor)
        if first is None:
            raise
        return first
    return enquiry


@transaction.atomic
def identify_enquiry(*, number: str, person: Person, actor: Actor, now: datetime) -> Enquiry:
    """Staff have found whom an enquiry is about. Possible until it is triaged.

    Raises:
        NotFound: no such enquiry for this actor.
        Refused: it is triaged already.
    """
    enquiry = enquiry_to_handle(number, actor, now)
    if enquiry.triage:
        raise Refused(_("Henvendelsen er allerede vurdert og kan ikke flyttes til en annen person."))
    enquiry.person = person
    enquiry.save(update_fields=["person"])
    return enquiry


def enquiry_to_handle(number: str, actor: Actor, now: datetime) -> Enquiry:
    """Lock an enquiry that this actor, as staff, may work on; call it inside a transaction."""
    visible = enquiries_to_work_on(actor, now).filter(number=number).values_list("pk", flat=True).first()
    if visible is None:
        raise NotFound(number)
    return Enquiry.objects.select_for_update(of=("self",)).get(pk=visible)
