"""The assessment, in memory: both voices, function, housing, consent capacity, complete."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from trinnvis.casework.covering import covered
from trinnvis.casework.models import AssessmentEntry, ConsentCapacity, FunctionScore, HousingSituation
from trinnvis.casework.queries.codes import FUNCTION, list_in_force
from trinnvis.casework.services.needs import local_date

from .casefile import CaseFile

CITIZEN, PROFESSIONAL = AssessmentEntry.Voice.CITIZEN.value, AssessmentEntry.Voice.PROFESSIONAL.value


def add_entries(
    file: CaseFile,
    voice: str,
    texts: Mapping[str, str],
    *,
    on_behalf: bool,
    author_id: int,
    written_at: datetime,
    reason: str = "",
) -> None:
    entries = [
        file.add(
            AssessmentEntry(
                case=file.case,
                topic=topic,
                voice=voice,
                revision=_next(file, f"{voice}/{topic}"),
                text=text,
                noted_on_behalf=on_behalf,
                written_by_id=author_id,
                written_at=written_at,
            )
        )
        for topic, text in texts.items()
    ]
    for entry in entries:
        data = {
            "topic": entry.topic,
            "voice": voice,
            "revision": entry.revision,
            "on_behalf": on_behalf,
            "rows": covered(entry),
        }
        file.event("words_written", data, reason)


def write_assessment(file: CaseFile, voice: str, texts: Mapping[str, str]) -> None:
    """The professional's words, or the citizen's as staff noted them."""
    behalf = voice == CITIZEN
    add_entries(file, voice, texts, on_behalf=behalf, author_id=file.actor.key, written_at=file.at)
    wishes = {topic.code for topic in file.policy.topics if topic.kind == "wish"}
    if behalf and wishes & texts.keys():
        file.solve_need("hear_citizen")


def confirm_heard(file: CaseFile, *, how: str) -> None:
    file.event("heard", {"how": how})
    file.solve_need("hear_citizen", note=how)


def score_function(file: CaseFile, scores: Mapping[str, int]) -> None:
    version = list_in_force(file.policy, FUNCTION, local_date(file.at)).version
    rows = [
        file.add(
            FunctionScore(
                case=file.case,
                list_version=version,
                variable=variable,
                score=score,
                revision=_next(file, f"score/{variable}"),
                written_by_id=file.actor.key,
                written_at=file.at,
            )
        )
        for variable, score in scores.items()
    ]
    data = {"list_version": version, "scores": dict(scores), "rows": covered(*rows)}
    file.event("scored", data)


def set_housing(file: CaseFile, *, housing_step: int, note: str = "") -> None:
    row = file.add(
        HousingSituation(
            case=file.case,
            housing_step=housing_step,
            note=note,
            revision=_next(file, "housing"),
            written_by_id=file.actor.key,
            written_at=file.at,
        )
    )
    data = {"housing_step": housing_step, "revision": row.revision, "rows": covered(row)}
    file.event("housing_set", data)


def decide_capacity(file: CaseFile, *, conclusion: str, reason: str, shown_to: str) -> None:
    row = file.add(
        ConsentCapacity(
            case=file.case,
            conclusion=conclusion,
            reason=reason,
            shown_to=shown_to,
            revision=1,
            written_by_id=file.actor.key,
            written_at=file.at,
        )
    )
    data = {"conclusion": conclusion, "shown_to": shown_to, "revision": 1, "rows": covered(row)}
    file.event("capacity_decided", data)
    file.solve_need("consent_capacity")


def complete_assessment(file: CaseFile) -> None:
    file.event("assessment_completed", {"revisions": dict(file.revisions)})
    file.solve_need("assess")


def reopen_assessment(file: CaseFile, *, reason: str) -> None:
    file.event("assessment_reopened", reason=reason)
    file.open_need("assess", note=reason)


def _next(file: CaseFile, slot: str) -> int:
    file.revisions[slot] = file.revisions.get(slot, 0) + 1
    return file.revisions[slot]
