"""Codes that point at other rows: each must find one."""

from __future__ import annotations

from collections.abc import Iterator

from trinnvis.policy.criteria import CriteriaTree
from trinnvis.policy.draft import Draft
from trinnvis.policy.faults import Path, Problem
from trinnvis.policy.messages import unknown_code
from trinnvis.policy.model import LegalBasis, Municipality, NeedKind, Price, Service


def codes_exist(draft: Draft) -> Iterator[Problem]:
    """Every code in the document that names a row of a list."""
    for path, what, code, field in _references(draft):
        known = draft.codes(field)
        if field in draft.raw and code not in known:
            yield Problem(path, *unknown_code(what, code, known, field))


def _references(draft: Draft) -> Iterator[tuple[Path, str, str, str]]:
    for path, municipality in draft.rows(Municipality):
        yield (*path, "intake_unit"), "Enheten", municipality.intake_unit, "units"
    for path, service in draft.rows(Service):
        yield (*path, "provider"), "Enheten", service.provider, "units"
        if service.criteria is not None:
            yield (*path, "criteria"), "Kriteriesettet", service.criteria, "criteria"
        for index, code in enumerate(service.legal_bases):
            yield (*path, "legal_bases", index), "Hjemmelen", code, "legal_bases"
        for index, code in enumerate(service.instead):
            yield (*path, "instead", index), "Tjenesten", code, "services"
    for path, tree in draft.rows(CriteriaTree):
        yield from _bases_of_answers(path, tree)
    for path, price in draft.rows(Price):
        yield (*path, "service"), "Tjenesten", price.service, "services"
        for profession in price.hours:
            yield (*path, "hours", profession), "Yrkesgruppen", profession, "professions"
    for path, basis in draft.rows(LegalBasis):
        if basis.appeal_rule is not None:
            yield (*path, "appeal_rule"), "Klagefristen", basis.appeal_rule, "deadlines"
    for path, need in draft.rows(NeedKind):
        if need.deadline is not None:
            yield (*path, "deadline"), "Fristen", need.deadline, "deadlines"


def _bases_of_answers(path: Path, tree: CriteriaTree) -> Iterator[tuple[Path, str, str, str]]:
    for q, question in enumerate(tree.questions):
        for a, answer in enumerate(question.answers):
            for index, code in enumerate(answer.legal_bases):
                at = (*path, "questions", q, "answers", a, "legal_bases", index)
                yield at, "Hjemmelen", code, "legal_bases"
