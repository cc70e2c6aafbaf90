"""`trinnvis policy …` as an administrator meets it."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from policy.policy_folders import FOUR_STEPS, SEVEN_STEPS, Copy
from typer.testing import CliRunner, Result

from trinnvis.policy.cli import app
from trinnvis.policy.models import PolicyVersion

pytestmark = pytest.mark.django_db


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], obj=lambda _data: None)


def test_check_counts_what_is_there() -> None:
    result = run("check", FOUR_STEPS)
    assert result.exit_code == 0
    assert "4 trinn, 3 boligtrinn, 5 tjenester (5 eksempel), 2 kriteriesett" in result.output
    assert "5 priser (5 eksempel)" in result.output


def test_check_tells_every_fault_with_its_place(copy: Copy) -> None:
    copy.replace("services.yaml", "decision: none", "decision: nei")
    copy.replace("prices.yaml", "    source: Oppdiktet regnskap 2024\n", "")
    result = run("check", copy.path)
    assert result.exit_code == 1
    assert (
        f"services.yaml:{copy.line('services.yaml', 'decision: nei')} services[motested].decision"
        in result.output
    )
    assert "prices.yaml:3 prices[trening visits_per_week 2024-01-01].source" in result.output
    assert "Gjør slik: Skriv hvor opplysningen er hentet fra" in result.output
    assert "2 feil" in result.output


def test_check_of_no_folder(tmp_path: Path) -> None:
    result = run("check", tmp_path / "borte")
    assert result.exit_code == 1
    assert "Mappa finnes ikke" in result.output


def test_adopt_show_and_diff() -> None:
    assert "Det finnes ingen" in run("diff", 1, FOUR_STEPS).output
    assert "Ingen politikk er vedtatt" in run("show").output
    assert run("show").exit_code == 1

    first = run("adopt", FOUR_STEPS, "--from", "1.1.2024", "--by", "Ordfører Å. Øst")
    assert (first.exit_code, "versjon 1, gjelder fra 1. januar 2024" in first.output) == (0, True)
    assert run("adopt", SEVEN_STEPS, "--from", "2026-01-01", "--by", "Kommunestyret").exit_code == 0

    shown = run("show", "--at", "31.12.2025")
    assert shown.exit_code == 0
    assert "vedtatt av Ordfører Å. Øst" in shown.output
    assert "Hjemmehjelp" in shown.output
    assert "455,10" in shown.output
    assert "klage-helse\tKlagefrist\t4 uker\tBrevet kom fram\tOppdiktet" in shown.output

    told = json.loads(run("show", "--at", "2026-01-01", "--json").output)
    assert (told["number"], told["valid_from"]) == (2, "2026-01-01")
    assert told["document"]["municipality"]["code"] == "9902"

    assert "~ municipality.code: 9901 → 9902" in run("diff", 1, SEVEN_STEPS).output
    assert run("diff", 2, SEVEN_STEPS).output.strip() == "Ingen forskjeller."


def test_a_faulty_folder_is_not_adopted(copy: Copy) -> None:
    copy.replace("policy.yaml", "number: 4", "number: 5")
    result = run("adopt", copy.path, "--from", "2026-01-01", "--by", "Kommunestyret")
    assert result.exit_code == 1
    assert "Trinn «4» mangler" in result.output
    assert not PolicyVersion.objects.exists()


def test_a_policy_with_no_law_on_its_first_day_is_not_adopted(copy: Copy) -> None:
    copy.write("law.yaml", copy.read("law.yaml").replace("2024-01-01", "2027-01-01"))
    assert run("check", copy.path).exit_code == 0
    for words in (("check", copy.path), ("adopt", copy.path, "--by", "Kommunestyret")):
        result = run(*words, "--from", "2026-11-01")
        assert result.exit_code == 1
        line = copy.line("law.yaml", "valid_from: 2027-01-01")
        assert f"law.yaml:{line} legal_bases[hjemme].valid_from" in result.output
        assert "Hjemmelen «hjemme» trengs fra 2026-11-01, men gjelder først fra 2027-01-01." in result.output
        assert "vedta politikken fra en senere dato" in result.output
    assert not PolicyVersion.objects.exists()


def test_a_note_is_told_and_stops_nothing(copy: Copy) -> None:
    copy.replace("law.yaml", "valid_from: 2024-01-01", "valid_from: 2024-01-01\n    valid_to: 2099-12-31")
    result = run("adopt", copy.path, "--from", "2026-01-01", "--by", "Kommunestyret")
    assert result.exit_code == 0
    assert "Merk: Hjemmelen «hjemme» slutter å gjelde 2099-12-31" in result.output
    assert "feil" not in result.output
    assert PolicyVersion.objects.count() == 1


def test_who_adopts_is_told_briefly() -> None:
    result = run("adopt", FOUR_STEPS, "--from", "2026-01-01", "--by", "K" * 201)
    assert result.exit_code == 1
    assert "er på 201 tegn. Skriv høyst 200." in result.output
    assert run("adopt", FOUR_STEPS, "--from", "2026-01-01", "--by", "K" * 200).exit_code == 0


@pytest.mark.parametrize("as_json", [False, True])
def test_on_a_new_machine_one_sees_the_policy_that_ships(tmp_path: Path, as_json: bool) -> None:
    data = tmp_path / "data"
    surroundings = {**os.environ, "TRINNVIS_DATA": str(data)}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        surroundings.pop(name, None)
    words = [sys.executable, "-m", "trinnvis", "policy", "show", *(["--json"] * as_json)]
    shown = subprocess.run(words, env=surroundings, capture_output=True, text=True, check=True).stdout
    if as_json:
        told = json.loads(shown)
        assert told["number"] is told["valid_from"] is told["adopted_by"] is None
        assert told["document"]["municipality"]["code"] == "3234"
    else:
        assert "Ikke vedtatt: dette er politikken som følger med Trinnvis." in shown
        assert "appeal-4-weeks" in shown
    assert not data.exists(), "nothing is left behind"


def test_a_taken_date_is_told() -> None:
    run("adopt", FOUR_STEPS, "--from", "2026-01-01", "--by", "Kommunestyret")
    result = run("adopt", SEVEN_STEPS, "--from", "2026-01-01", "--by", "Kommunestyret")
    assert result.exit_code == 1
    assert "endres aldri" in result.output
    assert PolicyVersion.objects.get().valid_from == date(2026, 1, 1)


@pytest.mark.parametrize(
    "words", [("show", "--at", "i går"), ("adopt", FOUR_STEPS, "--from", "31.2.2026", "--by", "x")]
)
def test_a_wrong_date_is_told(words: tuple[object, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "ikke" in result.output
    assert "Traceback" not in result.output
