"""Whether a table seems to hold persons. Such a file is refused and nothing of it is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Final

from trinnvis.marking import gettext_noop as _
from trinnvis.people.identity import InvalidIdentityNumber, check_identity_number

ELEVEN: Final = re.compile(r"(?<![0-9])[0-9]{6}[ \u00a0-]?[0-9]{5}(?![0-9])")
HEADING: Final = re.compile(
    r"fødsels(?!år)|fødd|født|\bfnr\b|personn(?:umme)?r|\bd-?nummer|^navn$|fornavn|etternavn|brukernavn|pasient"
    r"|ansatt(?:navn|n(?:umme)?r|\s*id|e$|$)|\bnavn på (?:bruker|ansatt|mottaker)|brukerens navn|bruker-?id"
    r"|brukern(?:umme)?r|mottaker-?id|person-?id|adresse|telefon|e-?post|diagnose|pseudonym|journaln"
    r"|stillingsprosent|stillingsandel",
    re.I,
)
NAME: Final = re.compile(
    r"^(?:([A-ZÆØÅ][a-zæøåéü]+)(?: [A-ZÆØÅ][\w-]+)+|[A-ZÆØÅ][\w-]+, ([A-ZÆØÅ][a-zæøåéü]+).*)$"
)
LEAST_NAMES: Final = 3


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Some of the most common given names in Norway: enough to know a list of people by."""
    text = files("trinnvis.ownfigures.data").joinpath("given_names.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


def persons_in(table: Sequence[Sequence[str]]) -> str | None:
    """Why the table seems to hold persons, in a sentence that repeats nothing of it, or None."""
    for row in table[:30]:
        for cell in row:
            if len(cell) < 40 and HEADING.search(cell.strip()):
                return _("En kolonne ser ut til å handle om enkeltpersoner, med navn, nummer eller annet.")
    names: dict[int, set[str]] = {}
    for row in table:
        for column, cell in enumerate(row):
            if _holds_identity_number(cell):
                return _("Fila ser ut til å ha fødselsnumre.")
            if (match := NAME.match(cell)) and (match[1] or match[2]) in given_names():
                names.setdefault(column, set()).add(cell)
    if any(len(found) >= LEAST_NAMES for found in names.values()):
        return _("Fila ser ut til å ha navn på personer.")
    return None


def _holds_identity_number(cell: str) -> bool:
    if len(cell) < 10 or not any(sign.isdigit() for sign in cell):
        return False
    # A spreadsheet takes the nought away from a number that begins with one.
    found = ELEVEN.findall(f"0{cell}" if re.fullmatch(r"[0-9]{10}", cell) else cell)
    return any(_is_identity_number(each) for each in found)


def _is_identity_number(text: str) -> bool:
    try:
        check_identity_number(text, synthetic_allowed=True)
    except InvalidIdentityNumber:
        return False
    return True
