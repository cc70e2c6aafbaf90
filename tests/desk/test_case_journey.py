"""Sara takes Ingrid's case to a decision that Bjørn approves and Sara sends, page by page."""

from __future__ import annotations

from datetime import date, timedelta

from cast import NOW, case_of, enquire
from desking import CARE, HOME, WHOLE, AtDesk, assessment_fields, hand_on, policy_for

from trinnvis.casework import services
from trinnvis.casework.models import Case, Decision
from trinnvis.casework.queries.criteria import criteria_state
from trinnvis.letters.models import Letter
from trinnvis.policy.criteria import Outcome, ReasonRule


def assess_page_by_page(at: AtDesk) -> AtDesk:
    """Both voices, the function variables, the housing step and consent capacity, saved and completed."""
    policy = policy_for(at)
    wish = next(topic.code for topic in policy.topics if topic.kind == "wish")
    fields = {**assessment_fields(policy), f"citizen-{wish}": "Jeg vil dusje selv."}
    at.open("vurdering").press("Lagre og fullfør", **fields)
    return at.open("gjor/capacity").press(
        "Lagre vurderingen", conclusion="has", reason="Forstår saken godt.", shown_to="Ingrid"
    )


def add_page_by_page(at: AtDesk, title: str, service: str, amount: str) -> AtDesk:
    step = policy_for(at).service(service).steps[0]
    fields = {
        "title": title,
        "why": "Trygt og nær det hun kjenner.",
        "lines-0-service": f"{step}/{service}",
        "lines-0-amount": amount,
        "lines-0-starts_on": "1.12.2026",
    }
    return at.open("alternativer").press("Legg til alternativet", **fields)


def answer_page_by_page(at: AtDesk, service: str) -> AtDesk:
    """Every question of a service's criteria, each with the first answer that does not end in «not met»."""
    case = Case.objects.get(number=at.number)
    while question := criteria_state(case, service).walk.next:
        answer = next(each for each in question.answers if each.outcome != Outcome.NOT_MET)
        reason = {"reason": "Slik er det."} if answer.reason != ReasonRule.NONE else {}
        at.open(f"kriterier/{service}").press("Lagre svaret", answer=answer.code, **reason)
    return at


def compare_page_by_page(at: AtDesk) -> AtDesk:
    """Two alternatives, the first chosen, its criteria answered."""
    add_page_by_page(at, "Hjelp hjemme", HOME, "2,5")
    add_page_by_page(at, "Hjemmesykepleie", CARE, "3")
    first = Case.objects.get(number=at.number).alternatives.get(title="Hjelp hjemme")
    at.open(f"gjor/choose/{first.pk}").press("Velg alternativet", reason="Minst inngripende, og trygt nok.")
    return answer_page_by_page(at, HOME)


def test_from_overview_to_a_sent_decision(case: Case, sara, bjorn) -> None:
    at = AtDesk(sara, case.number)
    assert "Dette gjenstår" in at.open().text
    at.press("Ta saken")
    assert "Du har saken." in at.text

    assess_page_by_page(at)
    assert "Fullført" in at.open("vurdering").text

    compare_page_by_page(at)
    assert "Side om side" in at.open("alternativer").text
    assert "kriteriene er oppfylt" in at.text

    at.open("vedtak").press("Lagre utkast", kind="grant")
    decision = Decision.objects.get(case=case)
    assert decision.state == "draft"
    assert decision.lines.get().service == HOME
    assert "Skriv målet med hjelpen." in at.text

    at.press("Lagre og send til godkjenning", kind="grant")
    assert "kan ikke sendes til godkjenning ennå" in at.text

    at.press("Lagre og send til godkjenning", **WHOLE)
    assert "Vedtaket er sendt til godkjenning." in at.text
    assert "Du har skrevet vedtaket selv" in at.text or "Rollen din kan ikke" in at.text

    deciding = AtDesk(bjorn, case.number).open("vedtak")
    deciding.press("Godkjenn vedtaket", words="Godt skrevet.")
    assert "Vedtaket er godkjent og kan sendes." in deciding.text

    assert "Slik ser brevet ut" in at.open(f"vedtak/{decision.number}/brev").text
    at.open("gjor/send_decision").press("Send vedtaket nå")
    assert "Vedtaket er sendt" in at.text
    letter = Letter.objects.get(decision=decision)
    answer = at.client.get(at.at(f"vedtak/{decision.number}/brev.pdf"))
    assert answer.content == bytes(letter.pdf)
    assert answer["Content-Type"] == "application/pdf"
    assert decision.number in at.open("dokumenter").text
    assert "kjeden er hel" in at.open("tidslinje").text


def test_the_second_person_returns_it_with_a_reason_and_the_writer_sees_what_to_do(
    ready: AtDesk, case: Case, bjorn
) -> None:
    at = hand_on(ready)
    deciding = AtDesk(bjorn, case.number).open("vedtak")
    deciding.press("Send i retur", words="Omfanget mangler.")
    assert "Velg et svar under «Hva må bli bedre»." in deciding.text
    deciding.press("Send i retur", return_reason="extent", words="Skriv hvor mange ganger i uken.")
    assert "Vedtaket er sendt i retur." in deciding.text
    assert "Skriv hvor mange ganger i uken." in at.open("vedtak").text
    assert Decision.objects.get(case=case).state == "draft"


def test_a_double_click_approves_once(ready: AtDesk, case: Case, bjorn) -> None:
    hand_on(ready)
    deciding = AtDesk(bjorn, case.number).open("vedtak")
    deciding.press("Godkjenn vedtaket", times=2)
    assert "Feil:" not in deciding.text
    assert Decision.objects.get(case=case).approvals.count() == 1


def test_sending_twice_sends_one_letter(ready: AtDesk, bjorn) -> None:
    at = hand_on(ready)
    AtDesk(bjorn, at.number).open("vedtak").press("Godkjenn vedtaket")
    at.open("gjor/send_decision").press("Send vedtaket nå", times=2)
    assert "Feil:" not in at.text
    assert Letter.objects.count() == 1


def test_the_writer_takes_it_back_before_it_is_approved(ready: AtDesk) -> None:
    at = hand_on(ready)
    at.open("gjor/withdraw_decision").press("Trekk tilbake", reason="Glemte døgnrytmen.")
    assert "Vedtaket er et utkast igjen." in at.text
    assert "Lagre utkast" in at.text


def test_severely_ill_goes_to_a_decision_without_alternatives(ingrid, sara, lunner) -> None:
    case = case_of(ingrid, sara, outcome="severely_ill", is_application=True)
    at = AtDesk(sara, case.number)
    assert "Alvorlig syk" in at.open().text
    at.open("gjor/give_help_now").press("Bekreft", what="Hjemmesykepleien kommer i dag.")
    assert "Hjelpen er i gang." in at.text
    assert "Avklaring er" in at.open("avklaring").text
    assert "Alvorlig syke skal ikke gjennom avklaringsforløp" in at.text


def test_what_the_citizen_wrote_and_a_talk_is_enough_to_have_been_heard(case: Case, sara) -> None:
    at = AtDesk(sara, case.number)
    assert f'href="{at.at("gjor/heard")}"' in at.open().text
    at.open("gjor/heard").press("Bekreft")
    assert "Fyll ut «Når og hvordan snakket dere sammen»." in at.text
    at.press("Bekreft", how="Hjemmebesøk 12. november.")
    assert "Det er notert at innbyggeren er hørt." in at.text
    assert case.needs.get(kind="hear_citizen").state == "solved"


def test_to_be_heard_again_is_not_late_because_the_case_is_old(case: Case, ingrid, sara) -> None:
    services.confirm_heard(number=case.number, how="Hjemmebesøk", actor=sara, now=NOW)
    later = NOW + timedelta(days=203)  # a Monday too
    more = enquire(ingrid, now=later, what_matters="Noe mer")
    services.triage(
        enquiry_number=more.number, outcome="clarification", reason="Nye behov", actor=sara, now=later
    )
    assert case.needs.get(kind="hear_citizen", state="open").due_on == date(2027, 6, 14)
