"""What a code or text in a file means: a municipality, an age, a sex, a year, an alternative.

Each reader of a code returns None for what is known but not wanted (the country, a county, all ages
together).
"""

from __future__ import annotations

import re

from trinnvis.planning.population.axes import AGES, Variant
from trinnvis.planning.population.municipalities import code_uses, find, municipalities
from trinnvis.trouble import Trouble

BOTH = "both"
AGES_WANTED = "Hent ettårige aldre, 0 til 105 år eller eldre (i SSBs tabeller: alle verdier av Alder)."

_AGE = re.compile(r"0*(\d{1,3})(?:\s*(?:år|years?|yrs?))?", re.I)
_OPEN_AGE = re.compile(
    r"0*(\d{1,3})\s*(?:\+|(?:år|years)?\s*(?:eller eldre|og over|or older|and over))", re.I
)
_ALL_AGES = re.compile(r"(tot(al)?|999a?|alle? ?(aldre|ages)?|alder i alt|sum)", re.I)
_REGION = re.compile(r"(?P<joined>K[-_])?(?P<code>\d{4})(?:\s+(?P<name>\D.*))?", re.I)
_LARGER = re.compile(
    r"(F[-_])?\d{1,2}(\s.*)?|(K[-_])?(9999|0000)\b.*|K-\d\d(-\d\d)?\s.*|K-Rest.*|E[A-Z]{2}\d*.*|"
    r"(hele )?landet.*|the whole country|norge|norway|",
    re.I,
)
_FEMALE = {"2", "kvinner", "kvinne", "females", "female", "women", "k", "f"}
_MALE = {"1", "menn", "mann", "males", "male", "men", "m"}
_BOTH = {"0", "begge kjønn", "begge", "both sexes", "both", "i alt", "total", "tot"}
_YEAR = re.compile(r"\d{4}")
_NARROWER = {
    "U": "uker",
    "M": "måneder",
    "K": "kvartaler",
    "Q": "kvartaler",
    "W": "uker",
    "H": "halvår",
    "T": "tertialer",
}
_ALTERNATIVES = {"MMMM": Variant.MAIN, "LLML": Variant.LOW, "HHMH": Variant.HIGH}
_CONTENT_CODES = {"personer": Variant.MAIN, "personer1": Variant.LOW, "personer2": Variant.HIGH}


def region(text: str, place: str) -> tuple[str, bool] | None:
    """(code, whether its series is joined over time); None for the country, counties and "unknown".

    Raises:
        Trouble: a code or name that no municipality has had.
    """
    if found := _REGION.fullmatch(text):
        code = found["code"]
        if code in code_uses():
            return code, bool(found["joined"])
        if code in ("9999", "0000"):
            return None
        try:
            find(code)
        except Trouble as wrong:
            raise Trouble(f"{place}: {wrong}", wrong.remedy) from None
    if _LARGER.fullmatch(text):
        return None
    try:
        return find(text).code, True
    except Trouble as wrong:
        raise Trouble(f"{place}: {wrong}", wrong.remedy) from None


def age(text: str, place: str) -> int | None:
    """Age in full years, at most 105; None for all ages together.

    Raises:
        Trouble: an age group, or an open age below 105.
    """
    if exact := _AGE.fullmatch(text):
        return min(int(exact[1]), AGES - 1) if int(exact[1]) != 999 else None
    if (above := _OPEN_AGE.fullmatch(text)) and int(above[1]) >= AGES - 1:
        return AGES - 1
    if _ALL_AGES.fullmatch(text):
        return None
    raise Trouble(f"{place}: Alderen «{text}» er en gruppe.", AGES_WANTED)


def sex(text: str, place: str) -> str:
    """ "female", "male" or "both"."""
    low = text.lower()
    for meaning, words in (("female", _FEMALE), ("male", _MALE), (BOTH, _BOTH)):
        if low in words:
            return meaning
    raise Trouble(f"{place}: Kjønnet «{text}» er ukjent.", "Bruk SSBs koder: 1 menn, 2 kvinner, 0 begge.")


def year(text: str, place: str) -> int:
    """A calendar year.

    Raises:
        Trouble: weeks, months and other shorter times.
    """
    if _YEAR.fullmatch(text):
        return int(text)
    shorter = _NARROWER.get(text[4:5].upper(), "") if re.match(r"\d{4}\D", text) else ""
    what = f"gjelder {shorter}, ikke år" if shorter else "er ikke et år"
    raise Trouble(f"{place}: Tidskoden «{text}» {what}.", "Hent folkemengden per 1. januar, med år som tid.")


def alternative(code: str, label: str) -> Variant | None:
    """Which variant a content code is in SSB's projections; None for the others. Codes before labels."""
    if code.lower() in _CONTENT_CODES:
        return _CONTENT_CODES[code.lower()]
    for letters, variant in _ALTERNATIVES.items():
        if letters in code.upper() or letters in label.upper():
            return variant
    return None


def own_variant(text: str, place: str) -> Variant:
    """The variant column of our own layout; SSB's letters are understood too."""
    if text.upper() in _ALTERNATIVES:
        return _ALTERNATIVES[text.upper()]
    try:
        return Variant(text.lower())
    except ValueError:
        raise Trouble(f"{place}: Alternativet «{text}» er ukjent.", "Bruk main, low eller high.") from None


def shortened(texts: list[str]) -> str:
    """The first five of a list, and that there are more."""
    return ", ".join(texts[:5]) + (f" og {len(texts) - 5} til" if len(texts) > 5 else "")


def label_differs(code: str, label: str) -> bool:
    """Whether a label says another municipality than its code; one that repeats the code says nothing."""
    today = municipalities().get(code)
    return bool(
        today
        and label not in ("", code, f"K-{code}")
        and today.name.split(" - ")[0].lower() not in label.lower()
    )
