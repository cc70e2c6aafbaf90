"""Allocation criteria (tildelingskriterier) as trees: every road must lead to an answer."""

from __future__ import annotations

from collections.abc import Iterator

from trinnvis.policy.criteria import CriteriaTree, Outcome, Question
from trinnvis.policy.draft import Draft
from trinnvis.policy.faults import Path, Problem
from trinnvis.policy.messages import unknown_code


def trees_lead_to_an_answer(draft: Draft) -> Iterator[Problem]:
    for path, tree in draft.rows(CriteriaTree):
        yield from _answers_lead_somewhere(path, tree)
        roads = _roads(tree)
        reached = _reached(tree.first, roads)
        if tree.first not in roads:
            message = unknown_code("Spørsmålet", tree.first, list(roads), "questions")
            yield Problem((*path, "first"), *message)
        else:
            yield from _all_reached(path, tree, reached)
            yield from _ends_well(path, tree, reached)
        yield from _no_circles(path, tree, roads)


def answers_can_be_told_apart(draft: Draft) -> Iterator[Problem]:
    for path, tree in draft.rows(CriteriaTree):
        for q, question in enumerate(tree.questions):
            labels = [answer.label.casefold() for answer in question.answers]
            for a, label in enumerate(labels):
                if label in labels[:a]:
                    yield Problem(
                        (*path, "questions", q, "answers", a, "label"),
                        f"Svaret «{question.answers[a].label}» står to ganger på spørsmålet.",
                        "Skriv svarene slik at de kan skilles fra hverandre, eller slett det ene.",
                    )


def _roads(tree: CriteriaTree) -> dict[str, list[str]]:
    return {q.code: [a.next for a in q.answers if a.next is not None] for q in tree.questions}


def _reached(first: str, roads: dict[str, list[str]]) -> set[str]:
    reached, waiting = set(), [first]
    while waiting:
        code = waiting.pop()
        if code in roads and code not in reached:
            reached.add(code)
            waiting += roads[code]
    return reached


def _answers_lead_somewhere(path: Path, tree: CriteriaTree) -> Iterator[Problem]:
    known = [question.code for question in tree.questions]
    for q, question in enumerate(tree.questions):
        for a, answer in enumerate(question.answers):
            at = (*path, "questions", q, "answers", a)
            if answer.next is None and answer.outcome is None:
                yield Problem(
                    at,
                    f"Svaret «{answer.label}» fører ingen steder.",
                    "Legg til «next:» med neste spørsmål, eller «outcome:» met eller not_met.",
                )
            if answer.next is not None and answer.outcome is not None:
                yield Problem(
                    at,
                    f"Svaret «{answer.label}» har både «next» og «outcome».",
                    "Behold «next» om det er flere spørsmål, ellers «outcome».",
                )
            if answer.next is not None and answer.next not in known:
                yield Problem((*at, "next"), *unknown_code("Spørsmålet", answer.next, known, "questions"))


def _all_reached(path: Path, tree: CriteriaTree, reached: set[str]) -> Iterator[Problem]:
    for q, question in enumerate(tree.questions):
        if question.code not in reached:
            yield Problem(
                (*path, "questions", q),
                f"Spørsmålet «{question.code}» blir aldri stilt: ingen svar fører dit.",
                "La et svar ha «next» til spørsmålet, eller slett det.",
            )


def _ends_well(path: Path, tree: CriteriaTree, reached: set[str]) -> Iterator[Problem]:
    answers = [a for q in tree.questions if q.code in reached for a in q.answers]
    if not any(answer.outcome is Outcome.MET for answer in answers):
        yield Problem(
            path,
            f"Ingen svar i «{tree.title}» fører til at kriteriene er oppfylt.",
            "Gi minst ett svar «outcome: met».",
        )


def _no_circles(path: Path, tree: CriteriaTree, roads: dict[str, list[str]]) -> Iterator[Problem]:
    """The answer that closes a circle: it leads to a question already on the road there."""
    questions = {question.code: (q, question) for q, question in enumerate(tree.questions)}
    done: set[str] = set()

    def walk(code: str, road: tuple[str, ...]) -> Iterator[Problem]:
        q, question = questions[code]
        for a, target in _onward(question):
            if target in (*road, code):
                yield Problem(
                    (*path, "questions", q, "answers", a, "next"),
                    f"Spørsmålene går i ring: svaret fører tilbake til «{target}».",
                    "La svaret gå til et senere spørsmål, eller gi det «outcome».",
                )
            elif target in questions and target not in done:
                yield from walk(target, (*road, code))
        done.add(code)

    for code in roads:
        if code not in done:
            yield from walk(code, ())


def _onward(question: Question) -> list[tuple[int, str]]:
    return [(a, answer.next) for a, answer in enumerate(question.answers) if answer.next is not None]
