"""Which units give what a decision grants, where the person lives."""

from __future__ import annotations

from trinnvis.casework.queries.decision_view import DecisionView
from trinnvis.delivery.queries.giving import units_giving
from trinnvis.policy.model import Unit


def givers(view: DecisionView) -> tuple[Unit, ...]:
    """The units that give what is granted, each once: the one that serves the home, else the policy's own."""
    home = view.person.household
    if not view.granted or home is None:
        return view.providers
    here = units_giving((line.service.code for line in view.granted), home.dwelling.settlement)
    known = {unit.code: unit for unit in view.policy.units}
    units = [known.get(here.get(line.service.code, ""), line.provider) for line in view.granted]
    return tuple({unit.code: unit for unit in units}.values())
