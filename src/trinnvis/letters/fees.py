"""What the citizen pays (egenandel), said of one service."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from trinnvis.casework.queries.decision_view import LineView
from trinnvis.casework.rules.answered import why_free
from trinnvis.formats import kroner
from trinnvis.policy.model import Price
from trinnvis.policy.status import Status

CERTAIN = (Status.ADOPTED, Status.IN_FORCE)  # of any other fee a letter says where the rate stands


def fee(line: LineView, on: date) -> str:
    """The fee as the answers and the price in force make it; without a price, what the description says."""
    return f"{line.service.title_in_letters}: {_said(line, on)}".strip()


def _said(line: LineView, on: date) -> str:
    if free := why_free(line.criteria):
        return free
    price = line.price
    if price is None:
        return line.service.description.price
    if not price.fee_nok or price.status not in CERTAIN:
        return price.fee_note or line.service.description.price
    return f"{kroner(price.fee_nok)} {_per(price, line)}. {price.fee_note}"


def _per(price: Price, line: LineView) -> str:
    return {
        "hour": _("per time"),
        "visit": _("per besøk"),
        "day": _("per døgn") if line.unit in ("days", "places") else _("per dag"),
        "portion": _("per porsjon"),
        "month": _("per måned"),
        "time": _("per gang"),
    }[price.per]
