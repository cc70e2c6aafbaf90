"""Alternatives: closed until the need is written, then side by side with hours and kroner."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from cast import NOW
from desking import CARE, HOME, AtDesk, add_alternative, answer_criteria, assess, policy_for, who

from trinnvis.casework import services
from trinnvis.casework.models import Case
from trinnvis.casework.rules.lines import Line


def test_the_calculator_is_closed_until_the_need_is_written_and_says_why(case: Case, sara) -> None:
    at = AtDesk(sara, case.number).open("alternativer")
    assert "Sammenligningen er ikke åpen" in at.text
    assert "Timer og kroner vises etterpå." in at.text
    assert "Legg til alternativet" not in at.text
    assert not re.search(r"\d\s*kr\b", at.text)
    at.client.post(at.at("alternativer"), {"title": "Sniker", "why": "Fordi", "lines-TOTAL_FORMS": "0"})
    assert not case.alternatives.exists()


def test_side_by_side_with_steps_hours_kroner_and_how_certain_the_prices_are(
    assessed: AtDesk, case: Case, ingrid
) -> None:
    at = assessed
    add_alternative(at, "Hjelp hjemme", HOME, "2.5")
    add_alternative(at, "Sykepleie", CARE, "3")
    services.comment_alternative(
        case.alternatives.first().pk, text="Dette vil jeg helst.", actor=ingrid, now=NOW
    )
    text = at.open("alternativer").text
    for part in (
        "Netto for kommunen",
        "Årsverk",
        "Egenbetaling",
        "eksempel",
        "Dette vil jeg helst.",
        "Høyest",
    ):
        assert part in text
    assert policy_for(at).step(6).title in text


def test_services_after_each_other_are_told_to_be_summed_all_the_same(assessed: AtDesk) -> None:
    at, known = assessed, policy_for(assessed).service(HOME)
    halves = ((date(2026, 12, 1), date(2026, 12, 31)), (date(2027, 1, 1), None))
    lines = [Line(HOME, known.steps[0], Decimal(2), known.unit, starts, ends) for starts, ends in halves]
    services.add_alternative(at.number, title="Opptrapping", why="Prøves først.", lines=lines, **who(at))
    add_alternative(at, "Sykepleie", CARE, "3")
    text = at.open("alternativer").text
    assert text.count("Tjenestene går ikke alle samtidig") == 1
    assert "«Opptrapping»: Tjenestene går ikke alle samtidig" in text


def test_a_line_more_keeps_what_is_typed_and_saves_nothing(assessed: AtDesk, case: Case) -> None:
    at = assessed.open("alternativer")
    at.press("Legg til linje", title="Halvferdig", **{"lines-0-amount": "2"})
    form = at.form_with("Legg til alternativet")
    assert form.fields["title"] == "Halvferdig"
    assert form.fields["lines-0-amount"] == "2"
    assert form.fields["lines-TOTAL_FORMS"] == "3"
    assert "Feil:" not in at.text
    assert not case.alternatives.exists()


def test_faults_stand_on_their_line(assessed: AtDesk, case: Case) -> None:
    at = assessed.open("alternativer")
    step = policy_for(at).service(HOME).steps[0]
    at.press(
        "Legg til alternativet",
        title="Rart",
        why="-",
        **{"lines-1-service": f"{step}/{HOME}", "lines-1-amount": "200", "lines-1-starts_on": "1.12.2026"},
    )
    assert "Det er bare 168 timer i en uke." in at.text
    assert 'id="id_lines-1-amount_error"' in at.text
    at.press("Legg til alternativet", **{"lines-1-amount": "mange"})
    assert "Skriv et tall med sifre" in at.text
    assert not case.alternatives.exists()


def test_an_alternative_without_lines_says_what_to_do(assessed: AtDesk) -> None:
    at = assessed.open("alternativer")
    at.press("Legg til alternativet", title="Tomt", why="Ingenting")
    assert "Legg til minst én tjeneste." in at.text


def test_a_service_that_does_not_exist_is_refused(assessed: AtDesk, case: Case) -> None:
    at = assessed.open("alternativer")
    at.press("Legg til alternativet", title="Juks", why="-", **{"lines-0-service": "6/finnes-ikke"})
    assert "Feil:" in at.text
    assert not case.alternatives.exists()


def test_a_double_click_adds_one(assessed: AtDesk, case: Case) -> None:
    at = assessed.open("alternativer")
    step = policy_for(at).service(HOME).steps[0]
    typed = {"lines-0-service": f"{step}/{HOME}", "lines-0-amount": "2", "lines-0-starts_on": "1.12.2026"}
    at.press("Legg til alternativet", times=2, title="Hjelp", why="Trygt", **typed)
    assert case.alternatives.count() == 1


def test_one_alone_cannot_be_chosen_and_one_is_taken_out_with_a_reason(assessed: AtDesk, case: Case) -> None:
    at = assessed
    add_alternative(at, "Hjelp hjemme", HOME, "2.5")
    only = case.alternatives.get()
    at.open(f"gjor/choose/{only.pk}").press("Velg alternativet", reason="Best")
    assert "Legg inn minst to alternativer" in at.text
    at.open(f"gjor/withdraw_alternative/{only.pk}").press("Ta ut", reason="Ikke aktuelt")
    assert "1 er tatt ut" in at.text


def test_an_alternative_of_another_case_is_not_there(case: Case, sara, fremmed) -> None:
    from cast import case_of

    other = assess(AtDesk(sara, case_of(fremmed, sara).number))
    add_alternative(other, "Annet", HOME, "1")
    foreign = Case.objects.get(number=other.number).alternatives.get()
    at = AtDesk(sara, case.number)
    assert at.open(f"gjor/choose/{foreign.pk}").status == 404
    assert at.client.post(at.at(f"gjor/choose/{foreign.pk}"), {"reason": "x"}).status_code == 404


def test_criteria_ask_one_question_at_a_time_and_answer_none_beforehand(assessed: AtDesk, case: Case) -> None:
    at = assessed
    add_alternative(at, "Hjelp hjemme", HOME, "2.5")
    at.open(f"kriterier/{HOME}")
    assert "answer" not in at.form_with("Lagre svaret").fields
    at.press("Lagre svaret")
    assert "Velg et svar under" in at.text
    answer_criteria(at, HOME)
    assert "kriteriene er oppfylt" in at.open("alternativer").text
    first = case.criterion_answers.order_by("pk").first().question
    at.response = at.client.get(at.at(f"kriterier/{HOME}") + f"?endre={first}")
    assert at.form_with("Lagre svaret").fields["answer"]


def test_a_required_reason_is_asked_for(assessed: AtDesk, case: Case) -> None:
    at = assessed
    add_alternative(at, "Hjelp hjemme", HOME, "2.5")
    tree = policy_for(at).criteria_tree(policy_for(at).service(HOME).criteria)
    question = next(q for q in tree.questions if q.code == tree.first)
    strict = next((a for a in question.answers if a.reason == "required"), None)
    assert strict is not None
    at.open(f"kriterier/{HOME}").press("Lagre svaret", answer=strict.code)
    assert "skal begrunnes." in at.text
    assert not case.criterion_answers.exists()


def test_criteria_of_a_service_nobody_considers_are_not_there(case: Case, sara) -> None:
    assert AtDesk(sara, case.number).open(f"kriterier/{HOME}").status == 404
