"""What is told of a run: complete, adding up, and in public nothing that gives a small number away."""

import json
from pathlib import Path

import numpy as np
import pikepdf
import pyogrio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning.town.files import CRS, address_file, imported, service_file, street_file
from planning.town.files import town as command
from planning.town.towns import homes, network, services, town
from python_calamine import CalamineWorkbook

from trinnvis.planning.town.document import Told, as_json
from trinnvis.planning.town.places import Town
from trinnvis.planning.town.plans import Plan
from trinnvis.planning.town.policy import Protection
from trinnvis.planning.town.protecting import protected
from trinnvis.planning.town.running import Runner
from trinnvis.planning.town.schema import TownDocument
from trinnvis.planning.town.tables import ALL_AGES, ELSEWHERE, EVERYWHERE

DOCS = Path(__file__).parents[3] / "docs" / "methods"
LOST = ("slope", "steps", "missing_link", "not_connected", "distance", "no_service")
PLAN = """name: ny
title: Ny butikk
changes:
  - {kind: add_service, id: ny, category: dagligvare, at: [[%s, %s]]}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("town")
    imported(path, street_file(path), address_file(path))
    imported(path, service_file(path, (0, 0)), "--crs", CRS)
    return path


def three_places(policy, residents):
    """Homes 0, 250 and 700 metres from the shop, in two named places and one without a name."""
    spots, areas = [(0, 0), (250, 0), (700, 0)], ["Roa", "Harestua", ""]
    net = network([[(0, 0), (800, 0)]])
    people = homes(spots, residents=residents, areas=areas)
    return Runner(policy).run(Town(net, people, services([("dagligvare", [(0, 0)])])))


def test_those_who_reach_and_those_lost_are_all(policy):
    rows = Told(three_places(policy, [[1, 2, 3, 4], [5, 6, 7, 8], [9, 1, 2, 3]])).reach()
    for row in rows:
        lost = sum(row[f"lost_to_{why}"] for why in LOST)
        assert row["residents"] + lost == row["of_residents"]
        if row["ages"] == ALL_AGES:
            assert (
                row["dwellings"] + sum(row[f"dwellings_lost_to_{why}"] for why in LOST) == row["of_dwellings"]
            )
    parts = {row["area"]: row["of_residents"] for row in rows if row["ages"] == ALL_AGES}
    assert parts == {EVERYWHERE: 51, "Roa": 10, "Harestua": 26, ELSEWHERE: 15}


def test_what_slope_and_steps_take_is_told_beside_the_flat(policy):
    lines = [[(0, 0), (200, 0)], [(0, 0), (0, 100)], [(0, 100), (100, 100)]]
    start = town(
        lines,
        [(200, 0), (0, 100)],
        [("dagligvare", [(0, 0)])],
        flags=[0, 1, 0],
        heights=[[0, 30], [0, 9], [9, 9]],
    )
    row = next(
        r
        for r in Told(Runner(policy).run(start)).reach()
        if (r["category"], r["profile"], r["ages"]) == ("dagligvare", "rullator", ALL_AGES)
    )
    assert (row["flat"], row["residents"]) == (8, 0)
    assert (row["lost_to_slope"], row["lost_to_steps"]) == (4, 4)
    assert (row["flat_dwellings"], row["dwellings_lost_to_slope"], row["dwellings_lost_to_steps"]) == (
        2,
        1,
        1,
    )


def test_distances_are_cumulative_and_all_kinds_are_counted(policy):
    told = Told(three_places(policy, [[1, 0, 0, 0], [2, 0, 0, 0], [4, 0, 0, 0]]))
    bands = [
        r["residents"]
        for r in told.bands()
        if (r["area"], r["category"], r["ages"]) == (EVERYWHERE, "dagligvare", ALL_AGES)
    ]
    assert bands == [3, 3, 7, 7, 7]
    least = {
        r["least"]: r["residents"]
        for r in told.every()
        if (r["area"], r["profile"], r["ages"]) == (EVERYWHERE, "de-fleste", ALL_AGES)
    }
    assert least[1] == 3 and least[2] == 0 and len(least) == 10


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_hidden_number_can_be_found_by_subtraction(data):
    """A row or column of a table with totals has no hidden cell, or two, unless the rest is 0."""
    rule = Protection(least=5, round_to=5, source="k", status="eksempel")
    ages, areas = ["barn", "voksne", "eldre"], ["Roa", "Harestua", "Grua"]
    table = np.array(
        data.draw(st.lists(st.lists(st.integers(0, 14), min_size=3, max_size=3), min_size=3, max_size=3))
    )
    cells = {
        (area, age, "n"): float(table[i, j]) for i, area in enumerate(areas) for j, age in enumerate(ages)
    }
    cells |= {(area, ALL_AGES, "n"): float(table[i].sum()) for i, area in enumerate(areas)}
    cells |= {(EVERYWHERE, age, "n"): float(table[:, j].sum()) for j, age in enumerate(ages)}
    cells[EVERYWHERE, ALL_AGES, "n"] = float(table.sum())
    shown = protected(cells, [], rule)
    for key, value in cells.items():
        assert not (0 < value < 5) or np.isnan(shown[key])
        assert np.isnan(shown[key]) or shown[key] % 5 == 0
    rows = [[(area, age, "n") for age in (*ages, ALL_AGES)] for area in (*areas, EVERYWHERE)]
    columns = [[(area, age, "n") for area in (*areas, EVERYWHERE)] for age in (*ages, ALL_AGES)]
    for line in (*rows, *columns):
        hidden = [key for key in line if np.isnan(shown[key])]
        assert len(hidden) != 1 or not any(cells[key] for key in line if key != hidden[0])


def test_in_public_a_few_of_many_are_hidden_too(policy):
    """All but two reach the shop: the number who do would tell of the two."""
    told = Told(three_places(policy, [[0, 50, 0, 0], [0, 30, 0, 0], [0, 2, 0, 0]]), public=True)
    row = next(
        r
        for r in told.reach()
        if (r["area"], r["category"], r["profile"], r["ages"])
        == (EVERYWHERE, "dagligvare", "de-fleste", "voksne")
    )
    assert row["residents"] is None and row["share"] is None and row["lost_to_distance"] is None
    assert all(leg["what"] == "tilbud" for leg in told.quality())


def test_the_document_is_as_its_schema_says(folder):
    for words in ([], ["--public"]):
        TownDocument.model_validate(json.loads(command(folder, "run", "--json", *words).output))


def test_the_published_schemas_are_those_in_use():
    for name, model in (("town", TownDocument), ("town-plan", Plan)):
        published = json.loads((DOCS / f"{name}.schema.json").read_text(encoding="utf-8"))
        assert published == model.model_json_schema(), "trinnvis town schema > docs/methods/…"


def test_every_file_is_written_and_carries_its_sources(folder, tmp_path):
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN % (590_590.0, 6_680_000.0), encoding="utf-8")
    result = command(
        folder,
        "run",
        plan,
        "--xlsx",
        tmp_path / "t.xlsx",
        "--csv",
        tmp_path / "csv",
        "--pdf",
        tmp_path / "t.pdf",
        "--geojson",
        tmp_path / "t.geojson",
        "--gpkg",
        tmp_path / "t.gpkg",
    )
    assert result.exit_code == 0, result.exception
    book = CalamineWorkbook.from_path(str(tmp_path / "t.xlsx"))
    assert {"Rekkevidde", "Flere gjøremål", "Avstand", "Endring", "Kilder"} <= set(book.sheet_names)
    assert "Område;Gjøremål" in (tmp_path / "csv" / "rekkevidde.csv").read_text(encoding="utf-8-sig")
    with pikepdf.open(tmp_path / "t.pdf") as pdf:
        assert pdf.Root.MarkInfo.Marked and str(pdf.docinfo["/Title"]) == "Ny butikk"
    said = json.loads((tmp_path / "t.geojson").read_text(encoding="utf-8"))
    assert "© Kartverket" in said["attribution"]
    home = next(one["properties"] for one in said["features"] if one["properties"]["lag"] == "bolig")
    assert not {"residents", "dwellings", "beboere"} & set(home)
    assert {name for name, _ in pyogrio.list_layers(tmp_path / "t.gpkg")} == {"boliger", "tilbud", "gangnett"}


def test_a_plan_is_told_with_who_gains(folder, tmp_path):
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN % (590_590.0, 6_680_000.0), encoding="utf-8")
    said = json.loads(command(folder, "run", plan, "--json").output)
    TownDocument.model_validate(said)
    row = next(
        r
        for r in said["changes"]
        if (r["category"], r["profile"], r["ages"]) == ("dagligvare", "rullator", ALL_AGES)
    )
    assert (row["gain"], row["lose"]) == (2, 0)
    assert "Kommer innenfor" in command(folder, "run", plan).output


def test_a_plan_with_a_mistake_is_told_with_its_line(folder, tmp_path):
    plan = tmp_path / "plan.yaml"
    plan.write_text("name: ny\ntitle: Ny\nchanges:\n  - {kind: add_servce, id: ny}\n", encoding="utf-8")
    assert "plan.yaml:4" in str(command(folder, "run", plan).exception)
    assert "kan ikke leses" in str(command(folder, "run", tmp_path / "borte.yaml").exception)


def test_the_document_of_an_empty_town_is_whole(policy):
    found = Runner(policy).run(town([[(0, 0), (100, 0)]], [], []))
    TownDocument.model_validate(json.loads(json.dumps(as_json(Told(found, public=True)))))
