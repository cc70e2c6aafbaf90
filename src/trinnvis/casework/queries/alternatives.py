"""The alternatives of a case: compared with hours and kroner by staff, read in words by the citizen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from trinnvis.access.actor import Actor
from trinnvis.casework.errors import Refused
from trinnvis.casework.models import Alternative, AlternativeLine, Case, Decision
from trinnvis.casework.rules.actions import NEED_WRITTEN, WORKERS
from trinnvis.casework.rules.answered import why_free
from trinnvis.casework.rules.lines import Line
from trinnvis.policy.model import AmountUnit, Policy, Service, Step
from trinnvis.policy.queries import policy_of
from trinnvis.pricing.queries import priced
from trinnvis.resources import Compared, calculate, compare

from .actions import Possible
from .criteria import criteria_walks
from .state import state_of
from .visible import worn_hats


@dataclass(frozen=True)
class AmountView:
    """One line in words: no hours of work and no kroner."""

    service: Service
    step: Step
    line: Line

    @property
    def unit(self) -> AmountUnit:
        return AmountUnit(self.line.unit)


@dataclass(frozen=True)
class AlternativeView:
    """An alternative as anyone in the case may read it."""

    id: int
    title: str
    why: str
    citizen_view: str
    is_chosen: bool
    chosen_why: str
    written_by: str
    written_at: datetime
    withdrawn: bool
    lines: tuple[AmountView, ...]

    @property
    def steps(self) -> tuple[int, ...]:
        return tuple(sorted({line.step.number for line in self.lines}))


@dataclass(frozen=True)
class ComparedAlternative:
    """An alternative with its figures, its steps and its difference to the first."""

    alternative: AlternativeView
    figures: Compared


@dataclass(frozen=True)
class Comparison:
    """The active alternatives side by side, in the order written: nothing ranks or recommends.

    `on`: the day whose prices the figures per week and per year use.
    """

    on: date
    alternatives: tuple[ComparedAlternative, ...]
    withdrawn: tuple[AlternativeView, ...]
    price_years: tuple[int, ...]
    statuses: tuple[str, ...]
    sources: tuple[str, ...]


def comparison(case: Case, actor: Actor, now: datetime, *, possible: Possible | None = None) -> Comparison:
    """The comparison with hours and kroner, for those who work with the case, once the need is written.

    `possible`: what the actor may do now, when that is read already.

    Raises:
        Refused: the assessment is not complete, or the actor is not one who weighs alternatives.
    """
    if not (possible.hats if possible else worn_hats(case, actor, now)) & WORKERS:
        raise Refused(gettext("Rollen din kan ikke gjøre dette i denne saken."))
    if not NEED_WRITTEN.holds(possible.state if possible else state_of(case), actor):
        raise Refused(gettext(NEED_WRITTEN.why_not))
    views = _views(case, policy_of(case.policy_id))
    active = [view for view in views if not view.withdrawn]
    policy = priced(policy_of(case.policy_id), _priced_at(case, active, now))
    on = timezone.localtime(now).date()
    walks = criteria_walks(case, (each.line.service for view in active for each in view.lines))
    free = {service for service, walk in walks.items() if why_free(walk.path)}
    results = [
        calculate([each.line.priced(free=each.line.service in free) for each in view.lines], policy, on)
        for view in active
    ]
    figures = compare(results)
    return Comparison(
        on=on,
        alternatives=tuple(ComparedAlternative(*pair) for pair in zip(active, figures, strict=True)),
        withdrawn=tuple(view for view in views if view.withdrawn),
        price_years=tuple(sorted({year for result in results for year in result.price_years})),
        statuses=tuple(sorted({status for result in results for status in result.statuses})),
        sources=tuple(sorted({source for result in results for source in result.sources})),
    )


def _priced_at(case: Case, active: Sequence[AlternativeView], now: datetime) -> datetime:
    """Now while alternatives are weighed; once it is decided, the moment the decision was sent.

    A case is judged by the price list of its date: one adopted later does not change what was chosen from.
    """
    sent = case.decisions.filter(state=Decision.State.SENT).aggregate(last=Max("sent_at"))["last"]
    if sent is None or any(view.written_at > sent for view in active):
        return now
    return cast(datetime, sent)


def alternatives_in_words(case: Case) -> tuple[AlternativeView, ...]:
    """The active alternatives without hours of work and kroner: what the citizen reads and comments on."""
    return tuple(view for view in _views(case, policy_of(case.policy_id)) if not view.withdrawn)


def _views(case: Case, policy: Policy) -> tuple[AlternativeView, ...]:
    rows = case.alternatives.select_related("written_by").prefetch_related("lines")
    return tuple(_view(row, policy) for row in rows)


def _view(row: Alternative, policy: Policy) -> AlternativeView:
    lines = sorted(row.lines.all(), key=lambda line: line.pk)
    return AlternativeView(
        id=row.pk,
        title=row.title,
        why=row.why,
        citizen_view=row.citizen_view,
        is_chosen=row.is_chosen,
        chosen_why=row.chosen_why if row.is_chosen else "",
        written_by=row.written_by.name,
        written_at=row.written_at,
        withdrawn=row.withdrawn_at is not None,
        lines=tuple(
            AmountView(policy.service(line.service), policy.step(line.step), _line(line)) for line in lines
        ),
    )


def _line(row: AlternativeLine) -> Line:
    return Line(row.service, row.step, row.amount, row.unit, row.starts_on, row.ends_on)
