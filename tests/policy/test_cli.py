"""`trinnvis policy …` as an administrator meets it."""

import json
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
