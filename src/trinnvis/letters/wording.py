"""The policy's own texts, chosen for the decision at hand and filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trinnvis.casework.queries.decision_view import DecisionView, LineView
from trinnvis.policy.model import LetterText

BEGUN, ENDED = "begun", "ended"  # ends of text codes: help that began, or was over, before the letter's day
WAITING = "waiting"  # something is refused for now, with a place on the waiting list


@dataclass(frozen=True)
class Words:
    """The texts by code, with what their `{name}` fields stand for."""

    texts: Mapping[str, LetterText]
    fields: Mapping[str, str]

    def __call__(self, code: str, *variants: str) -> tuple[str, str]:
        """Heading and body of the first of `code-variant`, …, `code` that the policy has."""
        tried = (*(f"{code}-{variant}" for variant in variants), code)
        text = self.texts[next(each for each in tried if each in self.texts)]
        return text.heading.format_map(self.fields), text.body.format_map(self.fields)

    def or_else(self, code: str, heading: str, body: str) -> tuple[str, str]:
        """The text, or what is said where the policy is older than the code."""
        return self(code) if code in self.texts else (heading, body)


def words_of(view: DecisionView, fields: Mapping[str, str]) -> Words:
    return Words({text.code: text for text in view.policy.letter_texts}, fields)


def tense(view: DecisionView) -> tuple[str, ...]:
    """The variants for a decision on help that began, or is over, before it; none when it is yet to come."""
    if view.last_day and view.last_day < view.on:
        return (ENDED, BEGUN)
    return (BEGUN,) if view.starts_on and view.starts_on < view.on else ()


def in_sentence(title: str) -> str:
    """A service title inside a sentence: "Hjemmesykepleie" as "hjemmesykepleie", "BPA" as it is."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def named(line: LineView) -> str:
    """The line's service inside a sentence."""
    return in_sentence(line.service.title_in_letters)


def paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("\n") if part.strip())
