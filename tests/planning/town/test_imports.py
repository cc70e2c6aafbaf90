"""Each kind of file by itself, as detected, and the town they make together."""

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from planning.town.files import (
    CRS,
    STREETS,
    address_file,
    csv,
    degrees,
    geojson,
    gml,
    here,
    imported,
    layer,
    link,
    refused,
    service_file,
    street_file,
    terrain,
    town,
)

from trinnvis.planning.town.network import Way

DATA = Path(__file__).parents[2] / "data" / "town"
UTM33 = np.array((262_000.0, 6_690_000.0, 200.0))


def near_utm33(*points):
    return [tuple(UTM33 + point) for point in points]


def test_lines_in_degrees_become_a_network_in_metres(tmp_path):
    (held,), said = imported(tmp_path, street_file(tmp_path))
    assert held.network.crs == held.crs == CRS
    assert sorted(held.network.lengths.round(1)) == [300.0, 300.0, 400.0]
    assert "1,0 km gangnett, 3 strekk, 4 kryss, EPSG:25832" in said


@pytest.mark.parametrize("ending", ["gpkg", "shp", "fgb"])
def test_lines_in_other_formats_are_the_same_network(tmp_path, ending):
    lines = [shapely.LineString(here(line)) for line in STREETS]
    path = layer(tmp_path / f"gater.{ending}", lines, {"navn": ["a", "b", "c"]}, kind="LineString")
    (held,), said = imported(tmp_path, path)
    assert sorted(held.network.lengths.round(1)) == [300.0, 300.0, 400.0]
    assert "ikke oppgitt" in said


def test_ends_that_nearly_meet_are_joined_and_told_of(tmp_path):
    lines = [[(0, 0), (300, 0)], [(300.3, 0), (600, 0)], [(150, 0.4), (150, 200)]]
    path = geojson(tmp_path / "gater.geojson", [shapely.LineString(degrees(line)) for line in lines])
    (held,), said = imported(tmp_path, path)
    assert "1 vegender koblet til en annen vegende" in said
    assert "1 vegender koblet midt på en annen veg" in said
    assert len(held.network.nodes) == 4


def test_road_links_are_read_with_their_heights_whether_the_dimension_is_said_or_not(tmp_path):
    links = [
        link("gsv", near_utm33((0, 0, 0), (100, 0, 5)), dimension=False),
        link("trapp", near_utm33((100, 0, 5), (120, 0, 12))),
        link("enkelBilveg", near_utm33((120, 0, 12), (400, 0, 12))),
    ]
    (held,), said = imported(tmp_path, gml(tmp_path / "vegnett.gml", links))
    network = held.network
    assert network.crs == CRS  # UTM 33 in the file, but this is in zone 32
    assert np.abs(network.grades).max() == pytest.approx(0.35, abs=0.001)
    assert network.flags[np.argmin(network.lengths)] == Way.STEPS
    assert "nvdb" in said and "1 trapp" in said


def test_what_is_not_walked_is_left_out_and_told_of(tmp_path):
    links = [
        link("enkelBilveg", near_utm33((0, 0, 0), (400, 0, 0))),
        link("bilferje", near_utm33((0, 50, 0), (9000, 50, 0))),
        link("enkelBilveg", near_utm33((0, 9, 0), (400, 9, 0)), category="E"),
        link("kanalisertVeg", near_utm33((0, 20, 0), (400, 20, 0)), detail="VT"),
        link("romveg", near_utm33((0, 30, 0), (400, 30, 0))),
        link("gangveg", near_utm33((0, 0, 0), (0, 60, -6)), medium="U"),
        link(
            "",
            near_utm33((0, 60, -6), (40, 60, 0)),
            extra="<app:konnekteringslenke>true</app:konnekteringslenke>",
        ),
    ]
    (held,), said = imported(tmp_path, gml(tmp_path / "vegnett.gml", links))
    assert len(held.network.first_barrier) == 2
    assert sorted(held.network.flags.tolist()) == [0, 0, Way.TUNNEL]
    for text in ("1 veger: ferje", "E-veg, ikke for gående", "delt veg (VT)", "ukjent typeVeg «romveg»"):
        assert text in said


def test_a_home_is_walked_to_from_its_access_point(tmp_path):
    imported(tmp_path, street_file(tmp_path))
    held, said = imported(tmp_path, address_file(tmp_path))
    assert held[-1].homes.xy[0] == pytest.approx(here([(100, 0)])[0])
    assert held[-1].homes.residents.sum(axis=0).tolist() == [0, 2, 0, 3]
    assert held[-1].homes.area_names == ("Roa",)
    assert "2 adresser, 1 fra atkomstpunktet" in said and "© Kartverket" in said


def test_services_with_several_entrances_from_each_format(tmp_path):
    imported(tmp_path, street_file(tmp_path))
    points = [shapely.MultiPoint(here([(10, 5), (50, -5)])), shapely.MultiPoint(here([(300, 390)]))]
    columns = {"id": ["a", "b"], "kategori": ["dagligvare", "apotek"], "navn": ["Én", "To"]}
    x, y = here([(10, 5), (50, -5), (300, 390)]).T
    rows = [
        f"{i};{d};{k};{b};{a}"
        for i, d, k, a, b in zip("aab", "121", ["dagligvare", "dagligvare", "apotek"], x, y, strict=True)
    ]
    files = [
        layer(tmp_path / "tilbud.gpkg", points, columns, kind="MultiPoint"),
        csv(tmp_path / "tilbud.csv", "id;inngang;kategori;nord;øst", *rows),
        geojson(
            tmp_path / "tilbud.geojson",
            [shapely.MultiPoint(degrees([(10, 5), (50, -5)])), shapely.Point(degrees([(300, 390)])[0])],
            [{"id": "a", "kategori": "dagligvare"}, {"id": "b", "kategori": "apotek"}],
        ),
    ]
    for path in files:
        held, _ = (
            imported(tmp_path, path, "--crs", CRS) if path.suffix == ".csv" else imported(tmp_path, path)
        )
        services = held[-1].services
        assert services.ids == ("a", "b") and services.owners.tolist() == [0, 0, 1]
        assert services.entrances == pytest.approx(here([(10, 5), (50, -5), (300, 390)]), abs=0.01)


def test_a_terrain_model_gives_slope_and_a_bridge_keeps_level(tmp_path):
    lines = [shapely.LineString(degrees(line)) for line in STREETS]
    rows = [{"highway": "path"}, {"highway": "path", "bridge": "yes"}, {"highway": "path"}]
    imported(tmp_path, geojson(tmp_path / "gater.geojson", lines, rows))
    valley = terrain(tmp_path / "dtm.tif", lambda x, y: 0.1 * y + 20 * np.cos(x / 40) + 0 * y)
    held, said = imported(tmp_path, valley)
    network = held[-1].network
    assert network.has_heights and "høyder på" in said
    bridge = int(np.flatnonzero(network.flags == Way.BRIDGE)[0])
    span = slice(network.first_station[bridge], network.first_station[bridge + 1])
    assert np.ptp(network.grades[span][:-1]) < 1e-9
    north = int(np.argmax(network.lengths))
    inner = network.grades[network.first_station[north] : network.first_station[north + 1] - 1]
    assert np.abs(inner) == pytest.approx(0.1, abs=0.02)
    assert len(network.origins) == 2


def test_heights_that_came_with_the_network_stay(tmp_path):
    imported(tmp_path, gml(tmp_path / "vegnett.gml", [link("gsv", near_utm33((0, 0, 0), (400, 0, 20)))]))
    before = imported(tmp_path, gml(tmp_path / "v.gml", [link("gsv", near_utm33((0, 0, 0), (400, 0, 20)))]))[
        0
    ][-1]
    x, y = before.network.nodes.mean(axis=0)
    path = tmp_path / "dtm.tif"
    import rasterio
    from rasterio.transform import from_origin

    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=90,
        height=90,
        count=1,
        dtype="float32",
        crs=f"EPSG:{CRS}",
        transform=from_origin(x - 450, y + 450, 10, 10),
    ) as file:
        file.write(np.zeros((90, 90), "float32"), 1)
    after = imported(tmp_path, path)[0][-1]
    assert after.network.heights == pytest.approx(before.network.heights)


def squares(path: Path, persons, crs=f"EPSG:{CRS}") -> Path:
    boxes = [
        shapely.box(*here([(250 * at, -125)])[0], *here([(250 * at + 250, 125)])[0])
        for at in range(len(persons))
    ]
    return layer(path, boxes, {"pop_tot": persons}, kind="Polygon", crs=crs)


def test_people_of_a_square_live_at_its_addresses_or_along_its_ways(tmp_path):
    imported(tmp_path, street_file(tmp_path))
    imported(tmp_path, service_file(tmp_path, (0, 0)), "--crs", CRS)
    _, said = imported(tmp_path, squares(tmp_path / "ruter.gpkg", [10, 20, 5, 7]))
    assert "42 innbyggere i 4 ruter" in said and "Statistisk sentralbyrå" in said
    result = json.loads(town(tmp_path, "run", "--json").output)
    everyone = [row for row in result["reach"] if row["ages"] == "alle" and row["profile"] == "sprekest"]
    assert {row["of_residents"] for row in everyone} == {35.0}
    assert any("7 innbyggere bor i ruter uten gangveg" in note for note in result["notes"])
    assert any("fordelt som i hele landet" in note for note in result["notes"])


def test_a_network_alone_is_told_of_by_places_along_it(tmp_path):
    imported(tmp_path, street_file(tmp_path))
    imported(tmp_path, service_file(tmp_path, (0, 0)), "--crs", CRS)
    result = json.loads(town(tmp_path, "run", "--json").output)
    row = next(
        r
        for r in result["reach"]
        if (r["category"], r["profile"]) == ("dagligvare", "de-fleste") and r["ages"] == "alle"
    )
    assert row["of_residents"] == 0 and 0.3 < row["share_dwellings"] < 0.75
    assert any("ikke hentet inn adresser" in note for note in result["notes"])


def test_one_command_reads_several_files_each_beside_the_one_before(tmp_path):
    held, _ = imported(tmp_path, street_file(tmp_path), address_file(tmp_path))
    assert held[0].network is not None and held[1].homes is not None


def test_of_several_files_one_that_is_wrong_leaves_all_out(tmp_path):
    bad = csv(tmp_path / "feil.csv", "id;kategori;epsg;nord;øst", f"a;sirkus;{CRS};1;2")
    assert "sirkus" in refused(tmp_path, street_file(tmp_path), bad)
    assert not (tmp_path / "imports").exists()


def test_importing_twice_changes_nothing_and_a_removed_import_is_gone(tmp_path):
    for _ in range(2):
        imported(tmp_path, street_file(tmp_path))
    folder = tmp_path / "imports" / "town"
    (path,) = folder.iterdir()
    assert path.stem in town(tmp_path, "list").output
    assert town(tmp_path, "remove", path.stem).exit_code == 0
    assert not list(folder.iterdir())
    assert type(town(tmp_path, "remove", path.stem).exception).__name__ == "Trouble"


def test_the_licence_somebody_states_is_kept_and_shown(tmp_path):
    _, said = imported(tmp_path, street_file(tmp_path), "--licence", "CC0", "--attribution", "Lunner kommune")
    assert "Lisens: CC0. Lunner kommune" in said
    imported(tmp_path, address_file(tmp_path))
    sources = json.loads(town(tmp_path, "run", "--json").output)["sources"]
    assert ("CC0", "Lunner kommune") in {(one["licence"], one["attribution"]) for one in sources}
    assert all(len(one["sha256"]) == 64 for one in sources)


def test_data_of_another_town_is_left_out_with_a_note(tmp_path):
    far = csv(tmp_path / "bergen.csv", "lokalId;nord;øst", "1;6700000;300000")
    imported(tmp_path, far, "--crs", CRS)
    imported(tmp_path, street_file(tmp_path))
    result = json.loads(town(tmp_path, "run", "--json").output)
    assert any("1 boliger" in note and "annet sted" in note for note in result["notes"])


def test_helsinki_as_it_is(tmp_path):
    (held,), said = imported(tmp_path, DATA / "helsinki.osm.pbf")
    assert held.crs == 25835
    assert len(held.homes.ids) > 1000 and len(set(held.services.categories)) == 10
    assert "© OpenStreetMap contributors" in said
    assert (held.network.flags & Way.STEPS).any() and len(held.network.first_barrier) > 1
