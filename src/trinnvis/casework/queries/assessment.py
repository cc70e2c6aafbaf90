"""The whole assessment of a case in a fixed number of queries: both voices side by side, and all around them.

The caller has already found the case through `visible.cases_visible_to`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from trinnvis.casework.models import (
    AssessmentEntry,
    Case,
    Clarification,
    ConsentCapacity,
    FunctionScore,
    Goal,
    HousingSituation,
    Measurement,
    TeamMember,
)
from trinnvis.casework.models.assessment import Revised
from trinnvis.casework.rules.assessment import score_field, words_field
from trinnvis.casework.rules.measuring import Change
from trinnvis.policy.model import CodeListEntry, HousingStep, Topic
from trinnvis.policy.queries import policy_of

from .codes import FUNCTION, SCORE, list_in_force, titles
from .criteria import CriteriaState, criteria_services, criteria_states
from .goals import changes_in

Row = TypeVar("Row", bound=Revised)


@dataclass(frozen=True)
class Said:
    """One entry of a voice: by whom, when, and in whose stead."""

    text: str
    revision: int
    by: str
    at: datetime
    noted_by_staff: bool  # the citizen's own words, written down by staff
    by_representative: bool  # the citizen's words, written by someone with a mandate


@dataclass(frozen=True)
class VoiceView:
    """One voice on one topic; `history` newest first, the first of them counts."""

    field: str
    question: str
    history: tuple[Said, ...]

    @property
    def latest(self) -> Said | None:
        return self.history[0] if self.history else None

    @property
    def revision(self) -> int:
        """What to send as `expected_revision`."""
        return len(self.history)


@dataclass(frozen=True)
class TopicView:
    topic: Topic
    citizen: VoiceView
    professional: VoiceView


@dataclass(frozen=True)
class ScoreView:
    """One function variable; `history` newest first. `score_titles` of old rows come from their own list."""

    field: str
    variable: CodeListEntry
    history: tuple[FunctionScore, ...]
    title: str  # the words of the latest score, "" when not scored

    @property
    def latest(self) -> FunctionScore | None:
        return self.history[0] if self.history else None

    @property
    def revision(self) -> int:
        return len(self.history)


@dataclass(frozen=True)
class ClarificationView:
    clarification: Clarification
    team: tuple[TeamMember, ...]


@dataclass(frozen=True)
class AssessmentView:
    """Everything on the page. Histories newest first."""

    topics: tuple[TopicView, ...]
    scores: tuple[ScoreView, ...]
    score_choices: tuple[CodeListEntry, ...]
    list_version: str
    housing: tuple[HousingSituation, ...]
    housing_step: HousingStep | None
    capacity: tuple[ConsentCapacity, ...]
    goals: tuple[Goal, ...]
    measurements: tuple[Measurement, ...]
    changes: tuple[Change, ...]
    criteria: tuple[CriteriaState, ...]
    clarification: ClarificationView | None


def assessment_of(case: Case, *, on: date) -> AssessmentView:
    """Read the assessment of a case; `on` decides which code lists are in force."""
    policy = policy_of(case.policy_id)
    variables, choices = list_in_force(policy, FUNCTION, on), list_in_force(policy, SCORE, on)
    housing = _newest_first(list(case.housing.select_related("written_by")))
    measurements = tuple(case.measurements.select_related("measured_by").order_by("pk"))
    return AssessmentView(
        topics=topics_of(case),
        scores=_scores(case, variables.entries, titles(choices)),
        score_choices=choices.entries,
        list_version=variables.version,
        housing=housing,
        housing_step=policy.housing_step(housing[0].housing_step) if housing else None,
        capacity=_newest_first(list(case.consent_capacity.select_related("written_by"))),
        goals=goals_of(case),
        measurements=measurements,
        changes=changes_in(case, measurements),
        criteria=criteria_states(case, criteria_services(case)),
        clarification=clarification_of(case),
    )


def _newest_first(rows: list[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: -row.revision))


def goals_of(case: Case) -> tuple[Goal, ...]:
    """The goals written in the case, oldest first."""
    return tuple(case.goals.select_related("written_by"))


def topics_of(case: Case) -> tuple[TopicView, ...]:
    """What both voices say about each topic of the case's policy."""
    said: dict[tuple[str, str], list[Said]] = {}
    for entry in case.entries.select_related("written_by").order_by("-revision"):
        said.setdefault((entry.topic, entry.voice), []).append(_said(case, entry))

    def voice(topic: Topic, name: str, question: str) -> VoiceView:
        return VoiceView(words_field(name, topic.code), question, tuple(said.get((topic.code, name), ())))

    return tuple(
        TopicView(
            topic,
            voice(topic, "citizen", topic.citizen_question),
            voice(topic, "professional", topic.professional_question),
        )
        for topic in policy_of(case.policy_id).topics
    )


def _said(case: Case, entry: AssessmentEntry) -> Said:
    of_citizen = entry.voice == AssessmentEntry.Voice.CITIZEN and not entry.noted_on_behalf
    return Said(
        text=entry.text,
        revision=entry.revision,
        by=entry.written_by.name,
        at=entry.written_at,
        noted_by_staff=entry.noted_on_behalf,
        by_representative=of_citizen and entry.written_by.person_id != case.person_id,
    )


def _scores(
    case: Case, variables: tuple[CodeListEntry, ...], score_titles: dict[str, str]
) -> tuple[ScoreView, ...]:
    rows: dict[str, list[FunctionScore]] = {}
    for row in case.scores.select_related("written_by").order_by("-revision"):
        rows.setdefault(row.variable, []).append(row)
    views = []
    for variable in variables:
        history = tuple(rows.get(variable.code, ()))
        title = score_titles.get(str(history[0].score), "") if history else ""
        views.append(ScoreView(score_field(variable.code), variable, history, title))
    return tuple(views)


def clarification_of(case: Case) -> ClarificationView | None:
    """The case's clarification with its team, None when none has been offered."""
    found = Clarification.objects.filter(case=case).prefetch_related("team").first()
    return ClarificationView(found, tuple(found.team.all())) if found else None
