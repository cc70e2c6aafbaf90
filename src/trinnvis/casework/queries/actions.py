"""What an actor may do in a case now, in words: every action there is, allowed or with the reason why not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext

from trinnvis.access.actor import Actor
from trinnvis.casework.models import Case
from trinnvis.casework.rules.actions import RULES, Action, decide
from trinnvis.casework.rules.state import CaseState

from .state import state_of
from .visible import worn_hats


@dataclass(frozen=True)
class Possible:
    """`all` maps code to action; `mine` are those that one of the actor's hats could ever do."""

    state: CaseState
    hats: frozenset[str]
    all: dict[str, Action]
    mine: tuple[Action, ...]

    def may(self, code: str) -> bool:
        return self.all[code].allowed


def possible_actions(case: Case, actor: Actor, now: datetime) -> Possible:
    """Every action in the rules' order, with titles and reasons in the reader's language."""
    state, hats = state_of(case), worn_hats(case, actor, now)
    judged = {rule.code: _in_words(decide(rule, state, actor, hats)) for rule in RULES}
    return Possible(state, hats, judged, tuple(judged[rule.code] for rule in RULES if rule.hats & hats))


def _in_words(action: Action) -> Action:
    why = gettext(action.why_not) if action.why_not else ""
    return replace(action, title=gettext(action.title), why_not=why)
