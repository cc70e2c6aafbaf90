"""Where on the case page each action and each need is taken care of."""

from __future__ import annotations

from django.urls import reverse

from trinnvis.casework.queries.actions import Possible

# code of the action: url name, arguments after the case number, fragment
PLACES: dict[str, tuple[str, tuple[str, ...], str]] = {
    "assign": ("case_act", ("assign",), ""),
    "move": ("case_act", ("move",), ""),
    "note": ("case_act", ("note",), ""),
    "apply": ("case_act", ("apply",), ""),
    "give_help_now": ("case_act", ("give_help_now",), ""),
    "set_fast_track": ("case_act", ("set_fast_track",), ""),
    "note_citizen_words": ("case_assessment", (), "to-stemmer"),
    "confirm_heard": ("case_act", ("heard",), ""),
    "professional_words": ("case_assessment", (), "to-stemmer"),
    "score": ("case_assessment", (), "funksjon"),
    "housing": ("case_assessment", (), "boligtrinn"),
    "capacity": ("case_act", ("capacity",), ""),
    "goal": ("case_act", ("goal",), ""),
    "evaluate_goal": ("case_clarification", (), "mal"),
    "measure": ("case_act", ("measure",), ""),
    "offer_clarification": ("case_act", ("offer_clarification",), ""),
    "skip_clarification": ("case_act", ("skip_clarification",), ""),
    "answer_clarification": ("case_act", ("answer_clarification",), ""),
    "team": ("case_act", ("team",), ""),
    "end_clarification": ("case_act", ("end_clarification",), ""),
    "complete_assessment": ("case_assessment", (), "fullfor"),
    "reopen_assessment": ("case_act", ("reopen_assessment",), ""),
    "alternatives": ("case_alternatives", (), ""),
    "criteria": ("case_alternatives", (), "kriterier"),
    "draft_decision": ("case_decision", (), ""),
    "submit_decision": ("case_decision", (), "godkjenning"),
    "approve_decision": ("case_decision", (), "godkjenning"),
    "return_decision": ("case_decision", (), "godkjenning"),
    "withdraw_decision": ("case_act", ("withdraw_decision",), ""),
    "send_decision": ("case_act", ("send_decision",), ""),
    "preliminary_reply": ("case_act", ("preliminary_reply",), ""),
    "close": ("case_act", ("close",), ""),
}
# kind of need: the action that clears it, and the one that does so more simply when it is possible
SIMPLER = {"hear_citizen": "confirm_heard"}
CLEARED_BY = {
    "give_help_now": "give_help_now",
    "hear_citizen": "note_citizen_words",
    "offer_clarification": "offer_clarification",
    "run_clarification": "evaluate_goal",
    "assess": "professional_words",
    "consent_capacity": "capacity",
    "answer_criteria": "criteria",
    "compare_alternatives": "alternatives",
    "draft_decision": "draft_decision",
    "approve": "approve_decision",
    "send_notice": "send_decision",
    "preliminary_reply": "preliminary_reply",
    "review": "evaluate_goal",
}


def place_of(action: str, number: str) -> str:
    """The address where an action is done, "" for those the citizen does."""
    if action not in PLACES:
        return ""
    name, arguments, fragment = PLACES[action]
    return reverse(f"desk:{name}", args=(number, *arguments)) + (f"#{fragment}" if fragment else "")


def place_of_need(kind: str, number: str, possible: Possible) -> str:
    """The address where a need is cleared, "" where the case page has none."""
    simpler = SIMPLER.get(kind, "")
    return place_of(simpler if simpler and possible.may(simpler) else CLEARED_BY.get(kind, ""), number)
