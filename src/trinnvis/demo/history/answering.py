"""How the criteria of a service are answered: the likely way to what the plan says, reasoned each time."""

from __future__ import annotations

from decimal import Decimal

from trinnvis.policy.criteria import Outcome, Question, ReasonRule

from .casefile import CaseFile
from .deciding import answer_criterion, criteria_walk
from .plans import Round
from .texts import Words, care, texts_at


def answer_criteria(file: CaseFile, service: str, round_: Round, words: Words, *, alone: bool) -> None:
    amounts = {grant.service: grant.amount for grant in round_.grants}
    refuses = service == round_.refused
    while question := criteria_walk(file, service).next:
        code = _answer(service, question, refuses, amounts.get(service), alone)
        answer = next(known for known in question.answers if known.code == code)
        reason = "" if answer.reason == ReasonRule.NONE else _reason(service, question, answer.outcome, words)
        answer_criterion(file, service, question.code, answer=code, reason=reason)


def _answer(service: str, question: Question, refuses: bool, amount: Decimal | None, alone: bool) -> str:
    data, slot = care(), f"{service}/{question.code}"
    if refuses:
        refusal = data["refusals"][service]
        if question.code == refusal["question"]:
            return str(refusal["answer"])
        if slot in data["on_the_way"]:
            return str(data["on_the_way"][slot])
    if amount is not None and slot in data["by_amount"]:
        return str(next(code for most, code in data["by_amount"][slot] if amount <= most))
    if question.code == "husstand" and alone:
        return "nei"
    wanted = data["answers"].get(slot, data["answers"].get(question.code))
    if any(answer.code == wanted for answer in question.answers):
        return str(wanted)
    return next(answer.code for answer in question.answers if answer.outcome != Outcome.NOT_MET)


def _reason(service: str, question: Question, outcome: Outcome | None, words: Words) -> str:
    key = "avslag" if outcome == Outcome.NOT_MET else question.code
    known = key in texts_at("criteria") and service in texts_at("services")
    task = words.say("services", service, "task") if known else ""
    return words.say("criteria", key if known else "default", task=task)
