"""What has happened in a case, told to the one it is about: in plain words, each thing once, as it was."""

import re
from datetime import timedelta

from cast import NOW, enquire
from django.test import Client
from portal_stories import address

from trinnvis.access.actor import Actor
from trinnvis.casework import services
from trinnvis.casework.models import Case
from trinnvis.casework.queries.timeline import timeline
from trinnvis.letters.models import Letter
from trinnvis.policy.queries import policy_of


def test_what_has_happened_is_told_in_plain_words(assessed_case: Case, web: Client, sara: Actor) -> None:
    html = web.get(address(assessed_case, "/hendelser")).content.decode()
    for plain in (
        "Vi har lest henvendelsen og bestemt hva som skjer videre",
        "Vi har fått søknaden",
        "Det er skrevet noe nytt i vurderingen",
        "Vi har vurdert hva du klarer i hverdagen",
        "Vurderingen av hva du trenger, er ferdig",
    ):
        assert plain in html
    for of_the_trade in ("Dette må avklares", "Dette er avklart", "fått nye ord", "innbyggerens ord"):
        assert of_the_trade not in html
    need = policy_of(assessed_case.policy_id).need_kind("hear_citizen")
    assert need.title not in html


def test_nobody_is_told_that_a_reply_was_sent_which_was_not(sent_letter: Letter, web: Client) -> None:
    case = sent_letter.decision.case
    assert case.needs.filter(kind="preliminary_reply", state="not_relevant").exists()
    html = web.get(address(case, "/hendelser")).content.decode()
    assert "Vi har sendt deg vedtaket" in html
    assert "oreløpig svar" not in html


def test_staff_read_what_happened_in_the_words_of_the_trade(assessed_case: Case) -> None:
    titles = {item.title for item in timeline(assessed_case, for_staff=True)}
    assert {"Søknaden er mottatt", "Dette må avklares", "Funksjon er vurdert"} <= titles


def test_how_a_date_was_counted_is_told_once(assessed_case: Case, web: Client) -> None:
    reasons = [need.due_why for need in assessed_case.needs.all() if need.state == "open" and need.due_why]
    assert len(reasons) > len(set(reasons))
    html = web.get(address(assessed_case)).content.decode()
    for reason in set(reasons):
        assert html.count(reason) == 1


def test_a_clarification_that_ended_early_says_when_it_ended(
    open_case: Case, ingrid: Actor, sara: Actor, web: Client
) -> None:
    services.answer_clarification(open_case.number, accept=True, actor=ingrid, now=NOW)
    planned = web.get(address(open_case, "/mal")).content.decode().replace("\u00a0", " ")
    assert "Fra 16. november 2026 til 14. desember 2026." in planned
    services.end_clarification(
        open_case.number, outcome="manages", note="Klarer seg.", actor=sara, now=NOW + timedelta(days=7)
    )
    ended = web.get(address(open_case, "/mal")).content.decode().replace("\u00a0", " ")
    assert "Fra 16. november 2026 til 23. november 2026." in ended


def test_an_application_after_a_decision_is_told_again(
    sent_letter: Letter, ingrid: Actor, sara: Actor, web: Client
) -> None:
    def tags() -> list[str]:
        html = web.get("/min-side").content.decode()
        return re.findall(r'tv-status"[^>]*>([^<]*)<', html)

    assert "Søknad" not in tags()
    again = enquire(ingrid, now=NOW + timedelta(minutes=1), is_application=True, applies_for="Mer hjelp")
    services.triage(
        enquiry_number=again.number,
        outcome="clarification",
        reason="Ny søknad",
        actor=sara,
        now=NOW + timedelta(minutes=2),
    )
    assert "Søknad" in tags()


def test_the_phone_of_the_one_you_talk_to_can_be_rung(told_case: Case, web: Client) -> None:
    assert 'href="tel:' in web.get(address(told_case)).content.decode().split("Hvem du snakker med")[1]
