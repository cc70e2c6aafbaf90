"""The overview and the small forms around it: what is open, what can be done, and doing it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cast import NOW, account_of, employee, mandate
from desking import AtDesk, hand_on, policy_for, who
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trinnvis.casework import services
from trinnvis.casework.models import Case


def test_every_open_need_is_listed_with_who_by_when_why_and_a_place(case: Case, sara) -> None:
    at = AtDesk(sara, case.number).open()
    for need in case.needs.filter(state="open"):
        assert policy_for(at).need_kind(need.kind).title in at.text
        assert need.due_why in at.text
    assert "Kan gjøres av: saksbehandler" in at.text
    assert f'href="/skranke/sak/{case.number}/vurdering#to-stemmer"' in at.text


def test_what_cannot_be_done_says_why(case: Case, sara) -> None:
    text = AtDesk(sara, case.number).open().text
    assert "Dette kan ikke gjøres nå, og hvorfor" in text
    assert "Det er ikke noe utkast til vedtak." in text


def test_the_person_and_those_around_are_there(case: Case, ingrid, odd, sara) -> None:
    mandate(of=ingrid, to=odd)
    text = AtDesk(sara, case.number).open().text
    assert "Odd Prøve, ektefelle" in text
    assert "nærmeste pårørende" in text
    assert "fullmakt" in text
    assert "Å klare meg hjemme" in text
    assert "Hjelp til å dusje" in text


def test_help_granted_is_shown_as_what_the_person_has_now(
    ready: AtDesk, case: Case, sara, bjorn, settings
) -> None:
    at = hand_on(ready)
    AtDesk(bjorn, case.number).open("vedtak").press("Godkjenn vedtaket")
    at.open("gjor/send_decision").press("Send vedtaket nå")
    assert "Ingen tjenester med vedtak." in at.open().text, "it starts on the first of December"
    settings.TRINNVIS_CLOCK = "desking.three_weeks_later"
    assert "Praktisk bistand" in AtDesk(sara, case.number).open().text


def test_the_case_is_given_to_a_colleague_in_the_unit_only(case: Case, sara, bjorn, unni) -> None:
    at = AtDesk(sara, case.number).open("gjor/assign")
    assert unni.name not in at.text
    at.press("Gi saken", to=str(unni.account_id))
    assert "Velg ett av dem" in at.text
    at.press("Gi saken", to=str(bjorn.account_id))
    case.refresh_from_db()
    assert case.assigned_to == account_of(bjorn)


def test_notes_inner_and_open_and_a_double_click_is_one(case: Case, sara) -> None:
    at = AtDesk(sara, case.number).open("gjor/note")
    at.press("Lagre notatet", times=2, text="Ringte Ingrid.", internal="on")
    assert case.events.filter(verb="noted").count() == 1
    assert "Internt notat" in at.open("tidslinje").text


def test_the_fast_track_and_the_help_that_cannot_wait(case: Case, sara) -> None:
    at = AtDesk(sara, case.number).open("gjor/set_fast_track").press("Merk saken", reason="Kort tid igjen.")
    assert "Alvorlig syk" in at.text
    at.open("gjor/give_help_now").press("Bekreft", times=2, what="Hjemmesykepleien er der.")
    assert "Feil:" not in at.text
    assert case.events.filter(verb="help_given").count() == 1


def test_a_preliminary_reply_sets_a_new_date_and_must_lie_ahead(case: Case, sara) -> None:
    at = AtDesk(sara, case.number).open("gjor/preliminary_reply")
    at.press("Registrer svaret", reason="Venter på fastlegen.", expected_on="1.11.2026")
    assert "Velg en dato som ikke er passert." in at.text
    at.press("Registrer svaret", expected_on="15.1.2027")
    assert "15.01.2027" in at.open().text


def test_an_application_cannot_be_closed_unanswered(case: Case, sara) -> None:
    at = AtDesk(sara, case.number).open("gjor/close")
    assert "Saken kan ikke avsluttes før søknaden er avgjort eller trukket." in at.text
    at.client.post(at.at("gjor/close"), {"reason": "Nei"})
    case.refresh_from_db()
    assert case.closed_at is None


def test_the_whole_clarification(case: Case, sara, unni) -> None:
    at = AtDesk(sara, case.number).open("avklaring")
    assert "et tilbud, ikke et vilkår" in at.text
    at.open("gjor/offer_clarification").press("Registrer tilbudet", times=2)
    at.open("gjor/answer_clarification").press("Lagre svaret", accept="ja", note="På telefon: «Ja takk.»")
    at.open("gjor/team").press("Legg til", account=str(unni.account_id), profession="sykepleier")
    at.open("gjor/team").press("Legg til", name="Eva Ergo", profession="ergoterapeut")
    at.open("gjor/goal").press("Lagre målet", words="Jeg vil gå til butikken selv.")
    goal = case.goals.get()
    part = policy_for(at).instrument("copm").parts[0].code
    for moment, value in (("before", "3"), ("after", "6")):
        at.open("gjor/measure").press(
            "Lagre målingen",
            times=2,
            part=f"copm/{part}",
            moment=moment,
            value=value,
            goal=str(goal.pk),
            measured_on="16.11.2026",
        )
    assert case.measurements.count() == 2
    assert "Bedre. En endring på 2 eller mer regnes som viktig." in at.text
    at.open("gjor/measure").press(
        "Lagre målingen", part=f"copm/{part}", moment="after", value="99", measured_on="16.11.2026"
    )
    assert "går fra" in at.text
    at.open(f"gjor/evaluate_goal/{goal.pk}").press("Lagre", state="reached", note="Trening hjalp.")
    assert "Målet er nådd" in at.text
    member = case.clarification.team.get(name="Eva Ergo")
    at.open(f"gjor/remove_member/{member.pk}").press("Ta ut")
    assert "Eva Ergo" not in at.open("avklaring").text
    at.open("gjor/end_clarification").press("Avslutt forløpet", outcome="needs_service", note="Trenger mer.")
    assert "Fortsatt behov" in at.text


def test_a_no_changes_nothing_but_the_answer(case: Case, sara) -> None:
    before = set(case.needs.filter(state="open").values_list("kind", "due_on")) - {
        ("offer_clarification", None)
    }
    at = AtDesk(sara, case.number)
    at.open("gjor/offer_clarification").press("Registrer tilbudet")
    at.open("gjor/answer_clarification").press("Lagre svaret", accept="nei", note="Vil ikke.")
    assert "Det har ingen betydning for søknaden." in at.text
    after = set(case.needs.filter(state="open").values_list("kind", "due_on"))
    assert {need for need in before if need[0] != "offer_clarification"} <= after


@pytest.mark.parametrize("act", ["finnes-ikke", "evaluate_goal/99", "choose/99"])
def test_an_unknown_thing_to_do_is_404(case: Case, sara, act: str) -> None:
    assert AtDesk(sara, case.number).open(f"gjor/{act}").status == 404


def test_a_closed_case_is_read_and_nothing_can_be_done(case: Case, sara) -> None:
    Case.objects.filter(pk=case.pk).update(closed_at=NOW - timedelta(days=1), closing_note="Ferdig.")
    at = AtDesk(sara, case.number).open()
    assert "Saken ble avsluttet" in at.text
    assert "Ta saken" not in at.text
    for tab in ("avklaring", "vurdering", "alternativer", "vedtak"):
        assert at.open(tab).status == 200


def test_a_tampered_event_is_told_on_the_timeline(case: Case, sara) -> None:
    with connection.cursor() as cursor:
        cursor.execute("update casework_caseevent set actor_name = 'En annen' where sequence = 1")
    text = AtDesk(sara, case.number).open("tidslinje").text
    assert "Hendelsene stemmer ikke" in text
    assert "kjeden er hel" not in text


MOST_QUERIES = {"": 27, "avklaring": 23, "vurdering": 33, "alternativer": 34, "vedtak": 30, "tidslinje": 22}


def test_the_number_of_queries_does_not_grow_with_the_case(ready: AtDesk) -> None:
    at = ready
    topics = [topic.code for topic in policy_for(at).topics]

    def write(place: int) -> None:
        services.note(number=at.number, text=f"Notat {place}", **who(at))
        services.write_goal(at.number, words=f"Mål {place}", **who(at))
        at.open("vurdering").press("Lagre vurderingen", **{f"citizen-{topics[place]}": f"Nytt {place}"})

    def queries(tab: str) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            at.open(tab)
        return [query["sql"][:110] for query in captured]

    write(0)
    few = {tab: queries(tab) for tab in MOST_QUERIES}
    for place in range(1, 6):
        write(place)
    for tab, most in MOST_QUERIES.items():
        many = queries(tab)
        assert len(many) <= min(len(few[tab]), most), (tab, "\n".join(many))


def test_another_case_worker_sees_who_has_it(case: Case, sara, intake_unit) -> None:
    AtDesk(sara, case.number).open().press("Ta saken")
    assert sara.name in AtDesk(employee("Grete", "case_worker", intake_unit), case.number).open().text
