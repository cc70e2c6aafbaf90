"""Common names, put together at random, and made-up street names (names.yaml). None of them is anybody's."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import yaml


def given_name(rng: Random, *, sex: str, birth_year: int, from_elsewhere: bool) -> str:
    """A given name common among those born about that year."""
    if from_elsewhere:
        return rng.choice(_words("from_elsewhere", sex))
    place = next(i for i, row in enumerate(_names()["given"]) if birth_year <= row["born_to"])
    return rng.choice(_words("given", place, sex))


def family_name(rng: Random, *, from_elsewhere: bool) -> str:
    return rng.choice(_words("from_elsewhere", "family") if from_elsewhere else _words("family"))


@cache
def street_names(settlement: str) -> tuple[str, ...]:
    """Every made-up street of a settlement."""
    return tuple(
        beginning + ending
        for beginning in _words("streets", settlement)
        for ending in _words("street_endings")
    )


@cache
def _words(*path: str | int) -> tuple[str, ...]:
    found = _names()
    for part in path:
        found = found[part]
    return tuple(str(found).split())


@cache
def _names() -> Any:
    return yaml.safe_load((files("trinnvis.demo") / "names.yaml").read_text(encoding="utf-8"))
