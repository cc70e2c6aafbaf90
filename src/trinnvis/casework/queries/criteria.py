"""The criteria of a case: per service the tree, the answers given, and how far they lead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trinnvis.casework.models import AlternativeLine, Case, CriterionAnswer, Decision, DecisionLine
from trinnvis.casework.rules.answered import as_answered
from trinnvis.casework.rules.criteria import Given, Walk, walk
from trinnvis.policy.criteria import CriteriaTree
from trinnvis.policy.model import Service
from trinnvis.policy.queries import policy_of


@dataclass(frozen=True)
class CriteriaState:
    """One service's criteria now. `answers` maps question to its answers, oldest first."""

    service: Service
    tree: CriteriaTree
    walk: Walk
    answers: dict[str, tuple[CriterionAnswer, ...]]

    def revision(self, question: str) -> int:
        return len(self.answers.get(question, ()))


@dataclass(frozen=True)
class Considered:
    """Services with criteria. `asked`: those of the choice, else of every alternative; `allowed`: all one may
    answer. There is a choice when an alternative is chosen or a decision is being written."""

    asked: tuple[str, ...]
    allowed: tuple[str, ...]
    is_chosen: bool


def considered(case: Case) -> Considered:
    """The services whose criteria concern this case now.

    A decision being written counts with its lines, granted or refused: on the fast track (alvorlig syke)
    there may be no alternatives, and a line may be added that the chosen alternative does not have.
    """
    alternatives = AlternativeLine.objects.filter(alternative__case=case, alternative__withdrawn_at=None)
    rows = list(alternatives.order_by("pk").values_list("service", "alternative__is_chosen"))
    drafted = DecisionLine.objects.filter(decision__case=case).exclude(decision__state=Decision.State.SENT)
    lines = list(drafted.order_by("pk").values_list("service", flat=True))
    everything = [service for service, _chosen in rows] + lines
    choice = [service for service, is_chosen in rows if is_chosen] + lines
    return Considered(
        asked=with_criteria(case, choice or everything),
        allowed=with_criteria(case, everything),
        is_chosen=bool(choice),
    )


def criteria_services(case: Case) -> tuple[str, ...]:
    """The services whose criteria are asked now, in the order they were written down."""
    return considered(case).asked


def with_criteria(case: Case, services: Iterable[str]) -> tuple[str, ...]:
    """Those of the services that have a criteria tree in the case's policy, each once, in the given order."""
    trees = {service.code for service in policy_of(case.policy_id).services if service.criteria}
    return tuple(dict.fromkeys(service for service in services if service in trees))


def criteria_walks(case: Case, services: Iterable[str]) -> dict[str, Walk]:
    """How far the criteria of each service that has any are answered, in one query."""
    states = criteria_states(case, with_criteria(case, services))
    return {state.service.code: state.walk for state in states}


def answered_services(case: Case, codes: Iterable[str]) -> list[Service]:
    """The services by code, each with the law that the answers about it in this case lead to."""
    policy, wanted = policy_of(case.policy_id), tuple(codes)
    walks = criteria_walks(case, wanted)
    rows = (policy.service(code) for code in wanted)
    return [as_answered(row, policy, walks[row.code].path if row.code in walks else ()) for row in rows]


def criteria_state(case: Case, service: str) -> CriteriaState:
    """The criteria of one service with criteria."""
    return criteria_states(case, (service,))[0]


def criteria_states(case: Case, services: Iterable[str]) -> tuple[CriteriaState, ...]:
    """The criteria of several services, in one query."""
    policy = policy_of(case.policy_id)
    wanted = tuple(services)
    given: dict[str, dict[str, list[CriterionAnswer]]] = {code: {} for code in wanted}
    rows = case.criterion_answers.filter(service__in=wanted).select_related("written_by")
    for row in rows.order_by("revision"):
        given[row.service].setdefault(row.question, []).append(row)
    states = []
    for code in wanted:
        service = policy.service(code)
        tree = policy.criteria_tree(service.criteria or "")
        latest = {question: Given(rows[-1].answer, rows[-1].reason) for question, rows in given[code].items()}
        answers = {question: tuple(rows) for question, rows in given[code].items()}
        states.append(CriteriaState(service, tree, walk(tree, latest), answers))
    return tuple(states)
