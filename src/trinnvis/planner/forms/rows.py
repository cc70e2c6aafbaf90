"""Values between a persona's document and what stands in a form: numbers with comma, lists as lines."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from trinnvis import formats

UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def shown(value: object) -> str:
    """A stored value as it is typed: "87,5", "1.3.1950"."""
    text = "" if value is None else str(value)
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return text.replace(".", ",")
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return formats.short_date(date.fromisoformat(text))
    return text


def plain(value: Decimal) -> str:
    """As it is stored."""
    return f"{value:f}"


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def typed(text: str) -> str:
    """Without characters nobody can see."""
    return UNSEEN.sub("", text)
