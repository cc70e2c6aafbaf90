"""The tables of casework, by what they hold."""

from .assessment import AssessmentEntry, ConsentCapacity, CriterionAnswer, FunctionScore, HousingSituation
from .case import Case, CaseEvent, Need, NumberSeries
from .clarification import Clarification, Goal, Measurement, TeamMember
from .decision import Alternative, AlternativeLine, Approval, Decision, DecisionLine
from .enquiry import Enquiry, EnquiryDraft
from .row import CaseRow

__all__ = [
    "Alternative",
    "AlternativeLine",
    "Approval",
    "AssessmentEntry",
    "Case",
    "CaseEvent",
    "CaseRow",
    "Clarification",
    "ConsentCapacity",
    "CriterionAnswer",
    "Decision",
    "DecisionLine",
    "Enquiry",
    "EnquiryDraft",
    "FunctionScore",
    "Goal",
    "HousingSituation",
    "Measurement",
    "Need",
    "NumberSeries",
    "TeamMember",
]
