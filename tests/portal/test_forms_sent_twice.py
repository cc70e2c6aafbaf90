"""Every form of the portal that a double click can send twice: done once, and both answers alike."""

from __future__ import annotations

import pytest
from cast import case_of
from desking import AtDesk, twice

from trinnvis.casework.models import CaseEvent, Enquiry
from trinnvis.casework.services import offer_clarification


class AtPortal(AtDesk):
    """A citizen on the pages of the portal: `AtPortal(ingrid, "").open("kontakt")`."""

    def at(self, place: str = "") -> str:
        return f"/sak/{self.number}/{place}" if self.number else f"/{place}"


FORMS = {
    "words": (
        "vurdering",
        "Lagre det jeg har skrevet",
        {"citizen-viktig-for-meg": "Å dusje selv."},
        "words_written",
    ),
    "goal": ("mal", "Lagre målet", {"words": "Gå til butikken"}, "goal_written"),
    "offer": ("avklaring", "Send svaret", {"answer": "ja"}, "clarification_answered"),
    "withdrawal": ("trekk", "Trekk søknaden", {}, "application_withdrawn"),
}
NOT_URGENT = {"urgent": "nei", "application": "nei"}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_of_the_case(lunner, ingrid, sara, now, name) -> None:
    place, button, typed, verb = FORMS[name]
    case = case_of(ingrid, sara, is_application=True)
    offer_clarification(case.number, actor=sara, now=now)
    before = CaseEvent.objects.filter(verb=verb).count()
    twice(AtPortal(ingrid, case.number).open(place), button, **typed)
    assert CaseEvent.objects.filter(verb=verb).count() == before + 1


def test_an_application_is_registered_once(lunner, ingrid, sara) -> None:
    at = AtPortal(ingrid, case_of(ingrid, sara).number).open("sok")
    twice(at, at.form_with("øk").buttons[-1][2], applies_for="Hjelp til å dusje")
    assert CaseEvent.objects.filter(verb="applied").count() == 1


def test_what_is_said_of_an_alternative_and_of_a_goal(told_case, players) -> None:
    case = told_case
    alternative, goal = case.alternatives.last(), case.goals.get()
    at = AtPortal(players.citizen, case.number)
    twice(at.open(f"alternativer/{alternative.pk}"), "Lagre", text="Helst ikke.")
    twice(at.open(f"mal/{goal.pk}"), "Lagre", state="reached", note="Jeg klarte det.")
    assert case.events.filter(verb="goal_evaluated").count() == 1


def test_the_contact_form(lunner, ingrid) -> None:
    at = AtPortal(ingrid, "")
    steps = [{"about": "meg"}, {"what_matters": "Å bo hjemme"}, {}, {}, {}, NOT_URGENT]
    for number, typed in enumerate(steps, start=1):
        twice(at.open(f"kontakt/steg/{number}"), "Neste", **typed)
    twice(at.open("kontakt/oppsummering"), "Send inn")
    assert Enquiry.objects.count() == 1
