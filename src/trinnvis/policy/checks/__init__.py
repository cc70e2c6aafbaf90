"""Rules across rows: what must hold between the parts of a policy. Each check yields its own problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from trinnvis.policy.checks import (
    contacts,
    criteria,
    deadlines,
    in_force,
    ladders,
    letters,
    lists,
    needs,
    prices,
    references,
    services,
    texts,
    validity,
)
from trinnvis.policy.draft import Draft
from trinnvis.policy.faults import Problem
from trinnvis.policy.model import Policy

Check = Callable[[Draft], Iterator[Problem]]

# What each row says by itself or among its own kind …
WITHIN: tuple[Check, ...] = (
    contacts.addresses_can_be_used,
    criteria.answers_can_be_told_apart,
    criteria.trees_lead_to_an_answer,
    deadlines.lengths_are_possible,
    letters.fields_are_known,
    lists.codes_are_unique,
    lists.instruments_can_be_used,
    needs.some_role_can_solve,
    prices.rows_are_sound,
    services.decisions_can_be_made,
    services.kpr_codes_are_codes,
    texts.can_be_seen,
    validity.ends_after_start,
    validity.one_row_at_a_time,
)
# … and what it says about other rows, which can be judged only when every file could be read.
BETWEEN: tuple[Check, ...] = (
    ladders.numbers_run_from_one,
    ladders.housing_exists,
    ladders.every_step_has_a_service,
    lists.needed_code_lists_exist,
    lists.needed_lists_have_rows,
    letters.email_exists,
    letters.needed_texts_exist,
    needs.required_kinds_exist,
    prices.units_fit_services,
    references.codes_exist,
    services.steps_exist,
    validity.no_holes_in_time,
)


def across_rows(draft: Draft) -> Iterator[Problem]:
    """Every problem between the draft's sound rows."""
    for check in WITHIN + BETWEEN if draft.whole else WITHIN:
        yield from check(draft)


def through_time(policy: Policy, start: date | None, today: date | None) -> Iterator[Problem]:
    """What a policy lacks from the day it starts; without one, from the first day it can."""
    if start is None and today is not None:
        yield from in_force.waits(policy, today)
    today = today or date.min
    start = start or max(today, in_force.first_day(policy))
    yield from in_force.something_always_answers(policy, start, today)
    yield from in_force.decisions_can_be_appealed(policy, start)
