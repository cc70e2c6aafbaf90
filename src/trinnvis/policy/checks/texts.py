"""Texts: a reader must be able to see them, and a database to keep them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from trinnvis.policy.draft import Draft
from trinnvis.policy.faults import Path, Problem

BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols by name that show nothing."""


def can_be_seen(draft: Draft) -> Iterator[Problem]:
    """No control characters, and no text of invisible ones alone. One that is empty is told as empty."""
    for path, text in _texts(draft.raw, ()):
        reason = ""
        if any(unicodedata.category(character) == "Cc" and character not in "\n\t" for character in text):
            reason = "Teksten har et usynlig styretegn."
        elif text.strip() and not any(map(_shows, text)):
            reason = "Teksten har bare usynlige tegn."
        if reason:
            yield Problem(path, reason, "Slett innholdet og skriv det på nytt for hånd.")


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, index))


def _shows(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS" and character not in BLANK
