"""Granted lines with the unit that carries them out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from trinnvis.casework.rules.running import Running
from trinnvis.policy.model import AmountUnit
from trinnvis.resources.lines import Run, run_of

Areas = Mapping[tuple[str, str], str]  # (service, settlement) → unit
Providers = Mapping[str, str]  # service → unit, by the policy


@dataclass(frozen=True)
class Carried:
    """A granted line and its unit ("" when the policy no longer knows the service)."""

    unit: str
    running: Running

    @property
    def service(self) -> str:
        return self.running.line.service

    @property
    def person(self) -> int:
        return self.running.person

    @property
    def first(self) -> date:
        return self.running.first

    @property
    def last(self) -> date | None:
        return self.running.last

    def days(self, first: date, last: date) -> tuple[date, date] | None:
        """The days of the stretch first–last on which the line runs, or None."""
        begin = max(first, self.first)
        end = last if self.last is None else min(last, self.last)
        return (begin, end) if begin <= end else None

    def run(self, horizon: date) -> Run:
        return run_of(self.running.line, horizon)

    @property
    def places_held(self) -> Fraction:
        """Places held while it runs: a stay of 28 days spread over a year holds 28/365, a lease one."""
        if self.running.line.unit == AmountUnit.MONTHS:
            return Fraction(1)
        return self.run(self.first).at_once

    @property
    def in_hours(self) -> bool:
        return self.running.line.unit == AmountUnit.HOURS_PER_WEEK


def unit_of(service: str, settlement: str, areas: Areas, providers: Providers) -> str:
    """The unit that carries out the service for someone who lives there."""
    return areas.get((service, settlement)) or providers.get(service, "")


def carry(lines: Iterable[Running], areas: Areas, providers: Providers) -> list[Carried]:
    return [Carried(unit_of(each.line.service, each.settlement, areas, providers), each) for each in lines]
