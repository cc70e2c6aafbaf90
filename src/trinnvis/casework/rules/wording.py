"""What stands in a decision's reasons: own words, and never money.

Kroner, budgets and capacity cannot carry a refusal or a reduction: the minimum is what is sound and dignified
(hol §§ 3-1 and 4-1, pbrl § 2-1), so they have no place in the reasons. The citizen's own means may be named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from trinnvis.policy.model import Policy

SHORTEST = 40  # characters of own words: about one sentence
FEWEST = 6  # different words

# Bounded on purpose: any text a form can hold is judged in milliseconds.
_NUMBER = r"(?<!\d)\d{1,9}(?:[ .\u00a0\u202f]\d{3}){0,4}"
_AMOUNT = re.compile(
    rf"\b(?:kr|nok)\b\.?\s?{_NUMBER}(?:,\d{{1,9}})?"
    rf"|{_NUMBER}(?:,\d{{1,9}})?\s?(?:(?:tusen|millioner|mill\.?)\s)?(?:kr|kroner|nok)\b"
    rf"|{_NUMBER}(?:,\d{{1,9}})?\s?(?:millioner|mill)\b"
    rf"|{_NUMBER},[-–—]",
    re.IGNORECASE,
)
_ABOUT_MONEY = re.compile(
    r"\b(?:\w*budsjett\w*|\w*økonomi\w*|\w*kostnad\w*|kostbar\w*|kroner|kapasitet\w*"
    r"|ressurshensyn|ressursmang\w*|ressurssitua\w*|innspar\w*|spare(?:krav|tiltak)\w*|billig\w*|dyrt|dyrere|dyreste"
    r"|bemanning\w*|underbemann\w*|kost(?:er|et) kommunen"
    r"|(?:ikke|ingen|mangler) (?:ledige? )?plass(?:er)?(?! til (?:rull|seng|hjelpemid)))\b",
    re.IGNORECASE,
)
# "din økonomi", "budsjettet sitt" and "kognitiv kapasitet" speak of the citizen, not of the public purse.
_THE_CITIZENS = re.compile(
    r"\b(?:din|sin|hans|hennes|deres|egen|personlige?|privat|kognitive?|mentale?|fysiske?)\s+(?:økonomi|kapasitet)\w*"
    r"|\b(?:økonomi|kapasitet)en\s+(?:din|sin|hans|hennes|deres)\b"
    r"|\b(?:ditt|sitt|eget|personlige?|privat)\s+budsjett\w*"
    r"|\bbudsjettet\s+(?:ditt|sitt|hans|hennes|deres)\b"
    r"|\b(?:privat|husholdnings)økonomi\w*"
    r"|\b(?:råd|rådgivning|veiledning) om økonomi\b"
    r"|\bøkonomisk(?:e)? (?:råd|rådgivning|veiledning|sosialhjelp|vansker|problemer)\b",
    re.IGNORECASE,
)


def money_words(text: str) -> tuple[str, ...]:
    """The amounts and words about the municipality's money that stand in a text, each once, as written."""
    amounts = (match.group().strip() for match in _AMOUNT.finditer(text))
    words = (match.group() for match in _ABOUT_MONEY.finditer(_THE_CITIZENS.sub(" ", _AMOUNT.sub(" ", text))))
    return tuple(dict.fromkeys((*amounts, *words)))


def in_own_words(text: str, borrowed: Iterable[str]) -> bool:
    """Whether enough is left of a text when every borrowed sentence is taken out of it."""
    left = _plain(text)
    for sentence in sorted({_plain(part) for part in borrowed}, key=len, reverse=True):
        if len(sentence) >= FEWEST * 2:
            left = left.replace(sentence, " ")
    words = left.split()
    return len(" ".join(words)) >= SHORTEST and len(set(words)) >= FEWEST


def standard_texts(policy: Policy) -> Iterator[str]:
    """Every sentence of the policy that could be pasted instead of reasons."""
    for tree in policy.criteria:
        for question in tree.questions:
            answers = (text for answer in question.answers for text in (answer.label, answer.letter))
            yield from _sentences(question.text, question.help, *answers)
    for service in policy.services:
        text = service.description
        lists = (text.covered, text.not_covered, text.you_can_expect, text.we_expect_of_you)
        yield from _sentences(
            service.summary, text.goal, text.who, text.price, *(s for row in lists for s in row)
        )
    for basis in policy.legal_bases:
        yield from _sentences(basis.substance)
    for letter in policy.letter_texts:
        yield from _sentences(letter.body)


def _sentences(*texts: str) -> Iterator[str]:
    for text in texts:
        yield from re.split(r"(?<=[.!?:])\s+|\n+", text)


def _plain(text: str) -> str:
    """Lower case, words only, single spaces: so that punctuation and line breaks hide nothing."""
    return " ".join(re.findall(r"\w+", text.casefold()))
