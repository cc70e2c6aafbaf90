"""Collects everything wrong with what someone filled in, so that they are told all of it at once."""

from __future__ import annotations

from django.utils.translation import gettext as _

from trinnvis.casework.errors import Incomplete, Missing
from trinnvis.casework.rules.texts import LONGEST, clean


class Complaints:
    """`text` cleans and checks one field; `stop` raises Incomplete when anything was wrong."""

    def __init__(self) -> None:
        self.found: list[Missing] = []

    def add(self, field: str, message: str) -> None:
        self.found.append(Missing(field, message))

    def text(self, field: str, value: str, *, required: str = "", longest: int = LONGEST) -> str:
        """The cleaned text. `required` is what to say when it is empty; without it, empty is fine."""
        words = clean(value)
        if not words and required:
            self.add(field, required)
        if len(words) > longest:
            self.add(
                field,
                _(
                    "Teksten er på %(length)s tegn. Det er plass til %(longest)s. "
                    "Kort den ned, eller del den på flere felt."
                )
                % {"length": _grouped(len(words)), "longest": _grouped(longest)},
            )
        if "\x00" in words:
            self.add(field, _("Teksten har et tegn som ikke kan lagres. Skriv den på nytt uten å lime inn."))
        return words

    def stop(self) -> None:
        if self.found:
            raise Incomplete(tuple(self.found))


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")
