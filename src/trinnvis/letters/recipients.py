"""Who gets the letters about a decision."""

from __future__ import annotations

from datetime import date

from trinnvis.people.models import Mandate, Person
from trinnvis.people.queries import mandates_for
from trinnvis.people.rules import AGE_OF_MAJORITY

TOLD_FROM_AGE = 15  # forvaltningsloven § 27: a minor over fifteen who is party is told too


def recipients(party: Person, on: date) -> tuple[Person, ...]:
    """Who gets a decision to this party: for a child the parents or guardian, from 15 the child too."""
    age = party.age_on(on)
    if age >= AGE_OF_MAJORITY:
        return (party,)
    acting = mandates_for(party, on).filter(kind__in=(Mandate.Kind.PARENT, Mandate.Kind.GUARDIAN))
    guardians = tuple(dict.fromkeys(mandate.representative for mandate in acting))
    return (*guardians, party) if age >= TOLD_FROM_AGE or not guardians else guardians
