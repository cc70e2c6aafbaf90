"""Count a deadline (frist) from its rule: when it ends, and in words why.

Weeks end on the same weekday, months on the same date or the month's last (fvl § 30, domstolloven
§§ 148–149). A deadline that rolls off a Saturday or holiday is always counted from the start, never from
a rolled date.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import translation

from trinnvis.marking import Norwegian
from trinnvis.policy.dates import holiday, is_working_day, long_date, weekday, weekday_date
from trinnvis.policy.model import DeadlineRule, Length
from trinnvis.policy.words import gettext as _
from trinnvis.policy.words import ngettext

SOURCE_LANGUAGE = Norwegian.lang


@dataclass(frozen=True, slots=True)
class Deadline:
    """`due`: the last day; `rule`: the rule's code.

    `why`: in bokmål, as it is stored and printed, how it was counted and what moved it. `counted`: the rule
    and the day it was counted from; None for a day that people have set.
    """

    due: date
    rule: str
    why: str
    counted: tuple[DeadlineRule, date] | None = None

    def told(self) -> str:
        """Why, in the reader's language where it is known how the day was counted."""
        return _why(*self.counted) if self.counted else self.why


def compute(rule: DeadlineRule, start: date) -> Deadline:
    """The deadline of a rule, counted from `start` (the day of the trigger, itself not counted)."""
    with translation.override(SOURCE_LANGUAGE):
        why = _why(rule, start)
    return Deadline(due=_due(rule, start), rule=rule.code, why=why, counted=(rule, start))


def _due(rule: DeadlineRule, start: date) -> date:
    counted = end_of(rule.length, start)
    return next_working_day(counted) if rule.rolls_to_working_day else counted


def _why(rule: DeadlineRule, start: date) -> str:
    counted, due = end_of(rule.length, start), _due(rule, start)
    why = _counted(rule.length, start, counted)
    if due != counted:
        why += _("; det er %(free_day)s, derfor første virkedag, %(due)s") % {
            "free_day": _free_day(counted),
            "due": weekday_date(due),
        }
    return f"{why}."


def end_of(length: Length, start: date) -> date:
    """The day a length ends, before any rolling."""
    match length.unit:
        case "days":
            return start + timedelta(days=length.number)
        case "weeks":
            return start + timedelta(weeks=length.number)
        case "months":
            return _add_months(start, length.number)
        case "years":
            return _add_months(start, 12 * length.number)
        case "working_days":
            return _add_working_days(start, length.number)


def next_working_day(day: date) -> date:
    """The day itself when it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def length_words(length: Length) -> str:
    """3 uker, 1 måned"""
    number = length.number
    words = {
        "days": ngettext("%(number)d dag", "%(number)d dager", number),
        "working_days": ngettext("%(number)d virkedag", "%(number)d virkedager", number),
        "weeks": ngettext("%(number)d uke", "%(number)d uker", number),
        "months": ngettext("%(number)d måned", "%(number)d måneder", number),
        "years": ngettext("%(number)d år", "%(number)d år", number),
    }
    return words[length.unit] % {"number": number}


def _add_months(start: date, number: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    month += 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _add_working_days(start: date, number: int) -> date:
    day = start
    for _day in range(number):
        day = next_working_day(day + timedelta(days=1))
    return day


def _counted(length: Length, start: date, end: date) -> str:
    if length.number == 0:
        return _("Fristen er samme dag, %(day)s") % {"day": weekday_date(end)}
    words = _("%(length)s etter %(start)s er %(end)s") % {
        "length": length_words(length),
        "start": long_date(start),
        "end": weekday_date(end),
    }
    if length.unit in ("months", "years") and end.day != start.day:
        words += " " + _("(%(month)s har ikke dag %(day)d)") % {
            "month": long_date(end).split(" ", 1)[1],
            "day": start.day,
        }
    if length.unit == "working_days":
        words += " " + _("(lørdager, søndager og helligdager telles ikke)")
    return words


def _free_day(day: date) -> str:
    return holiday(day) or weekday(day)
