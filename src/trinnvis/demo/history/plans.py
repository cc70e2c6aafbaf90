"""What the history shall hold: for each citizen what they get, since when, and how it went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from trinnvis.demo.receivers import HOME_CARE, LONG_TERM, OLD, Receiver

from .texts import care

QUARTER = Decimal("0.25")
GROWN = 18
HOME_STEPS = (1, 2, 2)  # what people lived in before they moved to a place
MUNICIPAL_STEP = 3  # of Lunner's housing ladder
LEASE_MONTHS = 36
REVIEW_DAYS, PLACE_REVIEW_DAYS = 365, 730
OLDEST, NEWEST = 715, 40  # days ago the first enquiries of the history came


@dataclass(frozen=True)
class Grant:
    service: str
    amount: Decimal


@dataclass(frozen=True)
class Round:
    """From an enquiry, or a review, to a decision.

    `change`: first, same, up, down or move (a key in the texts).
    `days`: how long the help lasts, None until further notice; `review_days`: when it is looked at again.
    """

    received: date
    housing_step: int
    kind: str = "grant"
    change: str = "first"
    grants: tuple[Grant, ...] = ()
    refused: str = ""  # a service that is not granted
    days: int | None = None
    review_days: int = REVIEW_DAYS


@dataclass(frozen=True)
class Plan:
    """One case. `person`: place in the register. `level`: need, 1 some, 2 medium, 3 extensive.

    `clarification`: skipped, declined or ended, or offered, running for a case under way. `stop`: the stage
    at which a case under way stands, "" when it is decided. `closes`: why it is closed (a key in the texts).
    """

    person: int
    profile: str
    level: int
    rounds: tuple[Round, ...]
    alone: bool = True
    clarification: str = "skipped"
    stop: str = ""
    closes: str = ""
    returned: bool = False
    quick: bool = False

    @property
    def received(self) -> date:
        return self.rounds[0].received


@dataclass(frozen=True)
class Resident:
    """What the planning needs to know of someone in the register."""

    place: int
    age: int
    housing_step: int
    alone: bool


def plan_receiver(receiver: Receiver, who: Resident, today: date, rng: Random) -> Plan:
    """The case behind the services one receives today."""
    profile, grants, level = _grants(receiver, who, rng)
    bounded = any(_is_stay(grant.service) for grant in grants)
    ago = round(rng.triangular(NEWEST, OLDEST, 200))
    first = Round(today - timedelta(days=ago), who.housing_step, grants=grants)
    if receiver.group == LONG_TERM or receiver.in_staffed_housing:
        rounds = _moved_in(replace(first, review_days=PLACE_REVIEW_DAYS), ago, who, rng)
    elif bounded:
        first = replace(first, received=today - timedelta(days=rng.randint(NEWEST, 320)), days=364)
        rounds = (first,)
    elif ago > REVIEW_DAYS + 35:
        rounds = _reviewed(first, ago, today, rng)
    else:
        rounds = (first,)
    if not bounded and len(rounds) == 1 and rng.random() < 0.09:
        rounds = (replace(first, kind="part", refused=_refusable(grants, rng)),)
    return Plan(
        person=who.place,
        profile=profile,
        level=level,
        rounds=rounds,
        alone=who.alone,
        clarification=rng.choices(("skipped", "declined", "ended"), (74, 12, 14))[0]
        if level < 3
        else "skipped",
        returned=rng.random() < 0.06,
    )


def _grants(receiver: Receiver, who: Resident, rng: Random) -> tuple[str, tuple[Grant, ...], int]:
    """Profile, what is granted today, and the level of need."""
    data = care()
    young = "young" if who.age < OLD else "old"
    if receiver.in_staffed_housing:
        row = data["staffed"][young]
        place, hours = Grant(row["place"], Decimal(1)), Grant(row["hours"], receiver.hours_per_week)
        return rng.choice(row["profiles"]), (place, hours), 3
    if receiver.group == HOME_CARE:
        return _at_home(receiver, who, data["home"][young], rng)
    group = f"{receiver.group}_child" if who.age < GROWN else receiver.group
    row = data["groups"][group]
    service = row["service"]
    special = data["special_places"]
    if receiver.group == LONG_TERM and who.place % special["every"] == 0:
        service = special["service"]
    grant = Grant(service, Decimal(rng.choice(row["amounts"])))
    level = (
        3 if receiver.group == LONG_TERM or row["profiles"] == ["barn"] else 1 + (receiver.group == "relief")
    )
    return rng.choice(row["profiles"]), (grant,), level


def _at_home(
    receiver: Receiver, who: Resident, kinds: dict[str, Any], rng: Random
) -> tuple[str, tuple[Grant, ...], int]:
    data, hours = care(), receiver.hours_per_week
    profile = rng.choices(list(kinds), [kind["share"] for kind in kinds.values()])[0]
    services = kinds[profile]["hours"]
    if "day_activity" in receiver.besides or "medicine_dispenser" in receiver.besides:
        profile, services = "demens", data["home"]["old"]["demens"]["hours"]
    if who.age < OLD and hours >= data["bpa_from_hours"]:
        profile, services = "ulykke", ["bpa"]
    if len(services) == 1 or hours < data["two_services_from_hours"]:
        grants = [Grant(services[0], hours)]
    else:
        first = max(QUARTER, (hours * Decimal(str(data["split"][0])) / QUARTER).to_integral_value() * QUARTER)
        grants = [Grant(services[0], first), Grant(services[1], hours - first)]
    for code in receiver.besides:
        row = data["besides"][code]
        grants.append(Grant(row["service"], Decimal(rng.choice(row["amounts"]))))
    extra = data["technology"]
    if profile == extra["profile"] and rng.random() < extra["share"]:
        grants.append(Grant(rng.choice(extra["services"]), Decimal(1)))
    return profile, tuple(grants), 1 + (hours >= 2) + (hours >= 7)


def _moved_in(place: Round, ago: int, who: Resident, rng: Random) -> tuple[Round, ...]:
    """A place in housing or institution, for half of the old after a time with help at home."""
    before = rng.choice(HOME_STEPS)
    if ago > 380 or who.age < OLD or rng.random() < 0.5:
        return (replace(place, housing_step=before),)
    start = place.received - timedelta(days=rng.randint(120, min(300, OLDEST - ago)))
    hours = Decimal(rng.randint(12, 40)) * QUARTER
    at_home = Round(start, before, grants=(Grant("hjemmesykepleie", hours),), days=-1)
    return at_home, replace(place, housing_step=before, change="move")


def _reviewed(last: Round, ago: int, today: date, rng: Random) -> tuple[Round, ...]:
    """Looked at again after a year: as before, more or less; what is given today is the last."""
    change = rng.choices(("same", "up", "down"), (45, 35, 20))[0]
    factor = {"same": Decimal(1), "up": Decimal("0.6"), "down": Decimal("1.5")}[change]
    hourly = care()["home_care"]
    before = tuple(
        Grant(g.service, max(QUARTER, (g.amount * factor / QUARTER).to_integral_value() * QUARTER))
        if g.service in hourly
        else g
        for g in last.grants
    )
    again = today - timedelta(days=ago - REVIEW_DAYS + rng.randint(0, 20))
    return replace(last, grants=before), replace(last, received=again, change=change)


def _refusable(grants: tuple[Grant, ...], rng: Random) -> str:
    given = {grant.service for grant in grants}
    return rng.choice([s for s in ("matombringing", "trygghetsalarm", "praktisk-bistand") if s not in given])


def _is_stay(service: str) -> bool:
    return service in ("avlastning-institusjon", "korttid-annet", "korttid-utredning", "rehabilitering-dogn")


def plan_tenants(tenants: list[Resident], today: date, rng: Random) -> Iterator[Plan]:
    """The leases of those who rent from the municipality."""
    for who in tenants:
        lease = Grant("kommunal-utleiebolig", Decimal(LEASE_MONTHS))
        one = Round(
            today - timedelta(days=rng.randint(NEWEST, OLDEST)),
            rng.choice(HOME_STEPS),
            grants=(lease,),
            days=LEASE_MONTHS * 30,
            review_days=PLACE_REVIEW_DAYS,
        )
        yield Plan(who.place, "psykisk", 1, (one,), who.alone)


OVER = (  # profile, service, amounts, days, how many
    ("slag", "rehabilitering-dogn", (21, 28), None, 8),
    ("hofte", "korttid-annet", (10, 14, 21), None, 16),
    ("alder", "korttid-utredning", (14,), None, 8),
    ("hofte", "hverdagsrehabilitering", (8, 12), 42, 22),
    ("sar", "hjemmesykepleie", (1, 2), 84, 16),
)
REFUSED = (
    ("alder", "praktisk-bistand", 6),
    ("demens", "langtidsplass", 5),
    ("alder", "omsorgsbolig-dogn", 4),
    ("syn", "trygghetsalarm", 3),
    ("alder", "matombringing", 3),
    ("hjerte", "medisindispenser", 3),
)
ADVICE = (("alder", 16), ("hofte", 6), ("demens", 4))


def plan_others(free: Iterator[Resident], today: date, rng: Random) -> Iterator[Plan]:
    """Cases of people who receive nothing today: help that is over, refusals, advice."""

    def some_day(newest: int) -> date:
        return today - timedelta(days=rng.randint(newest, OLDEST))

    for profile, service, amounts, days, number in OVER:
        for who in _take(free, number):
            amount = Decimal(rng.choice(amounts))
            lasts = days or int(amount) - 1
            one = Round(some_day(lasts + 60), who.housing_step, grants=(Grant(service, amount),), days=lasts)
            trained = service == "hverdagsrehabilitering" and rng.random() < 0.5
            how = "ended" if trained else "skipped"
            yield Plan(who.place, profile, 2, (one,), who.alone, how, closes="ended")
    for profile, service, number in REFUSED:
        for who in _take(free, number):
            one = Round(some_day(NEWEST), who.housing_step, kind="refusal", refused=service)
            yield Plan(who.place, profile, 1, (one,), who.alone, closes="refused_closed")
    for profile, number in ADVICE:
        for who in _take(free, number):
            one = Round(some_day(15), who.housing_step, kind="advice")
            yield Plan(who.place, profile, 1, (one,), who.alone, closes="advice_closed")


# Cases under way: where they stand, how many, and how many working days ago they came (shortest, longest).
UNDER_WAY = (
    ("offered", "offered", 4, 3, 8),
    ("running", "running", 7, 5, 22),
    ("heard", "skipped", 4, 7, 11),
    ("assessing", "declined", 6, 8, 14),
    ("assessed", "skipped", 3, 10, 13),
    ("compared", "skipped", 4, 12, 16),
    ("chosen", "ended", 3, 13, 19),
    ("drafted", "skipped", 3, 14, 18),
    ("returned", "skipped", 2, 18, 22),
    ("submitted", "skipped", 5, 15, 19),
    ("approved", "skipped", 3, 17, 20),
)
ASKED_FOR = (
    ("alder", "praktisk-bistand", 2),
    ("hofte", "praktisk-bistand", 3),
    ("hjerte", "hjemmesykepleie", 3),
    ("kols", "hjemmesykepleie", 2),
    ("demens", "dagaktivitet-demens", 2),
    ("parkinson", "hjemmesykepleie", 4),
    ("alder", "trygghetsalarm", 1),
    ("slag", "rehabilitering-dogn", 21),
    ("syn", "praktisk-bistand", 1),
)


def plan_under_way(free: Iterator[Resident], working_day: Any, rng: Random) -> Iterator[Plan]:
    """Cases that are being worked on. `working_day(n)`: the date n working days ago."""
    for stop, clarification, number, shortest, longest in UNDER_WAY:
        for place, who in enumerate(_take(free, number)):
            profile, service, amount = rng.choice(ASKED_FOR)
            if clarification in ("running", "ended", "declined"):
                profile, service, amount = "hofte", "praktisk-bistand", 2
            days = amount - 1 if _is_stay(service) else None
            came = working_day(rng.randint(shortest, longest))
            grants = (Grant(service, Decimal(amount)),)
            one = Round(came, who.housing_step, grants=grants, days=days)
            yield Plan(
                *(who.place, profile, 2, (one,), who.alone, clarification),
                stop=stop,
                returned=stop == "returned",
                quick=place % 2 == 0,
            )


def _take(free: Iterator[Resident], number: int) -> Iterator[Resident]:
    return (next(free) for _ in range(number))
