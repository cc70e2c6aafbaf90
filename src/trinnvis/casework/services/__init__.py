"""The verbs of casework: the only door for writes. Doors import them from here."""

from .alternatives import add_alternative, choose_alternative, comment_alternative, withdraw_alternative
from .assessment import complete_assessment, reopen_assessment, what_is_missing
from .clarification import (
    add_team_member,
    answer_clarification,
    end_clarification,
    no_is_no_gate,
    offer_clarification,
    remove_team_member,
    skip_clarification,
)
from .criteria import answer_criterion, settle_criteria
from .decisions import approve_decision, draft_decision, return_decision, submit_decision, withdraw_decision
from .drafts import discard_draft, save_draft
from .findings import Score, decide_capacity, score_function, set_housing
from .goals import evaluate_goal, measure, write_goal
from .handling import (
    assign,
    close_case,
    confirm_heard,
    confirm_help_given,
    move,
    note,
    preliminary_reply,
    register_application,
    set_fast_track,
    take,
    withdraw_application,
)
from .intake import identify_enquiry, register_enquiry
from .kin import name_next_of_kin
from .reason import give_reason
from .sending import send_decision
from .triage import triage
from .whole_assessment import AssessmentForm, Housing, NotSaved, save_assessment
from .words import Words, write_assessment, write_words

__all__ = [
    "AssessmentForm",
    "Housing",
    "NotSaved",
    "Score",
    "Words",
    "add_alternative",
    "add_team_member",
    "answer_clarification",
    "answer_criterion",
    "approve_decision",
    "assign",
    "choose_alternative",
    "close_case",
    "comment_alternative",
    "complete_assessment",
    "confirm_heard",
    "confirm_help_given",
    "decide_capacity",
    "discard_draft",
    "draft_decision",
    "end_clarification",
    "evaluate_goal",
    "give_reason",
    "identify_enquiry",
    "measure",
    "move",
    "name_next_of_kin",
    "no_is_no_gate",
    "note",
    "offer_clarification",
    "preliminary_reply",
    "register_application",
    "register_enquiry",
    "remove_team_member",
    "reopen_assessment",
    "return_decision",
    "save_assessment",
    "save_draft",
    "score_function",
    "send_decision",
    "set_fast_track",
    "set_housing",
    "settle_criteria",
    "skip_clarification",
    "submit_decision",
    "take",
    "triage",
    "what_is_missing",
    "withdraw_alternative",
    "withdraw_application",
    "withdraw_decision",
    "write_assessment",
    "write_goal",
    "write_words",
]
