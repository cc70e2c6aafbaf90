"""Opening the file of a person one has no case with: a reason first, told to the person (pjl § 16)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.access.rules import REASON
from trinnvis.access.services import log_read
from trinnvis.casework.errors import Incomplete, Missing, NotFound
from trinnvis.casework.queries.person_file import basis_for
from trinnvis.people.models import Person

SHORTEST, LONGEST = 10, 100  # characters; the read log holds one line


def give_reason(*, person_id: int, reason: str, actor: Actor, now: datetime) -> None:
    """Write the reason into the person's read log; `person_for` then opens the file for a while.

    Not in a transaction, since the log is written at once.

    Raises:
        NotFound: no such person, or the file is never open to this actor.
        Incomplete: the reason is too short or too long.
    """
    basis_for(actor, person_id, now)
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NotFound("person")
    words = " ".join(reason.replace("\0", " ").split())
    if not SHORTEST <= len(words) <= LONGEST:
        told = _("Skriv hvorfor du trenger å se opplysningene, med %(least)d til %(most)d tegn.")
        raise Incomplete((Missing("reason", told % {"least": SHORTEST, "most": LONGEST}),))
    told = _("Grunn: %(reason)s") % {"reason": words}
    log_read(actor=actor, person=person, what=told, basis=REASON, allowed=True, now=now)
