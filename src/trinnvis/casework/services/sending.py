"""A decision goes out: from now it never changes, the right to appeal is counted, and the review is set."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.casework.covering import covered
from trinnvis.casework.errors import Refused
from trinnvis.casework.models import Decision
from trinnvis.casework.queries.criteria import answered_services
from trinnvis.casework.queries.decisions import decided_services
from trinnvis.casework.queries.state import latest_decision
from trinnvis.casework.rules.appeal import appeal_of
from trinnvis.casework.rules.deadlines import Due
from trinnvis.casework.rules.party import waits_for_own_decision
from trinnvis.policy.dates import long_date
from trinnvis.policy.deadlines import SOURCE_LANGUAGE
from trinnvis.policy.queries import policy_of

from .acting import acting
from .needs import local_date, open_need, solve_needs
from .recording import record


def send_decision(number: str, *, actor: Actor, now: datetime) -> Decision:
    """Mark the approved decision as sent. Call it in the transaction that makes the letter.

    Sets `sent_at`, and `appeal_rule`, `appeal_by`, `appeal_why` counted from the day of sending.

    Raises:
        Refused: besides what `acting` refuses, when the appeal period cannot be counted.
    """
    with acting(number, "send_decision", actor=actor, now=now) as (case, _state):
        decision = latest_decision(case)
        if decision is None:
            raise Refused(_("Det er ikke skrevet noe vedtak i saken."))
        policy = policy_of(case.policy_id)
        services = answered_services(case, (line.service for line in decision.lines.all()))
        appeal = appeal_of(services, policy, local_date(now), _)
        if appeal.unknown:
            raise Refused(appeal.why)
        decision.state, decision.sent_at = Decision.State.SENT, now
        decision.appeal_rule, decision.appeal_by, decision.appeal_why = appeal.rule, appeal.by, appeal.why
        decision.save(update_fields=["state", "sent_at", "appeal_rule", "appeal_by", "appeal_why"])
        data = {
            "decision": decision.number,
            "kind": decision.kind,
            "appeal_by": appeal.by.isoformat() if appeal.by else None,
            "rows": covered(decision, *decision.lines.order_by("pk")),
        }
        record(case, verb="decision_sent", actor=actor, now=now, data=data)
        solve_needs(case, ("send_notice", "draft_decision", "review"), actor=actor, now=now)
        solve_needs(case, ("preliminary_reply", "offer_clarification"), actor=actor, now=now, relevant=False)
        chosen = decision.alternative.lines.values_list("service", flat=True) if decision.alternative else ()
        if waits_for_own_decision(chosen, policy, decided_services(decision.alternative_id)):
            note = _("Noe av det som er valgt, er til en annen part og skal ha sitt eget vedtak.")
            open_need(case, "draft_decision", actor=actor, now=now, note=note)
        if review := review_deadline(decision):
            open_need(case, "review", actor=actor, now=now, due=review)
        return decision


def review_deadline(decision: Decision) -> Due | None:
    """When what was granted is to be reviewed: the day the decision itself names; None for a refusal."""
    day = decision.review_on or decision.ends_on
    if day is None or decision.kind == Decision.Kind.REFUSAL:
        return None
    with translation.override(SOURCE_LANGUAGE):
        why = _("Vedtak %(number)s skal vurderes på nytt %(day)s.") % {
            "number": decision.number,
            "day": long_date(day),
        }
    return Due(day, why)
