"""The words of a file whose meaning can be set: services, functions, and age groups across a border."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from trinnvis.ownfigures.rules.ages import read_ages
from trinnvis.ownfigures.rules.codes import FUNCTION, suggested_function, suggested_group
from trinnvis.ownfigures.rules.kinds import Kind
from trinnvis.ownfigures.rules.mapping import Mapping
from trinnvis.ownfigures.rules.records import Record

MOST_ASKED: Final = 300
SAID_TO_BE: Final = {"service": suggested_group, "function": suggested_function}


@dataclass(frozen=True)
class Asked:
    """A text in a column. meaning: as set or suggested, "" when nobody knows. line: its first."""

    field: str
    text: str
    meaning: str
    line: int
    rows: int


def meaning_of(field: str, text: str, mapping: Mapping) -> str:
    """What a text stands for: what the planner has said, else what its words suggest."""
    said = mapping.values.get(field, {}).get(text)
    if said is not None:
        return said
    return SAID_TO_BE[field](text) or "" if field in SAID_TO_BE else ""


def asked_of(records: Sequence[Record], mapping: Mapping) -> tuple[Asked, ...]:
    """Every different text that has a meaning to set, in the order met."""
    fields = {Kind.RECIPIENTS: ("service", "age"), Kind.ACCOUNTS: ("function",), Kind.STAFF: ()}[mapping.kind]
    first: dict[tuple[str, str], int] = {}
    rows: dict[tuple[str, str], int] = {}
    for record in records:
        for field in fields:
            place = field, record.text(field)
            if place[1] and _is_asked(*place):
                first.setdefault(place, record.line)
                rows[place] = rows.get(place, 0) + 1
    found = [
        Asked(field, text, meaning_of(field, text, mapping), line, rows[field, text])
        for (field, text), line in first.items()
    ]
    return tuple(sorted(found, key=lambda one: fields.index(one.field))[:MOST_ASKED])


def _is_asked(field: str, text: str) -> bool:
    if field == "age":
        ages = read_ages(text)
        return ages is not None and ages.band is None
    return field == "service" or FUNCTION.match(text) is None
