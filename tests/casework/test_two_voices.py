"""Both voices of the assessment are written, kept and never lost."""

from datetime import timedelta

import pytest
from assessing import NOW, Town, account, ordinary_town
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trinnvis.access.models import Account, StaffRole
from trinnvis.access.services import actor_of
from trinnvis.casework.audit import verify_all
from trinnvis.casework.errors import Conflict, Incomplete, NotFound, Refused
from trinnvis.casework.models import AssessmentEntry, Decision
from trinnvis.casework.queries.assessment import assessment_of
from trinnvis.casework.services import add_team_member, offer_clarification, write_assessment, write_words

LATER = NOW + timedelta(hours=2)


@pytest.fixture
def town(db: None) -> Town:
    return ordinary_town()


def write(town: Town, actor, text, expected=0, *, topic="viktig", voice="professional", now=NOW, **more):
    return write_words(
        town.number,
        topic=topic,
        voice=voice,
        text=text,
        expected_revision=expected,
        actor=actor,
        now=now,
        **more,
    )


def texts(town: Town) -> list[str]:
    return list(town.case.entries.order_by("pk").values_list("text", flat=True))


def test_the_citizens_wish_is_heard_when_it_stands_in_their_own_words(town):
    write(town, town.ingrid, "Jeg vil bo hjemme.", voice="citizen")
    assert "hear_citizen" not in town.open_needs()


def test_words_on_another_topic_do_not_tell_the_wish(town):
    write(town, town.ingrid, "Jeg har trapper.", topic="bo", voice="citizen")
    assert "hear_citizen" in town.open_needs()


def test_the_professional_view_of_the_wish_is_not_the_citizens_wish(town):
    write(town, town.sara, "Hun vil bo hjemme.")
    assert "hear_citizen" in town.open_needs()


def test_staff_note_the_citizens_words_and_it_shows(town):
    entry = write(town, town.sara, "Jeg vil bo hjemme.", voice="citizen", on_behalf=True)
    said = assessment_of(town.case, on=NOW.date()).topics[0].citizen.latest
    assert entry.noted_on_behalf
    assert (said.by, said.noted_by_staff, said.by_representative) == ("Sara", True, False)
    assert "hear_citizen" not in town.open_needs()


def test_staff_cannot_pass_their_words_off_as_the_citizens(town):
    with pytest.raises(Refused):
        write(town, town.sara, "Jeg trenger ingen hjelp.", voice="citizen")
    assert texts(town) == []


def test_the_citizen_cannot_write_the_professional_view(town):
    with pytest.raises(Refused):
        write(town, town.ingrid, "Hun trenger mye hjelp.")
    assert texts(town) == []


def test_a_representative_writes_for_the_citizen_and_it_shows(town):
    write(town, town.odd, "Ingrid vil bo hjemme.", voice="citizen")
    said = assessment_of(town.case, on=NOW.date()).topics[0].citizen.latest
    assert (said.by, said.by_representative) == ("Odd", True)


@pytest.mark.parametrize("who", ["stranger", "unni", "mayor"])
def test_who_has_no_need_does_not_know_the_case_is_there(town, who):
    with pytest.raises(NotFound):
        write(town, getattr(town, who), "Hei")
    assert texts(town) == []


def test_a_provider_writes_once_in_the_team(town):
    offer_clarification(town.number, actor=town.sara, now=NOW)
    add_team_member(
        town.number, account_id=town.unni.account_id, profession="Ergoterapeut", actor=town.sara, now=NOW
    )
    write(town, town.unni, "Hun går godt med rullator.", topic="selv")
    assert texts(town) == ["Hun går godt med rullator."]


def test_nobody_writes_as_staff_in_their_own_case(town):
    own = Account.objects.get(name="Ingrid")
    StaffRole.objects.create(account=own, role="case_worker", unit=town.case.unit, valid_from=NOW.date())
    with pytest.raises(Refused):
        write(town, actor_of(own, on=NOW.date()), "Jeg trenger alt.")
    assert texts(town) == []


def test_two_case_workers_cannot_overwrite_each_other(town):
    write(town, town.sara, "Sara så dette.")
    with pytest.raises(Conflict) as refusal:
        write(town, town.bjorn, "Bjørn så noe annet.", now=LATER)
    assert refusal.value.current.text == "Sara så dette."
    assert "Sara" in str(refusal.value)
    assert "2. mars 2026 kl. 10.00" in str(refusal.value)
    assert texts(town) == ["Sara så dette."]
    write(town, town.bjorn, "Sara så dette. Bjørn så noe annet.", expected=1, now=LATER)
    assert texts(town) == ["Sara så dette.", "Sara så dette. Bjørn så noe annet."]


def test_a_revision_nobody_has_written_is_refused(town):
    with pytest.raises(Conflict):
        write(town, town.sara, "Hei", expected=3)


def test_the_same_words_again_are_not_a_new_revision(town):
    first = write(town, town.sara, "To linjer\nher")
    again = write(town, town.bjorn, "To linjer\r\nher  ", expected=1, now=LATER)
    assert again == first
    assert town.verbs().count("words_written") == 1


@pytest.mark.parametrize("text", ["", "   \r\n\t", "x" * 10_001, "a\x00b"])
def test_words_that_cannot_be_kept_are_refused_on_their_field(town, text):
    with pytest.raises(Incomplete) as refusal:
        write(town, town.sara, text)
    assert [gap.field for gap in refusal.value.missing] == ["professional-viktig"]
    assert texts(town) == []


def test_ten_thousand_characters_are_kept_whole(town):
    write(town, town.sara, "ø" * 10_000)
    assert texts(town) == ["ø" * 10_000]


@pytest.mark.parametrize(("topic", "voice"), [("finnes-ikke", "professional"), ("viktig", "nabo")])
def test_unknown_topic_and_voice_are_refused(town, topic, voice):
    with pytest.raises(Incomplete):
        write(town, town.sara, "Hei", topic=topic, voice=voice)


def form(town: Town, actor, now=NOW, **fields):
    return write_assessment(town.number, voice="professional", texts=fields, actor=actor, now=now)


def test_a_form_is_saved_whole_or_not_at_all(town):
    with pytest.raises(Incomplete) as refusal:
        form(town, town.sara, selv=("Bra", 0), bo=("y" * 10_001, 0), finnes_ikke=("Hei", 0))
    assert [gap.field for gap in refusal.value.missing] == ["professional-bo", "professional-finnes_ikke"]
    assert texts(town) == []


def test_a_form_meets_a_conflict_only_where_both_wrote(town):
    form(town, town.sara, selv=("Sara", 0), bo=("Sara", 0))
    with pytest.raises(Conflict) as refusal:
        form(town, town.bjorn, now=LATER, selv=("Bjørn", 0), rundt=("Bjørn", 0))
    assert {topic: entry.text for topic, entry in refusal.value.current.items()} == {"selv": "Sara"}
    assert texts(town) == ["Sara", "Sara"]


def test_a_topic_the_writer_left_alone_stays_as_the_other_wrote_it(town):
    form(town, town.sara, selv=("Først", 0), bo=("Først", 0))
    form(town, town.sara, selv=("Sara rettet", 1))
    saved = form(town, town.bjorn, now=LATER, selv=("Først", 1), bo=("Bjørn rettet", 1), rundt=("", 0))
    assert [entry.topic for entry in saved] == ["bo"]
    view = {topic.topic.code: topic.professional for topic in assessment_of(town.case, on=NOW.date()).topics}
    assert view["selv"].latest.text == "Sara rettet"
    assert view["bo"].latest.text == "Bjørn rettet"
    assert view["rundt"].revision == 0


def test_what_is_written_is_not_emptied_by_a_blank_field(town):
    form(town, town.sara, selv=("Klarer mye", 0))
    with pytest.raises(Incomplete):
        form(town, town.sara, selv=("", 1))
    assert texts(town) == ["Klarer mye"]


def test_the_citizen_may_write_while_the_decision_waits_but_the_professional_may_not(town):
    Decision.objects.create(
        case=town.case,
        number="V-1",
        kind="grant",
        state="submitted",
        drafted_by_id=town.sara.account_id,
        drafted_at=NOW,
    )
    write(town, town.ingrid, "Jeg har falt.", topic="helse", voice="citizen")
    with pytest.raises(Refused):
        write(town, town.sara, "Hun har falt.", topic="helse")


def test_a_closed_case_is_not_written_in(town):
    town.case.closed_at = NOW
    town.case.save()
    with pytest.raises(Refused):
        write(town, town.ingrid, "Hei", voice="citizen")


def test_the_events_hold_no_health_text_but_prove_it(town):
    write(town, town.ingrid, "Jeg har falt fire ganger.", voice="citizen")
    event = town.case.events.get(verb="words_written")
    assert "falt" not in str(event.data) + event.reason
    assert verify_all().breaks == ()
    AssessmentEntry.objects.update(text="Jeg har falt to ganger.")
    assert [found.sequence for found in verify_all().breaks] == [event.sequence]


def test_a_row_that_is_taken_away_is_missed(town):
    write(town, town.ingrid, "Jeg har falt.", voice="citizen")
    AssessmentEntry.objects.all().delete()
    assert "borte" in verify_all().breaks[0].why


def test_the_page_reads_in_a_fixed_number_of_queries(town):
    def fill(revision: int, topics: list[str]) -> None:
        for topic in topics:
            write(town, town.sara, f"{topic} {revision}", revision, topic=topic)

    fill(0, ["selv"])
    town.alternative("bistand")
    with CaptureQueriesContext(connection) as few:
        assessment_of(town.case, on=NOW.date())
    fill(0, ["bo", "rundt", "helse", "annet"])
    fill(1, ["selv", "bo"])
    town.alternative("sykepleie", "mat")
    account("Enda en", role="case_worker")
    with CaptureQueriesContext(connection) as many:
        assessment_of(town.case, on=NOW.date())
    assert len(many) == len(few) <= 16
