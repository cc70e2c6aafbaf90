"""Triage and tracks (hastegrad): what an outcome leads to."""

from __future__ import annotations

# A case only ever moves to the right: help that is on its way is not called back by a later enquiry.
ORDER = ("advice", "ordinary", "urgent", "fast")
TRACK_OF_OUTCOME = {
    "urgent": "urgent",
    "severely_ill": "fast",
    "clarification": "ordinary",
    "advice": "advice",
    "other_unit": "ordinary",
}


def track_of(outcome: str, *, applied: bool) -> str:
    """The track an outcome of triage leads to. An application is never answered with advice alone."""
    track = TRACK_OF_OUTCOME[outcome]
    return "ordinary" if applied and track == "advice" else track


def is_faster(track: str, than: str) -> bool:
    return ORDER.index(track) > ORDER.index(than)
