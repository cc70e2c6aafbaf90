"""Do the keys fit the database? One stored number is opened with each key, and found again by its index."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q

from trinnvis.people.models import Person
from trinnvis.people.sealing import SealBroken, blind_index, open_sealed
from trinnvis.site.keys import folder
from trinnvis.trouble import Trouble


def assert_keys_fit() -> None:
    """
    Raises:
        Trouble: a key is missing, or is not the one that those who are registered were locked with.
    """
    assert_no_key_is_missing()
    if wrong := _misfits():
        raise _unfit(f"{name} passer ikke" for name in sorted(wrong))


def assert_no_key_is_missing() -> None:
    """
    Raises:
        Trouble: a key is missing, and was not made because somebody is registered.
    """
    if missing := [name for name, value in settings.TRINNVIS_KEYS.items() if not value]:
        raise _unfit(f"{name} mangler" for name in missing)


def _unfit(faults: Iterable[str]) -> Trouble:
    remedy = (
        f"Legg nøklene databasen ble laget med, tilbake i {folder()} eller i variablene. "
        "Uten dem kan ingen fødselsnumre leses eller søkes etter, og nye nøkler hjelper ikke."
    )
    if not settings.PRODUCTION:
        database = settings.DATABASES["default"]["NAME"]
        remedy += f" Er det en demo du kan miste, slett databasen ({database}) og kjør «trinnvis demo»."
    return Trouble(f"Nøklene passer ikke til databasen: {', '.join(faults)}.", remedy)


def _misfits() -> set[str]:
    """The names of the keys that do not fit the numbers stored."""
    wrong = set()
    for person in _one_for_each_key():
        try:
            number = open_sealed(person.identity_sealed)
        except (SealBroken, ImproperlyConfigured):
            wrong.add(f"sealing_key_{person.identity_sealed.partition('.')[0]}")
            continue
        if not _finds(number, person):
            wrong.add("index_key")
    return wrong


def _one_for_each_key() -> list[Person]:
    """One person for each sealing key that is set up, and one whose number was sealed with none of them."""
    stored = Person.objects.order_by("pk")
    with_key = [Q(identity_sealed__startswith=f"{key_id}.") for key_id in settings.TRINNVIS_SEALING_KEYS]
    chosen = [stored.filter(those).first() for those in (*with_key, ~reduce(or_, with_key))]
    return [person for person in chosen if person is not None]


def _finds(number: str, person: Person) -> bool:
    try:
        return blind_index(number) == person.identity_index
    except ImproperlyConfigured:
        return False
