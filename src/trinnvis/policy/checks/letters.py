"""Texts in letters (brevtekster): each `{name}` is something the letter can fill in."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from trinnvis.policy.draft import Draft
from trinnvis.policy.faults import Problem, listed
from trinnvis.policy.messages import nearest
from trinnvis.policy.model import LetterText, Municipality

LETTER_FIELDS = [
    "address",
    "appeal_body",
    "appeal_by",
    "appeal_length",
    "case_number",
    "case_worker",
    "citizen",
    "date",
    "decided_by",
    "decision_number",
    "email",
    "ends_on",
    "goal",
    "intake_unit",
    "legal_bases",
    "municipality",
    "opening_hours",
    "period",
    "person",
    "phone",
    "privacy_contact",
    "received_on",
    "recipient",
    "result",
    "review_on",
    "service",
    "services",
    "starts_on",
    "unit",
    "waiting",
    "website",
    "who",
    "whose",
]
"""The names a letter text may use; `letters` fills every one of them."""


LETTER_TEXTS = (
    *("intro-grant", "intro-part", "intro-refusal", "extent", "period", "period-open", "goal", "wish"),
    *("criteria", "law", "fee", "change-clause", "next-steps", "appeal", "appeal-help", "suspended"),
    *("free-legal-aid", "insight", "contact"),
)
"""The texts no letter about a decision can do without; `letters` puts them together."""


def needed_texts_exist(draft: Draft) -> Iterator[Problem]:
    missing = [code for code in LETTER_TEXTS if code not in draft.codes("letter_texts")]
    if missing and draft.raw.get("letter_texts"):
        yield Problem(
            ("letter_texts",),
            f"Brev om vedtak kan ikke lages uten {listed(missing, most=40)}.",
            "Legg til en rad i «letter_texts» for hver av dem, med «code», «heading», «body» og «source».",
        )


def email_exists(draft: Draft) -> Iterator[Problem]:
    """A letter that sends its reader to an e-mail address needs one."""
    if all(municipality.email for _, municipality in draft.rows(Municipality)):
        return
    for path, text in draft.rows(LetterText):
        for field in ("heading", "body"):
            if "{email}" in getattr(text, field):
                yield Problem(
                    (*path, field),
                    "Teksten viser til {email}, men kommunen har ingen e-postadresse.",
                    "Fyll ut «email» under «municipality», eller skriv om teksten.",
                )


def fields_are_known(draft: Draft) -> Iterator[Problem]:
    for path, text in draft.rows(LetterText):
        for field in ("heading", "body"):
            yield from _unknown((*path, field), getattr(text, field))


def _unknown(path: tuple[str | int, ...], text: str) -> Iterator[Problem]:
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        yield Problem(
            path,
            "En krøllparentes er åpnet eller lukket alene.",
            "Skriv {navn}, eller {{ for en vanlig krøllparentes.",
        )
        return
    for _, name, form, conversion in parts:
        if name is None:
            continue
        if name not in LETTER_FIELDS or form or conversion:
            near = nearest(name, LETTER_FIELDS)
            hint = f"Mente du {{{near}}}? " if near else ""
            yield Problem(
                path,
                f"Feltet {{{name}}} finnes ikke i brev.",
                f"{hint}Bruk ett av {listed(LETTER_FIELDS, most=40)}.",
            )
