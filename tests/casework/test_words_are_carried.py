"""What a citizen writes in the enquiry stands in the assessment, so that they need not say it again."""

from cast import NOW, account_of, case_of, enquire, person_of

from trinnvis.access.actor import Actor
from trinnvis.casework import services
from trinnvis.casework.audit import verify_all
from trinnvis.casework.models import Case, Enquiry
from trinnvis.casework.rules.enquiry import Contact, Said
from trinnvis.policy.model import Policy


def wish(case: Case, policy: Policy) -> list[str]:
    topic = next(topic.code for topic in policy.topics if topic.kind == "wish")
    return list(
        case.entries.filter(topic=topic, voice="citizen").order_by("revision").values_list("text", flat=True)
    )


def test_her_own_words_are_the_citizens_voice(ingrid: Actor, sara: Actor, policy: Policy) -> None:
    case = case_of(ingrid, sara, what_matters="Å gå til butikken selv")
    assert wish(case, policy) == ["Å gå til butikken selv"]
    entry = case.entries.get(voice="citizen")
    assert entry.written_by == account_of(ingrid)
    assert not entry.noted_on_behalf
    assert not verify_all().breaks


def test_the_conversation_must_still_be_held(ingrid: Actor, sara: Actor) -> None:
    case = case_of(ingrid, sara)
    assert case.needs.filter(kind="hear_citizen", state="open").exists()
    services.confirm_heard(number=case.number, how="Hjemmebesøk 16. november", actor=sara, now=NOW)
    assert not case.needs.filter(kind="hear_citizen", state="open").exists()


def test_words_noted_on_the_phone_are_marked_as_noted(ingrid: Actor, sara: Actor, policy: Policy) -> None:
    enquiry = services.register_enquiry(
        actor=sara,
        now=NOW,
        submission_key="ring",
        channel=Enquiry.Channel.PHONE,
        said=Said(what_matters="Å dusje selv"),
        person=person_of(ingrid),
    )
    case = services.triage(
        enquiry_number=enquiry.number, outcome="clarification", reason="Trenger mer", actor=sara, now=NOW
    )
    assert case is not None
    assert wish(case, policy) == ["Å dusje selv"]
    assert case.entries.get().noted_on_behalf


def test_what_the_hospital_says_is_not_the_citizens_voice(ingrid: Actor, sara: Actor, policy: Policy) -> None:
    enquiry = services.register_enquiry(
        actor=sara,
        now=NOW,
        submission_key="sykehus",
        channel=Enquiry.Channel.HOSPITAL,
        said=Said(what_matters="Trenger langtidsplass"),
        person=person_of(ingrid),
        contact=Contact(name="Avdeling 3", role="sykehus", consent_note="Muntlig samtykke i samtale"),
    )
    case = services.triage(
        enquiry_number=enquiry.number, outcome="clarification", reason="Utskrivningsklar", actor=sara, now=NOW
    )
    assert case is not None
    assert wish(case, policy) == []


def test_a_second_enquiry_adds_to_what_stands(ingrid: Actor, sara: Actor, policy: Policy) -> None:
    case = case_of(ingrid, sara, what_matters="Å gå til butikken selv")
    second = enquire(ingrid, what_matters="Nå er jeg også redd for å falle")
    services.triage(enquiry_number=second.number, outcome="clarification", reason="Nytt", actor=sara, now=NOW)
    assert wish(case, policy) == [
        "Å gå til butikken selv",
        "Å gå til butikken selv\n\nNå er jeg også redd for å falle",
    ]
