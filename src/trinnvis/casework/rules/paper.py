"""What is written in a decision must come out on paper too: no character may be lost in the letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trinnvis.casework.errors import Missing
from trinnvis.fonts.characters import unprintable
from trinnvis.marking import gettext_noop as _

from .lines import Translate

MOST_TOLD = 8  # characters: enough to find the text by
TEXTS = {
    "citizen_wish": _("Innbyggerens ønske"),
    "wish_weighed": _("Det om hvordan ønsket er vektlagt,"),
    "goal": _("Målet"),
    "facts": _("Opplysningene"),
    "reasons": _("Begrunnelsen"),
    "refused": _("Det om hva som avslås,"),
}
REASON = _("Grunnen til en av linjene")


def unprintable_parts(texts: Iterable[tuple[str, str]], translate: Translate = str) -> Iterator[Missing]:
    """The fields, of (field, text), with characters the letter can only show as a box."""
    for field, text in texts:
        if lost := unprintable(text):
            told = ", ".join(f"«{_seen(char)}»" for char in lost[:MOST_TOLD])
            why = translate(
                _("{where} har tegn som brevet ikke kan vise: {characters}. Skriv det på en annen måte.")
            )
            where = translate(TEXTS.get(field, REASON))
            yield Missing(field, why.format(where=where, characters=told + " …" * (len(lost) > MOST_TOLD)))


def _seen(char: str) -> str:
    return char if char.isprintable() else f"U+{ord(char):04X}"
