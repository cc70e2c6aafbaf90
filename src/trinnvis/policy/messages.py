"""What the policy checker says, in plain bokmål: each message is (what is wrong, what to do)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from trinnvis.policy.faults import listed

Message = tuple[str, str]

NOT_UTF8: Message = (
    "Fila er ikke lagret som UTF-8, så æ, ø og å kan bli feil.",
    "Lagre fila på nytt med tegnkodingen UTF-8.",
)
CONTROL_CHARACTER: Message = (
    "Linja inneholder et usynlig styretegn.",
    "Slett linja og skriv den på nytt for hånd.",
)
SEVERAL_DOCUMENTS: Message = (
    "Fila inneholder flere YAML-dokumenter (skilt med «---»).",
    "Fjern «---», eller del innholdet i flere filer.",
)
ANCHOR: Message = (
    "Ankere og henvisninger (& og *) er ikke tillatt.",
    "Skriv innholdet fullt ut begge steder, så leseren ser alt der det gjelder.",
)
TAG: Message = ("YAML-merker (!) er ikke tillatt.", "Fjern merket som begynner med utropstegn.")
KEY_NOT_TEXT: Message = ("Et feltnavn må være tekst.", "Skriv feltnavnet som ett ord, fulgt av kolon.")
ROOT_NOT_MAPPING: Message = (
    "Fila skal ha feltnavn ytterst, for eksempel «services:», men har noe annet.",
    "Begynn fila med et feltnavn og kolon, og rykk resten inn under det.",
)
UNREADABLE: Message = (
    "Fila kan ikke leses.",
    "Sjekk at den er en vanlig fil som du har lov til å lese.",
)
FOLDER_NOT_READ: Message = (
    "Mappa er ikke lest: den er en lenke, eller du har ikke lov til å lese den.",
    "Legg filene i selve politikkmappa, eller gi deg selv lesetilgang.",
)
NOT_READ = "Fila er ikke lest, så kontroller mappa på nytt når dette er rettet."
NO_FOLDER: Message = ("Mappa finnes ikke.", "Sjekk at stien er riktig skrevet.")
NOT_A_FOLDER: Message = ("Dette er en fil, ikke en mappe.", "Oppgi mappa som fila ligger i.")
EMPTY_FOLDER: Message = (
    "Mappa inneholder ingen YAML-filer.",
    "Legg politikken i filer som slutter på .yaml. Lunners mappe, som følger med Trinnvis, er et eksempel.",
)


def too_big(most: int) -> Message:
    return f"Fila er større enn {most // 1_000_000} MB.", "Del innholdet i flere filer."


def too_deep(most: int) -> Message:
    return f"Innholdet er rykket inn i mer enn {most} nivåer.", "Sjekk innrykk og klammer fra denne linja."


def duplicate_key(key: str, first: int) -> Message:
    return (
        f"Feltet «{key}» står to ganger; første gang på linje {first}.",
        "Behold det ene og slett det andre.",
    )


_YAML_HINTS: Sequence[tuple[str, Message]] = (
    (
        r"tab|cannot start any token",
        ("Linja begynner med et tegn YAML ikke forstår, ofte en tabulator.",
         "Bruk mellomrom til innrykk, og sett anførselstegn rundt tekst som begynner med et spesialtegn."),
    ),
    (
        r"mapping values are not allowed|expected ':'",
        ("Et kolon mangler eller står der YAML ikke venter det.",
         "Sett anførselstegn rundt tekst med kolon i, og sjekk at innrykket er likt med feltet over."),
    ),
    (
        r"quoted scalar|end of stream",
        ("En tekst i anførselstegn eller en klamme er åpnet, men ikke lukket.",
         "Sett inn det manglende anførselstegnet eller klammen."),
    ),
    (
        r"expected key|block end|block collection|<document start>",
        ("Innrykket stemmer ikke med linjene over.", "La felt som hører sammen, begynne i samme kolonne."),
    ),
    (r"',' or|flow", ("Et komma eller en klamme mangler i en liste.", "Skriv lister slik: [1, 2, 3].")),
    (r"alias", ANCHOR),
)  # fmt: skip


def not_yaml(problem: str) -> Message:
    """The parser's complaint as a reason and a thing to try."""
    for pattern, (reason, fix) in _YAML_HINTS:
        if re.search(pattern, problem):
            return f"Dette er ikke gyldig YAML. {reason}", fix
    return "Dette er ikke gyldig YAML.", "Sjekk innrykk, kolon og anførselstegn på linja og linja over."


def not_a_list(field: str) -> Message:
    return f"«{field}» skal være en liste.", "Begynn hver rad under feltet med bindestrek."


def empty_field(field: str) -> Message:
    return (
        f"«{field}» er uten innhold.",
        f"Fyll ut feltet, eller skriv «{field}: []» om kommunen ikke har noen.",
    )


def given_twice(field: str, file: str, line: int) -> Message:
    return (
        f"«{field}» er allerede gitt i {file}, linje {line}, og kan bare gis én gang.",
        "Behold det ene stedet og slett det andre.",
    )


def unknown_field(name: str, allowed: Sequence[str]) -> Message:
    reason = f"Feltet «{name}» finnes ikke her."
    if near := nearest(name, allowed):
        return reason, f"Mente du «{near}»?"
    return reason, f"Slett feltet, eller bruk et av disse: {listed(allowed, most=30)}."


def nearest(name: str, allowed: Sequence[str]) -> str | None:
    return next(iter(get_close_matches(name.lower(), allowed, n=1, cutoff=0.6)), None)


_MISSING_HELP = {
    "source": "Skriv hvor opplysningen er hentet fra: dokument, nettside eller vedtak, med dato.",
    "status": "Skriv en av «vedtatt», «gjeldende», «eksempel» og «må kontrolleres».",
    "valid_from": "Skriv datoen raden gjelder fra, for eksempel 2026-01-01.",
}


def missing(field: str) -> Message:
    return f"Feltet «{field}» mangler.", _MISSING_HELP.get(field, f"Legg til «{field}:» med innhold.")


def coerced(value: object, expected: type) -> Message:
    """A value of the wrong kind that would quietly have been made into the right kind."""
    fix = (
        "Skriv en dato som 2026-01-01."
        if expected.__name__ == "date"
        else "Skriv et tall uten anførselstegn."
    )
    return f"{shown(value)} er feil type her.", fix


def invalid(kind: str, value: object, context: dict[str, Any]) -> Message:
    """One of pydantic's error types as a message; `value` is what stands in the file."""
    here = shown(value)
    match kind.split("_"):
        case ["string", "too", "short"]:
            return "Feltet er tomt.", "Fyll inn tekst, eller fjern raden om den ikke skal brukes."
        case ["string", "pattern", *_]:
            return _bad_pattern(here, str(context.get("pattern", "")))
        case ["string", "too", "long"]:
            return "Teksten er for lang.", f"Skriv høyst {context.get('max_length')} tegn."
        case ["string", *_]:
            return f"Her skal det stå tekst, ikke {here}.", _quote(value)
        case ["int" | "decimal" | "float" | "finite", *_]:
            return f"Her skal det stå et tall, ikke {here}.", _number(kind, value)
        case ["greater" | "less", *_]:
            least = context.get("ge", context.get("gt", context.get("le", context.get("lt"))))
            words = {"ge": "minst", "gt": "mer enn", "le": "høyst", "lt": "mindre enn"}
            word = next((words[key] for key in words if key in context), "")
            return f"Tallet {here} er utenfor det som er mulig.", f"Skriv et tall som er {word} {least}."
        case ["bool", *_]:
            return f"Her skal det stå true eller false, ikke {here}.", "Skriv true (ja) eller false (nei)."
        case ["date", *_]:
            return (
                f"{here} er ikke en gyldig dato.",
                "Skriv datoen som år-måned-dag, for eksempel 2026-01-31.",
            )
        case ["enum"] | ["literal", _]:
            allowed = re.findall(r"'([^']*)'", str(context.get("expected", "")))
            near = nearest(str(value), allowed)
            hint = f"Mente du «{near}»? " if near else ""
            return f"{here} er ikke et gyldig valg her.", f"{hint}Velg blant {listed(allowed, most=30)}."
        case ["tuple" | "list", *_]:
            return (
                f"Her skal det stå en liste, ikke {here}.",
                "Skriv [1, 2], eller én rad per linje med bindestrek.",
            )
        case ["too", "short"]:
            least = int(context.get("min_length", 1))
            return "Lista har for få rader.", f"Skriv minst {least} {'rad' if least == 1 else 'rader'}."
        case ["too", "long"]:
            return "Lista har for mange rader.", f"Skriv høyst {context.get('max_length')}."
        case ["dict" | "model", *_]:
            return (
                f"Her skal det stå felt med navn og verdi, ikke {here}.",
                "Skriv «feltnavn: verdi» på egne linjer.",
            )
    return f"{here} passer ikke her.", "Se hvordan feltet er skrevet i en rad som virker."


def _bad_pattern(here: str, pattern: str) -> Message:
    if "d{4}" in pattern:
        return f"{here} er ikke et kommunenummer.", 'Skriv fire siffer i anførselstegn, for eksempel "0301".'
    return (
        f"{here} er ikke en gyldig kode.",
        "Bruk bare små bokstaver a–z, tall, bindestrek og understrek, for eksempel «praktisk-bistand».",
    )


def _quote(value: object) -> str:
    if value is None or isinstance(value, list | dict):
        return "Skriv en tekst etter kolonet."
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f'Sett anførselstegn rundt: "{text}".'


def _number(kind: str, value: object) -> str:
    if kind == "int_from_float":
        return "Skriv et helt tall."
    if isinstance(value, str) and re.fullmatch(r"[\d\s\u00a0]*\d(,\d+)?", value):
        plain = re.sub(r"\s", "", value).replace(",", ".")
        return f"Skriv {plain}: punktum før desimalene og ingen mellomrom."
    return "Skriv et tall med siffer, med punktum før desimalene."


def shown(value: object) -> str:
    """A value from a file as it can be quoted in a sentence."""
    match value:
        case None:
            return "ingenting"
        case bool():
            return f"«{str(value).lower()}»"
        case list() | tuple():
            return "en liste"
        case dict():
            return "en gruppe felt"
    text = str(value)
    return f"«{text if len(text) <= 60 else text[:57] + '…'}»"


def unknown_code(what: str, code: str, known: Sequence[str], field: str) -> Message:
    """A code that points nowhere: what it should be, and the codes there are."""
    known = list(dict.fromkeys(known))
    reason = f"{what} «{code}» finnes ikke i «{field}»."
    if near := nearest(code, known):
        return reason, f"Mente du «{near}»? Rett koden, eller legg «{code}» til i «{field}»."
    return reason, f"Bruk en av kodene {listed(known)}, eller legg «{code}» til i «{field}»."
