"""Walks a criteria tree (tildelingskriterier) with the answers people have given; it answers nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trinnvis.policy.criteria import Answer, CriteriaTree, Outcome, Question, ReasonRule


@dataclass(frozen=True)
class Given:
    """An answer somebody gave to a question, with their reason."""

    answer: str
    reason: str = ""


@dataclass(frozen=True)
class Stop:
    """A question on the path, the answer chosen there and the reason given."""

    question: Question
    answer: Answer
    reason: str


@dataclass(frozen=True)
class Walk:
    """How far the answers lead. Either `next` is the question to ask, or `outcome` is where they end.

    `off_path` holds questions answered earlier that no longer count, since an answer before them has changed.
    """

    path: tuple[Stop, ...]
    next: Question | None
    outcome: Outcome | None
    off_path: tuple[str, ...]

    @property
    def finished(self) -> bool:
        return self.outcome is not None

    @property
    def waits(self) -> bool:
        """Met, with a place on the waiting list and not the service now (hol § 3-2 a)."""
        return self.outcome is Outcome.MET and any(stop.answer.waiting_list for stop in self.path)

    def may_answer(self, question: str) -> bool:
        """Whether a question can be answered now: it is next, or on the path and may be changed."""
        on_path = {stop.question.code for stop in self.path}
        return question in on_path or (self.next is not None and self.next.code == question)


def find_question(tree: CriteriaTree, code: str) -> Question | None:
    return next((question for question in tree.questions if question.code == code), None)


def find_answer(question: Question, code: str) -> Answer | None:
    return next((answer for answer in question.answers if answer.code == code), None)


def lacks_reason(answer: Answer, reason: str) -> bool:
    return answer.reason is ReasonRule.REQUIRED and not reason.strip()


def walk(tree: CriteriaTree, given: Mapping[str, Given]) -> Walk:
    """Follow the answers from the first question as far as they lead.

    An unknown answer, or one without the reason it requires, counts as no answer.

    Raises:
        ValueError: the tree points at a question it does not have, or in a circle. `policy check` finds both.
    """
    path: list[Stop] = []
    passed: set[str] = set()
    code: str | None = tree.first
    outcome: Outcome | None = None
    waiting: Question | None = None
    while code is not None:
        question = find_question(tree, code)
        if question is None or code in passed:
            raise ValueError(f"criteria tree {tree.code}: question {code} is missing or asked twice")
        mine = given.get(code)
        answer = find_answer(question, mine.answer) if mine else None
        if mine is None or answer is None or lacks_reason(answer, mine.reason):
            waiting = question
            break
        passed.add(code)
        path.append(Stop(question, answer, mine.reason))
        code, outcome = answer.next, answer.outcome
    off_path = tuple(question for question in given if question not in passed)
    return Walk(tuple(path), waiting, outcome, off_path)
