"""What a policy cannot do without from the day it starts: deadlines, legal bases, code lists, work years.

A policy is asked for these on any date while it is in force, and must have an answer. So a row that ends with
nothing after it is a fault. Whoever knows years ahead that a law will end may say so; that is a note.
These checks read a document whose rows are sound: a fault in a successor must not look like its absence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from trinnvis.policy.checks.lists import CODE_LISTS
from trinnvis.policy.checks.services import INDIVIDUAL
from trinnvis.policy.faults import Path, Problem
from trinnvis.policy.model import Policy
from trinnvis.policy.provenance import Dated

NAMES = {
    "deadlines": "Fristen",
    "legal_bases": "Hjemmelen",
    "code_lists": "Kodelista",
    "work_years": "Timetallet for et årsverk",
}
YEARS_AHEAD = 2
"""An end nearer today and the start than this, with nothing after it, is taken for a slip."""


@dataclass
class _Needed:
    """Rows about one thing, by start, and the days they are needed; `until` None means for good."""

    name: str
    rows: list[tuple[Path, Dated]] = field(default_factory=list)
    since: date = date.max
    until: date | None = date.min

    def need(self, since: date, until: date | None = None) -> None:
        self.since = min(self.since, since)
        self.until = None if until is None or self.until is None else max(self.until, until)


def first_day(policy: Policy) -> date:
    """The first day when everything the policy needs has begun."""
    needed = _needed(policy, date.min)
    return max(
        (first for each in needed if (first := each.rows[0][1].valid_from) > each.since), default=date.min
    )


def waits(policy: Policy, today: date) -> Iterator[Problem]:
    """A note on a row that a policy must wait for before it can be adopted."""
    first = first_day(policy)
    for each in _needed(policy, date.min):
        path, row = each.rows[0]
        if row.valid_from == first > today:
            yield Problem(
                (*path, "valid_from"),
                f"Politikken kan tidligst vedtas fra {first}: {each.name} gjelder ikke før.",
                "Rett datoen hvis den gjelder fra før.",
                stops=False,
            )
            return


def something_always_answers(policy: Policy, start: date, today: date = date.min) -> Iterator[Problem]:
    """Needed rows that have not begun on the start date, or that end with nothing after them."""
    for each in _needed(policy, start):
        path, row = each.rows[0]
        if row.valid_from > (day := max(start, each.since)):
            yield Problem(
                (*path, "valid_from"),
                f"{each.name} trengs fra {day}, men gjelder først fra {row.valid_from}.",
                "Rett datoen hvis den gjelder fra før, legg til raden som gjaldt før den, "
                "eller vedta politikken fra en senere dato.",
            )
        path, row = each.rows[-1]
        ends = row.valid_to
        if ends is None or ends == date.max or (each.until is not None and ends >= each.until):
            continue
        stopping = "slutter" if ends >= start else "sluttet"
        near = _is_near(ends, max(start, today))
        yield Problem(
            (*path, "valid_to"),
            f"{each.name} {stopping} å gjelde {ends}, og ingen rad tar over.",
            "Legg til raden som gjelder fra dagen etter, med samme kode, eller fjern «valid_to» så lenge."
            if near
            else "Vedta en ny versjon med raden som tar over, før den dagen.",
            stops=near,
        )


def decisions_can_be_appealed(policy: Policy, start: date) -> Iterator[Problem]:
    """Each service granted by an individual decision has a right of appeal, from the start date on."""
    for index, service in enumerate(policy.services):
        if service.decision not in INDIVIDUAL:
            continue
        cited = [basis for basis in policy.legal_bases if basis.code in service.legal_bases]
        for day in sorted({start, *(basis.valid_from for basis in cited if basis.valid_from > start)}):
            valid = [basis for basis in cited if basis.is_valid(day)]
            if valid and not any(basis.appeal_rule for basis in valid):
                yield Problem(
                    ("services", index, "legal_bases"),
                    f"«{service.title}» gis ved enkeltvedtak, som alltid kan påklages, "
                    f"men ingen av hjemlene som gjelder {day}, har klagefrist.",
                    "Legg til «appeal_rule» på minst én av hjemlene, eller en hjemmel som har det.",
                )
                break


def _needed(policy: Policy, start: date) -> list[_Needed]:
    """What is used on or after the start date; a code without any row is told by `references`."""
    found: dict[tuple[str, str], _Needed] = {}
    for name, called in NAMES.items():
        for index, row in enumerate(getattr(policy, name)):
            code = getattr(row, "code", "")
            key = (name, code)
            found.setdefault(key, _Needed(f"{called} «{code}»" if code else called))
            found[key].rows.append(((name, index), row))
    for name, code, since, until in _uses(policy, start):
        if (name, code) in found:
            found[name, code].need(since, until)
    for each in found.values():
        each.rows.sort(key=lambda row: row[1].valid_from)
    return [each for each in found.values() if each.since < date.max]


def _uses(policy: Policy, start: date) -> Iterator[tuple[str, str, date, date | None]]:
    """Each use of a row: its list, its code, and from and until when (None: for good)."""
    yield "work_years", "", start, None
    for code in CODE_LISTS:
        yield "code_lists", code, start, None
    for need in policy.needs:
        if need.deadline is not None:
            yield "deadlines", need.deadline, start, None
    cited = {code for service in policy.services for code in service.legal_bases}
    for code in cited:
        yield "legal_bases", code, start, None
    for basis in policy.legal_bases:
        in_use = basis.code in cited and (basis.valid_to is None or basis.valid_to >= start)
        if basis.appeal_rule is not None and in_use:
            yield "deadlines", basis.appeal_rule, max(start, basis.valid_from), basis.valid_to


def _is_near(ends: date, day: date) -> bool:
    return (ends.year - YEARS_AHEAD, ends.month, ends.day) < (day.year, day.month, day.day)
