"""What every page of own figures begins with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.access.rules import PLANNING_ROLES
from trinnvis.ownfigures.errors import NotFound
from trinnvis.ownfigures.rules.ages import ALL
from trinnvis.ownfigures.rules.codes import functions, group_titles
from trinnvis.ownfigures.rules.kinds import Kind
from trinnvis.policy.queries import NoPolicy, policy_at
from trinnvis.site.pages import actor_of_request, staff_page_for


@dataclass(frozen=True)
class Here:
    """Who looks, when, and whose figures. municipality "" before a policy is adopted."""

    actor: Actor
    now: datetime
    municipality: str
    place: str

    @property
    def who(self) -> dict[str, Any]:
        return {"actor": self.actor, "now": self.now}


def own_page(view: Callable[..., HttpResponse]) -> Any:
    """A page for planners of a municipality. What does not exist answers 404."""

    @staff_page_for(PLANNING_ROLES)
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        now: datetime = request.now  # type: ignore[attr-defined]
        try:
            held = policy_at(timezone.localdate(now)).municipality
            return view(request, Here(actor_of_request(request), now, held.code, held.name), *args, **kwargs)
        except (NotFound, NoPolicy) as missing:
            raise Http404 from missing

    return guarded


def kind_of(text: str) -> Kind:
    """
    Raises:
        Http404: there is no such table.
    """
    try:
        return Kind(text)
    except ValueError as error:
        raise Http404 from error


def title_of(kind: Kind) -> str:
    return {
        Kind.RECIPIENTS: _("Tjenestemottakere"),
        Kind.ACCOUNTS: _("Regnskap"),
        Kind.STAFF: _("Årsverk"),
    }[kind]


def about(kind: Kind) -> str:
    return {
        Kind.RECIPIENTS: _(
            "Hvor mange som hadde hver tjeneste 31. desember, etter alder, fra kommunens uttrekk til KPR. "
            "Framskrivingen regner nivået fra dem."
        ),
        Kind.ACCOUNTS: _(
            "Kroner for hver KOSTRA-funksjon og art. De legges ved siden av kronene framskrivingen regner ut."
        ),
        Kind.STAFF: _(
            "Årsverk etter enhet og yrke. De legges ved siden av årsverkene framskrivingen regner ut."
        ),
    }[kind]


def key_titles(kind: Kind, keys: tuple[str, ...]) -> list[str]:
    """The keys of a row in words."""
    if kind is Kind.RECIPIENTS:
        band = _("Alle aldre") if keys[1] == ALL else _("%(band)s år") % {"band": keys[1].replace("-", "–")}
        return [group_titles().get(keys[0], keys[0]), band]
    if kind is Kind.ACCOUNTS:
        names = {one.code: f"{one.code} {one.title}" for one in functions()}
        return [names.get(keys[0], keys[0]), keys[1]]
    return list(keys)
