"""When an assessment (vurdering) is complete, and when something new opens it again. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from trinnvis.policy.model import Topic

from .state import CaseState

WISH = "wish"
WEIGHED_KINDS = frozenset({WISH, "own", "network", "home", "technology", "health"})


def words_field(voice: str, topic: str) -> str:
    """The form field of one voice on one topic: `citizen-wish`, `professional-home`."""
    return f"{voice}-{topic}"


def score_field(variable: str) -> str:
    """The form field of a function variable: `score-food`."""
    return f"score-{variable}"


HOUSING_FIELD = "housing_step"


class Lack(StrEnum):
    """What an assessment can lack."""

    CITIZENS_WISH = "citizens_wish"
    WISH_WEIGHED = "wish_weighed"
    PROFESSIONAL_VIEW = "professional_view"
    SCORE = "score"
    HOUSING = "housing"


@dataclass(frozen=True)
class Gap:
    """One thing an assessment lacks; `code` is the topic or variable it concerns."""

    lack: Lack
    code: str
    field: str


@dataclass(frozen=True)
class Written:
    """What stands in the assessment now. `words` holds (topic, voice), `scored` variable codes."""

    words: frozenset[tuple[str, str]]
    scored: frozenset[str]
    housing: bool


def wish_topics(topics: Iterable[Topic]) -> tuple[str, ...]:
    """The topics that ask what matters to the citizen."""
    return tuple(topic.code for topic in topics if topic.kind == WISH)


def wish_heard(topics: Iterable[Topic], words: frozenset[tuple[str, str]]) -> bool:
    """Whether the citizen's own words stand on a topic that asks for their wish."""
    return any((code, "citizen") in words for code in wish_topics(topics))


def gaps(
    topics: tuple[Topic, ...], variables: Iterable[str], written: Written, *, fast: bool
) -> tuple[Gap, ...]:
    """Everything that stands between this assessment and completion, in the order of the page.

    A topic that does not concern the citizen is answered by saying so («Ikke aktuelt»), a variable by 9:
    silence cannot be told from forgetting. On the fast track (alvorlig syke) the wish and how it is weighed
    are enough.
    """
    found: list[Gap] = []
    wishes = wish_topics(topics)
    if wishes and not wish_heard(topics, written.words):
        found.append(Gap(Lack.CITIZENS_WISH, wishes[0], words_field("citizen", wishes[0])))
    for topic in topics:
        needed = topic.kind == WISH if fast else topic.kind in WEIGHED_KINDS
        if needed and (topic.code, "professional") not in written.words:
            lack = Lack.WISH_WEIGHED if topic.kind == WISH else Lack.PROFESSIONAL_VIEW
            found.append(Gap(lack, topic.code, words_field("professional", topic.code)))
    if fast:
        return tuple(found)
    found += [Gap(Lack.SCORE, code, score_field(code)) for code in variables if code not in written.scored]
    if not written.housing:
        found.append(Gap(Lack.HOUSING, "", HOUSING_FIELD))
    return tuple(found)


def must_reconsider(state: CaseState) -> bool:
    """Whether something new opens an assessment that was complete again: no answer has been sent."""
    if state.closed or state.is_open("assess"):
        return False
    answered = state.decision is not None and state.decision.state == "sent"
    return not answered or (state.applied and not state.decided)
