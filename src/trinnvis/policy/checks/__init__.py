"""Rules across rows: what must hold between the parts of a policy. Each check yields its own problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from trinnvis.policy.checks import (
    criteria,
    ladders,
    letters,
    lists,
    needs,
    prices,
    references,
    services,
    validity,
)
from trinnvis.policy.draft import Draft
from trinnvis.policy.faults import Problem

Check = Callable[[Draft], Iterator[Problem]]

# What each row says by itself or among its own kind …
WITHIN: tuple[Check, ...] = (
    criteria.trees_lead_to_an_answer,
    letters.fields_are_known,
    lists.codes_are_unique,
    lists.instruments_can_be_used,
    needs.some_role_can_solve,
    prices.rows_are_sound,
    services.decisions_can_be_made,
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
