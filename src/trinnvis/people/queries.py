"""Reads of people. None of them checks access or logs the read: the caller does both."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from .identity import InvalidIdentityNumber, check_identity_number
from .models import Consent, Dwelling, Mandate, NextOfKin, Person
from .rules import Validity
from .sealing import blind_index, open_sealed

FOUR_DIGIT_YEAR = re.compile(r"(\d{1,2})[./ ]?(\d{1,2})[./ ]?(\d{4})")
TWO_DIGIT_YEAR = re.compile(r"(\d{2})[./ ]?(\d{2})[./ ]?(\d{2})")
MOST_WORDS = 6


def person_by_identity_number(number: str) -> Person | None:
    """The person with this number, by the blind index.

    Raises:
        InvalidIdentityNumber: when the text is no number.
    """
    checked = check_identity_number(number, synthetic_allowed=settings.TRINNVIS_SYNTHETIC_IDENTITY_NUMBERS)
    return Person.objects.filter(identity_index=blind_index(checked)).first()


def identity_number_of(person: Person) -> str:
    """The person's number in clear, 11 digits: for letters and messages, never for URLs or logs."""
    return open_sealed(person.identity_sealed)


def search_people(text: str, *, born: date | None = None, limit: int = 20) -> list[Person]:
    """People by name (any words of it), birth date (31.12.1953, 31121953, 311253) or identity number.

    `born` narrows the names down. A person with protected address is found only by the whole identity number.
    """
    text = text.replace("\0", " ").strip()
    words = text.split()[:MOST_WORDS]
    if not words:
        return []
    try:
        found = person_by_identity_number(text)
    except InvalidIdentityNumber:
        pass
    else:
        return [found] if found else []
    people = Person.objects.filter(protected_address=False).select_related("household__dwelling")
    if dates := _birth_dates(text):
        people = people.filter(birth_date__in=dates)
    else:
        for word in words:
            people = people.filter(named(word))
    if born:
        people = people.filter(birth_date=born)
    return list(people[:limit])


def household_of(person: Person) -> QuerySet[Person]:
    """The others in the person's household, oldest first."""
    if person.household_id is None:
        return Person.objects.none()
    return (
        Person.objects.filter(household_id=person.household_id).exclude(pk=person.pk).order_by("birth_date")
    )


def next_of_kin_of(person: Person) -> QuerySet[NextOfKin]:
    """The next of kin the person has named, the nearest first."""
    return person.next_of_kin.select_related("relative").order_by("-is_nearest", "pk")


def mandates_valid(
    representative: Person | int, on: date, *, scope: Mandate.Scope | None = None
) -> list[Mandate]:
    """Mandates the representative (or their key) holds on a day, with that scope if one is named."""
    key = representative if isinstance(representative, int) else representative.pk
    held = Mandate.objects.filter(_in_force(on), representative_id=key).select_related("principal")
    # JSON containment differs between the databases, and a person holds few mandates.
    return [mandate for mandate in held.order_by("pk") if scope is None or scope in mandate.scopes]


def mandates_for(principal: Person, on: date) -> QuerySet[Mandate]:
    """Mandates others hold for the person on a day."""
    return (
        Mandate.objects.filter(_in_force(on), principal=principal)
        .select_related("representative")
        .order_by("pk")
    )


def validity_of(mandate: Mandate) -> Validity:
    """The mandate's validity for `rules`; a revocation counts from its day in the site's time zone."""
    revoked = mandate.revoked_at
    return Validity(mandate.valid_from, mandate.valid_to, revoked and timezone.localdate(revoked))


def consents_in_force(person: Person, now: datetime, kinds: Iterable[Consent.Kind] = ()) -> QuerySet[Consent]:
    """Consents the person has given and not withdrawn at this moment, of the kinds named or of all."""
    consents = person.consents.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=now), given_at__lte=now)
    if wanted := list(kinds):
        consents = consents.filter(kind__in=wanted)
    return consents.select_related("to_person").order_by("given_at", "pk")


def _in_force(on: date) -> Q:
    open_ended = Q(valid_to=None) | Q(valid_to__gte=on)
    not_revoked = Q(revoked_at=None) | Q(revoked_at__date__gt=on)
    return open_ended & not_revoked & Q(valid_from__lte=on)


def named(word: str, *, prefix: str = "") -> Q:
    """People with this word in their name; `prefix` is the road to the person, such as `person__`.

    SQLite folds only a–z, so the word is tried in the ways names are written.
    """
    either = Q()
    for form in {word, word.lower(), word.title(), word.upper()}:
        for name in ("given_name", "family_name"):
            either |= Q(**{f"{prefix}{name}__icontains": form})
    return either


def _birth_dates(text: str) -> list[date]:
    if match := TWO_DIGIT_YEAR.fullmatch(text):
        years = [1900 + int(match[3]), 2000 + int(match[3])]
    elif match := FOUR_DIGIT_YEAR.fullmatch(text):
        years = [int(match[3])]
    else:
        return []
    dates = []
    for year in years:
        try:
            dates.append(date(year, int(match[2]), int(match[1])))
        except ValueError:
            continue
    return dates


def settlement_of(person_id: int) -> str:
    """The settlement (tettsted) a person lives in, "" when it is not known."""
    found = Person.objects.filter(pk=person_id).values_list("household__dwelling__settlement", flat=True)
    return found.first() or ""


def settlements() -> list[str]:
    """Every settlement that somebody may live in, by name."""
    return list(Dwelling.objects.order_by("settlement").values_list("settlement", flat=True).distinct())


def housing_steps() -> dict[str, dict[int, int]]:
    """Address -> how many dwellings there are on each step of the housing ladder. Nobody's name is read."""
    steps: dict[str, dict[int, int]] = {}
    for address, step in Dwelling.objects.values_list("address", "housing_step"):
        held = steps.setdefault(address, {})
        held[step] = held.get(step, 0) + 1
    return steps
