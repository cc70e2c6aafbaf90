"""What every figure of a forecast reads, and the words they share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.planning.demand.choices import Choices, main_outcome
from trinnvis.planning.demand.forecast import CONSTANT, Forecast, Outcome
from trinnvis.planning.demand.people import short_name
from trinnvis.planning.demand.reading import PLUS
from trinnvis.planning.demand.uncertainty import Interval
from trinnvis.planning.population.axes import Floats


@dataclass(frozen=True)
class Shown:
    """A forecast about to be drawn. step_names: titles of the steps, where the reader's ladder has them.
    staff_source: whose count today's person-years are, where they are not typed in."""

    found: Forecast
    choices: Choices
    step_names: Mapping[int, str] = field(default_factory=dict)
    staff_source: str = ""

    @cached_property
    def main(self) -> Outcome:
        return main_outcome(self.found)

    @property
    def place(self) -> str:
        return short_name(self.found.municipality)

    @property
    def year(self) -> int:
        """The year findings speak of: that of the claim, or the last."""
        return self.found.claim_year

    @property
    def at(self) -> int:
        return self.found.at(self.year)

    @property
    def years(self) -> list[int]:
        return [int(year) for year in self.found.years]

    def step(self, number: int) -> str:
        title = self.step_names.get(number)
        return f"{number}. {title}" if title else _("Trinn %(number)d") % {"number": number}

    def named_step(self, number: int) -> str:
        """For the middle of a sentence."""
        title = self.step_names.get(number)
        plain = _("trinn %(number)d") % {"number": number}
        return f"{plain} ({title})" if title else plain

    def label(self, outcome: Outcome) -> str:
        """A scenario's name; those chosen together have one of their own."""
        if PLUS in outcome.scenario.name:
            return _("Alle valgene samlet")
        return outcome.scenario.title

    @property
    def how(self) -> str:
        """ "som i dag", or with the scenarios chosen, as the end of a sentence."""
        if self.main.scenario.name == CONSTANT:
            return _("som i dag")
        if PLUS in self.main.scenario.name:
            return _("med alle valgene samlet")
        return _("med «%(title)s»") % {"title": self.main.scenario.title}

    @property
    def forecast_source(self) -> str:
        """What the need rests on, in a sentence for under a figure."""
        own = self.found.own
        if own is not None:
            return _(
                "Trinnvis’ framskriving %(how)s. Folketall: %(people)s. Bruk: %(own)s, ellers SSB, KOSTRA og "
                "Helsedirektoratet. Forutsetningene står i kildelisten"
            ) % {"how": self.how, "people": self.found.people.source, "own": own.source}
        return _(
            "Trinnvis’ framskriving %(how)s. Folketall: %(people)s. Bruk: SSB tabell 04686, 12292, 11645 og "
            "11643, KOSTRA 12209 og Helsedirektoratet. Forutsetningene står i kildelisten"
        ) % {"how": self.how, "people": self.found.people.source}


def whole(value: float) -> str:
    return formats.number(round(float(value)))


def times(interval: Interval, at: int) -> str:
    """ "1,6 ganger så mange (80 %-intervall 1,3–1,9)" """
    parts = (interval.middle, interval.low, interval.high)
    middle, low, high = (formats.number(float(part[at]), 1) for part in parts)
    return _("%(middle)s ganger så mange (80 %%-intervall %(low)s–%(high)s)") % {
        "middle": middle, "low": low, "high": high,
    }  # fmt: skip


def rounded(values: Floats, decimals: int = 0) -> list[float]:
    """Numbers for a table: no digits that say nothing."""
    return [round(float(value), decimals) for value in values]
