"""Collects the rows of many cases in memory, and stores them at once."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max, Model

from trinnvis.access.models import Account
from trinnvis.casework.covering import covered
from trinnvis.casework.models import (
    Alternative,
    AlternativeLine,
    Approval,
    AssessmentEntry,
    Case,
    CaseEvent,
    Clarification,
    ConsentCapacity,
    CriterionAnswer,
    Decision,
    DecisionLine,
    Enquiry,
    FunctionScore,
    Goal,
    HousingSituation,
    Measurement,
    Need,
    NumberSeries,
    TeamMember,
)
from trinnvis.casework.rules.deadlines import Due, deadline_for
from trinnvis.casework.services.numbers import PREFIXES
from trinnvis.letters.content import LetterContent
from trinnvis.letters.models import Letter
from trinnvis.letters.pdf import TEMPLATE_VERSION, render_pdf
from trinnvis.people.models import Person
from trinnvis.policy.models import PolicyVersion
from trinnvis.policy.queries import policy_of

from .storing import store

if TYPE_CHECKING:
    from .casefile import CaseFile

M = TypeVar("M", bound=Model)
# In any order: the databases look at what points where when the transaction ends.
AT_ONCE: tuple[type[Model], ...] = (
    *(Enquiry, Need, Clarification, TeamMember, Goal, Measurement),
    *(AssessmentEntry, FunctionScore, HousingSituation, ConsentCapacity, CriterionAnswer),
    *(Alternative, AlternativeLine, Decision, DecisionLine, Approval),
)
AFTER_THE_PRESS: tuple[type[Model], ...] = (Case, Letter, CaseEvent)
"""The chain of a case holds the fingerprints of its letters."""
TABLES = (*AT_ONCE, *AFTER_THE_PRESS)


@dataclass(frozen=True)
class _InPress:
    """A letter whose PDF is being made, and the data of the event that shall hold its digests."""

    letter: Letter
    pdf: Future[bytes]
    data: dict[str, Any]


class HistoryWriter:
    """Gives rows their keys and numbers as they are added; nothing is in the database until `write`.

    Keys are given here because the events hold digests of rows, and a digest covers the keys it points at.
    Decisions sent before `letters_since` get no letter: a PDF costs as much as all the rest of its case.
    """

    def __init__(
        self, version: PolicyVersion, accounts: Mapping[str, Account], letters_since: datetime
    ) -> None:
        self.version = version
        self.policy = policy_of(version.pk)
        self.letters_since = letters_since
        self.accounts = {account.pk: account for account in accounts.values()}
        self.files: list[CaseFile] = []
        self._rows: dict[type[Model], list[Model]] = defaultdict(list)
        self._keys = {
            table: count((table._default_manager.aggregate(k=Max("pk"))["k"] or 0) + 1) for table in TABLES
        }
        self._series = {(row.name, row.year): row for row in NumberSeries.objects.all()}
        self._press = ThreadPoolExecutor()  # typst lets go of the interpreter while it works
        self._in_press: list[_InPress] = []
        self._deadlines: dict[tuple[str, date], Due] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._press.shutdown(cancel_futures=True)

    def add(self, row: M) -> M:
        row.pk = next(self._keys[type(row)])
        self._rows[type(row)].append(row)
        return row

    def drop(self, row: Model) -> None:
        self._rows[type(row)].remove(row)

    def deadline(self, kind: str, start: date) -> Due:
        """When a need of a kind is due, counted from a date; counted once for each."""
        if (kind, start) not in self._deadlines:
            self._deadlines[kind, start] = deadline_for(self.policy, kind, start)
        return self._deadlines[kind, start]

    def number(self, series: str, year: int) -> str:
        """As `casework.services.numbers.next_number`."""
        row = self._series.setdefault((series, year), NumberSeries(name=series, year=year, last=0))
        row.last += 1
        return f"{PREFIXES.get(series, '')}{year}-{row.last:06d}"

    def letter(
        self, decision: Decision, to: Person, content: LetterContent, *, at: datetime
    ) -> dict[str, Any]:
        """A letter, rendered while the telling goes on; the data of its event, filled in by `write`."""
        letter = self.add(
            Letter(
                decision=decision,
                recipient=to,
                language=content.language,
                content=content.as_json(),
                template_version=TEMPLATE_VERSION,
                made_at=at,
            )
        )
        data = {"decision": decision.number, "sha256": "", "template": TEMPLATE_VERSION}
        pdf = self._press.submit(render_pdf, content, made_at=at)
        self._in_press.append(_InPress(letter, pdf, data))
        return data

    @transaction.atomic
    def write(self) -> None:
        """Chain the events of every case, and store everything."""
        self._store(AT_ONCE)
        for each in self._in_press:
            each.letter.pdf = each.pdf.result()
            each.letter.sha256 = each.data["sha256"] = hashlib.sha256(each.letter.pdf).hexdigest()
            each.data["rows"] = covered(each.letter)
        for file in self.files:
            for event in file.finish():
                self.add(event)
        self._store(AFTER_THE_PRESS)
        NumberSeries.objects.bulk_create(
            self._series.values(),
            update_conflicts=True,
            unique_fields=["name", "year"],
            update_fields=["last"],
        )
        with connection.cursor() as cursor:  # PostgreSQL does not see keys that it has not given itself
            for statement in connection.ops.sequence_reset_sql(no_style(), TABLES):
                cursor.execute(statement)

    def _store(self, tables: tuple[type[Model], ...]) -> None:
        for table in tables:
            store(table, self._rows[table])
