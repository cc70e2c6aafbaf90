"""Every form of the desk that a double click can send twice: done once, and both answers alike."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cast import enquire
from desking import (
    CARE,
    HOME,
    REASONS,
    WHOLE,
    AtDesk,
    AtDoor,
    add_alternative,
    assess,
    assessment_fields,
    compare,
    policy_for,
    twice,
)

from trinnvis.casework.models import CaseEvent


@pytest.fixture
def at(case, sara) -> AtDesk:
    return AtDesk(sara, case.number)


FORMS: dict[str, tuple[Callable[[AtDesk], object], str, str, dict[str, str]]] = {
    "note": (lambda at: at, "gjor/note", "Lagre notatet", {"text": "Ringte Ingrid."}),
    "goal": (lambda at: at, "gjor/goal", "Lagre målet", {"words": "Gå til butikken"}),
    "take": (lambda at: at, "", "Ta saken", {}),
    "decision": (lambda at: compare(assess(at)), "vedtak", "Lagre og send til godkjenning", WHOLE),
    "draft": (
        lambda at: compare(assess(at)),
        "vedtak",
        "Lagre utkast",
        {"kind": "grant", "reasons": REASONS},
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_of_the_case(at, name) -> None:
    begin, place, button, typed = FORMS[name]
    begin(at)
    twice(at.open(place), button, **typed)


def test_the_assessment_completed(at) -> None:
    typed = assessment_fields(policy_for(at))
    at.open("vurdering")
    wish = next(name for name in at.form_with("Lagre og fullfør").fields if name.startswith("citizen-"))
    twice(at, "Lagre og fullfør", **typed, **{wish: "Jeg vil dusje selv."})


def test_an_alternative_is_added_once_and_a_page_gone_back_to_is_a_new_one(assessed) -> None:
    at = assessed
    typed = {"title": "Trening", "why": "Hun vil klare det selv.", "lines-0-amount": "2"}
    step = policy_for(at).service(CARE).steps[0]
    typed |= {"lines-0-service": f"{step}/{CARE}", "lines-0-starts_on": "1.12.2026"}
    at.open("alternativer")
    twice(at, "Legg til alternativet", **typed)
    again = {**typed, "title": "Trening to ganger"}
    twice(at, "Legg til alternativet", **again)
    titles = CaseEvent.objects.filter(verb="alternative_added").values_list("data__title", flat=True)
    assert list(titles) == ["Trening", "Trening to ganger"]


def test_a_criterion(assessed) -> None:
    at = assessed
    add_alternative(at, "Hjelp hjemme", HOME, "2.5")
    at.open(f"kriterier/{HOME}")
    answer = policy_for(at).service(HOME).criteria
    question = next(tree for tree in policy_for(at).criteria if tree.code == answer).questions[0]
    twice(at, "Lagre svaret", answer=question.answers[0].code, reason="Slik er det.")


def test_triage_opens_one_case_and_both_lead_to_it(lunner, ingrid, sara) -> None:
    at = AtDoor(sara, "").open(f"henvendelse/{enquire(ingrid).number}")
    twice(at, "Lagre vurderingen", outcome="clarification", reason="Trenger mer")
