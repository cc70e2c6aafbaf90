"""What the answers to the criteria decide besides the outcome: the law that applies, and the citizen's fee.

A trygghetsalarm that is necessary health care has the law, the appeal period and the price of health care
(hol § 3-2 nr 6 a), whatever the municipality's own rules for alarms say.
"""

from __future__ import annotations

from collections.abc import Sequence

from trinnvis.policy.criteria import Outcome
from trinnvis.policy.model import Policy, Service

from .criteria import Stop, Walk


def as_answered(service: Service, policy: Policy, path: Sequence[Stop]) -> Service:
    """The service with the legal bases that apply after these answers; as it stands while none are given.

    A basis that an answer names applies only when that answer is given.
    """
    if not path or service.criteria is None:
        return service
    questions = policy.criteria_tree(service.criteria).questions
    named = {code for question in questions for answer in question.answers for code in answer.legal_bases}
    given = [code for stop in path for code in stop.answer.legal_bases]
    always = [code for code in service.legal_bases if code not in named]
    return service.model_copy(update={"legal_bases": tuple(dict.fromkeys((*always, *given)))})


def why_free(path: Sequence[Stop]) -> str:
    """Why the service costs the citizen nothing, from the answer that makes it so; "" when none does."""
    return next((stop.answer.free for stop in path if stop.answer.free), "")


def departs(walk: Walk | None, *, granted: bool) -> bool:
    """Whether a yes or a no is another answer than the criteria point to; never before they are answered."""
    if walk is None or walk.outcome is None:
        return False
    return granted is not (walk.outcome is Outcome.MET and not walk.waits)
