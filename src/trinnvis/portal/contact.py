"""The contact form between visits: its steps, the draft it is kept in, and what is sent in the end.

The draft holds what was typed, step by step, whether it is right yet or not. Each step has a mark, made of
what stands there: a page that sends another mark was opened before someone, in another window, saved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trinnvis.access.actor import Actor
from trinnvis.access.queries import Represented
from trinnvis.casework import services
from trinnvis.casework.queries.drafts import draft_of
from trinnvis.casework.rules.chain import digest
from trinnvis.casework.rules.enquiry import Contact, Said

from .forms.contact import (
    ANOTHER,
    FOR,
    MYSELF,
    YES,
    AboutForm,
    AroundForm,
    HasteForm,
    LivingForm,
    ManageForm,
    MattersForm,
    StepForm,
)

if TYPE_CHECKING:
    from trinnvis.people.models import Person

NOTHING = ""  # the mark of a step where nothing is written


@dataclass(frozen=True)
class Step:
    """One page of the form. `lead` stands under the title."""

    number: int
    key: str
    title: str | Promise
    form: type[StepForm]


STEPS: tuple[Step, ...] = (
    Step(1, "about", _("Hvem det gjelder"), AboutForm),
    Step(2, "matters", _("Hva som er viktig"), MattersForm),
    Step(3, "manage", _("Hva som går greit"), ManageForm),
    Step(4, "around", _("Folk rundt"), AroundForm),
    Step(5, "living", _("Boligen"), LivingForm),
    Step(6, "haste", _("Haster det? Søker du?"), HasteForm),
)


@dataclass
class Begun:
    """What one person has written so far."""

    key: str = field(default_factory=lambda: uuid4().hex)
    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    step: int = 1
    updated_at: datetime | None = None

    @property
    def exists(self) -> bool:
        return self.updated_at is not None

    @property
    def for_another(self) -> bool:
        return self.answers.get("about", {}).get("about", MYSELF) != MYSELF

    def person_for(self, represented: Sequence[Represented]) -> Person | None:
        """The one the writer acts for by mandate; None when it is about themselves or someone they name."""
        about = self.answers.get("about", {}).get("about", "")
        return next((each.person for each in represented if about == f"{FOR}{each.person.pk}"), None)

    @property
    def says_urgent(self) -> bool:
        return self.answers.get("haste", {}).get("urgent") == YES

    @property
    def phone(self) -> str:
        return self.answers.get("about", {}).get("phone", "")

    def mark(self, step: Step) -> str:
        written = self.answers.get(step.key)
        return digest(written) if written else NOTHING

    @property
    def whole_mark(self) -> str:
        return digest(self.answers) if self.answers else NOTHING

    def form(self, step: Step, represented: Sequence[Represented], *, checked: bool) -> StepForm:
        """The step's form with what is written; `checked` judges it too."""
        written = self.answers.get(step.key, {})
        options: dict[str, Any] = {"represented": represented, "for_another": self.for_another}
        return step.form(written, **options) if checked else step.form(initial=written, **options)

    def forms(self, represented: Sequence[Represented]) -> list[tuple[Step, StepForm]]:
        return [(step, self.form(step, represented, checked=True)) for step in STEPS]


def begun_by(actor: Actor) -> Begun:
    """The actor's draft, or an empty one that is not kept yet."""
    draft = draft_of(actor)
    if draft is None:
        return Begun()
    return Begun(draft.content["key"], draft.content["answers"], draft.step, draft.updated_at)


def typed(step: Step, post: QueryDict | Mapping[str, str]) -> dict[str, str]:
    """What was typed in the step's own fields, with line ends as they are kept."""
    texts = {name: str(post.get(name, "")) for name in step.form.base_fields}
    return {name: text.replace("\r\n", "\n").strip() for name, text in texts.items()}


def keep(begun: Begun, step: Step, answers: dict[str, str], *, actor: Actor, now: datetime) -> None:
    """Keep a step as typed."""
    begun.answers[step.key] = answers
    begun.step, begun.updated_at = step.number, now
    content = {"key": begun.key, "answers": begun.answers}
    services.save_draft(actor=actor, content=content, step=step.number, now=now)


@dataclass(frozen=True)
class Sending:
    """What `register_enquiry` is given besides actor, time and key."""

    said: Said
    contact: Contact
    person_key: int | None = None
    name: str = ""
    identity_number: str = ""


def sending(forms: Sequence[tuple[Step, StepForm]], myself: int) -> Sending:
    """The valid forms as an enquiry; `myself` is the writer's own person key."""
    given: dict[str, Any] = {}
    for _step, form in forms:
        given |= form.cleaned_data
    urgent, applies = given["urgent"] == YES, given["application"] == YES
    about = given["about"]
    return Sending(
        said=Said(
            what_matters=given["what_matters"],
            what_i_manage=given["what_i_manage"],
            who_is_around=given["who_is_around"],
            how_i_live=given["how_i_live"],
            says_urgent=urgent,
            urgency_note=given["urgency_note"] if urgent else "",
            is_application=applies,
            applies_for=given["applies_for"] if applies else "",
        ),
        contact=Contact(role=given["role"], phone=given["phone"], consent_note=given["consent"]),
        person_key=_person_key(about, myself),
        name=given["name"],
        identity_number=given["identity_number"],
    )


def _person_key(about: str, myself: int) -> int | None:
    if about == ANOTHER:
        return None
    return myself if about == MYSELF else int(about.removeprefix(FOR))
