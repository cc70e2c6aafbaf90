"""What the planners have begun: scenario sets to compare, and next year's prices as a draft with an index."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.access.services import actor_of
from trinnvis.planning.demand.choices import Choices
from trinnvis.planning.demand.shipped import national
from trinnvis.policy.queries import policy_at
from trinnvis.pricing.queries import policy_book
from trinnvis.pricing.services import create_draft, import_index
from trinnvis.scenarios.services import create_set

if TYPE_CHECKING:
    from trinnvis.demo.build import Town


def begin_plans(town: Town) -> None:
    today = timezone.localdate(town.now)
    _scenario_sets(policy_at(today).municipality.code, _who(town, "planke", today))
    who = _who(town, "tor", today)
    _index(who)
    _draft(today, who)


def _who(town: Town, subject: str, today: date) -> dict[str, Any]:
    actor: Actor = actor_of(town.accounts[subject], on=today)
    return {"actor": actor, "now": town.now}


def _scenario_sets(code: str, who: dict[str, Any]) -> None:
    create_set(
        name=_("Utviklingen fortsetter"),
        note=_("Eksempel: det som har truffet best når det er prøvd mot årene etter 2019."),
        choices=Choices(code, scenarios=("trend",)),
        **who,
    )
    create_set(
        name=_("Dreining og tidligere boligskifte"),
        note=_("Eksempel: virkningene er antakelser kommunen må sette selv."),
        choices=Choices(code, scenarios=("trend", "dreining", "housing")),
        **who,
    )


def _index(who: dict[str, Any]) -> None:
    """Published figures, so that prices can be converted; a municipality may prefer the deflator."""
    levels = sorted(national()["kr_per_stay_day"].items())
    import_index(
        title=_("Utgift per oppholdsdøgn i institusjon, landet"),
        source=_("SSB KOSTRA 12209, kroner per døgn {first}–{last}. {last} er foreløpig").format(
            first=levels[0][0], last=levels[-1][0]
        ),
        licence="CC BY 4.0",
        rows=[
            (line, {"år": str(year), "indeks": f"{level:g}"}) for line, (year, level) in enumerate(levels, 2)
        ],
        **who,
    )


def _draft(today: date, who: dict[str, Any]) -> None:
    book = policy_book(policy_at(today), today)
    title = _("Priser %(year)d") % {"year": today.year + 1}
    create_draft(title=title, rows=book.rows, made_from=book.name, **who)
