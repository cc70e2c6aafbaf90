"""Which units a case can be given to: known to the policy, and with someone there who sees it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from trinnvis.access.queries import units_handling
from trinnvis.policy.model import Policy, Unit


def receiving_units(policy: Policy, *, on: date) -> tuple[Unit, ...]:
    """The policy's units where someone handles cases on a date, in the policy's order."""
    handling = units_handling(on=on)
    return tuple(unit for unit in policy.units if unit.code in handling)


def cannot_receive(code: str | None, policy: Policy, *, on: date) -> str:
    """Why a unit cannot be given a case, in words for its field; "" when it can."""
    known = {unit.code: unit.title for unit in policy.units}
    if code not in known:
        return _("Velg hvilken enhet som skal svare.")
    if code not in units_handling(on=on):
        told = _("Ingen i %(unit)s arbeider med saker her, så ingen ville se saken. Velg en annen enhet.")
        return told % {"unit": known[code]}
    return ""
