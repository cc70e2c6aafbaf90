"""Validity in time of mandates and consents: pure, on dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

AGE_OF_MAJORITY = 18  # vergemålsloven § 8
LONGEST_LIFE = 130  # years: longer than anyone has lived, and shorter than a mistyped century


class Standing(StrEnum):
    """Where a validity stands on a day."""

    FUTURE = "future"
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Validity:
    """Both dates are included, the day of revocation is not; without `valid_to` it lasts until revoked."""

    valid_from: date
    valid_to: date | None = None
    revoked_on: date | None = None

    def standing(self, on: date) -> Standing:
        if self.revoked_on is not None and self.revoked_on <= on:
            return Standing.REVOKED
        if on < self.valid_from:
            return Standing.FUTURE
        if self.valid_to is not None and self.valid_to < on:
            return Standing.EXPIRED
        return Standing.IN_FORCE

    def in_force(self, on: date) -> bool:
        return self.standing(on) is Standing.IN_FORCE


def birthday(birth_date: date, age: int) -> date:
    """The day someone reaches an age; born on 29 February it is 1 March in a year without that day."""
    try:
        return birth_date.replace(year=birth_date.year + age)
    except ValueError:
        return date(birth_date.year + age, 3, 1)


def in_a_life(birth_date: date, day: date) -> bool:
    """Whether a day can lie between the birth and the death of someone born on a date."""
    return birth_date <= day <= birthday(birth_date, LONGEST_LIFE)


def last_day_as_minor(birth_date: date) -> date:
    """The last day the parents act for a child (foreldreansvar)."""
    return birthday(birth_date, AGE_OF_MAJORITY) - timedelta(days=1)
