"""The step of the building that writes the history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from django.utils import timezone

from trinnvis.access.services import actor_of
from trinnvis.demo.receivers import OLD
from trinnvis.policy.queries import policy_version_at

from .diary import last_moment, working_days
from .plans import MUNICIPAL_STEP, Plan, Resident, plan_others, plan_receiver, plan_tenants, plan_under_way
from .telling import Office, Teller
from .writer import HistoryWriter

if TYPE_CHECKING:
    from trinnvis.demo.build import Town


LETTERS_FOR = timedelta(days=183)  # a PDF costs more than all the rest of its case; older decisions have none


def write_history(town: Town) -> None:
    tell_cases(town, plan_cases(town))


def plan_cases(town: Town) -> list[Plan]:
    """Every case of the history, in the order they came."""
    plans = _plans(town, timezone.localdate(town.now), town.rng("history"))
    return sorted(plans, key=lambda plan: (plan.received, plan.person))


def tell_cases(town: Town, plans: Sequence[Plan]) -> None:
    """Write these cases, and store them."""
    today = timezone.localdate(town.now)
    offices = _offices(town, today)
    with HistoryWriter(policy_version_at(today), town.accounts, town.now - LETTERS_FOR) as writer:
        for plan in plans:
            person = town.people[plan.person]
            office = offices(bool(plan.stop))
            rng = Random(f"{town.seed}/case/{plan.person}")
            Teller(writer, plan, person, office, last_moment(town.now), rng).tell()
        writer.write()


def _plans(town: Town, today: date, rng: Random) -> Iterator[Plan]:
    receiving = {receiver.person: receiver for receiver in town.receivers}
    residents = _residents(town)
    for receiver in town.receivers:
        yield plan_receiver(receiver, residents[receiver.person], today, rng)
    busy = receiving.keys() | town.drawn.in_cast
    old = [r for r in residents.values() if r.age >= OLD + 3 and r.place not in busy and r.housing_step <= 3]
    rng.shuffle(old)
    free = iter(old)
    tenants = [r for r in residents.values() if r.housing_step == MUNICIPAL_STEP and r.place not in busy]
    yield from plan_tenants(_one_a_home(town, tenants), today, rng)
    yield from plan_others(free, today, rng)
    yield from plan_under_way(free, lambda number: working_days(today, -number), rng)


def _residents(town: Town) -> dict[int, Resident]:
    people = town.drawn.register.people
    sizes = Counter(person.household for person in people)
    return {
        place: Resident(
            place,
            town.drawn.ages[place],
            town.drawn.dwelling_of(place).housing_step,
            alone=sizes[person.household] == 1,
        )
        for place, person in enumerate(people)
    }


def _one_a_home(town: Town, residents: list[Resident]) -> list[Resident]:
    """The oldest of each household."""
    people = town.drawn.register.people
    oldest = {people[r.place].household: r for r in sorted(residents, key=lambda r: r.age)}
    return list(oldest.values())


def _offices(town: Town, today: date) -> Callable[[bool], Office]:
    actor = {subject: actor_of(account, on=today) for subject, account in town.accounts.items()}
    long_here = tuple(actor[s] for s in ("mina", "henrik", "yasmin", "ragnhild"))
    everybody = (actor["sara"], *long_here)
    deciders = (actor["bjorn"], actor["bjorn"], actor["ragnhild"])

    def office(under_way: bool) -> Office:
        return Office(actor["jorunn"], everybody if under_way else long_here, deciders, (actor["oda"],))

    return office
