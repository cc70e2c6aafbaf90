"""`trinnvis simulate`, as it is typed."""

import json
import sys
from pathlib import Path

import pytest

from trinnvis.cli import main
from trinnvis.planning.ladder import running
from trinnvis.planning.ladder.document import SimulationDocument
from trinnvis.planning.ladder.store import Store
from trinnvis.planning.ladder.tallies import Tally


@pytest.fixture(autouse=True)
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("TRINNVIS_DATA", str(tmp_path))
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *typed: str) -> int:
    monkeypatch.setattr(sys, "argv", ["trinnvis", "simulate", *typed])
    with pytest.raises(SystemExit) as left:
        main()
    return int(left.value.code or 0)


SMALL = ("-m", "3242", "--years", "6", "--draws", "60")


def test_json_follows_the_schema(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, *SMALL, "-s", "proactive", "--places", "11=20", "--json") == 0
    said = SimulationDocument.model_validate(json.loads(capsys.readouterr().out))
    assert said.calibration_error < 1e-6
    assert [s.name for s in said.scenarios] == ["as-today", "proactive"]
    assert said.scenarios[0].digest == said.digest
    assert said.years == list(range(2025, 2032))
    for row in said.scenarios[1].stocks:
        assert row.p10 <= row.expected <= row.p90
        assert sum(row.shares.values()) == pytest.approx(1, abs=0.001) or row.year == 2025
    assert {row.places for row in said.scenarios[0].queues} == {20}
    assert any("eksempel" in source for source in said.assumptions)


def test_the_schema_beside_the_method_page_is_the_programs_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "schema") == 0
    page = Path(__file__).parents[3] / "docs" / "methods" / "simulation.schema.json"
    assert json.loads(capsys.readouterr().out) == json.loads(page.read_text())


def test_the_table_for_people(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, *SMALL, "-s", "reablement+housing-led", "--progress") == 0
    told = capsys.readouterr()
    assert "Hva usikkerheten i 2031 kommer av" in told.out
    assert "mot som i dag" in told.out
    assert "100%" in told.err


def test_an_interrupted_run_is_taken_up_where_it_was(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: Path
) -> None:
    whole = run(monkeypatch, *SMALL, "--json")
    answer = json.loads(capsys.readouterr().out)["digest"]
    assert (whole, list((data / "simulations").rglob("*.npz"))) == (0, [])
    kept: list[int] = []
    keep = Store.keep

    def stops(store: Store, job: str, tally: Tally) -> None:
        keep(store, job, tally)
        kept.append(tally.first)
        if len(kept) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(Store, "keep", stops)
    assert run(monkeypatch, *SMALL, "--threads", "1") == 130
    assert "Kjør samme kommando igjen" in capsys.readouterr().err
    assert len(list((data / "simulations").rglob("*.npz"))) == 2
    monkeypatch.setattr(Store, "keep", keep)
    made: list[int] = []
    block = running.block
    monkeypatch.setattr(running, "block", lambda *a: made.append(a[1]) or block(*a))
    assert run(monkeypatch, *SMALL, "--threads", "1", "--json") == 0
    assert json.loads(capsys.readouterr().out)["digest"] == answer
    assert made == [50]


def test_a_broken_block_is_made_again(tmp_path: Path) -> None:
    from planning.ladder.small import job, ran

    store, of = Store(tmp_path), job()
    tally = ran(of, 2)
    store.keep(of.name, tally)
    assert store.read(of.name, 0, 2) is not None
    next((tmp_path / of.name).glob("*.npz")).write_bytes(b"PK broken")
    assert store.read(of.name, 0, 2) is None


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ((), "Si hvilken kommune"),
        (("-m", "9999"), "9999"),
        (("-m", "0533"), "0533"),
        (("-m", "3242", "--draws", "0"), "0 trekninger går ikke"),
        (("-m", "3242", "--years", "0"), "Det går ikke å simulere 0 år"),
        (("-m", "3242", "--threads", "0"), "0 tråder"),
        (("-m", "3242", "--seed", "-1"), "Frøet -1"),
        (("-m", "3242", "-s", "proaktiv"), "Scenarioet «proaktiv» finnes ikke"),
        (("-m", "3242", "--places", "11"), "ikke et trinn og et antall plasser"),
        (("-m", "3242", "--places", "3=5"), "ikke trinn 3"),
        (("-m", "3242", "--backend", "gpu"), "kan ikke regne"),
        (("-m", "3242", "--cluster", "her"), "er ikke en adresse"),
        (("-m", "3242", "--scenario-file", "finnes-ikke.yaml"), "kan ikke leses"),
        (("schema", "ukjent"), "ikke noe skjema"),
    ],
)
def test_mistakes_are_told_plainly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: tuple[str, ...], says: str
) -> None:
    assert run(monkeypatch, *typed) == 1
    assert says in capsys.readouterr().err


def test_a_cluster_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("trinnvis.planning.ladder.cluster.PATIENCE", 0.2)
    assert run(monkeypatch, "-m", "3242", "--cluster", "tcp://127.0.0.1:1") == 1
    assert "svarer ikke" in capsys.readouterr().err


WRONG = """name: own
title: Eget
description: Til test
interventions:
  - code: a
    title: A
    from_steps: [7]
    to_steps: {to}
    multiplier: {{value: {value}, unit: x, low: {value}, high: {value}, source: t, status: eksempel}}
    profile: {{start: 2026, full: 2030}}
"""


@pytest.mark.parametrize(
    ("to", "value", "says"),
    [("[11]", "-1", "multiplier må ligge mellom"), ("[4]", "1", "trinn 4"), ("[0]", "9", "flere enn alle")],
)
def test_interventions_that_do_not_fit(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    to: str,
    value: str,
    says: str,
) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(WRONG.format(to=to, value=value))
    assert (
        run(
            monkeypatch,
            "-m",
            "3242",
            "--years",
            "8",
            "--draws",
            "1",
            "--scenario-file",
            str(own),
            "-s",
            "own",
        )
        == 1
    )
    assert says in capsys.readouterr().err
