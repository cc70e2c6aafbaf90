"""The assessment as one form: both voices, function variables, housing step, each with the revision read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from trinnvis.casework import services
from trinnvis.casework.models.assessment import Revised
from trinnvis.casework.queries.actions import Possible
from trinnvis.casework.queries.assessment import AssessmentView, ScoreView, TopicView, VoiceView
from trinnvis.casework.rules.assessment import HOUSING_FIELD
from trinnvis.desk.forms.faults import build_on
from trinnvis.policy.model import HousingLadder
from trinnvis.site.forms import Form, RevisionField, TextArea

HOUSING_NOTE = "housing_note"


def revision_of(field: str) -> str:
    """The hidden field that says which revision its writer had read."""
    return f"rev-{field}"


@dataclass(frozen=True)
class Box:
    """One voice on one topic: what stands, the field to write in (if one may), and what met it meanwhile."""

    voice: VoiceView
    field: forms.BoundField | None
    theirs: Revised | None


@dataclass(frozen=True)
class TopicRow:
    view: TopicView
    citizen: Box
    professional: Box


@dataclass(frozen=True)
class Choice:
    code: str
    title: str
    id: str
    chosen: bool


@dataclass(frozen=True)
class ScoreRow:
    view: ScoreView
    field: forms.BoundField | None
    note: forms.BoundField | None
    choices: tuple[Choice, ...]
    theirs: Revised | None


class AssessmentForm(Form):
    """Has only the fields the actor may write; `data` None shows what stands."""

    def __init__(
        self, data: QueryDict | None, *, view: AssessmentView, ladder: HousingLadder, possible: Possible
    ) -> None:
        super().__init__(data)
        self.view, self.ladder = view, ladder
        self.theirs: dict[str, Revised | None] = {}
        self.may = {name: possible.may(name) for name in _ACTIONS}
        for topic in view.topics:
            if self.may["note_citizen_words"]:
                self._add_words(topic.citizen, _("Innbyggerens egne ord, skrevet ned av deg"))
            if self.may["professional_words"]:
                self._add_words(topic.professional, topic.professional.question)
        if self.may["score"]:
            for score in view.scores:
                self._add_score(score)
        if self.may["housing"]:
            self._add_housing()

    def _add_words(self, voice: VoiceView, label: str) -> None:
        said = voice.latest.text if voice.latest else ""
        self.fields[voice.field] = forms.CharField(
            label=label, required=False, initial=said, widget=TextArea(4), strip=False
        )
        self._add_revision(voice.field, voice.revision)

    def _add_score(self, score: ScoreView) -> None:
        latest = score.latest
        self.fields[score.field] = forms.ChoiceField(
            label=score.variable.title,
            required=False,
            choices=[(entry.code, entry.title) for entry in self.view.score_choices],
            initial=str(latest.score) if latest else None,
            widget=forms.RadioSelect,
        )
        self.fields[f"{score.field}-note"] = forms.CharField(
            label=_("Merknad til %(variable)s") % {"variable": score.variable.title},
            required=False,
            initial=latest.note if latest else "",
        )
        self._add_revision(score.field, score.revision)

    def _add_housing(self) -> None:
        latest = self.view.housing[0] if self.view.housing else None
        self.fields[HOUSING_FIELD] = forms.ChoiceField(
            label=_("Hvilket trinn på boligtrappen bor innbyggeren på?"),
            required=False,
            choices=[(str(step.number), step.title) for step in self.ladder.steps],
            initial=str(latest.housing_step) if latest else None,
            widget=forms.RadioSelect,
        )
        self.fields[HOUSING_NOTE] = forms.CharField(
            label=_("Merknad om boligen"),
            required=False,
            initial=latest.note if latest else "",
            widget=TextArea(2),
        )
        self._add_revision(HOUSING_FIELD, len(self.view.housing))

    def _add_revision(self, field: str, revision: int) -> None:
        self.fields[revision_of(field)] = RevisionField(required=False, initial=revision)

    def clean(self) -> dict[str, Any]:
        """A note says something about a choice: without the choice it would be lost."""
        notes = {score.field: f"{score.field}-note" for score in self.view.scores}
        for field, note in {**notes, HOUSING_FIELD: HOUSING_NOTE}.items():
            if self.cleaned_data.get(note) and not self.cleaned_data.get(field):
                self.add_error(field, _("Du har skrevet en merknad. Velg også et svar, så blir den lagret."))
        return self.cleaned_data

    def written(self) -> services.AssessmentForm:
        """The checked form as the service takes it."""
        said = self.cleaned_data
        scores = {
            score.variable.code: services.Score(
                int(said[score.field]), said[f"{score.field}-note"], said[revision_of(score.field)] or 0
            )
            for score in self.view.scores
            if said.get(score.field)
        }
        housing = None
        if said.get(HOUSING_FIELD):
            revision = said[revision_of(HOUSING_FIELD)] or 0
            housing = services.Housing(int(said[HOUSING_FIELD]), said[HOUSING_NOTE], revision)
        return services.AssessmentForm(
            professional=self._words("professional"),
            citizen=self._words("citizen"),
            scores=scores,
            housing=housing,
        )

    def _words(self, voice: str) -> dict[str, services.Words]:
        found = {}
        for topic in self.view.topics:
            field = getattr(topic, voice).field
            if field in self.cleaned_data:
                revision = self.cleaned_data[revision_of(field)] or 0
                found[topic.topic.code] = services.Words(self.cleaned_data[field], revision)
        return found

    def meet(self, theirs: Mapping[str, Revised | None]) -> None:
        """Show what others saved meanwhile beside what was typed, and let the next save build on it."""
        self.theirs = dict(theirs)
        build_on(self, {revision_of(field): row.revision if row else 0 for field, row in theirs.items()})
        for field in theirs:
            if field in self.fields:
                self.add_error(field, _("Noen lagret her samtidig. Se hva de skrev, og lagre på nytt."))

    @property
    def topics(self) -> list[TopicRow]:
        return [
            TopicRow(topic, self._box(topic.citizen), self._box(topic.professional))
            for topic in self.view.topics
        ]

    def _box(self, voice: VoiceView) -> Box:
        return Box(voice, self._bound(voice.field), self.theirs.get(voice.field))

    def _bound(self, name: str) -> forms.BoundField | None:
        return self[name] if name in self.fields else None

    @property
    def scores(self) -> list[ScoreRow]:
        return [self._score_row(score) for score in self.view.scores]

    def _score_row(self, score: ScoreView) -> ScoreRow:
        field = self._bound(score.field)
        choices = tuple(
            Choice(
                entry.code, entry.title, f"id_{score.field}_{i}", bool(field and field.value() == entry.code)
            )
            for i, entry in enumerate(self.view.score_choices)
        )
        return ScoreRow(
            score, field, self._bound(f"{score.field}-note"), choices, self.theirs.get(score.field)
        )

    @property
    def revisions(self) -> list[forms.BoundField]:
        return self.hidden_fields()


_ACTIONS = ("note_citizen_words", "professional_words", "score", "housing")
