"""Building the synthetic municipality in an empty database, step by step."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trinnvis.access.models import Account
from trinnvis.demo.accounts import create_accounts
from trinnvis.demo.capacity import build_capacity, share_settlements
from trinnvis.demo.figures import Figures, shipped_figures
from trinnvis.demo.history.step import write_history
from trinnvis.demo.planning import begin_plans
from trinnvis.demo.population import Population, draw_population
from trinnvis.demo.receivers import Receiver, choose_receivers
from trinnvis.demo.simulation import build_simulation
from trinnvis.demo.stories.step import tell_stories
from trinnvis.demo.town.step import draw_walking_town
from trinnvis.people.loading import load_register
from trinnvis.people.models import Person

Progress = Callable[[str, float], None]  # what is being made, and the share of the whole that is done


class CannotBuild(RuntimeError):
    """The synthetic municipality may not be built here; the text says why and what to do."""


@dataclass
class Town:
    """What is built so far; each step reads what came before and adds its own."""

    seed: int
    now: datetime
    figures: Figures = field(default_factory=shipped_figures)
    population: Population | None = None
    receivers: tuple[Receiver, ...] = ()
    people: list[Person] = field(default_factory=list)  # in the order of the population's register
    accounts: dict[str, Account] = field(default_factory=dict)  # by subject

    def rng(self, stage: str) -> Random:
        """A generator of the stage's own, so that stages do not disturb each other."""
        return Random(f"{self.seed}/{stage}")

    @property
    def drawn(self) -> Population:
        if self.population is None:
            raise LookupError("the population is not drawn yet")
        return self.population


def draw_people(town: Town) -> None:
    town.population = draw_population(town.figures, town.seed)
    town.receivers = choose_receivers(town.population, town.figures, town.rng("receivers"))


def load_people(town: Town) -> None:
    town.people = load_register(town.drawn.register).people


def open_accounts(town: Town) -> None:
    town.accounts = create_accounts({s: town.people[place] for s, place in town.drawn.logins.items()})


Step = tuple[object, Callable[[Town], None]]  # title (translated when shown), what it does
# In this order: each step finds in the town what those before it made.
PEOPLE: tuple[Step, ...] = (
    (gettext_lazy("Tegner innbyggere, hjem og familier"), draw_people),
    (gettext_lazy("Fyller folkeregister og boliger"), load_people),
    (gettext_lazy("Ansetter folk og åpner kontoer"), open_accounts),
)
CASES: tuple[Step, ...] = (
    (gettext_lazy("Sier hvem som tar hvilket tettsted"), share_settlements),
    (gettext_lazy("Skriver to års saker og vedtak"), write_history),
    (gettext_lazy("Forteller de navngittes egne saker"), tell_stories),
)
CAPACITY: tuple[Step, ...] = ((gettext_lazy("Regner ut timer, plasser og budsjett"), build_capacity),)
PLANS: tuple[Step, ...] = (
    (gettext_lazy("Begynner på planer og neste års priser"), begin_plans),
    (gettext_lazy("Simulerer trappa"), build_simulation),
    (gettext_lazy("Tegner gater, bakker og tilbud"), draw_walking_town),
)
STEPS = (*PEOPLE, *CASES, *CAPACITY, *PLANS)


def build(
    *, seed: int, now: datetime, progress: Progress | None = None, steps: tuple[Step, ...] = STEPS
) -> Town:
    """Builds everything or nothing. `progress` is told before each step.

    Raises:
        CannotBuild: in production, or when the database has people already.
    """
    if not settings.TRINNVIS_SYNTHETIC_IDENTITY_NUMBERS:
        raise CannotBuild(_("Eksempelkommunen kan ikke bygges i produksjon. Sett TRINNVIS_ENV til demo."))
    if Person.objects.exists():
        raise CannotBuild(_("Databasen har innbyggere fra før. Velg en tom datamappe med --data."))
    town = Town(seed, now)
    with _nothing_thrown_away(), transaction.atomic():
        for done, (title, run) in enumerate(steps):
            if progress:
                progress(str(title), done / len(steps))
            run(town)
    return town


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Without the garbage collector: it looks for seconds among rows that are all kept."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
