"""Norwegian identity numbers (fødselsnummer, D-nummer and synthetic numbers): check, read and make them.

Eleven digits: day, month, two-digit year, individual number (3) and two check digits. A D-number has 40 added
to the day. Numbers that belong to nobody have 80 (Skatteetaten), 65 (Norsk helsenett) or 40 (Nav) added to
the month. Numbers issued from 2032 may leave a remainder of 1, 2 or 3 in the first check and then say neither
sex nor century. Source: Skatteetaten, folkeregisteret-api-dokumentasjon, «Nytt fødselsnummer fra 2032».
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from trinnvis.marking import gettext_noop

FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
REMAINDERS_FROM_2032 = range(4)
D_NUMBER_DAYS = 40
SYNTHETIC_MONTHS = 80
ALL_SYNTHETIC_MONTHS = (40, 65, SYNTHETIC_MONTHS)
# (individual number, two-digit year) → century, in the order a new number is taken
CENTURIES = (
    (range(500), range(100), 1900),
    (range(500, 1000), range(40), 2000),
    (range(500, 750), range(54, 100), 1800),
    (range(900, 1000), range(40, 100), 1900),
)
IGNORED = re.compile(r"[\s\u00ad\u200b\u2060\ufeff\-\u2010-\u2015]")


NOT_ELEVEN_DIGITS = gettext_noop("Skriv inn fødselsnummeret eller D-nummeret med 11 siffer.")
NO_SUCH_DATE = gettext_noop(
    "De seks første sifrene er ikke en fødselsdato. Kontroller dag, måned og år, og skriv nummeret på nytt."
)
WRONG_CHECK_DIGITS = gettext_noop("Minst ett siffer er feil. Kontroller nummeret, og skriv det på nytt.")
SYNTHETIC_REFUSED = gettext_noop(
    "Dette er et syntetisk testnummer. Skriv inn fødselsnummeret eller D-nummeret til en virkelig person."
)


class InvalidIdentityNumber(ValueError):
    """The text is no identity number. The message says in bokmål what to do and never holds the number."""


def check_identity_number(text: str, *, synthetic_allowed: bool = False) -> str:
    """The number as 11 digits; spaces and hyphens in the text are ignored.

    Raises:
        InvalidIdentityNumber: with what to do, never with the number.
    """
    number = IGNORED.sub("", text)
    if len(number) != 11 or not (number.isascii() and number.isdigit()):
        raise InvalidIdentityNumber(NOT_ELEVEN_DIGITS)
    if not any(_is_date(number, century) for century in _possible_centuries(number)):
        raise InvalidIdentityNumber(NO_SUCH_DATE)
    if _remainder(number, FIRST_WEIGHTS) not in REMAINDERS_FROM_2032 or _remainder(number, SECOND_WEIGHTS):
        raise InvalidIdentityNumber(WRONG_CHECK_DIGITS)
    if is_synthetic(number) and not synthetic_allowed:
        raise InvalidIdentityNumber(SYNTHETIC_REFUSED)
    return number


def birth_date_of(number: str) -> date | None:
    """The birth date a checked number tells, or None when it does not tell the century (issued from 2032)."""
    century = _century(number)
    if century is None:
        return None
    day, month, year = _day_month_year(number)
    return date(century + year, month, day)


def is_synthetic(number: str) -> bool:
    return int(number[2:4]) > ALL_SYNTHETIC_MONTHS[0]


def is_d_number(number: str) -> bool:
    return int(number[:2]) > D_NUMBER_DAYS


def format_identity_number(number: str) -> str:
    """With a space between date and personal number: '018650 10091'."""
    return f"{number[:6]} {number[6:]}"


def mask(number: str) -> str:
    """The birth digits without the personal number, for staff who need to tell two people apart."""
    return f"{number[:6]} •••••"


def synthetic_number(birth_date: date, sex: Literal["female", "male"], sequence: int) -> str:
    """The `sequence`-th (from 0) valid number with month + 80 for a birth date and sex, highest first.

    Raises:
        ValueError: when the date has no numbers left for that sex.
    """
    year = birth_date.year % 100
    start = f"{birth_date.day:02}{birth_date.month + SYNTHETIC_MONTHS}{year:02}"
    left = sequence
    for individuals, years, century in CENTURIES:
        if century + year != birth_date.year or year not in years:
            continue
        for individual in reversed(individuals):
            if individual % 2 != (sex == "male"):
                continue
            number = _with_check_digits(f"{start}{individual:03}")
            if number is None:
                continue
            if left == 0:
                return number
            left -= 1
    raise ValueError(f"no synthetic number number {sequence} for this birth date")


def _remainder(number: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False)) % 11


def _with_check_digits(nine: str) -> str | None:
    for weights in (FIRST_WEIGHTS, SECOND_WEIGHTS):
        digit = -_remainder(nine, weights[:-1]) % 11
        if digit == 10:
            return None
        nine += str(digit)
    return nine


def _day_month_year(number: str) -> tuple[int, int, int]:
    day, month, year = int(number[:2]), int(number[2:4]), int(number[4:6])
    added = max((added for added in ALL_SYNTHETIC_MONTHS if month > added), default=0)
    return day - D_NUMBER_DAYS * (day > D_NUMBER_DAYS), month - added, year


def _century(number: str) -> int | None:
    if _remainder(number, FIRST_WEIGHTS):
        return None
    individual, year = int(number[6:9]), int(number[4:6])
    return next(
        (c for individuals, years, c in CENTURIES if individual in individuals and year in years), None
    )


def _possible_centuries(number: str) -> tuple[int, ...]:
    century = _century(number)
    return (1900, 2000) if century is None else (century,)


def _is_date(number: str, century: int) -> bool:
    day, month, year = _day_month_year(number)
    try:
        date(century + year, month, day)
    except ValueError:
        return False
    return True
