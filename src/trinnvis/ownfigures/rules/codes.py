"""What services and functions of the municipality's files stand for: suggestions a planner can change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import yaml

from trinnvis.ownfigures.rules.ages import ALL_WORDS

NOT_USED: Final = "-"
"""A value that is deliberately left out of the table."""

GROUPS: Final = ("home_care", "short_term", "housing_24h", "long_term")
FUNCTION: Final = re.compile(r"\s*([0-9]{3})(?![0-9])")
LONGER: Final = re.compile(r"\s*([0-9]{3})[0-9]{1,3}(?![0-9])")


@dataclass(frozen=True)
class Function:
    """A KOSTRA function of care. part: the part of the forecast it pays for, "" for none."""

    code: str
    title: str
    part: str


@dataclass(frozen=True)
class Part:
    """Functions and service groups that can be compared."""

    code: str
    title: str
    services: tuple[str, ...]


@lru_cache(maxsize=1)
def _held() -> dict[str, Any]:
    text = files("trinnvis.ownfigures.data").joinpath("codes.yaml").read_text(encoding="utf-8")
    held: dict[str, Any] = yaml.safe_load(text)
    return held


def source() -> str:
    return f"{_held()['source']} ({_held()['status']})"


def functions() -> tuple[Function, ...]:
    return tuple(Function(**row) for row in _held()["functions"])


def parts() -> tuple[Part, ...]:
    return tuple(Part(code, row["title"], tuple(row["services"])) for code, row in _held()["parts"].items())


def group_titles() -> dict[str, str]:
    """The forecast's service groups by code."""
    return dict(_held()["titles"])


def suggested_group(text: str) -> str | None:
    """The group of a service by its name or KPR code, `NOT_USED` for those the forecast lacks; None: unknown.

    «15», «15 Helsetjenester i hjemmet» and «Hjemmesykepleie» are the same.
    """
    plain = " ".join(text.casefold().split())
    if plain in ALL_WORDS or plain in {"alle tjenester", "tjenester i alt"}:
        return NOT_USED
    if match := re.match(r"(?:kpr\s*)?0?([0-9]{1,2})(?![0-9])", plain):
        found = [row for row in _held()["services"] if row["code"] == match[1]]
        return (found[0]["group"] or NOT_USED) if found else None
    for group, words in _held()["groups"].items():
        if plain == group_titles()[group].casefold() or any(word in plain for word in words):
            return str(group)
    for row in _held()["services"]:
        if any(re.search(rf"\b{re.escape(word)}", plain) for word in row["words"]):
            return row["group"] or NOT_USED
    return None


def suggested_function(text: str) -> str | None:
    """The KOSTRA function of care that a text begins with, `NOT_USED` for other sectors' functions.

    A local function of four to six digits begins with KOSTRA's three. None: it begins with no such number.
    """
    match = FUNCTION.match(text) or LONGER.match(text)
    if match is None:
        return NOT_USED if " ".join(text.casefold().split()) in ALL_WORDS else None
    return match[1] if match[1] in {one.code for one in functions()} else NOT_USED


def art_kind(art: str) -> str | None:
    """ "gross" or "income" for an art of three digits, "other" for finance; None when it is no such art."""
    digits = re.match(r"\s*([0-9]{1,3})(?![0-9])", art)
    if digits is None:
        return None
    number = int(digits[1])
    for kind in ("gross", "income"):
        if any(first <= number <= last for first, last in _held()[f"{kind}_arts"]):
            return kind
    return "other" if 10 <= number <= 999 else None
