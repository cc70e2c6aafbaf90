"""Lists in general: codes are unique, and what the software cannot do without is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trinnvis.policy.draft import Draft
from trinnvis.policy.faults import Path, Problem
from trinnvis.policy.model import Instrument, Policy
from trinnvis.policy.provenance import Dated
from trinnvis.policy.schema import is_list, row_type

NEEDED = [
    "work_years",
    "legal_bases",
    "deadlines",
    "needs",
    "code_lists",
    "topics",
    "units",
    "statements",
    "tracks",
    "quality_criteria",
    "next_of_kin_areas",
    "letter_texts",
]
# The code lists the assessment is scored by.
CODE_LISTS = ("function", "score")
# Lists whose codes are unique within their own row.
INNER = (
    ("criteria", "questions", "answers"),
    ("code_lists", "entries"),
    ("instruments", "parts"),
)


def codes_are_unique(draft: Draft) -> Iterator[Problem]:
    """One row a code; a row with validity dates may return under its code at another time."""
    for field in Policy.model_fields:
        kind = row_type(Policy, field)
        if is_list(Policy, field) and kind and not issubclass(kind, Dated):
            yield from _repeated((field,), draft.raw.get(field))
    for field, *inner in INNER:
        for path, row in _rows((field,), draft.raw.get(field)):
            yield from _repeated_within(path, row, inner)


def _repeated_within(path: Path, row: Mapping[str, Any], inner: list[str]) -> Iterator[Problem]:
    name, *rest = inner
    yield from _repeated((*path, name), row.get(name))
    if rest:
        for at, child in _rows((*path, name), row.get(name)):
            yield from _repeated_within(at, child, rest)


def _rows(path: Path, rows: Any) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict):
            yield (*path, index), row


def _repeated(path: Path, rows: Any) -> Iterator[Problem]:
    seen = set()
    for at, row in _rows(path, rows):
        code = row.get("code")
        if isinstance(code, str) and code in seen:
            yield Problem(
                (*at, "code"),
                f"Koden «{code}» er brukt av en annen rad i samme liste.",
                "Gi raden en egen kode, eller slett den ene.",
            )
        if isinstance(code, str):
            seen.add(code)


def needed_lists_have_rows(draft: Draft) -> Iterator[Problem]:
    for field in NEEDED:
        if draft.raw.get(field) == []:
            yield Problem((field,), f"«{field}» er tom, men trengs.", "Legg til minst én rad.")


def needed_code_lists_exist(draft: Draft) -> Iterator[Problem]:
    for code in CODE_LISTS:
        if draft.raw.get("code_lists") and code not in draft.codes("code_lists"):
            yield Problem(
                ("code_lists",),
                f"Kodelista «{code}» mangler; vurderingen trenger den.",
                f"Legg til en rad med «code: {code}» i «code_lists».",
            )


def instruments_can_be_used(draft: Draft) -> Iterator[Problem]:
    for path, instrument in draft.rows(Instrument):
        if instrument.low >= instrument.high:
            yield Problem(
                (*path, "high"),
                f"Høyeste verdi ({instrument.high}) er ikke høyere enn laveste ({instrument.low}).",
                "Bytt om «low» og «high», eller rett den ene.",
            )
        elif not 0 < instrument.step <= instrument.high - instrument.low:
            yield Problem(
                (*path, "step"),
                f"Steget {instrument.step} passer ikke mellom {instrument.low} og {instrument.high}.",
                "Skriv den minste forskjellen mellom to svar, for eksempel 1.",
            )
        if not instrument.parts:
            yield Problem(
                (*path, "parts"),
                f"«{instrument.title}» har ingen deler.",
                "Legg til minst én del med kode og tittel.",
            )
