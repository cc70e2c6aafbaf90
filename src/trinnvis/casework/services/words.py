"""Both voices of the assessment (vurdering): what the citizen says and what the professional says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.casework.covering import covered
from trinnvis.casework.errors import Conflict
from trinnvis.casework.models import AssessmentEntry, Case
from trinnvis.casework.rules.assessment import wish_topics, words_field
from trinnvis.casework.rules.revising import Verdict, weigh, weigh_in_form
from trinnvis.casework.rules.state import CaseState
from trinnvis.policy.model import Policy
from trinnvis.policy.queries import policy_of

from .acting import acting
from .complaints import Complaints
from .needs import solve_need
from .recording import Happened, record_all
from .revising import author_id, reconsider, saved_meanwhile

CITIZEN, PROFESSIONAL = AssessmentEntry.Voice.CITIZEN.value, AssessmentEntry.Voice.PROFESSIONAL.value


class Words(NamedTuple):
    """What someone saves on one topic, and the revision they had read (0 when nothing was written)."""

    text: str
    expected_revision: int


def write_words(
    number: str,
    *,
    topic: str,
    voice: str,
    text: str,
    expected_revision: int,
    on_behalf: bool = False,
    actor: Actor,
    now: datetime,
) -> AssessmentEntry:
    """Write what one voice says about one topic; the newest entry of that slot is returned.

    The citizen (or their representative) writes the voice `citizen`; staff write `professional`, or note the
    citizen's own words with `on_behalf`. The same text again makes no new revision.

    Raises:
        Incomplete: the topic or voice is unknown, or the text empty or too long.
        Conflict: someone saved first; `current` is their entry.
    """
    with acting(number, _action(voice, on_behalf), actor=actor, now=now) as (case, state):
        complaints = Complaints()
        _check_slot(policy_of(case.policy_id), voice, topic, complaints)
        words = complaints.text(words_field(voice, topic), text, required=_("Skriv noe før du lagrer."))
        complaints.stop()
        before = histories(case, voice)
        history = before.get(topic, [])
        verdict = weigh(words, expected_revision, [entry.text for entry in history])
        if verdict is Verdict.CONFLICT:
            theirs = history[-1] if history else None
            raise Conflict(saved_meanwhile(theirs), theirs)
        if verdict is Verdict.UNCHANGED:
            return history[-1]
        return _store(case, state, voice, {topic: words}, standing(before), on_behalf, actor=actor, now=now)[
            0
        ]


def write_assessment(
    number: str,
    *,
    voice: str,
    texts: Mapping[str, tuple[str, int]],
    on_behalf: bool = False,
    actor: Actor,
    now: datetime,
) -> tuple[AssessmentEntry, ...]:
    """Save a whole form at once, all or nothing; `texts` maps topic to `Words`. The new entries are returned.

    A topic its writer did not touch is left alone, also when someone else has written there meanwhile.

    Raises:
        Incomplete: every fault in the form, each on its field.
        Conflict: someone saved first on topics changed here; `current` maps each such topic to their entry.
    """
    with acting(number, _action(voice, on_behalf), actor=actor, now=now) as (case, state):
        policy = policy_of(case.policy_id)
        before = histories(case, voice)
        complaints = Complaints()
        new: dict[str, str] = {}
        theirs: dict[str, AssessmentEntry | None] = {}
        for topic, (text, expected_revision) in texts.items():
            _check_slot(policy, voice, topic, complaints)
            history = before.get(topic, [])
            words = complaints.text(words_field(voice, topic), text)
            verdict = weigh_in_form(words, expected_revision, [entry.text for entry in history], "")
            if verdict is Verdict.CONFLICT:
                theirs[topic] = history[-1] if history else None
            elif verdict is Verdict.NEW and not words:
                complaints.add(words_field(voice, topic), _cannot_be_emptied())
            elif verdict is Verdict.NEW:
                new[topic] = words
        complaints.stop()
        if theirs:
            raise Conflict(saved_meanwhile(next(iter(theirs.values()))), theirs)
        return _store(case, state, voice, new, standing(before), on_behalf, actor=actor, now=now)


def _action(voice: str, on_behalf: bool) -> str:
    if voice == CITIZEN:
        return "note_citizen_words" if on_behalf else "citizen_words"
    return "professional_words"


def _check_slot(policy: Policy, voice: str, topic: str, complaints: Complaints) -> None:
    if voice not in AssessmentEntry.Voice.values:
        complaints.add("voice", _("Velg om det er innbyggeren eller fagpersonen som sier dette."))
    if all(known.code != topic for known in policy.topics):
        complaints.add(
            words_field(voice, topic),
            _("Temaet «%(topic)s» finnes ikke i denne kommunens vurdering.") % {"topic": topic},
        )


def _cannot_be_emptied() -> str:
    return _(
        "Det som er skrevet, kan ikke slettes. Skriv hva som gjelder nå, for eksempel «Ikke aktuelt lenger»."
    )


def _store(
    case: Case,
    state: CaseState,
    voice: str,
    texts: Mapping[str, str],
    revisions: Mapping[str, int],
    on_behalf: bool,
    *,
    actor: Actor,
    now: datetime,
) -> tuple[AssessmentEntry, ...]:
    """Add what is new, and let the needs follow."""
    if not texts:
        return ()
    entries = add_entries(
        case,
        voice,
        texts,
        revisions,
        on_behalf=on_behalf and voice == CITIZEN,
        author_id=author_id(actor),
        written_at=now,
        actor=actor,
        now=now,
    )
    if voice == PROFESSIONAL:
        why = _("Den faglige vurderingen er endret etter at den var fullført.")
        reconsider(case, state, why, actor=actor, now=now)
        return entries
    if set(texts) & set(wish_topics(policy_of(case.policy_id).topics)):
        solve_need(case, "hear_citizen", actor=actor, now=now)
    citizen_said_something_new(case, state, actor=actor, now=now)
    return entries


def add_entries(
    case: Case,
    voice: str,
    texts: Mapping[str, str],
    revisions: Mapping[str, int],
    *,
    on_behalf: bool,
    author_id: int,
    written_at: datetime,
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> tuple[AssessmentEntry, ...]:
    """Add the next revision of each topic, with an event; `revisions` tells which one each stands at."""
    entries = AssessmentEntry.objects.bulk_create(
        [
            AssessmentEntry(
                case=case,
                topic=topic,
                voice=voice,
                revision=revisions.get(topic, 0) + 1,
                text=text,
                noted_on_behalf=on_behalf,
                written_by_id=author_id,
                written_at=written_at,
            )
            for topic, text in texts.items()
        ]
    )
    written = (
        {
            "topic": entry.topic,
            "voice": voice,
            "revision": entry.revision,
            "on_behalf": entry.noted_on_behalf,
            "rows": covered(entry),
        }
        for entry in entries
    )
    happened = (Happened("words_written", data, reason) for data in written)
    record_all(case, happened, actor=actor, now=now)
    return tuple(entries)


def histories(case: Case, voice: str) -> dict[str, list[AssessmentEntry]]:
    """Every entry of one voice by topic, oldest first; the last one counts."""
    found: dict[str, list[AssessmentEntry]] = {}
    for entry in case.entries.filter(voice=voice).select_related("written_by").order_by("revision"):
        found.setdefault(entry.topic, []).append(entry)
    return found


def standing(histories: Mapping[str, list[AssessmentEntry]]) -> dict[str, int]:
    """The revision that each topic written about stands at."""
    return {topic: history[-1].revision for topic, history in histories.items()}


def citizen_said_something_new(case: Case, state: CaseState, *, actor: Actor, now: datetime) -> None:
    """A completed assessment opens again: what the citizen says is to be taken along (fvl § 17)."""
    why = _("Innbyggeren har kommet med noe nytt etter at vurderingen var fullført. Det skal tas med.")
    reconsider(case, state, why, actor=actor, now=now)
