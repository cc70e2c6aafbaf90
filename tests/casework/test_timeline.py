"""The citizen's timeline: every event has words, and only internal working notes are left out."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from cast import NOW, case_of, enquire, mandate, person_of

import trinnvis
from trinnvis.casework import services
from trinnvis.casework.models import Case, Clarification, Enquiry
from trinnvis.casework.queries.mine import cases_of, enquiries_of
from trinnvis.casework.queries.receipt import receipt_of
from trinnvis.casework.queries.timeline import timeline
from trinnvis.casework.rules.deadlines import deadline_for
from trinnvis.casework.rules.enquiry import Contact, Said
from trinnvis.casework.wording import (
    CHANNELS,
    CLARIFICATION_OUTCOMES,
    OUTCOMES,
    STAGES,
    TRACKS,
    VERBS,
)


def verbs_in_code():
    """Every `verb="…"` that any service hands to `record`."""
    for path in Path(trinnvis.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                for word in node.keywords:
                    if word.arg == "verb" and isinstance(word.value, ast.Constant):
                        yield word.value.value


def test_every_verb_has_words():
    used = set(verbs_in_code())
    assert {"case_opened", "triaged", "closed"} <= used
    assert used <= set(VERBS)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (STAGES, Case.Stage),
        (TRACKS, Case.Track),
        (CHANNELS, Enquiry.Channel),
        (OUTCOMES, Enquiry.Triage),
        (CLARIFICATION_OUTCOMES, Clarification.Outcome),
    ],
)
def test_every_code_has_words(words, codes):
    assert set(words) == set(codes.values)
    assert all(str(text) for text in words.values())


@pytest.mark.parametrize("verb", VERBS)
def test_words_hold_for_an_event_that_says_nothing_more(verb, policy):
    assert str(VERBS[verb].title)
    assert str(VERBS[verb].detail({}, policy)) == ""


def test_ingrid_reads_what_happened_in_the_policys_words(case, policy):
    items = timeline(case, for_staff=False)
    by_verb = {item.verb: item for item in items}
    assert by_verb["case_opened"].details == (policy.unit(case.unit).title,)
    assert by_verb["triaged"].reason == "Trenger mer enn råd"
    assert by_verb["applied"].details == ("Hjelp til å dusje",)
    assert by_verb["triaged"].who == "Sara Saksbehandler"


def test_needs_opened_together_are_one_item(case, policy):
    opened = [item for item in timeline(case, for_staff=False) if item.verb == "need_opened"]
    titles = {title for item in opened for title in item.details}
    assert {policy.need_kind("assess").title, policy.need_kind("hear_citizen").title} <= titles
    assert len(opened) < len(titles)


def test_the_newest_stands_first(case, sara):
    services.note(number=case.number, text="Ringte Ingrid", actor=sara, now=NOW + timedelta(days=1))
    items = timeline(case, for_staff=False)
    assert (items[0].verb, items[0].details) == ("noted", ("Ringte Ingrid",))
    assert [item.at for item in items] == sorted((item.at for item in items), reverse=True)


def test_an_internal_note_is_for_staff(case, sara):
    services.note(number=case.number, text="Spør jurist", actor=sara, now=NOW, internal=True)
    assert "noted" in {item.verb for item in timeline(case, for_staff=True)}
    assert "noted" not in {item.verb for item in timeline(case, for_staff=False)}


def test_the_receipt_says_what_happens_next_and_by_when(ingrid, policy):
    receipt = receipt_of(ingrid, enquire(ingrid, is_application=True, says_urgent=True).number, NOW)
    promised = [step.by for step in receipt.next_steps]
    due = [deadline_for(policy, kind, NOW.date()).due for kind in ("give_help_now", "triage")]
    assert promised[:2] == due
    assert promised[-1] == deadline_for(policy, "preliminary_reply", NOW.date()).due


def test_a_receipt_for_another_shows_only_what_the_sender_wrote(case, odd, sara, ingrid):
    sent = services.register_enquiry(
        actor=odd,
        now=NOW,
        submission_key="k",
        channel="portal",
        said=Said(what_matters="Hun faller"),
        unidentified_name="Ingrid, kona mi",
        contact=Contact(role="ektefelle", consent_note="Muntlig"),
    )
    before = receipt_of(odd, sent.number, NOW)
    services.identify_enquiry(number=sent.number, person=person_of(ingrid), actor=sara, now=NOW)
    services.triage(enquiry_number=sent.number, outcome="urgent", reason="Fall", actor=sara, now=NOW)
    assert receipt_of(odd, sent.number, NOW) == before
    assert before.about == "Ingrid, kona mi"
    assert cases_of(odd, NOW) == []
    assert [row.about for row in enquiries_of(odd, NOW)] == ["Ingrid, kona mi"]


def test_ingrid_sees_her_cases_and_odd_those_he_represents(case, ingrid, odd, sara):
    own = case_of(odd, sara)
    mandate(of=ingrid, to=odd, scopes=("read",))
    assert [(row.number, row.is_own, row.can_write) for row in cases_of(ingrid, NOW)] == [
        (case.number, True, True)
    ]
    assert [(row.number, row.is_own, row.can_write) for row in cases_of(odd, NOW)] == [
        (own.number, True, True),
        (case.number, False, False),
    ]


def test_an_offer_waits_for_the_citizen_until_it_is_answered(case, ingrid, sara):
    assert cases_of(ingrid, NOW)[0].waits_for_you == ()
    services.offer_clarification(number=case.number, actor=sara, now=NOW)
    assert cases_of(ingrid, NOW)[0].waits_for_you == ("offer_clarification",)
    services.answer_clarification(number=case.number, accept=False, actor=ingrid, now=NOW)
    assert cases_of(ingrid, NOW)[0].waits_for_you == ()


def test_a_citizen_who_has_not_said_anything_is_asked_to(ingrid, sara):
    case_of(ingrid, sara, what_matters="", says_urgent=True)
    assert cases_of(ingrid, NOW)[0].waits_for_you == ("hear_citizen",)


def test_my_cases_cost_the_same_however_many(ingrid, sara, django_assert_num_queries):
    def close_and_open_another():
        case = case_of(ingrid, sara)
        services.close_case(number=case.number, reason="Ferdig", actor=sara, now=NOW)

    close_and_open_another()
    with django_assert_num_queries(5) as first:
        cases_of(ingrid, NOW)
    for _ in range(5):
        close_and_open_another()
    with django_assert_num_queries(len(first.captured_queries)):
        assert len(cases_of(ingrid, NOW)) == 6


def test_an_enquiry_waits_on_min_side_until_it_is_triaged(ingrid, sara):
    enquiry = enquire(ingrid)
    assert [row.number for row in enquiries_of(ingrid, NOW)] == [enquiry.number]
    services.triage(enquiry_number=enquiry.number, outcome="advice", reason="Råd", actor=sara, now=NOW)
    assert enquiries_of(ingrid, NOW) == []
