"""Wrong input is told in a sentence with a way out; nothing is computed."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from planning.demand.plain import LUNNER, figure

from trinnvis.planning.demand.adjusting import adjusted
from trinnvis.planning.demand.engine import Engine
from trinnvis.planning.demand.forecast import forecast
from trinnvis.planning.demand.reading import Library, library
from trinnvis.planning.demand.schema import Scenario
from trinnvis.trouble import Trouble


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"municipality": "3054"}, "gikk ut etter 2023. I dag: 3234 Lunner"),
        ({"municipality": "0533"}, "I dag: 3234 Lunner"),
        ({"municipality": "9999"}, "ingen kommune med nummer 9999"),
        ({"municipality": "Lunnner"}, "Mente du 3234 Lunner"),
        ({"municipality": ""}, "ingen kommune"),
        ({"base": 1999}, "ingen brukertall for Lunner i 1999"),
        ({"base": 2010}, "2010 kan ikke være grunnår"),
        ({"base": 2040}, "2040 kan ikke være grunnår"),
        ({"municipality": "0301", "base": 2012}, "ingen brukertall for Oslo i 2012"),
        ({"to": 2025}, "Velg et år etter 2025"),
        ({"to": 2020}, "Velg et år etter 2025"),
        ({"to": 2500}, "kan ikke framskrives"),
        ({"scenarios": ["trnd"]}, "Mente du trend?"),
        ({"scenarios": [""]}, "finnes ikke"),
        ({"scenarios": ["trend+"]}, "finnes ikke"),
        ({"scenarios": ["trend+trend"]}, "samme scenario to ganger"),
        ({"scenarios": ["trend", "trend"]}, "oppgitt to ganger"),
    ],
)
def test_a_wrong_question(held: Library, asked: dict[str, object], told: str) -> None:
    with pytest.raises(Trouble) as caught:
        forecast(
            str(asked.pop("municipality", LUNNER)),
            asked.pop("scenarios", ["constant"]),  # type: ignore[arg-type]
            held,
            **asked,  # type: ignore[arg-type]
        )
    assert told in f"{caught.value} {caught.value.remedy}"


TREND = {
    "kind": "rate_trend",
    "code": "t",
    "title": "T",
    "services": ["home_care"],
    "yearly": figure(0.01),
    "damping": figure(1),
}
SHIFT = {
    "kind": "step_shift",
    "code": "s",
    "title": "S",
    "from_step": 7,
    "to": [{"step": 3, "share": 1}],
    "share": figure(0.1),
    "hours_ratio": figure(0.5),
    "profile": {"start": 2026, "full": 2030},
}


@pytest.mark.parametrize(
    ("driver", "told"),
    [
        ({**TREND, "yearly": figure(-0.9)}, "yearly må ligge mellom -0.5 og 0.5"),
        ({**TREND, "damping": figure(-0.1)}, "damping må ligge mellom 0 og 1"),
        ({**TREND, "yearly": figure(0.01, low=0.02, high=0.03)}, "ligger ikke mellom low"),
        ({**TREND, "yearly": 0.01}, "yearly"),
        ({**TREND, "yearly": {**figure(0.01), "source": ""}}, "Feltet er tomt"),
        ({**TREND, "yearly": {k: v for k, v in figure(0.01).items() if k != "source"}}, "«source» mangler"),
        ({**TREND, "yearly": {**figure(0.01), "value": "0,01"}}, "Skriv 0.01"),
        ({**TREND, "yearly": {**figure(0.01), "value": "nan"}}, "Dette går ikke"),
        ({**TREND, "services": []}, "minst 1"),
        ({**TREND, "ages": [90, 80]}, "den laveste først"),
        ({**TREND, "ages": [0, 200]}, "mellom 0 og 105"),
        ({**TREND, "yearlyy": figure(0.01)}, "«yearlyy» finnes ikke"),
        ({**TREND, "kind": "magic"}, "kind som ikke finnes"),
        ({**SHIFT, "share": figure(1.2)}, "share må ligge mellom 0 og 1"),
        ({**SHIFT, "share": figure(-0.1)}, "share må ligge mellom 0 og 1"),
        ({**SHIFT, "to": [{"step": 3, "share": 0.6}]}, "bli 1 til sammen"),
        ({**SHIFT, "to": [{"step": 9, "share": 1}]}, "lavere enn from_step"),
        ({**SHIFT, "to": []}, "minst 1"),
        ({**SHIFT, "to": [{"step": 3, "share": 0.5}, {"step": 3, "share": 0.5}]}, "står to ganger"),
        ({**SHIFT, "profile": {"start": 2030, "full": 2026}}, "full må være et senere år"),
        ({**SHIFT, "profile": {"kind": "wild", "start": 2026, "full": 2030}}, "Velg blant"),
    ],
)
def test_a_scenario_file_with_a_fault(tmp_path: Path, driver: dict[str, object], told: str) -> None:
    file = tmp_path / "eget.yaml"
    said = {"name": "eget", "title": "Eget", "description": "Test", "drivers": [driver]}
    file.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    with pytest.raises(Trouble) as caught:
        library([file])
    assert told in str(caught.value)
    assert "eget.yaml" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "feltnavn ytterst"),
        ("- a\n- b\n", "feltnavn ytterst"),
        ("name: a\n\tb: c\n", "gyldig YAML"),
        ("name: &x a\n", "Ankere"),
        ("name: a\nname: b\n", "står to ganger"),
        ("name: eget\n", "«title» mangler"),
    ],
)
def test_a_file_that_is_no_scenario(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "eget.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Trouble, match="kan ikke brukes") as caught:
        library([file])
    assert told in str(caught.value)


def test_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="finnes ikke"):
        library([tmp_path / "nei.yaml"])
    with pytest.raises(Trouble, match="ingen YAML-filer"):
        library([tmp_path])


def test_more_users_than_people_is_refused(engine: Engine, scenario: Callable[..., Scenario]) -> None:
    wild = scenario(
        {"kind": "rate_trend", "services": ["home_care"], "yearly": figure(0.2), "damping": figure(1)}
    )
    with pytest.raises(Trouble, match="Flere enn alle kan ikke være brukere"):
        engine.run(wild)


def test_a_driver_must_fit_the_basis(engine: Engine, scenario: Callable[..., Scenario]) -> None:
    strange = scenario({**TREND, "services": ["spa"]})
    with pytest.raises(Trouble, match="ikke er i grunnlaget: spa"):
        engine.run(strange)
    nowhere = scenario({**SHIFT, "from_step": 8})
    with pytest.raises(Trouble, match="ingen tjeneste er der"):
        Engine(engine.basis, engine.need, [nowhere])


def test_a_measure_that_is_over_before_the_base_year(
    engine: Engine, scenario: Callable[..., Scenario]
) -> None:
    old = scenario({**SHIFT, "profile": {"start": 2015, "full": 2020}})
    with pytest.raises(Trouble, match="ikke er etter grunnåret 2025"):
        engine.run(old)


def test_an_assumption_can_be_changed_within_reason(held: Library) -> None:
    trend = held.choose("trend")
    changed = adjusted(trend, {("hjemmetjenester-80", "yearly"): -0.1})
    assert changed.drivers[0].yearly.value == -0.1  # type: ignore[union-attr]
    assert changed.drivers[0].yearly.low == -0.1  # type: ignore[union-attr]
    assert trend.drivers[0].yearly.value == -0.03  # type: ignore[union-attr]
    with pytest.raises(Trouble, match="yearly må ligge mellom"):
        adjusted(trend, {("hjemmetjenester-80", "yearly"): -3})
    with pytest.raises(Trouble, match="ingen forutsetning"):
        adjusted(trend, {("hjemmetjenester-80", "title"): 1})
