"""Next of kin, mandates and consents, drawn from who lives with and descends from whom (shares: examples)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from trinnvis.demo.cast import TIES, CastTie
from trinnvis.demo.draft import Citizen, Home
from trinnvis.demo.figures import POPULATION_DATE
from trinnvis.demo.kinship import OLD
from trinnvis.people.loading import ConsentFacts, KinFacts, MandateFacts
from trinnvis.people.rules import last_day_as_minor

ALL_SCOPES = ("read", "contact", "write")
NOON = datetime(POPULATION_DATE.year, POPULATION_DATE.month, POPULATION_DATE.day, 11, tzinfo=UTC)
HAS_ATTORNEY, EXPIRED, REVOKED = (
    0.12,
    0.1,
    0.08,
)  # of those 80 and older with grown children; of those mandates
SHARES = 0.3  # of the old with next of kin
DISTANT = {"female": ("niese", "søster", "nabo", "venn"), "male": ("nevø", "bror", "nabo", "venn")}


@dataclass
class Ties:
    """The ties so far; people are named by their place in the register."""

    place: dict[Citizen, int]
    kin: dict[tuple[int, int], KinFacts] = field(default_factory=dict)
    mandates: list[MandateFacts] = field(default_factory=list)
    consents: list[ConsentFacts] = field(default_factory=list)
    with_kin: dict[int, int] = field(default_factory=dict)  # person → nearest

    def relate(self, person: Citizen, relative: Citizen, relation: str) -> None:
        """The first relative somebody names is the nearest; one named twice is kept as first named."""
        pair = self.place[person], self.place[relative]
        nearest = self.with_kin.setdefault(*pair) == pair[1]
        self.kin.setdefault(pair, KinFacts(*pair, relation, nearest))

    def consent(self, person: int, to_person: int, given_at: datetime) -> None:
        self.consents.append(
            ConsentFacts(person, "share_with_next_of_kin", "muntlig ved hjemmebesøk", given_at, to_person)
        )


def draw_ties(citizens: list[Citizen], homes: Iterable[Home], rng: Random) -> Ties:
    """All ties of the municipality; the cast's own first."""
    ties = Ties({citizen: place for place, citizen in enumerate(citizens)})
    by_name = {citizen.given_name: citizen for citizen in citizens if citizen.in_cast}
    for tie in TIES:
        _tie_cast(ties, tie, by_name)
    strangers = [citizen for citizen in citizens if 30 <= citizen.age < OLD and not citizen.in_cast]
    for home in homes:
        for citizen in home.members:
            if citizen.partner and citizen.age >= OLD:
                ties.relate(citizen, citizen.partner, "ektefelle" if citizen.married else "samboer")
            if citizen.age < 18:
                _tie_parents(ties, citizen)
    for citizen in citizens:
        for parent in citizen.parents:
            if parent.age >= OLD:
                ties.relate(parent, citizen, "datter" if citizen.sex == "female" else "sønn")
                _attorney(ties, parent, citizen, rng)
    for citizen in citizens:
        if citizen.age >= OLD and ties.place[citizen] not in ties.with_kin and rng.random() < 0.7:
            other = rng.choice(strangers)
            ties.relate(citizen, other, rng.choice(DISTANT[other.sex]))
    _consents(ties, citizens, rng)
    return ties


def _tie_cast(ties: Ties, tie: CastTie, by_name: dict[str, Citizen]) -> None:
    person, relative = by_name[tie.person], by_name[tie.relative]
    ties.relate(person, relative, tie.relation)
    pair = ties.place[person], ties.place[relative]
    if tie.mandate:
        since = (NOON - timedelta(days=400)).date()
        ties.mandates.append(MandateFacts(*pair, tie.mandate, tie.scopes, since))
    if tie.shares:
        ties.consent(*pair, NOON - timedelta(days=200))


def _tie_parents(ties: Ties, child: Citizen) -> None:
    for parent in child.parents:
        ties.relate(child, parent, "mor" if parent.sex == "female" else "far")
        ties.mandates.append(
            MandateFacts(
                ties.place[child],
                ties.place[parent],
                "parent",
                ALL_SCOPES,
                child.birth_date,
                last_day_as_minor(child.birth_date),
            )
        )


def _attorney(ties: Ties, parent: Citizen, child: Citizen, rng: Random) -> None:
    """Some of the oldest have given a grown child power of attorney, for good or for a time."""
    if parent.age < 80 or parent.in_cast or rng.random() >= HAS_ATTORNEY:
        return
    since = NOON - timedelta(days=rng.randint(100, 1500))
    outcome = rng.random()
    ties.mandates.append(
        MandateFacts(
            ties.place[parent],
            ties.place[child],
            "power_of_attorney",
            rng.choice((ALL_SCOPES, ("read", "contact"))),
            since.date(),
            (since + timedelta(days=60)).date() if outcome < EXPIRED else None,
            since + timedelta(days=80) if EXPIRED <= outcome < EXPIRED + REVOKED else None,
        )
    )


def _consents(ties: Ties, citizens: list[Citizen], rng: Random) -> None:
    for citizen in citizens:
        place = ties.place[citizen]
        if citizen.age < OLD or citizen.in_cast or place not in ties.with_kin:
            continue
        if rng.random() < SHARES:
            ties.consent(place, ties.with_kin[place], NOON - timedelta(days=rng.randint(1, 700)))
