"""The assessment page saved as one: every voice, score and the housing step, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.casework.errors import Conflict, Incomplete, Missing
from trinnvis.casework.models import AssessmentEntry, HousingSituation
from trinnvis.casework.models.assessment import Revised
from trinnvis.casework.rules.assessment import HOUSING_FIELD, score_field, words_field
from trinnvis.casework.rules.texts import clean

from .findings import Score, score_function, set_housing
from .words import Words, write_assessment

HOUSING_NOTE = "housing_note"


@dataclass(frozen=True)
class Housing:
    """The housing step chosen, a note, and the revision its writer had read."""

    step: int
    note: str
    expected_revision: int


@dataclass(frozen=True)
class AssessmentForm:
    """What one member of staff saves; parts they may not write are left empty.

    `citizen` holds the citizen's words as staff wrote them down. Topics, variables and housing that their
    writer did not touch may be sent along: they are left alone.
    """

    professional: Mapping[str, Words] = field(default_factory=dict)
    citizen: Mapping[str, Words] = field(default_factory=dict)
    scores: Mapping[str, Score] = field(default_factory=dict)
    housing: Housing | None = None


class NotSaved(Exception):
    """Nothing is stored. `missing` names faults; `theirs` maps form field to what someone saved meanwhile."""

    def __init__(self, message: str, missing: tuple[Missing, ...], theirs: dict[str, Revised | None]) -> None:
        super().__init__(message)
        self.missing, self.theirs = missing, theirs


def save_assessment(number: str, *, form: AssessmentForm, actor: Actor, now: datetime) -> int:
    """Save the page; returns how many rows were added.

    Raises:
        NotSaved: every fault and every conflict on the page, each on its field; nothing is stored.
        NotFound, Refused: as each part's own verb.
    """
    told: list[str] = []
    missing: list[Missing] = []
    theirs: dict[str, Revised | None] = {}
    added = 0
    with transaction.atomic():
        for part in _parts(number, form, actor, now):
            try:
                added += part.save()
            except Incomplete as error:
                missing += [
                    Missing(part.names.get(item.field, item.field), item.message) for item in error.missing
                ]
            except Conflict as error:
                told.append(str(error))
                theirs |= part.conflicting(error.current)
        if missing or theirs:
            transaction.set_rollback(True)
    if missing or theirs:
        raise NotSaved(
            told[0] if told else _("Noe må rettes før vurderingen kan lagres."), tuple(missing), theirs
        )
    return added


@dataclass(frozen=True)
class _Part:
    save: Callable[[], int]
    conflicting: Callable[[object], dict[str, Revised | None]]
    names: dict[str, str] = field(default_factory=dict)


def _parts(number: str, form: AssessmentForm, actor: Actor, now: datetime) -> list[_Part]:
    parts = []
    for voice, texts in (("professional", form.professional), ("citizen", form.citizen)):
        if texts:
            parts.append(_voice(number, voice, texts, actor, now))
    if scores := form.scores:
        parts.append(
            _Part(
                lambda: len(score_function(number, scores=scores, actor=actor, now=now)),
                lambda current: _by_field(current, score_field),
            )
        )
    if housing := form.housing:
        parts.append(
            _Part(
                lambda: _housing(number, housing, actor, now),
                lambda current: {HOUSING_FIELD: current if isinstance(current, Revised) else None},
                {"note": HOUSING_NOTE},
            )
        )
    return parts


def _voice(number: str, voice: str, texts: Mapping[str, Words], actor: Actor, now: datetime) -> _Part:
    on_behalf = voice == AssessmentEntry.Voice.CITIZEN
    return _Part(
        lambda: len(
            write_assessment(number, voice=voice, texts=texts, on_behalf=on_behalf, actor=actor, now=now)
        ),
        lambda current: _by_field(current, lambda topic: words_field(voice, topic)),
    )


def _by_field(current: object, name: Callable[[str], str]) -> dict[str, Revised | None]:
    return {name(code): row for code, row in current.items()} if isinstance(current, Mapping) else {}


def _housing(number: str, housing: Housing, actor: Actor, now: datetime) -> int:
    read = HousingSituation.objects.filter(case__number=number, revision=housing.expected_revision).first()
    if read and (read.housing_step, read.note) == (housing.step, clean(housing.note)):
        return 0  # its writer did not touch it
    row = set_housing(
        number,
        housing_step=housing.step,
        note=housing.note,
        expected_revision=housing.expected_revision,
        actor=actor,
        now=now,
    )
    return int(row.revision > housing.expected_revision)
