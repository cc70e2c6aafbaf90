"""What someone changes by hand in a form, or in an address, gets a plain answer and never a failure."""

from collections.abc import Iterator

import pytest
from cast import NOW, enquire, mandate
from portal_stories import browser_of
from tampering import answer_to, tampered

from trinnvis.access.actor import Actor
from trinnvis.casework import services
from trinnvis.casework.models import AssessmentEntry, Case
from trinnvis.casework.queries.state import latest_decision
from trinnvis.desk.views.case.acting import ACTS

TABS = ("", "vurdering", "avklaring", "alternativer", "vedtak", "dokumenter", "kriterier/praktisk-bistand")
MINE = ("vurdering", "mal", "avklaring", "sok", "trekk")
PLAIN = "Siden er utdatert. Last den inn på nytt"


def stays_up(actor: Actor, paths: list[str]) -> set[tuple[str, str]]:
    """The forms that were tried, each with the fields that were changed in it."""
    client, tried = browser_of(actor), set()
    for form, name, data in tampered(client, paths):
        assert answer_to(client, form, data) < 500, (form.path, name, data[name])
        tried.add((form.path, name))
    return tried


def things(case: Case) -> Iterator[str]:
    goal, alternative = case.goals.first(), case.alternatives.first()
    assert goal and alternative
    of = {"evaluate_goal": goal.pk, "choose": alternative.pk, "withdraw_alternative": alternative.pk}
    return (f"gjor/{act}/{of[act]}" if act in of else f"gjor/{act}" for act in ACTS)


def test_the_desk_answers_what_is_changed_by_hand(told_case, sara, odd):
    number = told_case.number
    enquiry = f"/skranke/henvendelse/{enquire(odd).number}"
    at_case = [f"/skranke/sak/{number}/{place}" for place in (*TABS, *things(told_case))]
    person = f"/skranke/innbygger/{told_case.person_id}"
    pages = [
        "/skranke/oppgaver",
        "/skranke/henvendelse/ny",
        f"{person}/parorende",
        enquiry,
        f"{enquiry}/person",
    ]
    tried = stays_up(sara, [*pages, *at_case])
    assert (f"/skranke/sak/{number}/vedtak", "lines-TOTAL_FORMS") in tried
    assert (f"/skranke/sak/{number}/gjor/capacity", "revision") in tried
    assert len(tried) > 30


def test_so_does_the_page_of_the_second_person(told_case, sara, bjorn):
    decision = latest_decision(told_case)
    assert decision
    services.submit_decision(told_case.number, expected_revision=decision.revision, actor=sara, now=NOW)
    tried = stays_up(bjorn, [f"/skranke/sak/{told_case.number}/vedtak"])
    assert {name for _path, name in tried} >= {"revision", "return_reason", "verdict"}


def test_the_portal_answers_what_is_changed_by_hand(told_case, ingrid, odd):
    mandate(of=odd, to=ingrid, scopes=("read", "write", "contact"))
    answers = {"about": {"about": "meg"}, "haste": {"urgent": "nei", "application": "nei"}}
    services.save_draft(actor=ingrid, content={"key": "k", "answers": answers}, step=2, now=NOW)
    goal = told_case.goals.first()
    contact = [f"/kontakt/steg/{step}" for step in range(1, 7)]
    mine = [f"/sak/{told_case.number}/{place}" for place in (*MINE, f"mal/{goal.pk}")]
    tried = stays_up(ingrid, [*contact, "/kontakt/oppsummering", "/tjenester", *mine])
    assert {("/kontakt/oppsummering", "submission_key"), ("/kontakt/steg/1", "about")} <= tried


@pytest.mark.parametrize("revision", ["-5", "x", "99999999999999999999"])
def test_a_revision_nobody_wrote_is_told_and_nothing_is_saved(told_case, sara, revision):
    before = AssessmentEntry.objects.count()
    page = f"/skranke/sak/{told_case.number}/vurdering"
    fields = {"professional-bolig": "Noe helt annet", "rev-professional-bolig": revision}
    text = browser_of(sara).post(page, fields).content.decode()
    assert PLAIN in text
    assert "Noe helt annet" in text
    assert AssessmentEntry.objects.count() == before


@pytest.mark.parametrize(
    "address",
    [
        "/sak/%00",
        "/vedtak/%00/pdf",
        "/kontakt/kvittering/%00",
        "/skranke/sak/%00/",
        "/skranke/henvendelse/%00",
        "/skranke/innbygger/99999999999999999999",
    ],
)
def test_an_address_that_cannot_be_is_the_address_of_nothing(told_case, sara, ingrid, address):
    who = sara if address.startswith("/skranke") else ingrid
    assert browser_of(who).get(address).status_code == 404
