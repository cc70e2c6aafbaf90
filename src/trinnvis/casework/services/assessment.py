"""Completing the assessment (vurdering) of the need, and opening it again."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.casework.errors import Incomplete, Missing
from trinnvis.casework.models import Case
from trinnvis.casework.queries.codes import FUNCTION, list_in_force, titles
from trinnvis.casework.rules.assessment import Gap, Lack, Written, gaps
from trinnvis.policy.model import Policy
from trinnvis.policy.queries import policy_of

from .acting import acting
from .complaints import Complaints
from .needs import local_date, open_need, solve_need
from .recording import record


def complete_assessment(number: str, *, actor: Actor, now: datetime) -> None:
    """Close the assessment as complete, on the revisions that stand there now.

    Raises:
        Incomplete: names each thing missing and its field (rules.assessment.gaps).
    """
    with acting(number, "complete_assessment", actor=actor, now=now) as (case, _state):
        missing = what_is_missing(case, now=now)
        if missing:
            raise Incomplete(missing)
        record(case, verb="assessment_completed", actor=actor, now=now, data={"revisions": _revisions(case)})
        solve_need(case, "assess", actor=actor, now=now)


def reopen_assessment(number: str, *, reason: str, actor: Actor, now: datetime) -> None:
    """Open a completed assessment again (gjenåpne vurderingen), saying why.

    Raises:
        Incomplete: no reason, on field `reason`.
    """
    with acting(number, "reopen_assessment", actor=actor, now=now) as (case, _state):
        complaints = Complaints()
        why = complaints.text("reason", reason, required=_("Skriv hvorfor vurderingen åpnes igjen."))
        complaints.stop()
        record(case, verb="assessment_reopened", actor=actor, now=now, reason=why)
        open_need(case, "assess", actor=actor, now=now, note=why)


def what_is_missing(case: Case, *, now: datetime) -> tuple[Missing, ...]:
    """What stands between the case's assessment and completion, each with its field and what to do."""
    policy = policy_of(case.policy_id)
    variables = titles(list_in_force(policy, FUNCTION, local_date(now)))
    written = Written(
        words=frozenset(case.entries.values_list("topic", "voice")),
        scored=frozenset(case.scores.values_list("variable", flat=True)),
        housing=case.housing.exists(),
    )
    found = gaps(policy.topics, variables, written, fast=case.track == Case.Track.FAST)
    return tuple(Missing(gap.field, _in_words(gap, policy, variables)) for gap in found)


def _in_words(gap: Gap, policy: Policy, variables: dict[str, str]) -> str:
    match gap.lack:
        case Lack.CITIZENS_WISH:
            return _("Innbyggerens eget ønske mangler. Skriv det ned med innbyggerens egne ord.")
        case Lack.WISH_WEIGHED:
            return _("Skriv hvordan du ser på innbyggerens ønske («%(topic)s»).") % {
                "topic": policy.topic(gap.code).title
            }
        case Lack.PROFESSIONAL_VIEW:
            return _("Faglig vurdering av «%(topic)s» mangler. Er det ikke aktuelt, så skriv det.") % {
                "topic": policy.topic(gap.code).title
            }
        case Lack.SCORE:
            return _("Sett «%(variable)s». Er det ikke relevant, så velg 9.") % {
                "variable": variables[gap.code]
            }
        case Lack.HOUSING:
            return _("Velg hvilket trinn på boligtrappen innbyggeren bor på.")


def _revisions(case: Case) -> dict[str, int]:
    """The revision each slot stands at, so that one can see later what the assessment was completed on."""
    slots: dict[str, int] = {}
    for voice, topic, revision in case.entries.order_by("revision").values_list("voice", "topic", "revision"):
        slots[f"{voice}/{topic}"] = revision
    for variable, revision in case.scores.order_by("revision").values_list("variable", "revision"):
        slots[f"score/{variable}"] = revision
    slots["housing"] = case.housing.count()
    return slots
