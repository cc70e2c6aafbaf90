"""What the criteria came to, told to the one they are about, and what else one can use after a no."""

from __future__ import annotations

from django.utils.translation import gettext as _

from trinnvis.casework.queries.decision_view import DecisionView, LineView
from trinnvis.casework.rules.criteria import Stop
from trinnvis.policy.model import DecisionKind, Policy, Service

from .content import Section
from .wording import Words, named

MOST_OFFERS = 3


def criteria(line: LineView) -> Section | None:
    """The answers about one service, and why the decision is another than they point to, when it is."""
    if not line.criteria:
        return None
    why = _("Svaret vårt er et annet enn kriteriene peker mot. Grunnen er denne: %(why)s")
    own = (
        (why % {"why": line.reason} if line.departs else line.reason) if line.granted or line.departs else ""
    )
    heading = _("Kriteriene for %(service)s") % {"service": named(line)}
    return Section(heading, (own,) if own else (), tuple(map(_told, line.criteria)))


def _told(stop: Stop) -> str:
    """The policy's words to the citizen, else question and answer without what the form adds to them."""
    said = stop.answer.letter or f"{stop.question.text} {stop.answer.label.partition(';')[0]}."
    return f"{said} {stop.reason}".strip()


def others_to_use(view: DecisionView, words: Words) -> Section | None:
    """After a no: offers that need no decision, with where to turn (veiledning, fvl § 11)."""
    refused = [line for line in view.refused_lines if not line.waits]
    offers = [offer for line in refused for offer in _offers(line.service, view.policy)]
    if not offers:
        return None
    once = tuple({offer.code: offer for offer in offers}.values())[:MOST_OFFERS]
    heading, body = words.or_else("instead", _("Dette kan du bruke nå"), _("Du trenger ikke søke."))
    return Section(heading, (body,), tuple(_offer(offer, view.policy) for offer in once))


def _offers(refused: Service, policy: Policy) -> list[Service]:
    """Those the policy names for the service, else the open ones below it on the ladder, nearest first."""
    if refused.instead:
        return [policy.service(code) for code in refused.instead]
    open_to_all = [
        service
        for service in policy.services
        if service.usable_today
        and service.decision is DecisionKind.NONE
        and service.party == refused.party
        and max(service.steps) < min(refused.steps)
    ]
    return sorted(open_to_all, key=lambda service: -max(service.steps))


def _offer(service: Service, policy: Policy) -> str:
    unit = policy.unit(service.provider)
    phone = unit.phone or policy.municipality.phone
    where = _("%(unit)s, telefon %(phone)s") % {"unit": unit.title, "phone": phone}
    return f"{service.title}: {service.how_to_start or service.summary} ({where})"
