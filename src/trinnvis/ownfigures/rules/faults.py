"""What is wrong with a file, on its line and in its column, with what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Translate = Callable[[str], str]


@dataclass(frozen=True)
class RowFault:
    """One reason a row is rejected. line: as a spreadsheet counts, 0 for the whole file."""

    message: str
    remedy: str
    line: int = 0
    column: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def told(self, translate: Translate = str) -> str:
        return translate(self.message) % self.values

    def advice(self, translate: Translate = str) -> str:
        return translate(self.remedy) % self.values
