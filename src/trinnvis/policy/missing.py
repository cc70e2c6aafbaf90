"""What a policy answers when it is asked for a row it does not have."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

Row = TypeVar("Row")


class NoRule(LookupError):
    """The policy has no row with this code, or none valid on the date; the text says so in bokmål."""

    def __init__(self, code: str | int, on: date | None = None) -> None:
        self.code, self.on = str(code), on
        when = f" som gjelder {on:%d.%m.%Y}" if on else ""
        super().__init__(
            f"Kommunens politikk har ingen rad for «{code}»{when}. "
            "Den som forvalter politikken, må vedta en versjon der den er med."
        )


def found(rows: Iterable[Row], code: str | int, on: date | None = None) -> Row:
    """The first row.

    Raises:
        NoRule: naming what was asked for, when there is none.
    """
    for row in rows:
        return row
    raise NoRule(code, on)
