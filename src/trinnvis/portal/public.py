"""What the public pages show of the adopted policy: services to look among, both ladders, the promises."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from trinnvis.policy.model import (
    AmountUnit,
    DeadlineRule,
    DecisionFlag,
    DecisionKind,
    LegalBasis,
    Policy,
    Price,
    Service,
    Step,
)
from trinnvis.site.ladder_figure import Drawing, HousingStepView, Link, StepView, draw

from .wording import PRICE_PER


@dataclass(frozen=True)
class Looking:
    """What someone looks for among the services."""

    words: str = ""
    step: int | None = None
    theme: str = ""
    today: bool = False

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.step or self.theme or self.today)


def service_url(service: Service) -> str:
    return reverse("portal:service", args=[service.code])


def theme_of(policy: Policy, service: Service) -> str:
    """The sector of the unit that gives the service."""
    return policy.unit(service.provider).sector


def themes(policy: Policy) -> tuple[str, ...]:
    return tuple(sorted({theme_of(policy, service) for service in policy.services}))


def found(policy: Policy, looking: Looking) -> tuple[Service, ...]:
    """The services that match everything looked for."""
    wanted = looking.words.casefold().split()
    return tuple(
        service
        for service in policy.services
        if (looking.step is None or looking.step in service.steps)
        and (not looking.theme or theme_of(policy, service) == looking.theme)
        and (not looking.today or service.usable_today)
        and all(word in _text(policy, service) for word in wanted)
    )


def _text(policy: Policy, service: Service) -> str:
    """Everything a citizen might search a service by, in lower case."""
    told = service.description
    parts = (
        service.title,
        *service.also_called,
        service.summary,
        told.goal,
        told.who,
        *told.covered,
        policy.unit(service.provider).title,
        theme_of(policy, service),
    )
    return " ".join(parts).casefold()


def as_on_step(service: Service, step: Step) -> bool:
    """Whether the step's own words about decisions (vedtak) say how one gets this service."""
    said = {
        DecisionFlag.NONE: {DecisionKind.NONE},
        DecisionFlag.MIXED: set(),
        DecisionFlag.REQUIRED: {DecisionKind.INDIVIDUAL, DecisionKind.INDIVIDUAL_OVER_TWO_WEEKS},
    }
    return service.decision in said[step.decision]


def by_step(policy: Policy, services: Iterable[Service]) -> tuple[tuple[Step, tuple[Service, ...]], ...]:
    """The services under the lowest step each stands on, steps from the lowest up."""
    chosen = tuple(services)
    groups = (
        (step, tuple(service for service in chosen if min(service.steps) == step.number))
        for step in policy.effort_ladder.steps
    )
    return tuple(group for group in groups if group[1])


def usable_today(policy: Policy) -> tuple[Service, ...]:
    """The offers one can use without asking, from the lowest step up."""
    offers = (service for service in policy.services if service.usable_today)
    return tuple(sorted(offers, key=lambda service: min(service.steps)))


def drawing(policy: Policy) -> Drawing:
    """Both ladders as citizens see them: no counts."""
    effort = [
        StepView(
            number=step.number,
            title=step.title,
            caption=step.caption,
            decision=step.decision.value,
            url=f"#om-trinn-{step.number}",
            services=tuple(Link(s.title, service_url(s)) for s in policy.services_on(step.number)),
            usual_housing=step.usual_housing,
            note=step.band,
        )
        for step in policy.effort_ladder.steps
    ]
    housing = [
        HousingStepView(step.number, step.title, step.caption, f"#om-boligtrinn-{step.number}")
        for step in policy.housing_ladder.steps
    ]
    return draw(
        effort,
        housing,
        effort_title=policy.effort_ladder.title,
        housing_title=policy.housing_ladder.title,
    )


@dataclass(frozen=True)
class Bar:
    """One step of the small picture of the ladder, in the picture's own units."""

    x: int
    y: int
    height: int


BAR, RISE = 12, 6  # the width of a bar, and how much higher each is than the last


def teaser(policy: Policy) -> dict[str, object]:
    """A small picture of the ladder of effort with as many steps as it has."""
    count = len(policy.effort_ladder.steps)
    height = RISE * (count + 1)
    bars = [Bar(BAR * n, height - RISE * (n + 2), RISE * (n + 2)) for n in range(count)]
    return {"bars": bars, "width": BAR * count, "height": height, "bar": BAR - 1, "count": count}


def promises(policy: Policy, on: date) -> dict[str, DeadlineRule]:
    """The deadline rule of each kind of need that has one on a date, by the need's code."""
    rules = {rule.code: rule for rule in policy.deadlines if rule.is_valid(on)}
    return {need.code: rules[need.deadline] for need in policy.needs if need.deadline in rules}


def laws_of(policy: Policy, service: Service, on: date) -> tuple[LegalBasis, ...]:
    valid = {basis.code: basis for basis in policy.legal_bases if basis.is_valid(on)}
    return tuple(valid[code] for code in service.legal_bases if code in valid)


@dataclass(frozen=True)
class Fee:
    """What the citizen pays; never what the service costs the municipality."""

    price: Price
    per: str

    @property
    def is_known(self) -> bool:
        return self.price.fee_nok > 0


def fee_of(policy: Policy, service: Service, on: date) -> Fee | None:
    """The fee in force on a date, or None where the policy has no price for the service."""
    price = policy.price(service.code, AmountUnit(service.unit), on)
    return Fee(price, _(PRICE_PER[price.per])) if price else None
