"""What happens in a real browser when people come late, are logged out or write at the same time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cast import NOW
from journey import Players, assessed, drafted
from playwright.sync_api import expect

from browser.checks import assert_accessible
from browser.town import Enter
from trinnvis.access.actor import Actor
from trinnvis.access.models import Account
from trinnvis.access.services import actor_of
from trinnvis.casework.models import Case
from trinnvis.casework.queries.state import latest_decision
from trinnvis.casework.services import submit_decision

SERVICE, OTHER = "praktisk-bistand", "hjemmesykepleie"
WORDS = "Det jeg skrev før jeg ble logget ut."
Town = dict[str, Account]


def actor(town: Town, who: str) -> Actor:
    return actor_of(town[who], on=NOW.date())


@pytest.fixture
def players(town: Town) -> Players:
    return Players(actor(town, "ingrid"), actor(town, "sara"), actor(town, "bjorn"))


def submitted(players: Players) -> Case:
    """A decision that waits for Bjørn."""
    case = drafted(players, SERVICE, OTHER)
    held = latest_decision(case)
    assert held is not None
    submit_decision(case.number, expected_revision=held.revision, actor=players.worker, now=NOW)
    return case


def test_the_second_to_save_the_assessment_is_told_and_keeps_the_text(
    enter: Enter, town: Town, players: Players
) -> None:
    case = assessed(players)
    sara, mina = enter(town["sara"]), enter(town["mina"])
    for each in (sara, mina):
        each.visit(f"/skranke/sak/{case.number}/vurdering")
    question = "Hvilke styrker, vaner og egne løsninger"
    sara.write(question, "Saras vurdering").press("Lagre vurderingen").sees("Vurderingen er lagret.")
    mina.write(question, "Minas vurdering").press("Lagre vurderingen")
    mina.sees("Noen lagret her samtidig", "Sara Lien lagret dette", "Saras vurdering")
    expect(mina.main.get_by_label(question)).to_have_value("Minas vurdering")
    assert_accessible(mina.page)
    assert not case.entries.filter(text="Minas vurdering").exists()
    mina.press("Lagre vurderingen").sees("Vurderingen er lagret.")
    assert {"Saras vurdering", "Minas vurdering"} <= set(case.entries.values_list("text", flat=True))


NAMES = {"ingrid": "Ingrid Haugen", "sara": "Sara Lien", "bjorn": "Bjørn Strand"}
# Who is logged out where, while writing what, and which button is pressed too late.
NO_CASE = [
    ("ingrid", "/kontakt/steg/2", "Hva er viktig for deg nå?", "Neste"),
    ("sara", "/skranke/henvendelse/ny", "Hva gjelder det", "Registrer henvendelsen"),
]
ASSESSED = [
    ("ingrid", "/sak/{}/vurdering", "Fortell om en vanlig dag", "Lagre det jeg har skrevet"),
    ("ingrid", "/sak/{}/mal", "Hva vil du klare?", "Lagre målet"),
    ("sara", "/skranke/sak/{}/vurdering", "Når på døgnet trengs hjelp", "Lagre vurderingen"),
    ("sara", "/skranke/sak/{}/alternativer", "Hva betyr det", "Legg til alternativet"),
]
DRAFTED = [("sara", "/skranke/sak/{}/vedtak", "Begrunnelse med egne ord", "Lagre utkast")]
SUBMITTED = [("bjorn", "/skranke/sak/{}/vedtak", "Hva skal rettes?", "Send i retur")]
STAGES: dict[str, tuple[Callable[[Players], Case | None], list[tuple[str, str, str, str]]]] = {
    "no case": (lambda _: None, NO_CASE),
    "assessed": (assessed, ASSESSED),
    "drafted": (lambda players: drafted(players, SERVICE, OTHER), DRAFTED),
    "submitted": (submitted, SUBMITTED),
}


@pytest.mark.parametrize("stage", STAGES)
def test_a_session_that_runs_out_gives_back_what_was_typed(
    enter: Enter, town: Town, players: Players, stage: str
) -> None:
    make, forms = STAGES[stage]
    case = make(players)
    for who, address, label, button in forms:
        visitor = enter(town[who]).visit(address.format(case.number if case else ""))
        visitor.write(label, WORDS)
        visitor.page.context.clear_cookies(name="sessionid")
        visitor.press(button).choose(NAMES[who])
        visitor.sees("Du ble logget ut før det du skrev ble lagret")
        expect(visitor.main.get_by_label(label)).to_have_value(WORDS)


def test_another_who_logs_in_instead_sees_nothing_of_it(enter: Enter, town: Town, players: Players) -> None:
    ingrid = enter(town["ingrid"])
    ingrid.page.goto("/kontakt/steg/2")
    ingrid.write("Hva er viktig for deg nå?", WORDS)
    ingrid.page.context.clear_cookies(name="sessionid")
    ingrid.press("Neste").choose("Odd Haugen")
    expect(ingrid.main.get_by_label("Hva er viktig for deg nå?")).to_have_value("")
