"""Findings of the assessment that are not words: function, housing step, consent capacity."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.casework.covering import covered
from trinnvis.casework.errors import Conflict
from trinnvis.casework.models import Case, ConsentCapacity, FunctionScore, HousingSituation
from trinnvis.casework.queries.codes import FUNCTION, SCORE, list_in_force, titles
from trinnvis.casework.rules.assessment import HOUSING_FIELD, score_field
from trinnvis.casework.rules.revising import Verdict, weigh, weigh_in_form
from trinnvis.policy.queries import policy_of

from .acting import acting
from .complaints import Complaints
from .needs import local_date, solve_need
from .recording import record
from .revising import author_id, reconsider, saved_meanwhile


class Score(NamedTuple):
    """One function variable: 1-5, or 9 for not relevant; a note; and the revision its writer had read."""

    score: int
    note: str
    expected_revision: int


def score_function(
    number: str, *, scores: Mapping[str, tuple[int, str, int]], actor: Actor, now: datetime
) -> tuple[FunctionScore, ...]:
    """Score function variables, all or nothing; `scores` maps variable to `Score`. The new rows are returned.

    Variables and scores are those of the policy's code lists `function` and `score` valid today.

    Raises:
        Incomplete: every fault, each on its variable's field.
        Conflict: someone scored first; `current` maps each such variable to their row.
    """
    with acting(number, "score", actor=actor, now=now) as (case, state):
        policy, on = policy_of(case.policy_id), local_date(now)
        variables, allowed = list_in_force(policy, FUNCTION, on), list_in_force(policy, SCORE, on)
        histories = _score_histories(case)
        complaints = Complaints()
        new: list[FunctionScore] = []
        theirs: dict[str, FunctionScore | None] = {}
        for variable, (score, note, expected_revision) in scores.items():
            field = score_field(variable)
            if variable not in titles(variables):
                complaints.add(
                    field,
                    _("Variabelen «%(variable)s» finnes ikke i kodelisten %(version)s.")
                    % {"variable": variable, "version": variables.version},
                )
            if str(score) not in titles(allowed):
                complaints.add(
                    field,
                    _("%(score)s er ikke en gyldig verdi. Velg en av %(allowed)s.")
                    % {"score": score, "allowed": ", ".join(titles(allowed))},
                )
            words = complaints.text(f"{field}-note", note)
            history = histories.get(variable, [])
            contents = [(row.score, row.note, row.list_version) for row in history]
            mine = (score, words, variables.version)
            verdict = weigh_in_form(mine, expected_revision, contents, blank=None)
            if verdict is Verdict.CONFLICT:
                theirs[variable] = history[-1] if history else None
            elif verdict is Verdict.NEW:
                new.append(
                    FunctionScore(
                        case=case,
                        list_version=variables.version,
                        variable=variable,
                        score=score,
                        note=words,
                        revision=len(history) + 1,
                        written_by_id=author_id(actor),
                        written_at=now,
                    )
                )
        complaints.stop()
        if theirs:
            raise Conflict(saved_meanwhile(next(iter(theirs.values()))), theirs)
        if new:
            FunctionScore.objects.bulk_create(new)
            data = {
                "list_version": variables.version,
                "scores": {row.variable: row.score for row in new},
                "rows": covered(*new),
            }
            record(case, verb="scored", actor=actor, now=now, data=data)
            why = _("Funksjonsvariablene er endret etter at vurderingen var fullført.")
            reconsider(case, state, why, actor=actor, now=now)
        return tuple(new)


def set_housing(
    number: str, *, housing_step: int, expected_revision: int, note: str = "", actor: Actor, now: datetime
) -> HousingSituation:
    """Say which step of the housing ladder (boligtrapp) the citizen lives on; returns the row that counts.

    Raises:
        Incomplete: the step is not on the policy's ladder (field `housing_step`), or the note too long.
        Conflict: someone set it first; `current` is their row.
    """
    with acting(number, "housing", actor=actor, now=now) as (case, state):
        steps = [step.number for step in policy_of(case.policy_id).housing_ladder.steps]
        complaints = Complaints()
        if housing_step not in steps:
            complaints.add(
                HOUSING_FIELD,
                _("Boligtrappen har ikke trinn %(step)s. Velg et trinn fra %(first)s til %(last)s.")
                % {"step": housing_step, "first": min(steps), "last": max(steps)},
            )
        words = complaints.text("note", note)
        complaints.stop()
        history = list(case.housing.select_related("written_by").order_by("revision"))
        verdict = weigh(
            (housing_step, words), expected_revision, [(row.housing_step, row.note) for row in history]
        )
        if verdict is Verdict.CONFLICT:
            theirs = history[-1] if history else None
            raise Conflict(saved_meanwhile(theirs), theirs)
        if verdict is Verdict.UNCHANGED:
            return history[-1]
        row = HousingSituation.objects.create(
            case=case,
            housing_step=housing_step,
            note=words,
            revision=len(history) + 1,
            written_by_id=author_id(actor),
            written_at=now,
        )
        data = {"housing_step": housing_step, "revision": row.revision, "rows": covered(row)}
        record(case, verb="housing_set", actor=actor, now=now, data=data)
        why = _("Boligtrinnet er endret etter at vurderingen var fullført.")
        reconsider(case, state, why, actor=actor, now=now)
        return row


def decide_capacity(
    number: str,
    *,
    conclusion: str,
    reason: str,
    shown_to: str,
    expected_revision: int,
    actor: Actor,
    now: datetime,
) -> ConsentCapacity:
    """Decide on consent capacity (samtykkekompetanse) with a reason, and solve its need.

    Where capacity is lacking, wholly or partly, `shown_to` says whom the conclusion was laid before, or why
    that could not be done.

    Raises:
        Incomplete: conclusion, reason or shown_to missing or wrong, each on its field.
        Conflict: someone decided first; `current` is their row.
    """
    with acting(number, "capacity", actor=actor, now=now) as (case, _state):
        complaints = Complaints()
        if conclusion not in ConsentCapacity.Conclusion.values:
            complaints.add("conclusion", _("Velg om innbyggeren har samtykkekompetanse."))
        why = complaints.text("reason", reason, required=_("Skriv hva konklusjonen bygger på."))
        lacks = conclusion != ConsentCapacity.Conclusion.HAS
        before_whom = complaints.text(
            "shown_to",
            shown_to,
            required=_("Skriv hvem konklusjonen er lagt fram for, eller hvorfor det ikke lot seg gjøre.")
            if lacks
            else "",
            longest=200,
        )
        complaints.stop()
        history = list(case.consent_capacity.select_related("written_by").order_by("revision"))
        mine = (conclusion, why, before_whom)
        verdict = weigh(
            mine, expected_revision, [(row.conclusion, row.reason, row.shown_to) for row in history]
        )
        if verdict is Verdict.CONFLICT:
            theirs = history[-1] if history else None
            raise Conflict(saved_meanwhile(theirs), theirs)
        if verdict is Verdict.NEW:
            row = ConsentCapacity.objects.create(
                case=case,
                conclusion=conclusion,
                reason=why,
                shown_to=before_whom,
                revision=len(history) + 1,
                written_by_id=author_id(actor),
                written_at=now,
            )
            history.append(row)
            data = {
                "conclusion": conclusion,
                "shown_to": before_whom,
                "revision": row.revision,
                "rows": covered(row),
            }
            record(case, verb="capacity_decided", actor=actor, now=now, data=data)
        solve_need(case, "consent_capacity", actor=actor, now=now)
        return history[-1]


def _score_histories(case: Case) -> dict[str, list[FunctionScore]]:
    """Every score by variable, oldest first."""
    found: dict[str, list[FunctionScore]] = {}
    for row in case.scores.select_related("written_by").order_by("revision"):
        found.setdefault(row.variable, []).append(row)
    return found
