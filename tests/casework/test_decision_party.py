"""A service for next of kin is decided for them: a decision of its own, to one who is registered."""

from dataclasses import replace
from decimal import Decimal

import pytest
from cast import person_of
from deciding import GRANT, HELP, SOON, Desk, chosen, desk
from small_policy import small_policy

from trinnvis.casework.audit import verify_all
from trinnvis.casework.errors import Incomplete
from trinnvis.casework.models import CaseEvent, Decision, Need
from trinnvis.casework.rules.lines import Line
from trinnvis.casework.services import close_case
from trinnvis.people.services import register_next_of_kin

RELIEF = Line("korttid", 3, Decimal(14), "days", SOON)


@pytest.fixture
def at(db) -> Desk:
    """Ingrid's case, where short stays are for next of kin; Fremmed is her nephew."""
    services = [
        s.model_dump() | ({"party": "next_of_kin"} if s.code == "korttid" else {})
        for s in small_policy().services
    ]
    at = chosen(desk(small_policy(services=services)))
    register_next_of_kin(person=person_of(at.ingrid), relative=person_of(at.fremmed), relation="nevø")
    return at


def faults(at: Desk, **draft: object) -> dict[str, str]:
    revision = at.decision.revision if at.case.decisions.exists() else 0
    at.draft(replace(GRANT, **draft), revision)
    with pytest.raises(Incomplete) as told:
        at.submit()
    return {item.field: item.message for item in told.value.missing}


def test_the_decision_says_which_next_of_kin_it_is_to(at):
    assert faults(at, lines=(RELIEF,)) == {
        "party": "Tjenesten er til pårørende. Velg hvilken pårørende vedtaket er til."
    }
    at.draft(replace(GRANT, lines=(RELIEF,), party=at.fremmed.person_id), at.decision.revision)
    at.submit()
    at.approve()
    assert at.send().addressee == person_of(at.fremmed)
    assert CaseEvent.objects.filter(verb="decision_drafted").last().data["content"]["party"]


def test_one_decision_has_one_party(at):
    told = faults(at, lines=(HELP, RELIEF), party=at.fremmed.person_id)
    assert list(told) == ["lines"]
    assert "Ta bort linjene til den ene, og skriv et nytt vedtak" in told["lines"]


def test_the_citizens_own_services_are_not_decided_for_another(at):
    assert list(faults(at, party=at.fremmed.person_id)) == ["party"]


def test_nobody_but_registered_next_of_kin_can_be_party(at):
    with pytest.raises(Incomplete) as told:
        at.draft(replace(GRANT, lines=(RELIEF,), party=at.ingrid.person_id))
    assert told.value.missing[0].message == "Velg en av de pårørende som er registrert."
    assert not Decision.objects.exists()


def test_what_is_chosen_for_the_other_party_stays_open_until_it_has_its_own_decision(at):
    at.choose(at.alternative("Hjelp og avlastning", HELP, RELIEF))
    at.decide(GRANT)
    need = Need.objects.get(kind="draft_decision", state="open")
    assert need.note == "Noe av det som er valgt, er til en annen part og skal ha sitt eget vedtak."
    at.decide(replace(GRANT, lines=(RELIEF,), party=at.fremmed.person_id))
    assert "draft_decision" not in at.open_needs()
    close_case(number=at.number, reason="Ferdig.", actor=at.sara, now=at.decision.sent_at)


def test_the_party_of_a_sent_decision_is_part_of_the_proof(at):
    at.decide(replace(GRANT, lines=(RELIEF,), party=at.fremmed.person_id))
    assert not verify_all().breaks
    Decision.objects.update(party=None)
    assert [fault.case_number for fault in verify_all().breaks] == [at.number]
