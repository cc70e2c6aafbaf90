"""Allocation criteria (tildelingskriterier) as a policy holds them: trees of questions."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from trinnvis.policy.provenance import Code, Frozen, Sourced, Text


class ReasonRule(StrEnum):
    REQUIRED = "required"
    OPTIONAL = "optional"
    NONE = "none"


class Outcome(StrEnum):
    MET = "met"
    NOT_MET = "not_met"


class Answer(Frozen):
    """One answer to a question, and what follows from it besides where it leads."""

    code: Code
    label: Text
    letter: str = ""  # what question and answer come to, said to the one the decision is about
    reason: ReasonRule = ReasonRule.NONE
    next: Code | None = None  # another question …
    outcome: Outcome | None = None  # … or the end of the tree
    legal_bases: tuple[Code, ...] = ()  # LegalBasis.code; a basis an answer names needs that answer
    free: str = ""  # why the service then costs the citizen nothing
    waiting_list: bool = False  # not the service now, but a place on the waiting list for it


class Question(Frozen):
    code: Code
    text: Text
    help: str = ""
    answers: tuple[Answer, ...] = Field(min_length=2)


class CriteriaTree(Sourced):
    """Allocation criteria (tildelingskriterier) as questions; a human answers, nothing is pre-answered."""

    code: Code
    title: Text
    first: Code
    questions: tuple[Question, ...] = Field(min_length=1)
