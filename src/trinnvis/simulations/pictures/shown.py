"""What every figure of a simulation reads, and the words they share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.figures.shapes import Unit
from trinnvis.planning.population.axes import Floats
from trinnvis.simulations.document import PERSONS, Answer, Outcome

MILLION = 1e6


@dataclass(frozen=True)
class Shown:
    """An answer about to be drawn, with the scenario the reader looks at. step_names: titles of the steps,
    where the reader's ladder has them."""

    answer: Answer
    outcome: Outcome
    places: Mapping[int, int]
    places_source: Mapping[int, str]
    step_names: Mapping[int, str] = field(default_factory=dict)

    @property
    def base(self) -> Outcome:
        """«As today», which everything is compared with."""
        return self.answer.outcomes[0]

    @property
    def is_base(self) -> bool:
        return self.outcome is self.base

    @property
    def place(self) -> str:
        return self.answer.municipality.split(" - ")[0]

    @property
    def first(self) -> int:
        return self.answer.years[0]

    @property
    def last(self) -> int:
        return self.answer.years[-1]

    @property
    def steps(self) -> list[tuple[int, int]]:
        """Place on the engine's axis and number of each step; no service is left out."""
        return list(enumerate(self.answer.steps))[1:]

    def step(self, number: int) -> str:
        title = self.step_names.get(number)
        if number == 0:
            return _("Ingen tjeneste")
        return f"{number}. {title}" if title else _("Trinn %(number)d") % {"number": number}

    def named_step(self, number: int) -> str:
        """For the middle of a sentence."""
        title = self.step_names.get(number)
        plain = _("trinn %(number)d") % {"number": number}
        return f"{plain} ({title})" if title else plain

    @property
    def how(self) -> str:
        if self.is_base:
            return _("som i dag")
        return _("med «%(title)s»") % {"title": self.outcome.title}

    @property
    def source(self) -> str:
        people = ". ".join(self.answer.sources[:2])  # who lives there, and who uses the services
        return _(
            "Trinnvis’ trappemodell %(how)s, %(draws)d trekninger, frø %(seed)d. %(people)s. "
            "Forutsetningene står i kildelisten"
        ) % {"how": self.how, "draws": self.answer.draws, "seed": self.answer.seed, "people": people}


def units() -> dict[str, Unit]:
    """Each measure as it is shown, in the order it is chosen from."""
    return {
        PERSONS: Unit(_("Brukere"), decimals=1),
        "hours": Unit(_("Timer per år")),
        "person_years": Unit(_("Årsverk"), decimals=1),
        "nok": Unit(_("Millioner kroner per år"), decimals=1),
    }


def scaled(measure: str, values: Floats) -> list[float]:
    """In the unit of the measure, without digits that say nothing."""
    divided = values / MILLION if measure == "nok" else values
    return [round(float(value), units()[measure].decimals + 1) for value in divided]


def said(measure: str, value: float) -> str:
    """A value of the measure in a sentence: "92 brukere", "4,5 mill. kr"."""
    number = value / MILLION if measure == "nok" else value
    few = abs(number) < 10 and measure != "hours"
    words = {
        PERSONS: _("%(number)s brukere"),
        "hours": _("%(number)s timer"),
        "person_years": _("%(number)s årsverk"),
        "nok": _("%(number)s mill. kr"),
    }
    return words[measure] % {"number": formats.number(number, 1 if few else 0)}


def bare(measure: str, value: float) -> str:
    """The number alone, rounded as in `said`."""
    return said(measure, value).split(" ", 1)[0]  # the spaces inside a number do not break
