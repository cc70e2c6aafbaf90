"""Dates in the reader's words, and Norwegian holidays."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

import holidays
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from trinnvis import formats

SATURDAY = 5


def long_date(day: date) -> str:
    """22. november 2026"""
    return formats.long_date(day).replace(formats.SPACE, " ")


def weekday(day: date) -> str:
    """søndag"""
    return date_format(day, "l")


def weekday_date(day: date) -> str:
    """søndag 22. november 2026"""
    return f"{weekday(day)} {long_date(day)}"


def read_date(text: str) -> date:
    """A date written 2026-11-22 or 22.11.2026.

    Raises:
        ValueError: saying in bokmål how to write it.
    """
    numbers = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text.strip())
    if numbers:
        year, month, day = map(int, numbers.groups())
    elif numbers := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text.strip()):
        day, month, year = map(int, numbers.groups())
    else:
        raise ValueError(f"«{text}» er ikke en dato. Skriv den som 2026-11-22 eller 22.11.2026.")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"«{text}» finnes ikke i kalenderen. Sjekk dag og måned.") from None


def holiday(day: date) -> str | None:
    """The public holiday a day is (helgedag or equal to one), in words; None on others, Sundays too."""
    names = _holidays(day.year).get(day)
    return formats.listed(str(SPOKEN[name]) for name in names) if names else None


def is_working_day(day: date) -> bool:
    """Neither Saturday, Sunday nor public holiday (virkedag; domstolloven § 149)."""
    return day.weekday() < SATURDAY and day not in _holidays(day.year)


# The names of the calendar, as said in a sentence.
SPOKEN = {
    "Første nyttårsdag": _("første nyttårsdag"),
    "Skjærtorsdag": _("skjærtorsdag"),
    "Langfredag": _("langfredag"),
    "Første påskedag": _("første påskedag"),
    "Andre påskedag": _("andre påskedag"),
    "Arbeidernes dag": _("1. mai"),
    "Grunnlovsdag": _("17. mai"),
    "Kristi himmelfartsdag": _("Kristi himmelfartsdag"),
    "Første pinsedag": _("første pinsedag"),
    "Andre pinsedag": _("andre pinsedag"),
    "Første juledag": _("første juledag"),
    "Andre juledag": _("andre juledag"),
}


@lru_cache(maxsize=128)
def _holidays(year: int) -> dict[date, list[str]]:
    """The names of the year's holidays; a day may have two."""
    calendar = holidays.country_holidays("NO", years=year, language="no")
    return {day: calendar.get_list(day) for day in calendar}
