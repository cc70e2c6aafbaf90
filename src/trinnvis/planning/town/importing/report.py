"""What an import made of a file (importrapport)."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Report:
    """Lines for people: what was used, what was put right and what was left out."""

    used: list[str] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """All of it."""
        return [
            f"{title}: {line}"
            for title, rows in (("Brukt", self.used), ("Rettet", self.repaired), ("Utelatt", self.left_out))
            for line in rows
        ]
