"""Completing the assessment (vurdering) of the need, and opening it again."""

from __future__ import annotations

from dataclasses import dataclass
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
        slots = _slots(case)
        missing = _missing(case, slots, now)
        if missing:
            raise Incomplete(missing)
        data = {"revisions": slots.revisions()}
        record(case, verb="assessment_completed", actor=actor, now=now, data=data)
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
    return _missing(case, _slots(case), now)


@dataclass(frozen=True)
class _Slots:
    """The revision each slot of an assessment stands at: words by voice and topic, scores by variable."""

    words: dict[tuple[str, str], int]
    scores: dict[str, int]
    housing: int

    def revisions(self) -> dict[str, int]:
        """So that one can see later what the assessment was completed on."""
        words = {f"{voice}/{topic}": revision for (voice, topic), revision in self.words.items()}
        scores = {f"score/{variable}": revision for variable, revision in self.scores.items()}
        return {**words, **scores, "housing": self.housing}


def _slots(case: Case) -> _Slots:
    words = case.entries.order_by("revision").values_list("voice", "topic", "revision")
    return _Slots(
        words={(voice, topic): revision for voice, topic, revision in words},
        scores=dict(case.scores.order_by("revision").values_list("variable", "revision")),
        housing=case.housing.count(),
    )


def _missing(case: Case, slots: _Slots, now: datetime) -> tuple[Missing, ...]:
    policy = policy_of(case.policy_id)
    variables = titles(list_in_force(policy, FUNCTION, local_date(now)))
    written = Written(
        words=frozenset((topic, voice) for voice, topic in slots.words),
        scored=frozenset(slots.scores),
        housing=slots.housing > 0,
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
