"""Whom a decision in a case can be to."""

from __future__ import annotations

from dataclasses import dataclass

from trinnvis.casework.models import Case
from trinnvis.people.queries import next_of_kin_of


@dataclass(frozen=True)
class Party:
    """The person the case is about (`key` None, `relation` ""), or a next of kin who is registered."""

    key: int | None
    name: str
    relation: str


def parties_of(case: Case) -> tuple[Party, ...]:
    """The person first, then next of kin, the nearest first."""
    kin = next_of_kin_of(case.person)
    return (
        Party(None, case.person.full_name, ""),
        *(Party(one.relative_id, one.relative.full_name, one.relation) for one in kin),
    )
