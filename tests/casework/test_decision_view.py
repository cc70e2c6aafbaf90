"""What the letter and the pages are given about a decision, and who may read it when."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from cast import NOW, mandate
from deciding import GRANT, HELP, PART, SOON, Desk, ready_to_decide

from trinnvis.access.models import ReadLogEntry
from trinnvis.casework.errors import NotFound
from trinnvis.casework.queries.decision_view import decision_for
from trinnvis.casework.rules.lines import Line

SEE = "Vedtaket ditt"


@pytest.fixture
def at(db) -> Desk:
    return ready_to_decide()


def view(at: Desk, who: str = "sara"):
    return decision_for(getattr(at, who), f"{at.number}-1", NOW, what=SEE)


def test_everything_the_letter_needs_is_there(at):
    at.decide(PART)
    seen = view(at, "ingrid")
    granted, refused = seen.lines
    assert (seen.number, seen.case_number, seen.kind) == (f"{at.number}-1", at.number, "part")
    assert (granted.service.title, granted.amount, granted.unit) == (
        "Praktisk bistand",
        Decimal("2.50"),
        "hours_per_week",
    )
    assert (granted.step.title, granted.starts_on, granted.provider.phone) == ("Trinn 2", SOON, "11 11 11 11")
    assert (granted.price.fee_nok, granted.price.status) == (100, "eksempel")
    (stop,) = granted.criteria
    assert (stop.question.text[:11], stop.answer.label, stop.reason) == (
        "Klarer du d",
        "Nei",
        "Prøvd i seks uker.",
    )
    assert granted.outcome == "met"
    assert [basis.code for basis in seen.legal_bases] == ["helse"]
    assert (refused.granted, refused.amount) == (False, None)
    assert [unit.code for unit in seen.providers] == ["hjemmetjenesten"]
    assert (seen.appeal.rule.code, seen.appeal.by, seen.appeal.body) == (
        "klage-4",
        date(2026, 12, 14),
        "Statsforvalteren",
    )
    assert (seen.decided_by.name, seen.decided_by.title) == ("Bjørn", "beslutter")
    assert seen.applied_for == ("Hjelp til å dusje",)
    assert seen.unit.code == "tildelingsenheten"


def test_a_draft_shows_the_deadline_it_would_get_today(at):
    at.draft(replace(GRANT, lines=(HELP, Line())))
    seen = view(at)
    assert (seen.state, seen.appeal.by, seen.decided_by) == ("draft", date(2026, 12, 14), None)


def test_a_half_written_line_can_be_viewed(at):
    at.draft(replace(GRANT, lines=(Line("bolig"),)))
    (line,) = view(at).lines
    assert (line.step, line.unit, line.amount, line.starts_on) == (None, None, None, None)


def test_the_citizen_reads_the_decision_from_the_moment_it_is_sent(at):
    at.draft()
    for step in (at.submit, at.approve):
        with pytest.raises(NotFound):
            view(at, "ingrid")
        step()
    with pytest.raises(NotFound):
        view(at, "ingrid")
    at.send()
    assert view(at, "ingrid").goal == GRANT.goal


def test_a_stranger_and_a_manager_do_not_know_it_is_there(at):
    at.decide()
    for who in ("fremmed", "leif"):
        with pytest.raises(NotFound):
            view(at, who)


def test_who_may_read_for_the_citizen_reads_what_is_sent(at):
    mandate(of=at.ingrid, to=at.fremmed, scopes=("read",))
    at.draft()
    with pytest.raises(NotFound):
        view(at, "fremmed")
    at.submit()
    at.approve()
    at.send()
    assert view(at, "fremmed").number == f"{at.number}-1"


def test_the_look_is_in_the_citizens_log(at):
    at.decide()
    view(at)
    assert ReadLogEntry.objects.filter(what=SEE, reader_name="Sara", allowed=True).count() == 1


def test_a_decision_of_no_case_is_not_found(at):
    with pytest.raises(NotFound):
        decision_for(at.sara, "2026-999999-1", NOW, what=SEE)
