"""Adopt a policy (vedta): the only way a version comes to be."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from trinnvis.policy.canonical import document, fingerprint
from trinnvis.policy.checks.in_force import something_always_answers
from trinnvis.policy.dates import long_date
from trinnvis.policy.model import Policy
from trinnvis.policy.models import LONGEST_NAME, PolicyVersion

ATTEMPTS = 10
MOST_TOLD = 3


class CannotAdopt(Exception):
    """The policy cannot be adopted as asked; the text says why and what to do, in bokmål."""


def adopt(*, policy: Policy, valid_from: date, by: str, now: datetime) -> PolicyVersion:
    """A new numbered version, in force from `valid_from` until a later one starts.

    Raises:
        CannotAdopt: another version starts that day; the one it would follow says exactly the same; the
            policy lacks a deadline, a legal basis or the like that day; or `by` names nobody, or too much.
    """
    if not by.strip():
        raise CannotAdopt('Skriv hvem som vedtar politikken, for eksempel --by "Kommunestyret, sak 12/26".')
    if len(by.strip()) > LONGEST_NAME:
        raise CannotAdopt(
            f"Det som står om hvem som vedtar, er på {len(by.strip())} tegn. Skriv høyst {LONGEST_NAME}."
        )
    problems = something_always_answers(policy, valid_from, now.date())
    if lacking := [problem for problem in problems if problem.stops]:
        raise CannotAdopt(" ".join([*(problem.reason for problem in lacking[:MOST_TOLD]), lacking[0].fix]))
    content = document(policy)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic():
                return _add(content, valid_from, by.strip(), now)
        except IntegrityError:  # someone adopted at the same moment and took the number or the day
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def _add(content: dict[str, object], valid_from: date, by: str, now: datetime) -> PolicyVersion:
    sha256 = fingerprint(content)
    before = (
        PolicyVersion.objects.defer("document")
        .filter(valid_from__lte=valid_from)
        .order_by("-valid_from")
        .first()
    )
    if before and before.valid_from == valid_from:
        raise CannotAdopt(
            f"Versjon {before.number} gjelder allerede fra {long_date(valid_from)}. "
            "Velg en annen dato: en vedtatt versjon endres aldri."
        )
    if before and before.sha256 == sha256:
        raise CannotAdopt(
            f"Innholdet er det samme som i versjon {before.number}, som gjelder fra "
            f"{long_date(before.valid_from)}. Det er ikke noe nytt å vedta."
        )
    last = PolicyVersion.objects.aggregate(last=Max("number"))["last"] or 0
    return PolicyVersion.objects.create(
        number=last + 1,
        valid_from=valid_from,
        adopted_by=by,
        adopted_at=now,
        sha256=sha256,
        document=content,
    )
