"""Count a deadline (frist) from its rule: when it ends, and in words why.

Weeks end on the same weekday, months on the same date or the month's last (fvl § 30, domstolloven
§§ 148–149). A deadline that rolls off a Saturday or holiday is always counted from the start, never from
a rolled date.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from trinnvis.policy.dates import MONTHS, SATURDAY, holiday, is_working_day, long_date, weekday, weekday_date
from trinnvis.policy.model import DeadlineRule, Length

_WORDS = {
    "days": ("dag", "dager"),
    "working_days": ("virkedag", "virkedager"),
    "weeks": ("uke", "uker"),
    "months": ("måned", "måneder"),
    "years": ("år", "år"),
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """`due`: the last day; `rule`: the rule's code; `why`: bokmål, how it was counted and what moved it."""

    due: date
    rule: str
    why: str


def compute(rule: DeadlineRule, start: date) -> Deadline:
    """The deadline of a rule, counted from `start` (the day of the trigger, itself not counted)."""
    counted = end_of(rule.length, start)
    due = next_working_day(counted) if rule.rolls_to_working_day else counted
    why = _counted(rule.length, start, counted)
    if due != counted:
        why += f"; det er {_free_day(counted)}, derfor første virkedag, {weekday_date(due)}"
    return Deadline(due=due, rule=rule.code, why=f"{why}.")


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
    one, many = _WORDS[length.unit]
    return f"{length.number} {one if length.number == 1 else many}"


def _add_months(start: date, number: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    month += 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _add_working_days(start: date, number: int) -> date:
    day = start
    for _ in range(number):
        day = next_working_day(day + timedelta(days=1))
    return day


def _counted(length: Length, start: date, end: date) -> str:
    if length.number == 0:
        return f"Fristen er samme dag, {weekday_date(end)}"
    words = f"{length_words(length)} etter {long_date(start)} er {weekday_date(end)}"
    if length.unit in ("months", "years") and end.day != start.day:
        words += f" ({MONTHS[end.month - 1]} {end.year} har ikke dag {start.day})"
    if length.unit == "working_days":
        words += " (lørdager, søndager og helligdager telles ikke)"
    return words


def _free_day(day: date) -> str:
    return holiday(day) or ("lørdag" if day.weekday() == SATURDAY else weekday(day))
