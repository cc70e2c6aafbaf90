"""One case in memory: its rows, its needs, and what happened in the order it happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model

from trinnvis.access.actor import Actor
from trinnvis.access.models import Account
from trinnvis.casework.covering import covered
from trinnvis.casework.models import (
    Alternative,
    AlternativeLine,
    Case,
    CaseEvent,
    Clarification,
    CriterionAnswer,
    Decision,
    DecisionLine,
    Enquiry,
    Goal,
    Need,
)
from trinnvis.casework.rules.criteria import Walk
from trinnvis.casework.rules.deadlines import Due
from trinnvis.casework.rules.state import standing
from trinnvis.casework.services.needs import local_date
from trinnvis.casework.services.recording import build_event
from trinnvis.policy.model import Policy

from .writer import HistoryWriter

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Happening:
    """An event that is not yet chained."""

    verb: str
    actor: Actor
    at: datetime
    data: dict[str, Any]
    reason: str


class CaseFile:
    """`take_pen` says who acts and when; every verb after it is theirs, at that moment."""

    def __init__(self, writer: HistoryWriter, case: Case) -> None:
        self.writer, self.case = writer, case
        self.actor: Actor
        self.at: datetime
        self.enquiries: list[Enquiry] = []
        self.needs: list[Need] = []
        self.revisions: dict[
            str, int
        ] = {}  # per slot of the assessment, as `assessment_completed` names them
        self.clarification: Clarification | None = None
        self.goals: list[Goal] = []
        self.alternatives: dict[int, tuple[Alternative, list[AlternativeLine]]] = {}
        self.answers: dict[str, dict[str, CriterionAnswer]] = {}  # service → question → the one that counts
        self.walks: dict[str, Walk] = {}  # service → how far its answers lead, until one more is given
        self.decisions: list[tuple[Decision, list[DecisionLine]]] = []
        self._happened: list[Happening] = []
        writer.files.append(self)

    @property
    def policy(self) -> Policy:
        return self.writer.policy

    @property
    def account(self) -> Account:
        return self.writer.accounts[self.actor.key]

    def take_pen(self, actor: Actor, at: datetime) -> None:
        if self._happened and at < self._happened[-1].at:
            raise ValueError(f"{self.case.number}: {at} is before what has happened")
        self.actor, self.at = actor, at

    def add(self, row: M) -> M:
        return self.writer.add(row)

    def event(self, verb: str, data: dict[str, Any] | None = None, reason: str = "") -> None:
        self._happened.append(Happening(verb, self.actor, self.at, data or {}, reason))

    def need(self, kind: str) -> Need | None:
        """The open need of a kind."""
        return next((n for n in self.needs if n.kind == kind and n.state == Need.State.OPEN), None)

    def open_need(
        self, kind: str, *, due: Due | None = None, enquiry_at: datetime | None = None, note: str = ""
    ) -> None:
        """As `casework.services.needs.open_need`."""
        if self.need(kind):
            return
        start = {
            "need": self.at,
            "case": self.case.opened_at,
            "enquiry": enquiry_at or self.at,
            "application": self.case.applied_at or self.at,
        }[self.policy.need_kind(kind).deadline_from]
        deadline = due or self.writer.deadline(kind, local_date(start))
        need = self.add(
            Need(
                case=self.case,
                kind=kind,
                opened_at=self.at,
                due_on=deadline.due,
                due_why=deadline.why,
                note=note,
            )
        )
        self.needs.append(need)
        on = deadline.due.isoformat() if deadline.due else None
        self.event("need_opened", {"kind": kind, "due_on": on, "rows": covered(need)}, note)

    def solve_need(self, kind: str, *, note: str = "", relevant: bool = True) -> None:
        """As `casework.services.needs.solve_need`."""
        need = self.need(kind)
        if need is None:
            return
        need.state = Need.State.SOLVED if relevant else Need.State.NOT_RELEVANT
        need.solved_at, need.solved_by_id, need.note = self.at, self.actor.key, note or need.note
        self.event("need_solved", {"kind": kind, "relevant": relevant, "rows": covered(need)}, note)

    def finish(self) -> Iterator[CaseEvent]:
        """Settle stage and next due date, and chain the events; call it once."""
        due = {need.kind: need.due_on for need in self.needs if need.state == Need.State.OPEN}
        self.case.stage, self.case.next_due = standing(due, closed=self.case.closed_at is not None)
        for one in self._happened:
            yield build_event(
                self.case, verb=one.verb, actor=one.actor, now=one.at, data=one.data, reason=one.reason
            )
