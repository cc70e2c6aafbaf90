"""Registering people, and the mandates and consents they give. Callers have checked that the actor may.

Refusals are `NotPossible` (or `InvalidIdentityNumber`); `str(error)` is fit to show.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .identity import birth_date_of, check_identity_number
from .models import Consent, Dwelling, Household, Mandate, NextOfKin, Person
from .rules import in_a_life, last_day_as_minor
from .sealing import blind_index, open_sealed, seal


class NotPossible(ValueError):
    """The register cannot hold this; the text says why and what to do."""


@transaction.atomic
def register_person(
    *,
    identity_number: str,
    given_name: str,
    family_name: str,
    sex: Person.Sex,
    now: datetime,
    birth_date: date | None = None,
    household: Household | None = None,
    phone: str = "",
    email: str = "",
    language: str = "nb",
    protected_address: bool = False,
) -> Person:
    """A new person. `birth_date` may be left out when the number tells it, and must agree with it.

    Raises:
        InvalidIdentityNumber: when the number is none, or synthetic where that is not allowed.
        NotPossible: when the person is registered already, or the birth date or name is wrong.
    """
    number = check_identity_number(
        identity_number, synthetic_allowed=settings.TRINNVIS_SYNTHETIC_IDENTITY_NUMBERS
    )
    told = birth_date_of(number)
    born = birth_date or told
    if born is None:
        raise NotPossible(_("Nummeret viser ikke hele fødselsdatoen. Skriv inn fødselsdatoen også."))
    if told is not None and born != told:
        raise NotPossible(_("Fødselsdatoen er en annen enn den nummeret viser. Kontroller begge."))
    if born > timezone.localdate(now):
        raise NotPossible(_("Fødselsdatoen er ikke kommet ennå. Kontroller nummeret."))
    if not in_a_life(born, timezone.localdate(now)):
        raise NotPossible(_("Fødselsdatoen er for langt tilbake. Kontroller årstallet."))
    if not given_name.strip() or not family_name.strip():
        raise NotPossible(_("Skriv inn både fornavn og etternavn."))
    try:
        with transaction.atomic():
            return Person.objects.create(
                given_name=given_name.strip(),
                family_name=family_name.strip(),
                birth_date=born,
                sex=sex,
                identity_sealed=seal(number),
                identity_index=blind_index(number),
                household=household,
                phone=phone,
                email=email,
                language=language,
                protected_address=protected_address,
            )
    except IntegrityError:
        raise NotPossible(
            _("En person med dette nummeret er registrert fra før. Søk opp personen i stedet.")
        ) from None


@transaction.atomic
def move_together(*, people: Iterable[Person], dwelling: Dwelling) -> Household:
    """These people become one household in the dwelling."""
    household = Household.objects.create(dwelling=dwelling)
    for person in people:
        person.household = household
        person.save(update_fields=["household"])
    return household


@transaction.atomic
def register_next_of_kin(
    *, person: Person, relative: Person, relation: str, is_nearest: bool = False
) -> NextOfKin:
    """The relative the person names (pbrl § 1-3 b). Naming one as nearest leaves the others as they are,
    for a person may have several nearest. Named again, the relation is updated."""
    if person == relative:
        raise NotPossible(_("En person kan ikke være pårørende til seg selv. Velg en annen."))
    if not relation.strip():
        raise NotPossible(_("Skriv hvilken relasjon de to har, for eksempel «datter» eller «venn»."))
    kin, _created = NextOfKin.objects.update_or_create(
        person=person,
        relative=relative,
        defaults={"relation": relation.strip(), "is_nearest": is_nearest},
    )
    return kin


@transaction.atomic
def give_mandate(
    *,
    principal: Person,
    representative: Person,
    kind: Mandate.Kind,
    scopes: Iterable[Mandate.Scope],
    valid_from: date,
    valid_to: date | None = None,
) -> Mandate:
    """Power to act for another. A parent's ends the day before the child is 18, whatever is asked for.

    Raises:
        NotPossible: same person, no scope or an unknown one, ends before it begins, parent of an adult, or a
            date outside the lives of the two.
    """
    wanted = set(scopes)
    if principal == representative:
        raise NotPossible(_("En person kan ikke ha fullmakt for seg selv. Velg en annen."))
    if not wanted or not wanted <= set(Mandate.Scope):
        raise NotPossible(_("Velg hva fullmakten gjelder: lese, ha kontakt eller skrive."))
    for day in filter(None, (valid_from, valid_to)):
        if not all(in_a_life(each.birth_date, day) for each in (principal, representative)):
            raise NotPossible(
                _("Datoen er før en av de to er født, eller altfor langt fram. Kontroller årstallet.")
            )
    if kind == Mandate.Kind.PARENT:
        last_day = last_day_as_minor(principal.birth_date)
        if last_day < valid_from:
            raise NotPossible(_("Foreldreansvaret slutter ved 18 år. Bruk fullmakt eller verge i stedet."))
        valid_to = min(valid_to or last_day, last_day)
    if valid_to is not None and valid_to < valid_from:
        raise NotPossible(_("Fullmakten slutter før den begynner. Kontroller datoene."))
    return Mandate.objects.create(
        principal=principal,
        representative=representative,
        kind=kind,
        scopes=sorted(wanted),
        valid_from=valid_from,
        valid_to=valid_to,
    )


@transaction.atomic
def revoke_mandate(*, mandate: Mandate, now: datetime) -> Mandate:
    """Ends a mandate at once. One that is revoked already keeps its first time."""
    Mandate.objects.filter(pk=mandate.pk, revoked_at=None).update(revoked_at=now)
    mandate.refresh_from_db()
    return mandate


@transaction.atomic
def give_consent(
    *, person: Person, kind: Consent.Kind, how: str, now: datetime, to_person: Person | None = None
) -> Consent:
    """A consent, with how it was given in words. One in force for the same is returned as it is."""
    if not how.strip():
        raise NotPossible(_("Skriv hvordan samtykket ble gitt, for eksempel «muntlig på telefon»."))
    if kind == Consent.Kind.SHARE_WITH_NEXT_OF_KIN and to_person is None:
        raise NotPossible(_("Velg hvem opplysningene kan deles med."))
    in_force = Consent.objects.filter(
        person=person, kind=kind, to_person=to_person, given_at__lte=now, withdrawn_at=None
    ).first()
    return in_force or Consent.objects.create(
        person=person, kind=kind, to_person=to_person, how=how.strip(), given_at=now
    )


@transaction.atomic
def withdraw_consent(*, consent: Consent, now: datetime) -> Consent:
    """Withdraws a consent at once. One that is withdrawn already keeps its first time."""
    Consent.objects.filter(pk=consent.pk, withdrawn_at=None).update(withdrawn_at=now)
    consent.refresh_from_db()
    return consent


@transaction.atomic
def reseal_identity_numbers(*, limit: int = 10_000) -> int:
    """Seals anew, with the current key, up to `limit` numbers sealed with an older one; how many were."""
    current = f"{settings.TRINNVIS_SEALING_KEY_ID}."
    old = list(Person.objects.exclude(identity_sealed__startswith=current).order_by("pk")[:limit])
    for person in old:
        person.identity_sealed = seal(open_sealed(person.identity_sealed))
    Person.objects.bulk_update(old, ["identity_sealed"], batch_size=500)
    return len(old)
