"""The assessment page: saved whole or not at all, and two people who save at once lose nothing."""

from __future__ import annotations

import pytest
from cast import NOW, employee
from desking import AtDesk, assessment_fields, policy_for

from trinnvis.casework.models import Case


@pytest.fixture
def topics(case: Case, sara) -> list[str]:
    return [topic.code for topic in policy_for(AtDesk(sara, case.number)).topics]


def test_both_voices_stand_with_who_wrote_and_what_stood_before(case: Case, sara, topics) -> None:
    at = AtDesk(sara, case.number).open("vurdering")
    at.press("Lagre vurderingen", **{f"citizen-{topics[4]}": "Jeg vil prøve alarm."})
    at.open("vurdering").press("Lagre vurderingen", **{f"citizen-{topics[4]}": "Jeg vil ikke ha alarm."})
    text = at.open("vurdering").text
    assert "Jeg vil prøve alarm." in text
    assert "Jeg vil ikke ha alarm." in text
    assert "skrevet ned for innbyggeren" in text


def test_two_who_save_at_once_lose_nothing(case: Case, sara, intake_unit, topics) -> None:
    grete = employee("Grete", "case_worker", intake_unit)
    field = f"professional-{topics[1]}"
    mine, theirs = AtDesk(sara, case.number).open("vurdering"), AtDesk(grete, case.number).open("vurdering")
    theirs.press("Lagre vurderingen", **{field: "Gretes ord"})
    mine.press("Lagre vurderingen", **{field: "Saras ord", f"professional-{topics[2]}": "Mer fra Sara"})

    assert "Gretes ord" in mine.text
    assert mine.form_with("Lagre vurderingen").fields[field] == "Saras ord"
    assert mine.form_with("Lagre vurderingen").fields[f"professional-{topics[2]}"] == "Mer fra Sara"
    assert "Feil:" in mine.text
    assert not case.entries.filter(text="Mer fra Sara").exists(), "nothing may be half-saved"

    mine.press("Lagre vurderingen", **{field: "Gretes ord. Saras ord."})
    assert "Vurderingen er lagret." in mine.text
    assert [
        e.text for e in case.entries.filter(topic=topics[1], voice="professional").order_by("revision")
    ] == [
        "Gretes ord",
        "Gretes ord. Saras ord.",
    ]


def test_two_who_write_on_different_topics_do_not_meet(case: Case, sara, intake_unit, topics) -> None:
    grete = employee("Grete", "case_worker", intake_unit)
    mine, theirs = AtDesk(sara, case.number).open("vurdering"), AtDesk(grete, case.number).open("vurdering")
    theirs.press("Lagre vurderingen", **{f"professional-{topics[1]}": "Gretes ord", "housing_step": "3"})
    mine.press("Lagre vurderingen", **{f"professional-{topics[2]}": "Saras ord"})
    assert "Vurderingen er lagret." in mine.text
    assert case.housing.get().housing_step == 3


def test_scores_and_housing_that_met_are_shown_too(case: Case, sara, intake_unit) -> None:
    grete = employee("Grete", "case_worker", intake_unit)
    mine, theirs = AtDesk(sara, case.number).open("vurdering"), AtDesk(grete, case.number).open("vurdering")
    variable = policy_for(mine).code_list("function", case.opened_at.date()).entries[0].code
    theirs.press("Lagre vurderingen", **{f"score-{variable}": "4", "housing_step": "3"})
    mine.press("Lagre vurderingen", **{f"score-{variable}": "2", "housing_step": "1"})
    assert "Feil:" in mine.text
    assert mine.text.count("Grete lagret dette") == 2
    assert case.scores.count() == 1
    mine.press("Lagre vurderingen")
    assert [row.score for row in case.scores.order_by("revision")] == [4, 2]


def test_a_double_click_saves_once(case: Case, sara, topics) -> None:
    at = AtDesk(sara, case.number).open("vurdering")
    at.press("Lagre vurderingen", times=2, **{f"professional-{topics[1]}": "Går med rullator."})
    assert case.entries.filter(voice="professional").count() == 1
    assert "Feil:" not in at.text


def test_what_is_missing_is_listed_with_links_to_the_fields(case: Case, sara, topics) -> None:
    at = AtDesk(sara, case.number).open("vurdering").press("Lagre og fullfør")
    assert "Vurderingen er ikke fullført ennå" in at.text
    assert f'href="#id_professional-{topics[0]}"' in at.text
    assert f'id="id_professional-{topics[0]}"' in at.text
    assert 'href="#id_housing_step_0"' in at.text
    assert case.needs.filter(kind="assess", state="open").exists()


def test_a_text_too_long_is_told_on_its_field_and_nothing_is_saved(case: Case, sara, topics) -> None:
    at = AtDesk(sara, case.number).open("vurdering")
    fields = {**assessment_fields(policy_for(at)), f"professional-{topics[1]}": "x" * 10_001}
    at.press("Lagre vurderingen", **fields)
    assert "Det er plass til" in at.text
    assert not case.entries.filter(voice="professional").exists()
    assert not case.scores.exists()


def test_a_note_without_its_choice_is_not_lost(case: Case, sara) -> None:
    at = AtDesk(sara, case.number).open("vurdering")
    variable = policy_for(at).code_list("function", NOW.date()).entries[0].code
    notes = {f"score-{variable}-note": "Ser dårlig i mørket", "housing_note": "Bratt trapp"}
    at.press("Lagre vurderingen", **notes)
    fields = at.form_with("Lagre vurderingen").fields
    assert {name: fields[name] for name in notes} == notes
    assert (
        at.text.count("Velg også et svar, så blir den lagret.") == 4
    )  # each in the summary and on the field
    assert not case.scores.exists() and not case.housing.exists()


def test_markup_in_the_words_is_shown_as_words(case: Case, sara, topics) -> None:
    at = AtDesk(sara, case.number).open("vurdering")
    at.press("Lagre vurderingen", **{f"citizen-{topics[5]}": "<script>alert(1)</script>"})
    assert "<script>alert" not in at.open("vurdering").text
    assert "&lt;script&gt;alert" in at.text


def test_a_completed_assessment_is_reopened_with_a_reason(assessed: AtDesk, case: Case) -> None:
    at = assessed
    at.open("gjor/reopen_assessment").press("Gjenåpne", reason="")
    assert "Fyll ut «Hvorfor»." in at.text
    at.press("Gjenåpne", reason="Hun falt på nytt.")
    assert "Vurderingen er åpen igjen." in at.text
    assert "Under arbeid" in at.open("vurdering").text


def test_two_who_judge_capacity_at_once(case: Case, sara, bjorn) -> None:
    mine, theirs = (
        AtDesk(sara, case.number).open("gjor/capacity"),
        AtDesk(bjorn, case.number).open("gjor/capacity"),
    )
    theirs.press("Lagre vurderingen", conclusion="has", reason="Forstår alt.", shown_to="Ingrid")
    mine.press("Lagre vurderingen", conclusion="lacks", reason="Glemmer.", shown_to="Ingrid og Odd")
    assert "Forstår alt." in mine.text
    assert mine.form_with("Lagre vurderingen").fields["reason"] == "Glemmer."
    assert case.consent_capacity.count() == 1
