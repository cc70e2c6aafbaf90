"""Faults in what somebody typed or uploaded: which field or line, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Translate = Callable[[str], str]


def gettext_noop(text: str) -> str:
    """Marks a sentence for translation; the page that shows it translates it."""
    return text


@dataclass(frozen=True)
class RowFault:
    """One fault. `column`: a name in `columns.COLUMNS`, "" for the whole row. `line`: 0 in a form."""

    column: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    line: int = 0

    def told(self, translate: Translate = str) -> str:
        return translate(self.message) % self.values
