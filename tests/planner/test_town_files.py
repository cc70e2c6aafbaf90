"""A town's files taken in on the page: read as by the command, all or none, and told on the field."""

import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from planner.test_town_pages import TOWN, text_of
from planning.town.files import (
    CRS,
    STREETS,
    address_file,
    csv,
    degrees,
    geojson,
    gml,
    here,
    layer,
    link,
    service_file,
    street_file,
)
from walking import dataset, imported

from trinnvis.planner.forms import town_files
from trinnvis.planning.town.importing import store
from trinnvis.townplans.bases import INVENTED, OWN, folder_of

FILES = f"{TOWN}/filer"


@pytest.fixture(autouse=True)
def nothing_yet(db):
    with imported(dataset()):
        for path in store.paths(folder_of(OWN)):
            path.unlink()
        yield


def send(client: Client, *paths, **said: str):
    sent = [SimpleUploadedFile(path.name, path.read_bytes()) for path in paths]
    return client.post(FILES, {"filer": sent, "slag": "auto", **said}, follow=True)


def held() -> list[store.Held]:
    return store.held(folder_of(OWN))


def test_files_chosen_together_make_a_town_whatever_their_order(plan, tmp_path):
    """The addresses come first by name, and are still fastened to the network sent with them."""
    answer = send(
        plan, address_file(tmp_path), street_file(tmp_path), service_file(tmp_path, (10, 5)), crs=""
    )
    assert answer.status_code == 422 and not held()  # the services do not say their coordinate system
    paths = [address_file(tmp_path), street_file(tmp_path)]
    told = text_of(send(plan, *paths, lisens="CC0", kreditering="Lunner kommune"))
    assert "2 filer er hentet inn" in told and "Brukt: 1,0 km gangnett" in told
    assert "Lisens: CC0" in told and "Lunner kommune" in told and "av Planke" in told
    assert "2 adresser, 1 fra atkomstpunktet" in told
    town = text_of(plan.get(TOWN))
    assert "0 av 3" in town and "CC0" in town


def test_what_the_file_does_not_say_is_asked_for_on_its_own_field(plan, tmp_path):
    send(plan, street_file(tmp_path))
    tilbud = service_file(tmp_path, (10, 5))
    answer = send(plan, tilbud, lisens="CC BY 4.0")
    assert answer.status_code == 422 and set(answer.context["form"].errors) == {"crs", "filer"}
    assert "sier ikke hvilket koordinatsystem" in answer.context["form"].errors["crs"][0]
    assert 'value="CC BY 4.0"' in answer.content.decode() and len(held()) == 1
    assert "1 fil er hentet inn" in text_of(send(plan, tilbud, crs=str(CRS)))
    path, lines = tmp_path / "n.gpkg", [shapely.LineString(here(line)) for line in STREETS]
    for name in ("veg", "sti"):
        layer(path, lines, {"navn": ["a", "b", "c"]}, kind="LineString", name=name)
    assert "flere lag: veg, sti" in send(plan, path).context["form"].errors["lag"][0]
    assert "1 fil er hentet inn" in text_of(send(plan, path, lag="sti"))


def test_one_bad_file_and_nothing_of_the_others_is_taken_in(plan, tmp_path):
    bad = csv(tmp_path / "b.csv", "id;kategori;nord;øst;epsg", f"a;post;1;2;{CRS}")
    answer = send(plan, street_file(tmp_path), bad)
    assert answer.status_code == 422 and not held()
    told = text_of(answer)
    assert "b.csv: 1 av 1 punkter ligger utenfor området" in told and "/tmp" not in told


def test_addresses_without_any_network_are_not_a_town(plan, tmp_path):
    answer = send(plan, address_file(tmp_path))
    assert "ikke hentet inn noe gangnett" in answer.context["form"].errors["filer"][0] and not held()


def test_road_links_with_heights_are_known_for_what_they_are(plan, tmp_path):
    ends = [(262_000.0, 6_690_000.0, 200.0), (262_400.0, 6_690_000.0, 210.0)]
    told = text_of(send(plan, gml(tmp_path / "vegnett.gml", [link("gsv", ends), link("bilferje", ends)])))
    assert "NVDB Vegnett Pluss: gangnett med høyder" in told and "Utelatt: 1 veger: ferje" in told
    assert "Brukt: 0,4 km gangnett" in told and "Statens vegvesen" in told
    assert "har ingen høyder" not in text_of(plan.get(TOWN))


def test_a_shape_is_its_files_together(plan, tmp_path):
    lines = [shapely.LineString(here(line)) for line in STREETS]
    path = layer(tmp_path / "n.shp", lines, {"navn": ["a", "b", "c"]}, kind="LineString")
    assert "mangler n.shx og n.dbf" in send(plan, path).context["form"].errors["filer"][0]
    parts = [path.with_suffix(ending) for ending in (".dbf", ".prj", ".shx")]
    assert "bare deler av et Shape-lag" in send(plan, *parts).context["form"].errors["filer"][0]
    assert "1 fil er hentet inn" in text_of(send(plan, path, *parts))


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("tom.csv", b"", "Fila er tom"),
        ("../../ut.geojson", b"{", "ut.geojson er ikke GeoJSON"),
        ("æ" * 250 + ".csv", b"a;epsg\n1;25832", "mangler en kolonne"),
        ("kart.osm.pbf", b"\x00\x00\x00\x0d no map" * 40, "kan ikke leses som OpenStreetMap"),
        ("v.gml", b"<a><b></a>", "ikke hel XML"),
        ("n.zip", b"PK", "Pakk den ut"),
    ],
)
def test_what_cannot_be_read_is_told_on_the_files(plan, name, content, told):
    answer = plan.post(FILES, {"filer": SimpleUploadedFile(name, content), "slag": "auto"})
    assert answer.status_code == 422 and told in answer.context["form"].errors["filer"][0]


def test_too_much_is_thrown_away_as_it_comes(plan, tmp_path, monkeypatch):
    monkeypatch.setattr("trinnvis.planner.views.town.files.MEGABYTE", 1)
    answer = send(plan, street_file(tmp_path), crs=str(CRS))
    assert answer.status_code == 422 and not answer.wsgi_request.FILES
    assert f"over {town_files.LARGEST_MB} MB" in answer.context["form"].errors["filer"][0]
    assert f'value="{CRS}"' in answer.content.decode()


def test_an_import_taken_away_gives_back_what_was_before(plan, tmp_path):
    send(plan, street_file(tmp_path))
    longer = [*(degrees(line) for line in STREETS), degrees([(600, 0), (900, 0)])]
    send(plan, geojson(tmp_path / "mer.geojson", [shapely.LineString(line) for line in longer]))
    newest = held()[-1]
    assert "Ta bort" in text_of(plan.get(f"{FILES}/ta-bort/{newest.name}"))
    assert "er tatt bort" in text_of(plan.post(f"{FILES}/ta-bort/{newest.name}", follow=True))
    assert [one.name for one in held()] != [newest.name] and len(held()) == 1
    assert plan.get(f"{FILES}/ta-bort/{newest.name}").status_code == 404


def test_the_same_file_again_changes_nothing(plan, tmp_path):
    for _ in range(2):
        send(plan, street_file(tmp_path))
    assert len(held()) == 1


def test_only_those_who_plan_see_and_send_files(plan, browse, astrid, sara, ingrid, tmp_path):
    send(plan, street_file(tmp_path))
    for actor in (astrid, sara, ingrid):
        client = browse(actor)
        assert client.get(FILES).status_code == 404
        assert send(client, street_file(tmp_path)).status_code == 404
        assert client.post(f"{FILES}/ta-bort/{held()[0].name}").status_code == 404
    assert len(held()) == 1 and "Filer" in text_of(plan.get(TOWN))
    assert "/filer" not in browse(astrid).get(TOWN).content.decode()


def test_a_sending_without_the_pages_own_mark_is_refused(plan, tmp_path):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = plan.cookies
    assert send(strict, street_file(tmp_path)).status_code == 403 and not held()


def test_the_page_says_whose_town_is_shown(plan):
    with imported(dataset(), INVENTED):
        assert "demoens oppdiktede tettsted" in text_of(plan.get(FILES))
    assert "Hent inn filer" in text_of(plan.get(TOWN))
