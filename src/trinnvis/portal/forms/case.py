"""What a citizen writes in a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from trinnvis.casework.queries.assessment import TopicView
from trinnvis.casework.services import Words
from trinnvis.site import forms
from trinnvis.site.templatetags.trinnvis import norwegian

from .fields import OwnWords


class AssessmentForm(forms.Form):
    """The citizen's voice on every topic, with the revision that was read of each."""

    def __init__(self, *args: Any, topics: Sequence[TopicView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topics = topics
        for each in topics:
            said = each.citizen.latest
            self.fields[each.citizen.field] = OwnWords(
                norwegian(each.citizen.question), rows=5, required=False, initial=said.text if said else ""
            )
            self.fields[self.revision_field(each)] = forms.RevisionField(
                required=False, initial=each.citizen.revision
            )

    @staticmethod
    def revision_field(topic: TopicView) -> str:
        return f"revision-{topic.topic.code}"

    def rows(self) -> list[tuple[TopicView, django_forms.BoundField, django_forms.BoundField]]:
        """Each topic with its field and the hidden revision."""
        return [(each, self[each.citizen.field], self[self.revision_field(each)]) for each in self.topics]

    def texts(self) -> Mapping[str, Words]:
        """What to save, by topic; a topic that was not in the form is left alone."""
        return {
            each.topic.code: Words(
                self.cleaned_data[each.citizen.field],
                self.cleaned_data[self.revision_field(each)] or 0,
            )
            for each in self.topics
            if each.citizen.field in self.data
        }


class GoalForm(forms.Form):
    words = OwnWords(
        _("Hva vil du klare?"),
        help_text=_("Skriv målet med dine egne ord, for eksempel «gå til butikken selv»."),
        rows=3,
        max_length=1_000,
    )


class GoalStateForm(forms.Form):
    """How it went with one goal. The prefix keeps several such forms on a page apart."""

    state = django_forms.ChoiceField(
        label=_("Hvordan gikk det?"),
        widget=django_forms.RadioSelect,
        choices=[
            ("reached", _("Jeg nådde målet")),
            ("partly", _("Jeg nådde det delvis")),
            ("not_reached", _("Jeg nådde det ikke")),
            ("active", _("Jeg holder fortsatt på")),
        ],
    )
    note = OwnWords(_("Vil du si noe mer?"), rows=3, required=False)


class CommentForm(forms.Form):
    text = OwnWords(_("Hva mener du om dette alternativet?"), rows=4)


class AnswerForm(forms.Form):
    """Yes or no to a clarification."""

    answer = django_forms.ChoiceField(
        label=_("Hva svarer du?"),
        widget=django_forms.RadioSelect,
        choices=[
            ("ja", forms.Described(_("Ja takk"), _("Vi tar kontakt og setter sammen et team rundt deg."))),
            (
                "nei",
                forms.Described(
                    _("Nei takk"),
                    _("Det får ingen følger. Du kan søke om tjenester som før, og fristene løper som før."),
                ),
            ),
        ],
    )
    note = OwnWords(_("Vil du si noe mer?"), rows=3, required=False)


class ApplyForm(forms.Form):
    applies_for = OwnWords(
        _("Hva søker du om?"),
        help_text=_("Du trenger ikke vite hva tjenesten heter. Skriv hva du trenger hjelp til."),
        rows=5,
    )


class WithdrawForm(forms.Form):
    reason = OwnWords(_("Vil du si hvorfor?"), rows=3, required=False)
