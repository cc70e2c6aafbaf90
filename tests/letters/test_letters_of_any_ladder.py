"""A municipality with another ladder gets its letters too: what the check lets through can be sent."""

import re
from pathlib import Path

import pytest
from cast import FOLDERS, NOW, person_of
from journey import Players, approved, drafted

from trinnvis.casework.rules.lines import Line
from trinnvis.letters import composing
from trinnvis.letters.services import send_decision
from trinnvis.policy.checks.letters import LETTER_TEXTS
from trinnvis.policy.models import PolicyVersion
from trinnvis.policy.queries import policy_of


@pytest.fixture(params=["four_steps", "seven_steps"])
def policy_folder(request: pytest.FixtureRequest) -> Path:
    """Not Lunner's: the ladders with other numbers of steps."""
    return FOLDERS / request.param


@pytest.mark.parametrize("kind", ["grant", "refusal"])
def test_a_decision_is_sent_with_its_letter(lunner: PolicyVersion, players: Players, kind: str) -> None:
    service, other = [s.code for s in policy_of(lunner.pk).services if s.party == "citizen"][-2:]
    refusal = {
        "kind": "refusal",
        "refused": "Du klarer deg godt uten.",
        "starts_on": None,
        "ends_on": None,
        "review_on": None,
        "lines": (Line(service, granted=False, reason="Naboene hjelper deg, og du vil ha det slik."),),
    }
    case = drafted(players, service, other, **(refusal if kind == "refusal" else {}))
    approved(case, players)
    (letter,) = send_decision(number=case.number, actor=players.worker, now=NOW)
    assert letter.recipient == person_of(players.citizen)
    assert bytes(letter.pdf).startswith(b"%PDF-")
    headings = [section["heading"] for section in letter.content["sections"]]
    assert ("Dette kan du bruke nå" in headings) is (kind == "refusal")


def test_the_check_asks_for_every_text_a_letter_uses() -> None:
    used = set(re.findall(r'words\("([a-z-]+)"', Path(composing.__file__).read_text(encoding="utf-8")))
    assert used <= set(LETTER_TEXTS)
