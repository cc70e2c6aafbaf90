"""Two people press at the same moment, for real: one gets through and the other is told why not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from cast import NOW, employee
from deciding import GRANT, HELP, PLACE, UNIT, Desk, ready_to_decide
from django.db import connection

from trinnvis.casework import services
from trinnvis.casework.audit import verify_all
from trinnvis.casework.errors import CaseworkError, Conflict, Refused
from trinnvis.casework.models import Approval, Decision

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at() -> Desk:
    return ready_to_decide()


def together(*verbs: Callable[[], object]) -> list[CaseworkError | None]:
    """Run the verbs at the same moment, each on its own connection; what each was refused with."""
    start = Barrier(len(verbs))

    def run(verb: Callable[[], object]) -> CaseworkError | None:
        try:
            start.wait()
            verb()
        except CaseworkError as refusal:
            return refusal
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(verbs)) as pool:
        return list(pool.map(run, verbs))


def test_two_approve_at_once(at):
    at.draft()
    at.submit()
    other = employee("Berit", "decision_maker", UNIT)
    answers = together(lambda: at.approve(), lambda: at.approve(actor=other))
    assert sorted(type(answer) for answer in answers if answer) == [Refused]
    assert Approval.objects.count() == 1
    assert not verify_all().breaks


def test_a_double_click_on_send(at):
    at.draft()
    at.submit()
    at.approve()
    answers = together(lambda: at.send(), lambda: at.send())
    assert [type(answer) for answer in answers if answer] == [Refused]
    assert at.verbs().count("decision_sent") == 1
    assert not verify_all().breaks


def test_two_begin_a_draft_at_once(at):
    other = replace(GRANT, goal="Et annet mål")
    answers = together(lambda: at.draft(), lambda: at.draft(other, actor=at.bjorn))
    assert [type(answer) for answer in answers if answer] == [Conflict]
    assert Decision.objects.count() == 1


def test_two_choose_differently_at_once(at):
    first, second = at.case.alternatives.all()
    together(lambda: at.choose(first), lambda: at.choose(second))
    assert at.case.alternatives.filter(is_chosen=True).count() == 1


def test_approval_meets_withdrawal(at):
    at.draft()
    at.submit()
    together(lambda: at.approve(), lambda: services.withdraw_decision(at.number, actor=at.sara, now=NOW))
    assert at.decision.state == "draft"  # whoever came first, nothing approved is left standing
    assert not verify_all().breaks


def test_a_form_sent_twice_at_once_adds_one_alternative(at):
    before = at.case.alternatives.count()
    together(lambda: at.alternative("Ny", HELP, PLACE), lambda: at.alternative("Ny", HELP, PLACE))
    assert at.case.alternatives.count() == before + 1
