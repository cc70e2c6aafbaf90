"""Services (tjenester): where they stand, and that a decision about them can be made."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trinnvis.policy.checks.ladders import known_numbers
from trinnvis.policy.draft import Draft
from trinnvis.policy.faults import Problem, listed
from trinnvis.policy.model import DecisionKind, Service

INDIVIDUAL = {DecisionKind.INDIVIDUAL, DecisionKind.INDIVIDUAL_OVER_TWO_WEEKS}


def steps_exist(draft: Draft) -> Iterator[Problem]:
    known = known_numbers(draft, "effort_ladder")
    for path, service in draft.rows(Service):
        for index, number in enumerate(service.steps):
            if known and number not in known:
                yield Problem(
                    (*path, "steps", index),
                    f"Trinn {number} finnes ikke i innsatstrappen.",
                    f"Bruk et av trinnene {listed(known)}.",
                )
            elif number in service.steps[:index]:
                yield Problem(
                    (*path, "steps", index), f"Trinn {number} er nevnt flere ganger.", "Behold det én gang."
                )


def decisions_can_be_made(draft: Draft) -> Iterator[Problem]:
    """An individual decision needs law and criteria; a right needs law."""
    for path, service in draft.rows(Service):
        if service.decision in INDIVIDUAL | {DecisionKind.RIGHT} and not service.legal_bases:
            yield Problem(
                (*path, "legal_bases"),
                f"«{service.title}» gis etter loven, men har ingen hjemmel.",
                "Legg til koden til minst én rad i «legal_bases», eller rett «decision».",
            )
        if service.decision in INDIVIDUAL and service.criteria is None:
            yield Problem(
                (*path, "criteria"),
                f"«{service.title}» krever enkeltvedtak, men har ingen tildelingskriterier.",
                "Legg til koden til et kriteriesett i «criteria», eller rett «decision».",
            )
        if service.decision in INDIVIDUAL and service.usable_today:
            yield Problem(
                (*path, "usable_today"),
                f"«{service.title}» krever enkeltvedtak, og kan ikke brukes i dag uten å søke.",
                "Fjern «usable_today», eller rett «decision».",
            )


def kpr_codes_are_codes(draft: Draft) -> Iterator[Problem]:
    """One or two digits; which of them exist changes from year to year, and the register says so."""
    for path, service in draft.rows(Service):
        if service.kpr is not None and not re.fullmatch(r"[1-9][0-9]?", service.kpr):
            yield Problem(
                (*path, "kpr"),
                f"«{service.kpr}» er ikke en tjenestekode i KPR.",
                'Skriv kodens tall i anførselstegn, for eksempel "15", eller fjern feltet.',
            )
