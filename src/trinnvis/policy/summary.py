"""A policy in one line: how much of each thing, and how much of it is only an example."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from trinnvis.policy.model import Policy, Price
from trinnvis.policy.provenance import Sourced
from trinnvis.policy.status import Status


def summary(policy: Policy) -> str:
    """12 trinn, 6 boligtrinn, 28 tjenester, …, 35 priser (20 eksempel, 15 vedtatt), …"""
    counts = (
        (policy.effort_ladder.steps, "trinn", "trinn"),
        (policy.housing_ladder.steps, "boligtrinn", "boligtrinn"),
        (policy.services, "tjeneste", "tjenester"),
        (policy.criteria, "kriteriesett", "kriteriesett"),
        (policy.prices, "pris", "priser"),
        (policy.legal_bases, "hjemmel", "hjemler"),
        (policy.deadlines, "frist", "frister"),
        (policy.needs, "behov", "behov"),
        (policy.code_lists, "kodeliste", "kodelister"),
        (policy.instruments, "måleverktøy", "måleverktøy"),
        (policy.topics, "tema", "temaer"),
        (policy.units, "enhet", "enheter"),
        (policy.statements, "utsagn", "utsagn"),
        (policy.tracks, "prosessplanspor", "prosessplanspor"),
        (policy.quality_criteria, "kvalitetskriterium", "kvalitetskriterier"),
        (policy.next_of_kin_areas, "pårørendeområde", "pårørendeområder"),
        (policy.letter_texts, "brevtekst", "brevtekster"),
    )
    return ", ".join(
        f"{len(rows)} {one if len(rows) == 1 else many}{_certainty(rows)}" for rows, one, many in counts
    )


def _certainty(rows: Sequence[object]) -> str:
    """Of prices every status, of other rows those that someone must look at."""
    statuses = Counter(row.status for row in rows if isinstance(row, Sourced))
    wanted = Status if any(isinstance(row, Price) for row in rows) else (Status.EXAMPLE, Status.MUST_CHECK)
    told = [f"{statuses[status]} {status}" for status in wanted if statuses[status]]
    return f" ({', '.join(told)})" if told else ""
