"""The words of the history (texts.yaml), chosen at random and fitted to the person."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import yaml

from trinnvis.people.models import Person

PRONOUNS = {"female": ("hun", "henne", "hennes"), "male": ("han", "ham", "hans")}


class Words:
    """`say` picks one of the texts at a path and puts in the person's name and pronouns."""

    def __init__(self, person: Person, rng: Random) -> None:
        han, ham, hans = PRONOUNS[person.sex]
        self._rng = rng
        self._fields = {
            "name": person.given_name,
            "han": han,
            "Han": han.capitalize(),
            "ham": ham,
            "hans": hans,
        }

    def say(self, *path: str | int, **fields: str) -> str:
        found = texts_at(*path)
        text = self._rng.choice(found) if isinstance(found, list) else found
        return self.fit(text, **fields)

    def fit(self, text: str, **fields: str) -> str:
        return text.format_map({**self._fields, **fields})

    def pair(self, *path: str | int) -> tuple[str, str]:
        """What the citizen says and what the professional writes about the same."""
        found = texts_at(*path)
        own, professional = found if isinstance(found[0], str) else self._rng.choice(found)
        return self.fit(own), self.fit(professional)


def texts_at(*path: str | int, default: Any = None) -> Any:
    found: Any = _read("texts.yaml")
    for part in path:
        found = found.get(part, default) if default is not None else found[part]
    return found


def care() -> dict[str, Any]:
    """Who gets what (care.yaml)."""
    found: dict[str, Any] = _read("care.yaml")
    return found


@cache
def _read(name: str) -> Any:
    return yaml.safe_load((files(__package__) / name).read_text(encoding="utf-8"))
