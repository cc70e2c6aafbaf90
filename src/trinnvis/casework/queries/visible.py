"""Which cases an actor may see: `access.rules.CASE_RULES` as filters, for lists and single cases alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from trinnvis.access.actor import Actor
from trinnvis.access.rules import CASE_RULES, AccessRule, hats_given
from trinnvis.casework.models import Case, Decision, TeamMember

from .granting import Gate, Standing


def _closed_since(standing: Standing) -> datetime:
    return standing.now - timedelta(days=settings.TRINNVIS_CLOSED_CASE_ACCESS_DAYS)


def _decided_by(standing: Standing) -> Exists:
    return Exists(Decision.objects.filter(case=OuterRef("pk"), decided_by_id=standing.actor.account_id))


def _on_team(standing: Standing) -> Exists:
    return Exists(
        TeamMember.objects.filter(clarification__case=OuterRef("pk"), account_id=standing.actor.key)
    )


OPEN = Q(closed_at=None)
CASES = Gate(
    Case,
    CASE_RULES,
    {
        "own": lambda s, units: Q(person_id=s.actor.person_id),
        "may_read_for": lambda s, units: Q(person_id__in=s.reads_for),
        "may_write_for": lambda s, units: Q(person_id__in=s.writes_for),
        "assigned": lambda s, units: Q(assigned_to_id=s.actor.account_id),
        "decided": lambda s, units: Q(_decided_by(s)),
        "open_in_unit": lambda s, units: OPEN & Q(unit__in=units),
        "recently_closed_in_unit": lambda s, units: Q(unit__in=units, closed_at__gte=_closed_since(s)),
        "in_unit": lambda s, units: Q(unit__in=units),
        "in_open_team": lambda s, units: OPEN & Q(_on_team(s)),
    },
)
AS_STAFF = replace(CASES, rules=tuple(rule for rule in CASE_RULES if rule.roles is not None))


def cases_visible_to(actor: Actor, now: datetime) -> QuerySet[Case]:
    """Every case the actor may see, as citizen, representative or staff."""
    return CASES.visible(Standing(actor, now))


def cases_to_work_on(actor: Actor, now: datetime) -> QuerySet[Case]:
    """The cases the actor sees as staff: never their own or their kin's."""
    return AS_STAFF.visible(Standing(actor, now))


def rules_granting(case: Case, actor: Actor, now: datetime) -> list[AccessRule]:
    """The rules that let the actor see this case, in the table's order; none when they may not."""
    return CASES.granting(case, Standing(actor, now))


def worn_hats(case: Case, actor: Actor, now: datetime) -> frozenset[str]:
    """The hats an actor wears in this case (`rules.actions`)."""
    return hats_by(rules_granting(case, actor, now), case, actor)


def hats_by(granting: list[AccessRule], case: Case, actor: Actor) -> frozenset[str]:
    """The hats that follow from the rules granting a case; roles count in the unit that has it."""
    in_unit = frozenset(role for role, unit in actor.roles if unit == case.unit)
    return hats_given(granting, in_unit)
