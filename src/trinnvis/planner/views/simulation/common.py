"""What every page of simulations knows: who reads, when, and the municipality's own ladder and places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.access.rules import PLANNING_ROLES
from trinnvis.delivery.queries.built import built_by_step
from trinnvis.ownfigures.queries import uses_to_choose
from trinnvis.planner.forms.need import place_steps
from trinnvis.planner.forms.simulation import Here
from trinnvis.planning.ladder.interventions import scenarios
from trinnvis.planning.ladder.simulation import AS_TODAY
from trinnvis.policy.model import Policy
from trinnvis.policy.queries import NoPolicy, policy_at
from trinnvis.scenarios.computing import library_here
from trinnvis.simulations.document import PERSONS
from trinnvis.simulations.errors import NotFound
from trinnvis.simulations.pictures.fans import SLUGS
from trinnvis.simulations.pictures.shown import Shown
from trinnvis.simulations.queries import Finished, finished
from trinnvis.site.pages import actor_of_request

MEASURES: Mapping[str, str] = {slug: measure for measure, slug in SLUGS.items()}


@dataclass(frozen=True)
class Reader:
    actor: Actor
    now: datetime
    policy: Policy | None

    @property
    def may_run(self) -> bool:
        return self.actor.has_role(*PLANNING_ROLES)

    @property
    def step_names(self) -> dict[int, str]:
        """Titles of the municipality's own steps; nothing before a policy is adopted."""
        if self.policy is None:
            return {}
        return {step.number: step.title for step in self.policy.effort_ladder.steps}


def reader_of(request: HttpRequest) -> Reader:
    now: datetime = request.now  # type: ignore[attr-defined]
    try:
        policy = policy_at(timezone.localdate(now))
    except NoPolicy:
        policy = None
    return Reader(actor_of_request(request), now, policy)


def here_of(reader: Reader, revision: int | None = None) -> Here:
    """What the form is made from. revision: of own recipients, asked for by the form or an earlier order."""
    held = library_here()
    used = sorted({part.step for service in held.basis.services for part in service.steps})
    names = reader.step_names
    steps = {0: _("Ingen tjeneste")}
    for step in used:
        steps[step] = f"{step}. {names[step]}" if step in names else _("Trinn %(number)d") % {"number": step}
    policy = reader.policy
    places = built_by_step(reader.actor, policy, timezone.localdate(reader.now)) if policy else {}
    shipped = {name: scenario for name, scenario in scenarios().items() if name != AS_TODAY}
    own = policy.municipality.code if policy else ""
    return Here(own, places, steps, tuple(place_steps(held)), shipped, tuple(uses_to_choose(own, revision)))


def finished_or_404(reader: Reader, pk: int) -> Finished:
    try:
        return finished(reader.actor, pk, reader.now)
    except NotFound:
        raise Http404 from None


def shown_of(reader: Reader, found: Finished, scenario: str = "") -> Shown:
    """The result with the scenario the address names, or the last one.

    Raises:
        Http404: it has no such scenario.
    """
    answer, order = found.answer, found.run.order
    outcome = answer.outcome(scenario) if scenario else answer.outcomes[-1]
    if outcome is None:
        raise Http404
    names = reader.step_names
    fits = set(answer.steps[1:]) <= set(names)
    return Shown(answer, outcome, order.places, order.places_source, names if fits else {})


def measure_of(slug: str) -> str:
    """
    Raises:
        Http404: there is no such measure.
    """
    if not slug:
        return PERSONS
    if slug not in MEASURES:
        raise Http404
    return MEASURES[slug]
