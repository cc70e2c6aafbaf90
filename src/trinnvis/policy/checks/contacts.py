"""How to reach the municipality: what pages link to must be addresses."""

from __future__ import annotations

from collections.abc import Iterator

from trinnvis.policy.draft import Draft
from trinnvis.policy.faults import Problem
from trinnvis.policy.model import Municipality


def addresses_can_be_used(draft: Draft) -> Iterator[Problem]:
    for path, municipality in draft.rows(Municipality):
        if municipality.email and not municipality.can_be_mailed:
            yield Problem(
                (*path, "email"),
                f"«{municipality.email}» er ikke en e-postadresse.",
                "Skriv adressen som post@kommune.no, eller fjern feltet om kommunen ikke har en.",
            )
        if not municipality.has_web_page:
            yield Problem(
                (*path, "website"),
                f"«{municipality.website}» er ikke en nettadresse.",
                "Skriv hele adressen, for eksempel https://www.kommune.no.",
            )
