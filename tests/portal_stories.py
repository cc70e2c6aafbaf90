"""The citizens' door in tests: the real policy, a clock that stands still, and Ingrid's case told in full."""

from __future__ import annotations

from decimal import Decimal

from cast import NOW, account_of, case_of
from django.test import Client
from journey import Players, approved, drafted

from trinnvis.access.actor import Actor
from trinnvis.casework import services
from trinnvis.casework.models import Case
from trinnvis.letters.models import Letter
from trinnvis.letters.services import send_decision

SERVICE, OTHER = "praktisk-bistand", "hjemmesykepleie"


def browser_of(actor: Actor) -> Client:
    """A test client where someone is logged in, reading bokmål."""
    client = Client(headers={"accept-language": "nb"})
    client.force_login(account_of(actor))
    return client


def address(case: Case, page: str = "") -> str:
    return f"/sak/{case.number}{page}"


def offered(players: Players) -> Case:
    """Ingrid's case, not an application, with an offer of clarification."""
    case = case_of(players.citizen, players.worker)
    services.offer_clarification(case.number, actor=players.worker, now=NOW)
    return case


def told(players: Players) -> Case:
    """Words of both voices, a goal with numbers, an offer, alternatives with a comment, and criteria."""
    case = drafted(players, SERVICE, OTHER)
    sara, ingrid = players.worker, players.citizen
    services.assign(number=case.number, actor=sara, now=NOW)
    services.offer_clarification(case.number, actor=sara, now=NOW)
    goal = services.write_goal(case.number, words="Gå til butikken selv", actor=ingrid, now=NOW)
    for moment, value in (("before", 4), ("after", 7)):
        services.measure(
            case.number,
            instrument="copm",
            part=copm_part(case),
            moment=moment,
            value=Decimal(value),
            measured_on=NOW.date(),
            goal_id=goal.pk,
            actor=sara,
            now=NOW,
        )
    first = case.alternatives.order_by("pk").first()
    assert first is not None
    services.comment_alternative(first.pk, text="Dette vil jeg helst.", actor=ingrid, now=NOW)
    return case


def copm_part(case: Case) -> str:
    from trinnvis.policy.queries import policy_of

    return policy_of(case.policy_id).instrument("copm").parts[0].code


def decided(players: Players) -> Letter:
    """A decision sent with its letter."""
    case = drafted(players, SERVICE, OTHER)
    approved(case, players)
    return send_decision(number=case.number, actor=players.worker, now=NOW)[0]
