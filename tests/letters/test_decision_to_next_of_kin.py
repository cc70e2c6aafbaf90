"""Relief is decided for the next of kin: they get the letter, and nothing else of the case."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from built_once import built_once
from cast import NOW, Beginning, citizen, husband_of, mandate, people_under, person_of
from django.conf import settings
from journey import Players, approved, drafted, players_in
from portal_stories import browser_of

from trinnvis.access.actor import Actor
from trinnvis.access.models import ReadLogEntry
from trinnvis.casework.models import Decision
from trinnvis.casework.services import write_goal
from trinnvis.letters.models import Letter
from trinnvis.letters.recipients import recipients
from trinnvis.letters.services import send_decision
from trinnvis.people.models import Mandate
from trinnvis.people.services import give_mandate

RELIEF, INSTEAD = "avlastning-institusjon", "avlastning-hjemme"


@built_once
def relief_sent() -> dict[str, Any]:
    """Odd gets relief from the care of Ingrid."""
    people = people_under(settings.TRINNVIS_POLICY_FOLDER)
    players, odd = players_in(people), husband_of(people["ingrid"])
    case = drafted(players, RELIEF, INSTEAD, party=odd.person_id)
    write_goal(case.number, words="Bare mitt eget mål", actor=players.citizen, now=NOW)
    approved(case, players)
    (letter,) = send_decision(number=case.number, actor=players.worker, now=NOW)
    return people | {"odd": odd, "sent": letter.decision}


@pytest.fixture
def beginnings(beginnings: dict[str, Beginning]) -> dict[str, Beginning]:
    return beginnings | {"sent": relief_sent}


@pytest.fixture
def sent(scene: Mapping[str, Any]) -> Decision:
    return scene["sent"]


def test_the_letter_goes_to_the_next_of_kin_and_says_whom_it_is_about(sent: Decision, odd: Actor) -> None:
    letter = Letter.objects.get()
    assert letter.recipient == person_of(odd)
    assert letter.content["recipient_name"] == "Odd Prøve"
    assert ["Gjelder", "Ingrid Prøve"] in letter.content["references"]
    assert "Bare mitt eget mål" not in str(letter.content)


def test_they_read_that_decision_on_their_own_pages_and_nothing_more(sent: Decision, odd: Actor) -> None:
    web = browser_of(odd)
    assert f"/vedtak/{sent.number}" in web.get("/min-side").content.decode()
    page = web.get(f"/vedtak/{sent.number}").content.decode()
    assert "Avlastning" in page
    assert f"/sak/{sent.case.number}" not in page
    assert web.get(f"/vedtak/{sent.number}/pdf").content.startswith(b"%PDF")
    for place in ("", "/vurdering", "/mal", "/alternativer", "/hendelser"):
        assert web.get(f"/sak/{sent.case.number}{place}").status_code == 404
    looks = ReadLogEntry.objects.filter(reader=odd.account_id, basis="party", allowed=True)
    assert set(looks.values_list("person", flat=True)) == {sent.case.person_id}


def test_strangers_and_other_next_of_kin_do_not_find_it(sent: Decision, fremmed: Actor) -> None:
    web = browser_of(fremmed)
    for place in (f"/vedtak/{sent.number}", f"/vedtak/{sent.number}/pdf"):
        assert web.get(place).status_code == 404
    assert ReadLogEntry.objects.filter(reader=fremmed.account_id, allowed=False).count() == 2
    assert sent.number not in web.get("/min-side").content.decode()


def test_who_may_read_for_the_party_reads_it(sent: Decision, odd: Actor, fremmed: Actor) -> None:
    mandate(of=odd, to=fremmed, scopes=("read",))
    assert browser_of(fremmed).get(f"/vedtak/{sent.number}").status_code == 200


def test_a_draft_is_not_theirs_to_read(players: Players, odd: Actor) -> None:
    case = drafted(players, RELIEF, INSTEAD, party=odd.person_id)
    assert browser_of(odd).get(f"/vedtak/{case.decisions.get().number}").status_code == 404


@pytest.mark.parametrize(("born", "child_too"), [(date(2017, 5, 1), False), (date(2011, 5, 1), True)])
def test_a_childs_decision_goes_to_the_parents_and_from_fifteen_to_the_child_too(
    lunner, born: date, child_too: bool
) -> None:
    child, mother = citizen("Ella", born), person_of(citizen("Mor"))
    give_mandate(
        principal=person_of(child),
        representative=mother,
        kind=Mandate.Kind.PARENT,
        scopes=[Mandate.Scope.READ],
        valid_from=born,
    )
    on = NOW.date()
    assert recipients(person_of(child), on) == ((mother, person_of(child)) if child_too else (mother,))
    assert recipients(mother, on) == (mother,)
