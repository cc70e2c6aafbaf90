"""Needs (behov): the kinds the casework engine opens by itself, and that each can be solved."""

from __future__ import annotations

from collections.abc import Iterator

from trinnvis.policy.draft import Draft
from trinnvis.policy.faults import Problem
from trinnvis.policy.messages import unknown_code
from trinnvis.policy.model import NeedKind

REQUIRED = [
    "triage",
    "give_help_now",
    "identify_person",
    "hear_citizen",
    "offer_clarification",
    "run_clarification",
    "assess",
    "consent_capacity",
    "answer_criteria",
    "compare_alternatives",
    "draft_decision",
    "approve",
    "send_notice",
    "preliminary_reply",
    "review",
]
# The roles a member of staff can hold (access.models.StaffRole.Role).
ROLES = [
    "intake",
    "case_worker",
    "decision_maker",
    "lawyer",
    "provider",
    "manager",
    "economist",
    "planner",
    "politician",
    "administrator",
]


def required_kinds_exist(draft: Draft) -> Iterator[Problem]:
    if "needs" not in draft.raw:
        return
    codes = draft.codes("needs")
    for code in REQUIRED:
        if code not in codes:
            yield Problem(
                ("needs",),
                f"Behovet «{code}» mangler; saksbehandlingen trenger det.",
                f"Legg til en rad med «code: {code}» i «needs».",
            )


def some_role_can_solve(draft: Draft) -> Iterator[Problem]:
    for path, need in draft.rows(NeedKind):
        if not need.roles:
            yield Problem(
                (*path, "roles"),
                f"Ingen rolle kan løse «{need.title}».",
                "Skriv minst én rolle, for eksempel [case_worker].",
            )
        for index, role in enumerate(need.roles):
            if role not in ROLES:
                yield Problem((*path, "roles", index), *unknown_code("Rollen", role, ROLES, "roles"))
