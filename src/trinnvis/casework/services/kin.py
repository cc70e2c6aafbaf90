"""Next of kin (pårørende) as the person names them, registered by those who may open the file."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.casework.errors import Incomplete, Missing, ReasonNeeded
from trinnvis.casework.queries.person_file import basis_for
from trinnvis.people.models import NextOfKin, Person
from trinnvis.people.queries import person_by_identity_number
from trinnvis.people.services import NotPossible, register_next_of_kin


def name_next_of_kin(
    *,
    person_id: int,
    identity_number: str,
    relation: str,
    is_nearest: bool,
    actor: Actor,
    now: datetime,
) -> NextOfKin:
    """Register the relative with this number.

    Raises:
        NotFound, ReasonNeeded: the actor may not open the file, or not yet.
        Incomplete: on `identity_number` or `relation`.
    """
    if not basis_for(actor, person_id, now):
        raise ReasonNeeded("person")
    person = Person.objects.get(pk=person_id)
    relative = person_by_identity_number(identity_number)
    if relative is None:
        told = _("Ingen er registrert med dette nummeret. Kontroller det.")
        raise Incomplete((Missing("identity_number", told),))
    try:
        return register_next_of_kin(
            person=person, relative=relative, relation=relation, is_nearest=is_nearest
        )
    except NotPossible as error:
        raise Incomplete((Missing("identity_number", str(error)),)) from error
