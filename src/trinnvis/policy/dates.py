"""Norwegian words for dates, and Norwegian holidays."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

import holidays

MONTHS = (
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
)
WEEKDAYS = (
    "mandag",
    "tirsdag",
    "onsdag",
    "torsdag",
    "fredag",
    "lørdag",
    "søndag",
)
SATURDAY = 5


def long_date(day: date) -> str:
    """22. november 2026"""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def weekday(day: date) -> str:
    """søndag"""
    return WEEKDAYS[day.weekday()]


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
    return _holidays(day.year).get(day)


def is_working_day(day: date) -> bool:
    """Neither Saturday, Sunday nor public holiday (virkedag; domstolloven § 149)."""
    return day.weekday() < SATURDAY and holiday(day) is None


_SPOKEN = {
    "Arbeidernes dag": "1. mai",
    "Grunnlovsdag": "17. mai",
    "Kristi himmelfartsdag": "Kristi himmelfartsdag",
}


@lru_cache(maxsize=128)
def _holidays(year: int) -> dict[date, str]:
    """The year's holidays with their names as said in a sentence; two on one day are joined."""
    calendar = holidays.country_holidays("NO", years=year, language="no")
    return {
        day: " og ".join(_SPOKEN.get(name, name.lower()) for name in calendar.get_list(day))
        for day in calendar
    }
