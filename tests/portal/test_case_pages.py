"""A citizen in their own case: writes, answers, applies; a representative and a stranger in another's."""

from datetime import timedelta
from typing import Any

import pytest
from cast import NOW, account_of, case_of, employee, mandate, person_of
from django.test import Client
from journey import Players
from portal_stories import address, browser_of, told

from trinnvis.access.actor import Actor
from trinnvis.access.models import ReadLogEntry
from trinnvis.casework import services
from trinnvis.casework.models import Case
from trinnvis.letters.models import Letter

PAGES = ("", "/vurdering", "/mal", "/alternativer", "/hendelser", "/avklaring", "/sok", "/trekk")


def test_where_the_case_stands_who_has_it_and_what_comes_next(told_case: Case, web: Client) -> None:
    html = web.get(address(told_case)).content.decode().replace("\u00a0", " ")
    assert 'aria-current="step"' in html
    assert "Sara Saksbehandler" in html
    assert "Vi skriver vedtaket." in html
    assert "07.12.2026" in html
    assert "3 uker etter 16. november 2026" in html
    assert "Les og svar" in html


def test_the_citizen_writes_beside_the_professional(assessed_case: Case, web: Client) -> None:
    case = assessed_case
    page = web.get(address(case, "/vurdering"))
    html = page.content.decode()
    assert "Ustø på badet, trygg med rullator." in html
    data = {name: field.value() for name, field in ((f.html_name, f) for f in page.context["form"])}
    topic = page.context["rows"][1]["topic"]
    answer = web.post(address(case, "/vurdering"), {**data, topic.citizen.field: "Jeg lager mat selv."})
    assert answer.status_code == 302
    assert "Jeg lager mat selv." in web.get(address(case, "/vurdering")).content.decode()
    written = case.entries.filter(voice="citizen", topic=topic.topic.code).order_by("revision").last()
    assert (written.text, written.revision) == ("Jeg lager mat selv.", 2)


def test_two_who_write_the_same_lose_nothing_and_see_each_other(
    assessed_case: Case, players: Players, web: Client, odd: Actor
) -> None:
    case = assessed_case
    mandate(of=players.citizen, to=odd)
    page = web.get(address(case, "/vurdering"))
    data = {field.html_name: field.value() for field in page.context["form"]}
    topic = page.context["rows"][0]["topic"]
    services.write_words(
        case.number,
        topic=topic.topic.code,
        voice="citizen",
        text="Odds ord for Ingrid",
        expected_revision=topic.citizen.revision,
        actor=odd,
        now=NOW,
    )
    answer = web.post(address(case, "/vurdering"), {**data, topic.citizen.field: "Mine egne ord"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Mine egne ord</textarea>" in html
    assert "Odds ord for Ingrid" in html
    assert not case.entries.filter(text="Mine egne ord").exists()
    again = {field.html_name: field.value() for field in answer.context["form"]}
    assert web.post(address(case, "/vurdering"), again).status_code == 302
    texts = case.entries.filter(voice="citizen", topic=topic.topic.code).order_by("revision")
    assert [entry.text for entry in texts][-2:] == ["Odds ord for Ingrid", "Mine egne ord"]


def test_a_lost_session_in_the_assessment_gives_back_what_was_typed(
    assessed_case: Case, web: Client, ingrid: Actor
) -> None:
    case = assessed_case
    html = web.get(address(case, "/vurdering"))
    data = {field.html_name: field.value() for field in html.context["form"]}
    owner = html.content.decode().split('name="form_owner" value="')[1].split('"')[0]
    field = html.context["rows"][0]["topic"].citizen.field
    web.session.flush()
    web.cookies.pop("sessionid")
    web.post(address(case, "/vurdering"), {**data, "form_owner": owner, field: "Det jeg skrev"})
    web.force_login(account_of(ingrid))
    assert "Det jeg skrev</textarea>" in web.get(address(case, "/vurdering")).content.decode()
    assert not case.entries.filter(text="Det jeg skrev").exists()


def test_a_topic_cannot_be_emptied_and_says_what_to_do(assessed_case: Case, web: Client) -> None:
    case = assessed_case
    page = web.get(address(case, "/vurdering"))
    data = {field.html_name: field.value() for field in page.context["form"]}
    field = page.context["rows"][0]["topic"].citizen.field
    answer = web.post(address(case, "/vurdering"), {**data, field: ""})
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in answer.content.decode()


def test_goals_are_written_and_told_about(open_case: Case, web: Client) -> None:
    assert web.post(address(open_case, "/mal"), {"words": " "}).status_code == 422
    assert web.post(address(open_case, "/mal"), {"words": "Gå til butikken"}).status_code == 302
    goal = open_case.goals.get()
    assert goal.by_citizen
    assert web.post(address(open_case, "/mal"), {"words": "Gå til butikken"}).status_code == 422
    web.post(address(open_case, f"/mal/{goal.pk}"), {"state": "reached", "note": "Ja!"})
    assert "Nådd" in web.get(address(open_case, "/mal")).content.decode()


def test_a_goal_of_another_case_is_not_found(
    open_case: Case, web: Client, fremmed: Actor, sara: Actor
) -> None:
    other = case_of(fremmed, sara)
    goal = services.write_goal(other.number, words="Mitt", actor=fremmed, now=NOW)
    assert web.get(address(open_case, f"/mal/{goal.pk}")).status_code == 404


def test_numbers_before_and_after_are_sentences(told_case: Case, web: Client) -> None:
    html = web.get(address(told_case, "/mal")).content.decode()
    assert "Det er blitt bedre, så mye at det betyr noe i hverdagen." in html
    assert "Fra 4 til 7 av 10" in html


def test_a_no_to_clarification_costs_nothing_and_may_become_a_yes(open_case: Case, web: Client) -> None:
    html = web.get(address(open_case, "/avklaring")).content.decode()
    assert "ingen betydning for retten til å søke" in html
    assert "checked" not in html
    assert web.post(address(open_case, "/avklaring"), {}).status_code == 422
    assert web.post(address(open_case, "/avklaring"), {"answer": "nei", "note": ""}).status_code == 302
    assert Case.objects.get(pk=open_case.pk).clarification.state == "declined"
    assert web.post(address(open_case, "/sok"), {"applies_for": "Dusj"}).status_code == 302
    web.post(address(open_case, "/avklaring"), {"answer": "ja", "note": ""})
    assert Case.objects.get(pk=open_case.pk).clarification.state == "running"


def test_one_applies_and_takes_it_back_after_a_question(open_case: Case, web: Client) -> None:
    assert web.post(address(open_case, "/sok"), {"applies_for": ""}).status_code == 422
    web.post(address(open_case, "/sok"), {"applies_for": "Hjelp til å dusje"})
    assert Case.objects.get(pk=open_case.pk).applied_at == NOW
    assert web.get(address(open_case, "/sok")).url == address(open_case)  # applied already
    web.get(address(open_case, "/trekk"))
    assert Case.objects.get(pk=open_case.pk).applied_at is not None
    web.post(address(open_case, "/trekk"), {"reason": "Trenger det ikke"})
    assert Case.objects.get(pk=open_case.pk).applied_at is None
    assert web.get(address(open_case, "/trekk")).url == address(open_case)


def test_alternatives_are_in_words_without_kroner_and_can_be_commented(told_case: Case, web: Client) -> None:
    case = told_case
    page = web.get(address(case, "/alternativer"))
    html = page.content.decode()
    main = html.split("<main")[1].split("</main>")[0]
    assert "3,5 timer i uken" in main.replace("\u00a0", " ")
    assert "Dette vil jeg helst." in main
    assert "Slik er det." in main  # a reason among the criteria
    assert " kr" not in main.replace("\u00a0", " ").replace("kriter", "").replace("kryss", "")
    second = case.alternatives.order_by("pk").last()
    assert web.post(address(case, f"/alternativer/{second.pk}"), {"text": "Ikke for meg"}).status_code == 302
    assert "Ikke for meg" in web.get(address(case, "/alternativer")).content.decode()


def test_another_cases_alternative_is_not_found(
    players: Players, fremmed: Actor, sara: Actor, bjorn: Actor
) -> None:
    case = told(Players(fremmed, sara, bjorn))
    theirs = case.alternatives.first()
    mine = told(players)
    web = browser_of(players.citizen)
    assert web.post(address(mine, f"/alternativer/{theirs.pk}"), {"text": "Hei"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.citizen_view != "Hei"


@pytest.mark.parametrize("page", PAGES)
def test_another_persons_case_is_not_found_and_the_attempt_is_seen(
    open_case: Case, ingrid: Actor, fremmed: Actor, page: str
) -> None:
    stranger = browser_of(fremmed)
    nothing = stranger.get(f"/sak/2026-999999{page}")
    answer = stranger.get(address(open_case, page))
    assert answer.status_code == nothing.status_code == 404
    assert "Ingrid" not in answer.content.decode()
    assert "Ble stanset" in browser_of(ingrid).get("/innsynslogg").content.decode()


def test_posting_to_another_persons_case_changes_nothing(open_case: Case, fremmed: Actor) -> None:
    stranger, before = browser_of(fremmed), open_case.events.count()
    for page, data in (
        ("/mal", {"words": "x"}),
        ("/sok", {"applies_for": "x"}),
        ("/avklaring", {"answer": "nei"}),
    ):
        assert stranger.post(address(open_case, page), data).status_code == 404
    assert open_case.events.count() == before


def test_a_representative_who_may_write_is_told_for_whom(open_case: Case, ingrid: Actor, odd: Actor) -> None:
    assert browser_of(odd).get(address(open_case)).status_code == 404  # kin alone sees nothing
    mandate(of=ingrid, to=odd)
    web = browser_of(odd)
    assert "Du handler for Ingrid Prøve." in web.get(address(open_case)).content.decode()
    assert web.post(address(open_case, "/mal"), {"words": "Komme ut"}).status_code == 302
    html = browser_of(ingrid).get("/innsynslogg").content.decode()
    assert "Odd Prøve" in html
    assert "Kan skrive på dine vegne" in html


def test_a_representative_who_may_only_read_sees_no_forms_and_cannot_write(
    open_case: Case, ingrid: Actor, odd: Actor
) -> None:
    mandate(of=ingrid, to=odd, scopes=("read",))
    web = browser_of(odd)
    html = web.get(address(open_case, "/vurdering")).content.decode()
    assert "Du kan lese, men ikke skrive." in html
    assert "<textarea" not in html
    before = open_case.events.count()
    for page, data in (
        ("/mal", {"words": "x"}),
        ("/vurdering", {"citizen-viktig-for-meg": "x"}),
        ("/sok", {"applies_for": "x"}),
    ):
        assert web.post(address(open_case, page), data).url == address(open_case)
    assert open_case.events.count() == before
    assert "ikke til å skrive" in web.get(address(open_case)).content.decode()


def test_staff_are_citizens_at_this_door(open_case: Case, intake_unit: str, fremmed: Actor) -> None:
    """Someone who may open the case at the desk still finds nothing here."""
    worker = employee("Wenche", "case_worker", intake_unit, person=None)
    account = account_of(worker)
    account_of(fremmed).delete()
    account.person = person_of(fremmed)
    account.save()
    assert browser_of(worker).get(address(open_case)).status_code == 404
    assert ReadLogEntry.objects.filter(allowed=False, reader=account).count() == 1


def test_internal_notes_are_not_in_the_citizens_timeline(open_case: Case, sara: Actor, web: Client) -> None:
    services.note(number=open_case.number, text="Synlig notat", actor=sara, now=NOW)
    services.note(number=open_case.number, text="Internt notat", actor=sara, now=NOW, internal=True)
    html = web.get(address(open_case, "/hendelser")).content.decode()
    assert "Synlig notat" in html
    assert "Internt notat" not in html


def test_a_closed_case_can_be_read_but_not_written_in(open_case: Case, sara: Actor, web: Client) -> None:
    services.close_case(number=open_case.number, reason="Du klarer deg selv.", actor=sara, now=NOW)
    html = web.get(address(open_case)).content.decode()
    assert "Saken ble avsluttet" in html
    assert "Skriv i vurderingen" not in html
    assert web.post(address(open_case, "/mal"), {"words": "x"}).status_code == 302
    assert not open_case.goals.exists()


def test_a_decision_is_for_the_party_and_the_reader_with_a_mandate(
    sent_letter: Letter, players: Players, odd: Actor, fremmed: Actor
) -> None:
    number = sent_letter.decision.number
    for page in ("", "/pdf"):
        assert browser_of(fremmed).get(f"/vedtak/{number}{page}").status_code == 404
        assert browser_of(odd).get(f"/vedtak/{number}{page}").status_code == 404
    mandate(of=players.citizen, to=odd, scopes=("read",))
    assert browser_of(odd).get(f"/vedtak/{number}").status_code == 200


def test_an_address_one_has_been_given_opens_nothing(
    sent_letter: Letter, odd: Actor, fremmed: Actor, unni: Actor, leif: Actor, planke: Actor
) -> None:
    """Not to her husband without a mandate, not to staff outside the case; and it is not told to exist."""
    decision = sent_letter.decision
    number = decision.case.number
    given = (
        f"/sak/{number}",
        f"/sak/{number}/vurdering",
        f"/vedtak/{decision.number}",
        f"/skranke/sak/{number}/",
        f"/skranke/sak/{number}/vedtak/{decision.number}/brev.pdf",
    )
    for other in (odd, fremmed, unni, leif, planke):
        web = browser_of(other)
        for place in given:
            answer = web.get(place)
            assert answer.status_code == 404, (other.name, place)
            assert "Ingrid" not in answer.content.decode()


def test_a_decision_not_sent_yet_does_not_exist(told_case: Case, web: Client) -> None:
    case = told_case
    number = case.decisions.get().number
    assert web.get(f"/vedtak/{number}").status_code == 404
    assert number not in web.get(address(case)).content.decode()


def test_the_read_log_is_ones_own_and_the_represented_persons(
    open_case: Case, ingrid: Actor, odd: Actor, fremmed: Actor
) -> None:
    log = f"/innsynslogg/{ingrid.person_id}"
    assert browser_of(fremmed).get(log).status_code == 404
    assert browser_of(odd).get(log).status_code == 404
    mandate(of=ingrid, to=odd, scopes=("contact",))
    assert browser_of(odd).get(log).status_code == 404
    mandate(of=ingrid, to=odd, scopes=("read",))
    assert browser_of(odd).get(log).status_code == 200


def test_the_read_log_turns_pages(open_case: Case, ingrid: Actor, sara: Actor) -> None:
    ReadLogEntry.objects.bulk_create(
        ReadLogEntry(
            at=NOW - timedelta(minutes=n),
            person_id=ingrid.person_id,
            reader_id=sara.key,
            reader_name="Sara",
            reader_role="saksbehandler",
            what=f"Blikk {n}",
            basis="assigned",
            allowed=True,
        )
        for n in range(60)
    )
    web = browser_of(ingrid)
    assert "Blikk 0<" in web.get("/innsynslogg").content.decode().replace("\n", "<").replace(" <", "<")
    assert "Blikk 59" in web.get("/innsynslogg?side=3").content.decode()
    assert web.get("/innsynslogg?side=tull").status_code == 200


def test_min_side_shows_what_waits_drafts_and_whom_one_acts_for(
    open_case: Case, ingrid: Actor, odd: Actor, web: Client
) -> None:
    html = web.get("/min-side").content.decode()
    assert "Svar på tilbudet om avklaringsforløp" in html
    mandate(of=ingrid, to=odd, scopes=("read",))
    html = browser_of(odd).get("/min-side").content.decode()
    assert "Du kan handle for Ingrid Prøve" in html
    assert "Du kan ikke skrive i saken eller søke" in html
    assert "Svar på tilbudet" not in html  # a reader cannot


def test_no_identity_number_stands_on_any_page(open_case: Case, ingrid: Actor, odd: Actor) -> None:
    from trinnvis.people.queries import identity_number_of

    mandate(of=ingrid, to=odd)
    number = identity_number_of(person_of(ingrid))
    for actor in (ingrid, odd):
        web: Any = browser_of(actor)
        for page in ("/min-side", "/innsynslogg", *(address(open_case, each) for each in PAGES)):
            assert number not in web.get(page, follow=True).content.decode()
