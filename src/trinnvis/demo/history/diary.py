"""Believable moments: working days, office hours, always later than the one before."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from trinnvis.policy.dates import is_working_day

OPENS, CLOSES = time(8, 10), time(15, 40)


class Diary:
    """`now` is the moment of the latest entry; `page` and `later` turn to the next, never past `latest`."""

    def __init__(self, start: date, latest: datetime, rng: Random) -> None:
        self._rng, self.latest = rng, latest
        self.now = min(self._in_office(start), latest)

    def page(self, fewest: int, most: int) -> datetime:
        """So many working days on; none is later the same day, when there is time left in it."""
        days = self._rng.randint(fewest, most)
        if days == 0:
            return self.later(20, 90)
        self.now = min(self._in_office(working_days(self.now.date(), days)), self.latest)
        return self.now

    def later(self, fewest: int, most: int) -> datetime:
        """So many minutes on; after closing it is the next morning instead."""
        moment = self.now + timedelta(minutes=self._rng.randint(fewest, most))
        if moment.time() > CLOSES or moment.date() != self.now.date():
            next_day = working_days(self.now.date(), 1)
            moment = _at(next_day, OPENS) + timedelta(minutes=self._rng.randint(0, 60))
        self.now = min(moment, self.latest)
        return self.now

    def on(self, day: date) -> datetime:
        """A moment on a working day, at the earliest that one."""
        self.now = min(max(self.later(1, 5), self._in_office(day)), self.latest)
        return self.now

    def _in_office(self, day: date) -> datetime:
        while not is_working_day(day):
            day += timedelta(days=1)
        return _at(day, OPENS) + timedelta(minutes=self._rng.randint(0, 330))


def last_moment(now: datetime) -> datetime:
    """The last moment of an office day that is not after now."""
    local = timezone.localtime(now)
    if is_working_day(local.date()) and local.time() > OPENS:
        return min(local, _at(local.date(), CLOSES))
    return _at(working_days(local.date(), -1), CLOSES)


def working_days(day: date, number: int) -> date:
    """The working day so many after (or, below zero, before) a day."""
    step = timedelta(days=1 if number >= 0 else -1)
    for _ in range(abs(number)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, timezone.get_default_timezone())
