"""Who may adopt a price list (vedta en prisliste), and when it may begin."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from trinnvis.access.rules import ECONOMIST, MANAGER
from trinnvis.policy.model import PriceListRule

from .faults import gettext_noop as _

WHEN_SILENT: Final = frozenset({MANAGER, ECONOMIST})
"""Who adopts where the policy has no rule; then it must be another than the last editor."""
FURTHEST: Final = timedelta(days=5 * 366)


def adopters(rule: PriceListRule | None) -> frozenset[str]:
    """The roles that may adopt."""
    return frozenset(rule.roles) if rule else WHEN_SILENT


def why_not(rule: PriceListRule | None, *, roles: Collection[str], actor: int, last_editor: int) -> str:
    """Why this person may not adopt this draft; "" when they may. Account keys tell people apart."""
    if not adopters(rule) & set(roles):
        return _("Rollen din kan ikke vedta prislister. Be en som har fullmakt til det i kommunen.")
    if (rule is None or rule.two_persons) and actor == last_editor:
        return _("Du gjorde den siste endringen. En annen må vedta listen, så to har sett den.")
    return ""


def date_fault(valid_from: date, taken: Collection[date], today: date) -> str:
    """Why a list cannot begin that day; "" when it can."""
    if valid_from in taken:
        return _(
            "En annen prisliste gjelder fra denne dagen. Velg en annen dag: en vedtatt liste endres aldri."
        )
    if valid_from > today + FURTHEST:
        return _("Datoen er mer enn fem år fram. Se over årstallet.")
    if valid_from < date(2000, 1, 1):
        return _("Datoen er for langt tilbake. Se over årstallet.")
    return ""
