"""One door in: an enquiry is received once, from the one who may send it, and nothing is given away."""

from datetime import timedelta

import pytest
from cast import NOW, citizen, enquire, mandate, person_of

from trinnvis.casework import services
from trinnvis.casework.errors import Incomplete, NotFound, Refused
from trinnvis.casework.models import Enquiry, EnquiryDraft
from trinnvis.casework.queries.case import case_for, enquiry_for
from trinnvis.casework.queries.drafts import draft_of
from trinnvis.casework.rules.enquiry import Contact, Said

SAID = Said(what_matters="Å sove trygt om natten")


def send(actor, *, key="key-1", channel="portal", said=SAID, now=NOW, **more):
    return services.register_enquiry(
        actor=actor, now=now, submission_key=key, channel=channel, said=said, **more
    )


def missing(error):
    return {item.field for item in error.value.missing}


def test_ingrid_sends_for_herself(ingrid):
    enquiry = send(ingrid, person=person_of(ingrid))
    assert (enquiry.person_id, enquiry.received_at, enquiry.contact_id) == (ingrid.person_id, NOW, None)
    assert enquiry.number == "H-2026-000001"


def test_sent_twice_it_is_received_once(ingrid):
    first = send(ingrid, person=person_of(ingrid))
    again = send(ingrid, person=person_of(ingrid), said=Said(what_matters="Noe annet"))
    assert again.pk == first.pk
    assert Enquiry.objects.get().what_matters == SAID.what_matters


def test_a_key_never_opens_the_enquiry_of_another(ingrid, fremmed):
    send(ingrid, person=person_of(ingrid))
    with pytest.raises(Refused):
        send(fremmed, person=person_of(fremmed))


def test_for_another_the_consent_must_be_described(ingrid, odd):
    with pytest.raises(Incomplete) as error:
        send(odd, unidentified_name="Ingrid Prøve")
    assert missing(error) == {"consent_note"}
    enquiry = send(
        odd, unidentified_name="Ingrid Prøve", contact=Contact(role="ektefelle", consent_note="Muntlig")
    )
    assert enquiry.person is None
    assert (enquiry.contact_id, enquiry.contact_name) == (odd.person_id, odd.name)


def test_sending_for_another_gives_no_sight_of_their_case(case, odd):
    sent = send(odd, unidentified_name="Ingrid Prøve", contact=Contact(consent_note="Muntlig"))
    with pytest.raises(NotFound):
        case_for(odd, case.number, NOW, what="Saken")
    assert enquiry_for(odd, sent.number, NOW, what="Henvendelsen").pk == sent.pk


def test_whether_another_is_in_the_register_is_never_told(ingrid, odd):
    known = send(odd, key="a", unidentified_name="Ingrid Prøve", contact=Contact(consent_note="Muntlig"))
    unknown = send(odd, key="b", unidentified_name="Ukjent Person", contact=Contact(consent_note="Muntlig"))
    same = ("person_id", "contact_id", "channel", "case_id", "triage")
    assert [getattr(known, f) for f in same] == [getattr(unknown, f) for f in same]


@pytest.mark.parametrize("scopes", [("contact",), ("write",), ("read", "write")])
def test_with_a_mandate_to_make_contact_no_consent_is_asked(ingrid, odd, scopes):
    mandate(of=ingrid, to=odd, scopes=scopes)
    assert send(odd, person=person_of(ingrid)).person_id == ingrid.person_id


def test_a_mandate_to_read_is_not_one_to_make_contact(ingrid, odd):
    mandate(of=ingrid, to=odd, scopes=("read",))
    with pytest.raises(NotFound):
        send(odd, person=person_of(ingrid))


def test_an_expired_mandate_opens_nothing(ingrid, odd):
    yesterday = NOW.date() - timedelta(days=1)
    mandate(of=ingrid, to=odd, valid_to=yesterday)
    with pytest.raises(NotFound):
        send(odd, person=person_of(ingrid))


def test_a_citizen_cannot_use_the_desk(ingrid, fremmed):
    with pytest.raises(Refused):
        send(fremmed, person=person_of(ingrid), channel="phone")


@pytest.mark.parametrize("channel", ["phone", "gp", "hospital", "drop_in", "home_visit"])
def test_sara_receives_at_the_desk_when_it_came(ingrid, sara, channel):
    came = NOW - timedelta(days=3)
    enquiry = send(sara, person=person_of(ingrid), channel=channel, received_at=came)
    assert enquiry.received_at == came


def test_nothing_is_received_from_the_future(ingrid, sara):
    with pytest.raises(Incomplete) as error:
        send(sara, person=person_of(ingrid), channel="phone", received_at=NOW + timedelta(minutes=1))
    assert missing(error) == {"received_at"}


def test_a_planner_receives_nothing(ingrid, planke):
    with pytest.raises(Refused):
        send(planke, person=person_of(ingrid), channel="phone")


def test_an_empty_enquiry_is_told_what_it_lacks(sara):
    with pytest.raises(Incomplete) as error:
        send(sara, channel="phone", said=Said())
    assert missing(error) == {"unidentified_name", "what_matters"}


def test_haste_alone_is_enough(ingrid):
    assert send(ingrid, person=person_of(ingrid), said=Said(says_urgent=True)).says_urgent


def test_too_long_a_text_is_named_and_nothing_is_stored(sara):
    with pytest.raises(Incomplete) as error:
        send(sara, channel="phone", unidentified_name="Ukjent", contact=Contact(phone="9" * 21))
    assert missing(error) == {"contact_phone"}
    assert not Enquiry.objects.exists()


def test_staff_find_whom_it_is_about(sara, ingrid, fremmed):
    enquiry = send(sara, channel="phone", unidentified_name="Ingrid?")
    services.identify_enquiry(number=enquiry.number, person=person_of(ingrid), actor=sara, now=NOW)
    assert Enquiry.objects.get().person_id == ingrid.person_id
    with pytest.raises(NotFound):
        services.identify_enquiry(number=enquiry.number, person=person_of(ingrid), actor=fremmed, now=NOW)


def test_a_triaged_enquiry_is_not_moved_to_another(sara, ingrid, fremmed):
    enquiry = enquire(ingrid)
    services.triage(enquiry_number=enquiry.number, outcome="advice", reason="Råd", actor=sara, now=NOW)
    with pytest.raises(Refused):
        services.identify_enquiry(number=enquiry.number, person=person_of(fremmed), actor=sara, now=NOW)


def test_a_draft_is_kept_sealed_and_thrown_away_when_sent(ingrid):
    services.save_draft(actor=ingrid, content={"what_matters": "Å komme ut"}, step=2, now=NOW)
    services.save_draft(actor=ingrid, content={"what_matters": "Å komme ut på tur"}, step=3, now=NOW)
    draft = draft_of(ingrid)
    assert (draft.content, draft.step) == ({"what_matters": "Å komme ut på tur"}, 3)
    assert "tur" not in EnquiryDraft.objects.get().content_sealed
    send(ingrid, person=person_of(ingrid))
    assert draft_of(ingrid) is None


def test_a_draft_is_for_its_writer_alone(ingrid, fremmed):
    services.save_draft(actor=ingrid, content={"x": 1}, step=1, now=NOW)
    assert draft_of(fremmed) is None


def test_numbers_have_no_holes(lunner):
    numbers = [enquire(citizen(f"Person{i}")).number for i in range(3)]
    assert numbers == ["H-2026-000001", "H-2026-000002", "H-2026-000003"]
