"""What a page about a persona asks for, priced: read once, for pages and files alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from trinnvis.access.rules import PLAN_READERS
from trinnvis.figures.shapes import Figure
from trinnvis.keeping import NotFound
from trinnvis.personas.queries import Held, held
from trinnvis.planner.forms.pathways import TryForm
from trinnvis.planning.pathways.comparing import Comparison, compare
from trinnvis.planning.pathways.living import Spread, spreads
from trinnvis.planning.pathways.pricing import PriceList
from trinnvis.policy.model import Policy
from trinnvis.policy.queries import policy_at
from trinnvis.pricing.queries import priced
from trinnvis.reports.pathways import figures
from trinnvis.scenarios.computing import library_here
from trinnvis.site.pages import actor_of_request, staff_page_for
from trinnvis.trouble import Trouble

P = ParamSpec("P")


def pathway_page(
    roles: frozenset[str] = PLAN_READERS,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]
]:
    """A page for these roles, where a persona there is not, or may not be known of, answers 404."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def looked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except NotFound:
                raise Http404 from None

        return staff_page_for(roles)(looked)

    return decorate


@dataclass(frozen=True)
class Asked:
    """found: None where the persona does not fit the policy, or what was typed cannot be computed."""

    held: Held
    form: TryForm | None
    found: Comparison | None

    @property
    def query(self) -> str:
        return self.form.query if self.form else ""


def ask(request: HttpRequest, key: str, revision: int | None = None) -> Asked:
    """
    Raises:
        NotFound: there is no such persona.
    """
    policy = policy_of(request)
    one = held(actor_of_request(request), key, policy, revision)
    if one.persona is None:
        return Asked(one, None, None)
    prices = PriceList.at(policy, today_of(request))
    written = compare(one.persona, prices)
    form = TryForm(request.GET if request.GET else None, found=written)
    if not form.is_bound:
        return Asked(one, form, written)
    if not form.is_valid():
        return Asked(one, form, None)
    try:
        return Asked(one, form, compare(one.persona, prices, form.choices))
    except Trouble as trouble:
        form.add_error(None, f"{trouble} {trouble.remedy}".strip())
        return Asked(one, form, None)


def figures_of(found: Comparison) -> tuple[Figure, ...]:
    """Every figure, with those of the persona as many where the ladder model knows the municipality."""
    return figures(found, lives_of(found))


def lives_of(found: Comparison) -> tuple[Spread, ...]:
    try:
        return spreads(found, library_here().basis)
    except Trouble:
        return ()


def policy_of(request: HttpRequest) -> Policy:
    """Today's policy with the prices of the adopted lists."""
    return priced(policy_at(today_of(request)), now_of(request))


def today_of(request: HttpRequest) -> date:
    return timezone.localdate(now_of(request))


def now_of(request: HttpRequest) -> datetime:
    now: datetime = request.now  # type: ignore[attr-defined]
    return now
