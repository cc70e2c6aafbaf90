"""Whether a table seems to hold persons. Such a file is refused and nothing of it is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
GIVEN: Final = frozenset(
    [
        "Anne",
        "Inger",
        "Kari",
        "Marit",
        "Ingrid",
        "Liv",
        "Eva",
        "Anna",
        "Maria",
        "Ida",
        "Hilde",
        "Berit",
        "Nina",
        "Marianne",
        "Astrid",
        "Elisabeth",
        "Kristin",
        "Bjørg",
        "Bente",
        "Randi",
        "Gerd",
        "Heidi",
        "Silje",
        "Solveig",
        "Hanne",
        "Linda",
        "Tone",
        "Tove",
        "Elin",
        "Anita",
        "Wenche",
        "Ragnhild",
        "Camilla",
        "Ellen",
        "Karin",
        "Ruth",
        "Mona",
        "Julie",
        "Marie",
        "Else",
        "Laila",
        "Emma",
        "Nora",
        "Sofie",
        "Sara",
        "Aud",
        "Turid",
        "Grete",
        "Reidun",
        "Gunn",
        "Sissel",
        "Unni",
        "Torill",
        "Lise",
        "Kirsten",
        "Jan",
        "Per",
        "Bjørn",
        "Ole",
        "Lars",
        "Kjell",
        "Knut",
        "Arne",
        "Svein",
        "Thomas",
        "Hans",
        "Geir",
        "Tor",
        "Morten",
        "Terje",
        "Odd",
        "Erik",
        "Martin",
        "Andreas",
        "John",
        "Anders",
        "Rune",
        "Trond",
        "Tore",
        "Daniel",
        "Jon",
        "Kristian",
        "Marius",
        "Tom",
        "Harald",
        "Olav",
        "Stian",
        "Magnus",
        "Rolf",
        "Leif",
        "Nils",
        "Helge",
        "Øyvind",
        "Espen",
        "Einar",
        "Ola",
        "Gunnar",
        "Jonas",
        "Kåre",
        "Steinar",
        "Magne",
        "Christian",
        "Sverre",
        "Alexander",
        "Stein",
        "Frode",
        "Jørgen",
        "Roger",
        "Fredrik",
        "Henrik",
        "Eirik",
        "Kristoffer",
        "Mohammad",
        "Ali",
        "Ahmed",
        "Jakob",
        "Emil",
        "Karl",
        "Ivar",
        "Sigurd",
        "Arild",
        "Roy",
        "Pål",
        "Øystein",
        "Håkon",
        "Egil",
    ]
)
LEAST_NAMES: Final = 3


def persons_in(table: Sequence[Sequence[str]]) -> str | None:
    """Why the table seems to hold persons, in a sentence that repeats nothing of it; None when it does not."""
    for row in table[:30]:
        for cell in row:
            if len(cell) < 40 and HEADING.search(cell.strip()):
                return _(
                    "En kolonne ser ut til å handle om enkeltpersoner: navn, nummer eller annet om den enkelte."
                )
    names: dict[int, set[str]] = {}
    for row in table:
        for column, cell in enumerate(row):
            if _holds_identity_number(cell):
                return _("Fila ser ut til å ha fødselsnumre.")
            if (match := NAME.match(cell)) and (match[1] or match[2]) in GIVEN:
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
