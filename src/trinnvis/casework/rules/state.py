"""What the rules need to know about a case, as one frozen value, and the stage that follows from it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from trinnvis.policy.model import NeedKind

OPENED_WITH_CASE = (
    "hear_citizen",
    "offer_clarification",
    "assess",
    "consent_capacity",
    "answer_criteria",
    "compare_alternatives",
    "draft_decision",
)
BEFORE_DECISION = ("hear_citizen", "assess", "consent_capacity", "answer_criteria", "compare_alternatives")


@dataclass(frozen=True)
class DecisionState:
    """The decision being worked on, or the latest one."""

    number: str
    kind: str
    state: str
    revision: int
    drafted_by: int
    writers: frozenset[int] = frozenset()  # everyone who has saved or submitted it; none of them approves it

    def written_by(self, account_id: int | None) -> bool:
        return account_id == self.drafted_by or account_id in self.writers


@dataclass(frozen=True)
class CaseState:
    """Everything `available_actions` looks at. `open_needs` holds NeedKind codes."""

    track: str
    closed: bool
    applied: bool
    decided: bool  # an application has been answered
    person_id: int
    open_needs: frozenset[str]
    citizen_wish: bool = False  # the citizen's own wish is written
    professional_voice: bool = False
    clarification: str = ""  # Clarification.State, "" when never offered
    alternatives: int = 0
    chosen: bool = False
    decision: DecisionState | None = None
    two_persons: bool = True  # policy: NeedKind approve

    def is_open(self, need: str) -> bool:
        return need in self.open_needs

    @property
    def is_answered(self) -> bool:
        """A decision is sent and none is under way: what comes now begins a new round."""
        return self.decision is not None and self.decision.state == "sent" and not self.is_open("assess")


def needs_at_start(track: str, applied: bool, kinds: tuple[NeedKind, ...]) -> tuple[str, ...]:
    """Which needs a new case opens with; the fast track (alvorlig syke) skips what policy says it skips."""
    if track == "advice":
        return ("hear_citizen",)
    fast = track == "fast"
    skipped = {kind.code for kind in kinds if fast and kind.skipped_on_fast_track}
    first = ("give_help_now",) if track in ("fast", "urgent") else ()
    clock = ("preliminary_reply",) if applied else ()
    return first + tuple(code for code in OPENED_WITH_CASE if code not in skipped) + clock


def standing(due: Mapping[str, date | None], *, closed: bool) -> tuple[str, date | None]:
    """A case's stage and next due date, from the due date of each open need (NeedKind code)."""
    return stage_of(due, closed=closed), min((day for day in due.values() if day), default=None)


def stage_of(open_needs: Collection[str], *, closed: bool) -> str:
    """The stage (Case.Stage) as a label for the worklist; it gates nothing."""
    if closed:
        return "closed"
    if "send_notice" in open_needs:
        return "notice"
    if "approve" in open_needs:
        return "approval"
    if "assess" not in open_needs:
        if "compare_alternatives" in open_needs:
            return "alternatives"
        if "draft_decision" in open_needs:
            return "decision"
        return "follow_up"
    if "run_clarification" in open_needs or "offer_clarification" in open_needs:
        return "clarification"
    return "assessment"
