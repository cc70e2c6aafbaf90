"""What is wrong with a file is said with its place and what to do, and nothing of it is imported."""

import os
import zipfile

import numpy as np
import pytest
import shapely
from planning.town.files import (
    CRS,
    STREETS,
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
)

HEAD = "id;kategori;navn;nord;øst"
((EAST_1, NORTH_1),) = here([(10, 5)])
ROAD = [(262_000.0, 6_690_000.0, 200.0), (262_400.0, 6_690_000.0, 210.0)]


@pytest.fixture
def with_streets(tmp_path):
    imported(tmp_path, street_file(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("rows", "words", "says"),
    [
        ([f"a;dagligvare;;{NORTH_1};{EAST_1}"], [], "sier ikke hvilket koordinatsystem"),
        ([f"a;dagligvare;;{NORTH_1};{EAST_1}"], ["--crs", "25833"], "km unna"),
        ([f"a;dagligvare;;{NORTH_1};{EAST_1}"], ["--crs", "4326"], "utenfor området"),
        ([f"a;dagligvare;;{NORTH_1};{EAST_1}"], ["--crs", "tull"], "ukjent"),
        ([f"a;dagligvare;;{NORTH_1};{EAST_1}"], ["--crs", "999999"], "ukjent"),
        ([f"a;dagligvare;;{EAST_1};{NORTH_1}"], ["--crs", "25832"], "byttet om"),
        (["a;dagligvare;;10.6;60.2"], ["--crs", "4326"], "byttet om"),
        ([f"a;dagligvare;;{NORTH_1 + 400};{EAST_1 + 900}"], ["--crs", "25832"], "«a» (linje 2)"),
        ([f"a;sirkus;;{NORTH_1};{EAST_1}"], ["--crs", "25832"], "linje 2: gjøremålet «sirkus»"),
        ([f"a;daglivare;;{NORTH_1};{EAST_1}"], ["--crs", "25832"], "Mente du dagligvare?"),
        ([f"a;post;;{NORTH_1};{EAST_1}"] * 2, ["--crs", "25832"], "a (linje 2, 3)"),
        (["a;post;;nord;1"], ["--crs", "25832"], "linje 2: «nord» i kolonnen nord er ikke et tall"),
        (["a;post;;nan;1"], ["--crs", "25832"], "«nan» i kolonnen nord er ikke et tall"),
        (["a;post;;1e999;1"], ["--crs", "25832"], "er ikke et tall"),
        (["a;post;1"], ["--crs", "25832"], "linje 2: 3 felter, men 5 overskrifter"),
        ([], ["--crs", "25832"], "ingen rader"),
    ],
)
def test_a_table_of_services(with_streets, rows, words, says):
    assert says in refused(with_streets, csv(with_streets / "tilbud.csv", HEAD, *rows), *words)


@pytest.mark.parametrize(
    ("head", "row", "says"),
    [
        ("nord;øst", "1;2", "mangler en kolonne for adressens id. Kall den «adresseid»"),
        ("id;adresse", "1;2", "mangler en kolonne for nord"),
        ("id;nord;øst;beboere_gamle", "1;2;3;4", "ingen aldersgruppe for kolonnen beboere_gamle"),
        ("id;nord;øst;boliger", f"1;{NORTH_1};{EAST_1};-2", "linje 2: boliger er mindre enn null"),
        ("id;nord;øst;beboere_barn", f"1;{NORTH_1};{EAST_1};nan", "er ikke et tall"),
        ("id;nord;nord;øst", "1;2;3;4", "to kolonner som heter «nord»"),
        ("bare tekst", "uten skilletegn", "ingen kolonner"),
    ],
)
def test_a_table_of_addresses(with_streets, head, row, says):
    assert says in refused(with_streets, csv(with_streets / "a.csv", head, row), "--crs", "25832")


def test_a_table_of_two_coordinate_systems(with_streets):
    path = csv(with_streets / "a.csv", "id;epsg;nord;øst", "1;25832;1;2", "2;25833;1;2")
    assert "flere koordinatsystemer: 25832, 25833" in refused(with_streets, path)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("<a><b></a>", "ikke hel XML"),
        ('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "DOCTYPE"),
        ("<a/>", "ingen veglenker"),
        (link("gsv", ROAD).split("</gml:featureMember>")[0], "ikke hel XML"),
    ],
)
def test_broken_road_links(tmp_path, content, says):
    path = tmp_path / "vegnett.gml"
    path.write_text(content, encoding="utf-8")
    assert says in refused(tmp_path, path)


def test_road_links_cut_in_the_middle_are_told_of_with_the_line(tmp_path):
    path = gml(tmp_path / "v.gml", [link("gsv", ROAD) + "\n"] * 3)
    path.write_text(path.read_text(encoding="utf-8")[:-200], encoding="utf-8")
    assert "i linje" in refused(tmp_path, path)


def test_road_links_with_half_a_point(tmp_path):
    path = gml(tmp_path / "v.gml", [link("gsv", ROAD).replace("210.000", "")])
    assert "veglenke nummer 1 har koordinater som ikke er 3 tall" in refused(tmp_path, path)


def test_a_network_that_does_not_hang_together(tmp_path):
    lines = [shapely.LineString(degrees([(0, 50 * i), (100, 50 * i)])) for i in range(12)]
    said = refused(tmp_path, geojson(tmp_path / "n.geojson", lines))
    assert "henger ikke sammen: bare 8 prosent" in said and "12 løse deler" in said


def test_a_network_with_latitude_first(tmp_path):
    lines = [shapely.LineString(degrees(line)[:, ::-1]) for line in STREETS]
    assert "byttet om" in refused(tmp_path, geojson(tmp_path / "n.geojson", lines))


def test_a_network_whose_system_is_another_than_it_says(tmp_path):
    lines = [shapely.LineString(here(line)) for line in STREETS]
    assert "utenfor området EPSG:4326" in refused(tmp_path, geojson(tmp_path / "n.geojson", lines))


def test_a_layer_without_a_coordinate_system(tmp_path):
    lines = [shapely.LineString(here(line)) for line in STREETS]
    path = layer(tmp_path / "n.shp", lines, {"navn": ["a", "b", "c"]}, kind="LineString", crs=None)
    assert "sier ikke hvilket koordinatsystem" in refused(tmp_path, path)
    imported(tmp_path, path, "--crs", CRS)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"type": "FeatureCollection", "features": []}', "er tom"),
        ('{"type": "FeatureCollection", "features": [{"geometry": null, "properties": {}}]}', "er tom"),
        ('{"features": [{"geometry": {"type": "Point"}}]}', "ikke GeoJSON"),
        ("[1, 2]", "ikke GeoJSON"),
        ("{", "ikke GeoJSON"),
    ],
)
def test_geojson_with_nothing_in_it(tmp_path, content, says):
    path = tmp_path / "n.geojson"
    path.write_text(content, encoding="utf-8")
    assert says in refused(tmp_path, path)


def test_geojson_that_mixes_points_and_lines(tmp_path):
    shapes = [shapely.LineString(degrees(STREETS[0])), shapely.Point(degrees([(0, 0)])[0])]
    assert "blander punkter, linjer og flater" in refused(tmp_path, geojson(tmp_path / "n.geojson", shapes))


def test_a_file_with_several_layers_asks_which(tmp_path):
    path, lines = tmp_path / "n.gpkg", [shapely.LineString(here(line)) for line in STREETS]
    for name in ("veg", "sti"):
        layer(path, lines, {"navn": ["a", "b", "c"]}, kind="LineString", name=name)
    assert "flere lag: veg, sti" in refused(tmp_path, path)
    assert "ikke laget «elv»" in refused(tmp_path, path, "--layer", "elv")
    imported(tmp_path, path, "--layer", "sti")


def test_areas_without_people_are_no_grid(with_streets):
    path = layer(with_streets / "r.gpkg", [shapely.box(*here([(0, 0), (9, 9)]).ravel())], {"navn": ["a"]},
                 kind="Polygon")  # fmt: skip
    assert "ikke befolkning på rutenett" in refused(with_streets, path)


def test_a_terrain_model_elsewhere_or_of_colours_or_without_a_system(with_streets):
    flat = lambda x, y: 0 * x + 0 * y  # noqa: E731
    assert "3 bånd" in refused(with_streets, terrain(with_streets / "a.tif", flat, bands=3))
    assert "sier ikke hvilket" in refused(with_streets, terrain(with_streets / "b.tif", flat, crs=None))
    assert "dekker ikke noe" in refused(with_streets, terrain(with_streets / "c.tif", flat, crs=25833))
    (with_streets / "d.tif").write_bytes(b"II*\x00 not a picture")
    assert "kan ikke leses som GeoTIFF" in refused(with_streets, with_streets / "d.tif")


def test_a_terrain_model_before_any_network(tmp_path):
    path = terrain(tmp_path / "a.tif", lambda x, y: 0 * x + 0 * y)
    assert "ikke hentet inn noe gangnett" in refused(tmp_path, path)


def test_a_damaged_map_file(tmp_path):
    path = tmp_path / "kart.osm.pbf"
    path.write_bytes(b"\x00\x00\x00\x0d this is no map" * 40)
    assert "kan ikke leses som OpenStreetMap" in refused(tmp_path, path)


@pytest.mark.parametrize("ending", ["csv", "geojson", "osm.pbf", "gml", "gpkg", "tif"])
def test_ten_gigabytes_are_refused_at_once_or_read_in_strips(with_streets, ending):
    path = with_streets / f"stor.{ending}"
    with path.open("wb") as file:
        file.truncate(10_000_000_000)  # takes no room on disk
    said = refused(with_streets, path)
    assert ("10.0 GB" in said and "Klipp ut kommunen" in said) or ending == "tif"


def test_what_is_no_file_or_of_no_known_kind(tmp_path):
    (tmp_path / "tom.csv").touch()
    assert "er tom" in refused(tmp_path, tmp_path / "tom.csv")
    assert "kan ikke leses" in refused(tmp_path, tmp_path / "finnes-ikke.csv")
    (tmp_path / "mappe.csv").mkdir()
    assert "er ikke en fil" in refused(tmp_path, tmp_path / "mappe.csv")
    os.mkfifo(tmp_path / "ror.csv")
    assert "er ikke en fil" in refused(tmp_path, tmp_path / "ror.csv")
    (tmp_path / "lenke.csv").symlink_to(tmp_path / "borte.csv")
    assert "kan ikke leses" in refused(tmp_path, tmp_path / "lenke.csv")
    (tmp_path / "sirkel.csv").symlink_to(tmp_path / "sirkel.csv")
    assert "kan ikke leses" in refused(tmp_path, tmp_path / "sirkel.csv")
    (tmp_path / "notat.docx").write_bytes(b"PK")
    assert "--kind" in refused(tmp_path, tmp_path / "notat.docx")
    with zipfile.ZipFile(tmp_path / "n.zip", "w") as pack:
        pack.writestr("../../n.geojson", "{}")
    assert "Pakk den ut" in refused(tmp_path, tmp_path / "n.zip")


def test_a_link_to_a_file_is_the_file(tmp_path):
    (tmp_path / "lenke.geojson").symlink_to(street_file(tmp_path))
    (held,), _ = imported(tmp_path, tmp_path / "lenke.geojson")
    assert held.network is not None


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "imports").write_text("en fil der mappa skulle vært", encoding="utf-8")
    from planning.town.files import town

    result = town(tmp_path, "import", street_file(tmp_path))
    assert "kan ikke skrives" in str(result.exception) or "kan ikke leses" in str(result.exception)


def test_a_damaged_import_says_which_and_what_to_do(tmp_path):
    from planning.town.files import town

    imported(tmp_path, street_file(tmp_path))
    (path,) = (tmp_path / "imports" / "town").iterdir()
    path.write_bytes(path.read_bytes()[:500])
    assert path.name in str(town(tmp_path, "run").exception)


def test_services_all_far_from_a_village_are_not_taken_for_its_own(with_streets):
    path = service_file(with_streets, *np.full((3, 2), 40_000.0).tolist())
    assert "km unna" in refused(with_streets, path, "--crs", CRS)
