"""The five-minute town for those who read plans: sentences, numbers, why, files; nobody's own numbers."""

import io
import json
import re
import zipfile
from html import unescape

import pytest
from walking import OLD_IN_EACH, at, dataset, imported

from trinnvis.people.models import Dwelling
from trinnvis.townplans.bases import INVENTED

TOWN = "/plan/tettsted"
MEETING = "gjoremal=moteplass&gruppe=rullator&alder=eldst"


def text_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


@pytest.fixture
def street(db):
    with imported(dataset()):
        yield


def test_each_settlement_is_told_in_a_sentence_and_a_row(plan, street):
    """With ten and five metres to and from the street, the six nearest homes are within 300 metres."""
    told = text_of(plan.get(f"{TOWN}?{MEETING}"))
    assert (
        "Med rullator når 60 % av dem på 80 år og over i Vest en butikk, 60 % en møteplass og ingen en "
        "holdeplass." in told
    )
    assert "Vest 12 av 20 (60 %) 12 av 20 (60 %) 0 av 20 (0 %)" in told
    assert "Øst 12 av 20 (60 %) 0 av 20 (0 %) 12 av 20 (60 %)" in told
    assert "Hele området 24 av 40 (60 %) 12 av 40 (30 %) 12 av 40 (30 %)" in told


def test_another_way_of_walking_and_another_age_give_other_numbers(plan, street):
    told = text_of(plan.get(f"{TOWN}?gjoremal=moteplass&gruppe=sprekest&alder=voksne"))
    assert "Hele området 60 av 60 (100 %)" in told and "16–66 år" in told


def test_politicians_read_it_and_nobody_else(browse, astrid, sara, ingrid, street):
    assert browse(astrid).get(TOWN).status_code == 200
    assert "Prøv en endring" not in text_of(browse(astrid).get(TOWN))
    for actor in (sara, ingrid):
        client = browse(actor)
        for part in ("", "/kart/innhold.json", "/fil.xlsx", "/boliger", "/kvalitet", "/trappene", "/planer"):
            assert client.get(TOWN + part).status_code == 404, part


def test_without_a_town_the_page_says_what_to_do(plan):
    told = text_of(plan.get(TOWN))
    assert "Det er ikke hentet inn noe tettsted" in told and "trinnvis town import" in told


@pytest.mark.parametrize(
    "query",
    [
        "gjoremal=slott", "gruppe=ulv", "alder=%00", "omrade=Mars", "grunnlag=../../etc", "plan=1", "plan=x",
        "plan=99999999999999999999", "plan=1&utgave=-1",
    ],
)  # fmt: skip
def test_an_address_that_asks_for_what_is_not_there_is_not_found(plan, street, query):
    assert plan.get(f"{TOWN}?{query}").status_code == 404


def test_a_home_says_why_as_a_page_and_as_a_part_of_the_map(plan, street):
    page = plan.get(f"{TOWN}/bolig?{MEETING}&id=Gata 20")
    told = text_of(page)
    assert (
        "Gata 20, Øst" in told
        and "for langt" in told
        and "Bussen, 40 m" in told
        and "<html" in page.content.decode()
    )
    part = plan.get(f"{TOWN}/bolig?{MEETING}&id=Gata 20", headers={"HX-Request": "true"})
    assert "Gata 20" in text_of(part) and "<html" not in part.content.decode()
    assert plan.get(f"{TOWN}/bolig?id=<script>").status_code == 404


def test_the_list_of_homes_is_the_map_for_those_who_do_not_see_it(plan, street):
    told = text_of(plan.get(f"{TOWN}/boliger?{MEETING}&omrade=Vest&arsak=distance"))
    assert "Gata 10" in told and "Gata 1 " not in told and "Gata 11" not in told
    assert plan.get(f"{TOWN}/boliger?{MEETING}&arsak=vær").status_code == 404


def test_the_maps_data_hold_classes_and_never_how_many_live_where(plan, street):
    answer = plan.get(f"{TOWN}/kart/innhold.json?{MEETING}")
    content = json.loads(answer.content)
    assert content["homes"]["classes"] == "0" * 6 + "1" * 4 + "2" * 10
    assert set(content["homes"]) == {"ids", "at", "classes"} and len(content["homes"]["at"]) == 20
    (longitude, latitude), *_rest = content["homes"]["at"]
    assert 10 < longitude < 11 and 60 < latitude < 61
    assert len(content["streets"]) == len(json.loads(plan.get(f"{TOWN}/kart/gater.json").content)["lines"])
    layer = json.loads(plan.get(f"{TOWN}/fil.geojson?{MEETING}").content)
    home = next(one for one in layer["features"] if one["properties"]["lag"] == "bolig")
    assert not any(isinstance(value, int | float) for value in home["properties"].values())


def test_everything_can_be_taken_along(plan, street):
    for ending, begins in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"PK"), ("gpkg", b"SQLite")):
        assert plan.get(f"{TOWN}/fil.{ending}?{MEETING}").content.startswith(begins)
    packed = zipfile.ZipFile(io.BytesIO(plan.get(f"{TOWN}/fil.csv?{MEETING}&offentlig").content))
    reach = packed.read("rekkevidde.csv").decode("utf-8-sig")
    assert "80 år og over" in reach and f";{OLD_IN_EACH};" not in reach
    figure = plan.get(f"{TOWN}/figur/rekkevidde.csv?{MEETING}").content.decode("utf-8-sig")
    assert "Vest;20;12;60" in figure
    assert plan.get(f"{TOWN}/fil.exe?{MEETING}").status_code == 404


def test_an_invented_town_says_so_in_every_view(plan, db):
    with imported(dataset(), INVENTED):
        for part in (
            "",
            "/boliger",
            "/kvalitet",
            "/trappene",
            "/planer",
            "/prov/flytt-tilbud",
            "/bolig?id=Gata 1",
        ):
            assert "Oppdiktet tettsted." in text_of(plan.get(TOWN + part)), part
        assert "Oppdiktet" in plan.get(f"{TOWN}/kart/kart.svg").content.decode()
        assert "Oppdiktet" in json.loads(plan.get(f"{TOWN}/kart/innhold.json").content)["credit"]


def test_the_towns_own_data_come_before_the_invented(plan, street):
    with imported(dataset(), INVENTED):
        assert "Oppdiktet tettsted." not in text_of(plan.get(TOWN))
        assert "Oppdiktet tettsted." in text_of(plan.get(f"{TOWN}?grunnlag=demo"))


def test_dwellings_on_the_housing_ladder_are_told_by_walking_class(plan, street):
    for number, step in ((1, 1), (2, 2), (20, 2), (99, 2)):
        Dwelling.objects.create(
            address=f"Gata {number}", postal_code="2740", postal_place="Roa", settlement="Roa",
            housing_step=step, kind="enebolig",
        )  # fmt: skip
    told = text_of(plan.get(f"{TOWN}/trappene?{MEETING}"))
    assert "3 av 4 boliger i boligregisteret er funnet igjen" in told
    assert "1 av 1 boliger på trinn 1" in told
    table = plan.get(f"{TOWN}/trappene/boligtrapp.csv?{MEETING}").content.decode("utf-8-sig")
    assert re.search(r"2 [^;]+;1;0;1;0", table)


def test_places_for_one_more_are_ranked_with_what_each_adds(plan, street):
    """One more meeting place: 14 homes lack one, and the best place reaches those within 300 metres of it."""
    told = text_of(plan.get(f"{TOWN}/trappene?{MEETING}"))
    rows = re.findall(r"(\d) Ved Gata (\d+), (Vest|Øst) (\d+) (\d+)", told)
    assert [int(row[3]) for row in rows][:2] == [24, 4] or sum(int(row[3]) for row in rows) == 28
    assert "ingen har bestemt noe" in told


def test_low_offers_are_told_by_whom_they_are_for(plan, street):
    table = plan.get(f"{TOWN}/trappene/lave-trinn.csv?{MEETING}").content.decode("utf-8-sig")
    assert "Grendehuset (møteplass);12" in table


def test_the_page_asks_the_database_little(plan, street, django_assert_max_num_queries):
    plan.get(TOWN)
    with django_assert_max_num_queries(7):
        plan.get(f"{TOWN}?{MEETING}&omrade=Vest")
    with django_assert_max_num_queries(6):
        plan.get(f"{TOWN}/prov/flytt-tilbud?{MEETING}&tilbud=grendehuset&sted={at(500)}")
