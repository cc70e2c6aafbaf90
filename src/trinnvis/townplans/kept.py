"""What planners have kept of the towns, for the command line: whoever runs it holds the whole database."""

from __future__ import annotations

from django.db import connection

from trinnvis.planning.town.plans import Plan
from trinnvis.policy import messages
from trinnvis.townplans.changes import as_plan, read
from trinnvis.townplans.models import TownPlan
from trinnvis.townplans.queries import corrections, newest_versions
from trinnvis.trouble import Trouble


class Kept:
    """As `reports.town.cli.KeptPlans`. A database that is not made yet keeps nothing."""

    def __init__(self) -> None:
        self._made = TownPlan._meta.db_table in connection.introspection.table_names()

    def plan(self, named: str, town: str | None) -> tuple[str, Plan]:
        """
        Raises:
            Trouble: no such plan, or one that cannot be read.
        """
        rows = newest_versions().filter(plan__kind=TownPlan.Kind.PLAN, plan__archived_at=None)
        rows = rows.select_related("plan").order_by("-saved_at")
        every = [one for one in rows if town in (None, one.plan.base)] if self._made else []
        wanted = named.casefold()
        found = next((one for one in every if wanted in (one.name.casefold(), str(one.plan_id))), None)
        if found is None:
            names = [one.name for one in every]
            near = messages.nearest(named, names)
            hint = f"Mente du «{near}»? " if near else ""
            listed = ", ".join(f"«{name}»" for name in names)
            raise Trouble(
                f"«{named}» er verken en fil eller en lagret plan.",
                f"{hint}Lagret er {listed}." if names else "Ingen planer er lagret. Oppgi en fil (YAML).",
            )
        return found.plan.base, as_plan(read(found.changes), found.name)

    def corrections(self, town: str) -> Plan | None:
        """
        Raises:
            Trouble: they cannot be read.
        """
        held = corrections(town) if self._made else None
        return as_plan(read(held.rows), held.name) if held and held.rows else None
