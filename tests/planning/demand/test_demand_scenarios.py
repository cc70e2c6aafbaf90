"""The shipped scenarios, a municipality's own, and a ladder of another length."""

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
import yaml
from planning.demand.plain import LUNNER

from trinnvis.planning.demand.factors import assumptions
from trinnvis.planning.demand.forecast import forecast
from trinnvis.planning.demand.reading import Library, library
from trinnvis.planning.demand.schema import Basis, Scenario

SHIPPED = ["constant", "trend", "healthy-ageing", "family-care", "standard", "dreining", "housing"]


def test_the_seven_named_scenarios_ship(held: Library) -> None:
    assert list(held.scenarios) == SHIPPED


def test_every_assumption_has_a_range_a_source_and_a_status(held: Library) -> None:
    for scenario in held.scenarios.values():
        for driver in scenario.drivers:
            for name, stated in assumptions(driver).items():
                assert stated.low <= stated.value <= stated.high, (scenario.name, name)
                assert stated.source
                assert stated.unit
    unproven = [held.choose(name) for name in ("dreining", "housing")]
    for scenario in unproven:
        stated = [a for driver in scenario.drivers for a in assumptions(driver).values()]
        assert {str(assumption.status) for assumption in stated} == {"eksempel"}


def test_files_and_schema_say_the_same() -> None:
    folder = files("trinnvis.planning.demand").joinpath("scenarios")
    for file in folder.iterdir():
        said = yaml.safe_load(file.read_text(encoding="utf-8"))
        (Basis if file.name == "basis.yaml" else Scenario).model_validate(said)
    assert {file.name for file in folder.iterdir()} == {"basis.yaml", *(f"{name}.yaml" for name in SHIPPED)}


def test_an_own_file_replaces_one_of_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "trend.yaml").write_text(
        "name: trend\ntitle: Vårt\ndescription: Ingen trend her\n", encoding="utf-8"
    )
    (tmp_path / "ny.yaml").write_text("name: ny\ntitle: Ny\ndescription: Tom\n", encoding="utf-8")
    own = library([tmp_path])
    assert own.choose("trend").title == "Vårt"
    assert own.choose("ny+standard").name == "ny+standard"


def test_a_ladder_of_four_steps(tmp_path: Path, held: Library) -> None:
    """Nothing assumes twelve steps: the same users, laid on another ladder."""
    folder = files("trinnvis.planning.demand").joinpath("scenarios")
    said = yaml.safe_load(folder.joinpath("basis.yaml").read_text(encoding="utf-8"))
    for service, steps in zip(said["services"], ([1, 2], [3], [3], [4]), strict=True):
        service["steps"] = [{"step": step, "share": 1 / len(steps)} for step in steps]
    file = tmp_path / "grunnlag.yaml"
    file.write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), encoding="utf-8")
    four = forecast(LUNNER, ["trend"], library([file]))
    twelve = forecast(LUNNER, ["trend"], held)
    assert four.steps == (1, 2, 3, 4)
    ours, theirs = (f.outcomes[0].amounts.hours.sum(axis=(1, 2, 3)) for f in (four, twelve))
    assert ours == pytest.approx(theirs)


def test_a_scenario_may_place_a_service_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(
        "name: flyttet\ntitle: Flyttet\ndescription: Alt på trinn 5\n"
        "steps:\n  home_care: [{step: 5, share: 1}]\n",
        encoding="utf-8",
    )
    found = forecast(LUNNER, ["constant", "flyttet"], library([tmp_path]))
    constant, moved = (outcome.amounts.users for outcome in found.outcomes)
    assert moved[:, 0, found.steps.index(5)].sum() == pytest.approx(constant[:, 0].sum())
    assert np.count_nonzero(moved[0, 0].sum(axis=1)) == 1
