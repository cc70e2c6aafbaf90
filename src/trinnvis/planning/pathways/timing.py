"""When each episode begins and ends. Ages are exact fractions; a life is laid on a calendar from a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from trinnvis.planning.pathways.schema import Episode, Pathway, Persona
from trinnvis.resources.calendar import MONTHS_IN_YEAR, months_later
from trinnvis.trouble import Trouble


@dataclass(frozen=True)
class Span:
    """An episode from one age up to another, in years."""

    episode: Episode
    first: Fraction
    end: Fraction


def spans(persona: Persona, pathway: Pathway, months: Fraction | None = None) -> tuple[Span, ...]:
    """The episodes in order, without those that got no time. `months`: instead of those of its `stay`.

    An episode in months ends where the next one starts and begins so many months before. When it reaches
    back over earlier episodes it takes their time: who moves in earlier has lived shorter at home.

    Raises:
        Trouble: it would begin before the pathway does.
    """
    end = Fraction(pathway.to_age)
    start = Fraction(persona.from_age)
    found: list[Span] = []
    for episode in reversed(pathway.episodes):
        if episode.months is not None:
            chosen = months if months is not None and episode.months is pathway.stay else None
            length = chosen if chosen is not None else Fraction(episode.months.value)
            first = end - length / MONTHS_IN_YEAR
            if first < start:
                raise Trouble(
                    f"«{episode.title}» kan ikke vare {_shown(length)} måneder: forløpet begynner ved "
                    f"{_shown(start)} år.",
                    f"Velg høyst {floor((end - start) * MONTHS_IN_YEAR)} måneder.",
                )
        else:
            first = begins(episode, persona.born) or start
        if first < end:
            found.append(Span(episode, first, end))
            end = first
    return tuple(reversed(found))


def begins(episode: Episode, born: date | None) -> Fraction | None:
    """The age an episode begins at; None where its months say that, or it is a date nobody can place."""
    if episode.from_age is not None:
        return Fraction(episode.from_age)
    return age_on(born, episode.from_date) if episode.from_date and born else None


def age_on(born: date, day: date) -> Fraction:
    """The age on a day, in years: whole calendar months, and days as parts of the month begun."""
    whole = (day.year - born.year) * MONTHS_IN_YEAR + day.month - born.month
    if months_later(born, whole) > day:
        whole -= 1
    first, following = months_later(born, whole), months_later(born, whole + 1)
    return (whole + Fraction((day - first).days, (following - first).days)) / MONTHS_IN_YEAR


@dataclass(frozen=True)
class Life:
    """Ages as days: the persona is `from_age` on `begins`."""

    begins: date
    from_age: Fraction

    @classmethod
    def of(cls, persona: Persona, on: date) -> Life:
        """From the day the persona reaches the age, or from `on` where nobody has said when that is."""
        age = Fraction(persona.from_age)
        return cls(cls(persona.born, Fraction(0)).day(age) if persona.born else on, age)

    def day(self, age: Fraction) -> date:
        """The first day of an age. Whole months are calendar months, the rest days of the month begun."""
        past = (age - self.from_age) * MONTHS_IN_YEAR
        whole = floor(past)
        day, following = months_later(self.begins, whole), months_later(self.begins, whole + 1)
        return day + timedelta(days=round((past - whole) * (following - day).days))

    def years(self, end: Fraction) -> tuple[tuple[int, date, date], ...]:
        """Each year of age up to `end` as (age, first day, last day)."""
        found = []
        age = self.from_age
        while age < end:
            following = min(Fraction(floor(age) + 1), end)
            found.append((floor(age), self.day(age), self.day(following) - timedelta(days=1)))
            age = following
        return tuple(found)


def _shown(number: Fraction) -> str:
    return f"{float(number):g}".replace(".", ",")
