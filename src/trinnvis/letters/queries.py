"""Reads letters, by the same access as the decisions they are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from trinnvis.access.actor import Actor
from trinnvis.casework.errors import NotFound
from trinnvis.casework.models import Case, Decision
from trinnvis.casework.queries.decision_view import view_of
from trinnvis.casework.queries.decisions import decided_on, decision_row
from trinnvis.casework.queries.visible import rules_granting
from trinnvis.people.models import Person

from .composing import compose
from .content import LetterContent, from_json
from .givers import givers
from .models import Letter
from .recipients import recipients


@dataclass(frozen=True)
class DecisionText:
    """A decision to read on screen.

    `case_number`: None for a party who does not see the case. `pdf_bytes`: the size of its letter, or None
    when none is kept here, as for decisions older than the system. `acts_for`: whom the reader represents.
    """

    content: LetterContent
    case_number: str | None
    pdf_bytes: int | None
    acts_for: Person | None


def decision_text(actor: Actor, decision_number: str, now: datetime, *, what: str) -> DecisionText:
    """A sent decision as its letter says it; without a letter, as one would say it.

    Raises:
        NotFound: there is no such decision, it is not sent, or the actor may not read it.
    """
    decision = decision_row(actor, decision_number, now, what=what)
    case = decision.case
    case_number = case.number if rules_granting(case, actor, now) else None
    acts_for = case.person if case_number and case.person_id != actor.person_id else None
    letter = letter_to_read(decision, actor.person_id)
    if letter is not None:
        return DecisionText(from_json(letter.content), case_number, len(bytes(letter.pdf)), acts_for)
    if decision.sent_at is None:
        raise NotFound(decision_number)
    return DecisionText(letter_to(decision, decision.addressee, now), case_number, None, acts_for)


def letter_of(decision: Decision, now: datetime) -> LetterContent:
    """The letter as it was sent, else as it would be if the decision were sent as it stands."""
    sent = letter_to_read(decision, decision.addressee.pk)
    if sent is not None:
        return from_json(sent.content)
    first, *_others = recipients(decision.addressee, decided_on(decision, now))
    return letter_to(decision, first, now)


def letter_to(decision: Decision, recipient: Person, now: datetime) -> LetterContent:
    """The letter as it would be to a recipient if the decision were sent as it stands."""
    view = view_of(decision, now)
    return compose(view, recipient, givers(view))


def letter_to_read(decision: Decision, reader: int | None) -> Letter | None:
    """Of the letters about a decision the one to this person, else the first; None when there is none."""
    letters = decision.letters.select_related("decision__case").order_by("pk")
    return letters.filter(recipient_id=reader).first() or letters.first()


def letter_for(
    actor: Actor, decision_number: str, now: datetime, *, what: str, to: int | None = None
) -> Letter:
    """The letter about a sent decision; the look is written in the citizen's read log.

    `to`: key of the recipient, when not the one who reads.

    Raises:
        NotFound: there is no such decision or no letter, or the actor may not read it.
    """
    decision = decision_row(actor, decision_number, now, what=what)
    letter = letter_to_read(decision, to or actor.person_id)
    if letter is None:
        raise NotFound(decision_number)
    return letter


def letters_of(case: Case) -> list[Letter]:
    """The letters of a case already reached through access, newest first, without their bytes."""
    return list(
        Letter.objects.filter(decision__case=case)
        .select_related("decision", "recipient")
        .defer("pdf", "content")
    )


def is_sent(decision_number: str) -> bool:
    """Whether there is such a decision and it is sent; for the command line, not an access check."""
    return Decision.objects.filter(number=decision_number, sent_at__isnull=False).exists()


def letter_of_decision(decision_number: str) -> Letter | None:
    """A letter by decision number, for the command line on the server itself; it is not an access check."""
    return Letter.objects.filter(decision__number=decision_number).order_by("pk").first()
