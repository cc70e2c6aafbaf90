"""Trying a change and keeping it: who gains, who loses, versions, two at once, and what cannot be done."""

import json

import pytest
from django.conf import settings
from planner.test_town_pages import MEETING, TOWN, text_of
from typer.testing import CliRunner
from walking import at, dataset, imported

from trinnvis.reports.town.cli import app
from trinnvis.townplans.bases import INVENTED, OWN, folder_of
from trinnvis.townplans.kept import Kept
from trinnvis.townplans.models import TownPlan, TownPlanVersion

MOVE = {"tilbud": "grendehuset", "sted": at(400)}


@pytest.fixture(autouse=True)
def street(db):
    with imported(dataset(far_home=True)):
        yield


def tried(client, kind: str, **said: object):
    query = "&".join(f"{name}={value}" for name, value in said.items())
    return client.get(f"{TOWN}/prov/{kind}?{MEETING}&{query}")


def kept(client, kind: str, query: str = "", **said: object):
    return client.post(f"{TOWN}/prov/{kind}/lagre?{MEETING}&{query}", said)


def made(client, name: str = "Midt i gata", **said: object) -> TownPlan:
    answer = kept(client, "flytt-tilbud", name=name, note="", **(said or MOVE))
    assert answer.status_code == 302, text_of(answer)
    return TownPlan.objects.order_by("pk").last()


def kept_as(client, kind: str, **said: object) -> TownPlan:
    answer = kept(client, kind, name=f"{kind} {len(said)}", note="", **said)
    assert answer.status_code == 302, text_of(answer)
    return TownPlan.objects.order_by("pk").last()


def newest(plan: TownPlan) -> TownPlanVersion:
    return plan.versions.order_by("revision").last()


def test_moving_the_meeting_place_tells_at_once_who_gains_and_who_loses(plan):
    """From 0 to 400: the homes at 125–675 and the far one are then within 300 m; 25 and 75 fall out."""
    told = text_of(tried(plan, "flytt-tilbud", **MOVE))
    assert "18 på 80 år og over får en møteplass innenfor rekkevidde med rullator, og 4 mister den." in told
    assert "Vest 8 inn og 4 ut; Øst 10 inn og 0 ut" in told
    assert TownPlan.objects.count() == 0


def test_a_place_may_be_an_address_a_service_or_degrees(plan):
    for place in ("Butikken", "gata 10", "60.24666 10.6330", "60,24666 10,6330", "10.6330; 60.24666"):
        assert "får en møteplass innenfor" in text_of(
            tried(plan, "flytt-tilbud", tilbud="grendehuset", sted=place)
        )


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("Butiken", "Mente du «Butikken»?"),
        ("0 0", "langt utenfor området"),
        ("590000 9999999", "langt utenfor området"),
        ("1e309 nan", "Finner ikke"),
        ("x" * 500, "tegn"),
        ("<script>alert(1)</script>", "Finner ikke"),
    ],
)
def test_a_place_that_is_none_is_told_on_the_field(plan, place, told):
    answer = plan.get(f"{TOWN}/prov/flytt-tilbud", {"tilbud": "grendehuset", "sted": place})
    assert told in text_of(answer) and 'aria-invalid="true"' in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()


def test_a_click_in_the_drawn_map_is_a_place_without_javascript(plan):
    answer = plan.get(f"{TOWN}/prov/flytt-tilbud?{MEETING}&tilbud=grendehuset&kart.x=300&kart.y=330")
    assert answer.status_code == 302 and "sted=590" in answer["Location"] and "kart" not in answer["Location"]
    assert "innenfor rekkevidde" in text_of(plan.get(answer["Location"]))


def test_every_kind_of_change_can_be_tried(plan):
    for kind, said in {
        "nytt-tilbud": {"gjoremal_ny": "moteplass", "navn": "Ny", "sted": at(900)},
        "legg-ned": {"tilbud": "grendehuset"},
        "nye-boliger": {"navn": "Tunet", "boliger": 4, "beboere_eldst": 5, "sted": at(30)},
        "flytt-bolig": {"bolig": "Gata 1", "sted": at(900)},
        "beboere": {"bolig": "Gata 1", "beboere_eldst": 40},
        "ta-bort-bolig": {"bolig": "Gata 1"},
        "ny-gangveg": {"sted": at(200), "til": at(400, 80)},
        "steng-gangveg": {"sted": at(500)},
    }.items():
        answer = tried(plan, kind, **said)
        assert answer.status_code == 200 and "Behold endringen" in text_of(answer), (kind, text_of(answer))
    assert plan.get(f"{TOWN}/prov/riv-alt").status_code == 404


def test_new_homes_are_told_with_who_of_them_reaches_what(plan):
    """At 30 metres the meeting place is near; the shop, at 500, is not, and nobody who lives there loses."""
    told = text_of(tried(plan, "nye-boliger", navn="Tunet", boliger=4, beboere_eldst=5, sted=at(30)))
    assert (
        "5 flere på 80 år og over i området. Av dem når ingen en butikk, 5 en møteplass og ingen en" in told
    )
    assert "Vest Møteplass 12 av 20 (60 %) 17 av 25 (68 %)" in told and "Faller utenfor" not in told
    assert "Planen endrer ikke" not in told


def test_a_home_is_moved_by_its_address_or_a_place_near_it(plan):
    """Home 1 stands at 25 metres, beside the meeting place, and has two people over 80."""
    for home in ("gata  1", at(30, 12)):
        told = text_of(tried(plan, "flytt-bolig", bolig=home, sted=at(980)))
        assert "Ingen på 80 år og over får en møteplass innenfor rekkevidde med rullator, og 2 mister" in told
    made_plan = kept_as(plan, "flytt-bolig", bolig="Gata 1", sted=at(980))
    assert [row["id"] for row in newest(made_plan).changes] == ["Gata 1"]


def test_other_people_in_a_home_change_the_numbers_and_nothing_else(plan):
    told = text_of(tried(plan, "beboere", bolig="Gata 1", beboere_eldst=12))
    assert "10 flere på 80 år og over i området" in told and "10 en møteplass" in told
    told = text_of(tried(plan, "beboere", bolig="Gata 1", beboere_eldst=0))
    assert "2 færre på 80 år og over i området. Av dem nådde ingen en butikk, 2 en møteplass" in told
    made_plan = kept_as(plan, "beboere", bolig="Gata 1", beboere_eldst=12, boliger=3)
    (row,) = newest(made_plan).changes
    assert row["residents"] == {"eldst": 12} and row["dwellings"] == 3


def test_nothing_is_told_of_a_home_before_it_is_said_what_changes(plan):
    for kind in ("flytt-bolig", "beboere"):
        told = text_of(tried(plan, kind, bolig="Gata 1"))
        assert "Behold endringen" not in told and "Du må rette" not in told
        assert 'value="Gata 1"' in tried(plan, kind, bolig="Gata 1").content.decode()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"bolig": "Gata 99", "sted": at(5)}, "Mente du «Gata 9»?"),
        ({"bolig": at(500, 700), "sted": at(5)}, "Ingen bolig er innen 100 meter fra stedet"),
        ({"bolig": "Gata 1", "sted": "0 0"}, "langt utenfor området"),
        ({"bolig": "x" * 500, "sted": at(5)}, "tegn"),
    ],
)
def test_a_home_that_is_none_is_told_on_the_field(plan, said, told):
    answer = tried(plan, "flytt-bolig", **said)
    assert told in text_of(answer) and 'aria-invalid="true"' in answer.content.decode()


@pytest.mark.parametrize("number", ["-1", "1.5", "mange", "2001", "99999999999999999999"])
def test_a_number_of_people_that_is_none_is_told_on_the_field(plan, number):
    answer = tried(plan, "beboere", bolig="Gata 1", beboere_eldst=number)
    assert 'aria-invalid="true"' in answer.content.decode() and "Behold endringen" not in text_of(answer)


def test_a_click_on_a_home_and_then_on_a_place_moves_it_without_javascript(plan):
    first = plan.get(f"{TOWN}/prov/flytt-bolig?{MEETING}&kart.x=300&kart.y=330")
    assert first.status_code == 302 and "bolig=Gata+" in first["Location"]
    second = plan.get(first["Location"] + "&kart.x=500&kart.y=330")
    assert "sted=590" in second["Location"] and "bolig=Gata+" in second["Location"]
    assert "Behold endringen" in text_of(plan.get(second["Location"]))


def test_only_those_who_plan_ask_of_one_home(plan, browse, astrid):
    for kind in ("flytt-bolig", "beboere", "ta-bort-bolig"):
        assert browse(astrid).get(f"{TOWN}/prov/{kind}?bolig=Gata 1").status_code == 404
    assert "Flytt en bolig" in text_of(plan.get(f"{TOWN}/bolig?id=Gata 1"))
    assert "Flytt en bolig" not in text_of(browse(astrid).get(f"{TOWN}/bolig?id=Gata 1"))


def test_adding_never_takes_anything_from_anybody(plan):
    told = text_of(tried(plan, "nytt-tilbud", gjoremal_ny="moteplass", navn="Ny", sted=at(900)))
    assert "ingen mister den" in told


def test_a_kept_change_is_a_plan_all_who_read_plans_can_open(plan, browse, astrid):
    made_plan = made(plan)
    told = text_of(browse(astrid).get(f"{TOWN}?plan={made_plan.pk}&{MEETING}"))
    assert "Planen «Midt i gata»" in told and "Flytt Grendehuset" in told and "4 mister den" in told
    assert "Ta ut" not in told
    assert "Midt i gata" in text_of(browse(astrid).get(f"{TOWN}/planer"))


def test_only_those_who_plan_keep_anything(plan, browse, astrid, sara):
    made_plan = made(plan)
    for actor in (astrid, sara):
        client = browse(actor)
        assert kept(client, "flytt-tilbud", name="Min", **MOVE).status_code == 404
        for part in ("/planer/ta-ut/1", "/planer/arkiver", "/planer/ga-tilbake"):
            assert client.post(f"{TOWN}{part}?plan={made_plan.pk}").status_code == 404
        assert client.post(f"{TOWN}/kvalitet/rett?hva=bolig&id=Gata 21").status_code == 404
    assert TownPlanVersion.objects.count() == 1


def test_changes_are_added_one_by_one_and_taken_out_again(plan):
    made_plan = made(plan)
    query = f"plan={made_plan.pk}"
    kept(plan, "legg-ned", query, tilbud="butikken", revision="1")
    assert [row["kind"] for row in newest(made_plan).changes] == ["move_service", "remove_service"]
    assert "Legg ned Butikken" in text_of(plan.get(f"{TOWN}/planer/ta-ut/2?{query}"))
    plan.post(f"{TOWN}/planer/ta-ut/2?{query}")
    assert newest(made_plan).revision == 3 and len(newest(made_plan).changes) == 1
    told = text_of(plan.get(f"{TOWN}/planer/{made_plan.pk}/utgaver"))
    assert "Utgave 3" in told and "Utgave 2" in told and "Legg ned Butikken" in told
    assert "Det finnes en nyere utgave" in text_of(plan.get(f"{TOWN}?{query}&utgave=2"))
    plan.post(f"{TOWN}/planer/ga-tilbake?{query}&utgave=2")
    assert newest(made_plan).revision == 4 and len(newest(made_plan).changes) == 2


def test_the_second_of_two_at_once_is_told_and_keeps_what_was_typed(plan, browse, tor):
    made_plan = made(plan)
    query = f"plan={made_plan.pk}"
    kept(browse(tor), "legg-ned", query, tilbud="butikken", revision="1")
    second = kept(plan, "nytt-tilbud", query, gjoremal_ny="kafe", navn="Kaffe", sted=at(500), revision="1")
    told = text_of(second)
    assert second.status_code == 422 and "Tor Økonom lagret planen" in told and "Legg ned Butikken" in told
    assert 'value="Kaffe"' in second.content.decode() and newest(made_plan).revision == 2
    assert 'name="revision" value="2"' in second.content.decode()
    kept(plan, "nytt-tilbud", query, gjoremal_ny="kafe", navn="Kaffe", sted=at(500), revision="2")
    assert [row["kind"] for row in newest(made_plan).changes] == [
        "move_service", "remove_service", "add_service"
    ]  # fmt: skip


def test_sending_twice_does_it_once(plan):
    made_plan = made(plan)
    said = {"gjoremal_ny": "kafe", "navn": "Kaffe", "sted": at(500), "revision": "1"}
    for _ in range(2):
        assert kept(plan, "nytt-tilbud", f"plan={made_plan.pk}", **said).status_code == 302
    assert newest(made_plan).revision == 2 and len(newest(made_plan).changes) == 2


def test_a_plan_needs_a_name_of_its_own(plan):
    made(plan)
    for name, told in (
        ("", "Fyll ut «Navn på planen»"),
        ("midt i GATA", "En annen plan heter"),
        ("x" * 81, "80"),
    ):
        answer = kept(plan, "flytt-tilbud", name=name, **MOVE)
        assert answer.status_code == 422 and told in text_of(answer)
    assert TownPlan.objects.count() == 1


def test_an_archived_plan_leaves_the_list_and_comes_back(plan):
    made_plan = made(plan)
    address = f"{TOWN}/planer/arkiver?plan={made_plan.pk}"
    plan.post(address)
    assert "Arkivert" in text_of(plan.get(f"{TOWN}/planer"))
    plan.post(address)
    assert "Arkivert" not in text_of(plan.get(f"{TOWN}/planer"))


def test_plans_stand_side_by_side_with_the_town_as_it_is(plan):
    one, other = made(plan), made(plan, "Øst i gata", tilbud="grendehuset", sted=at(900))
    told = text_of(plan.get(f"{TOWN}/planer/sammenlign?velg={one.pk}&velg={other.pk}&{MEETING}"))
    assert "Midt i gata" in told and "Øst i gata" in told and "I dag" in told
    assert "Vest Møteplass 12 av 20 (60 %) 16 av 20 (80 %) 0 av 20 (0 %)" in told
    assert plan.get(f"{TOWN}/planer/sammenlign?velg=x").status_code == 302
    assert plan.get(f"{TOWN}/planer/sammenlign?velg=99").status_code == 404


def test_a_plan_that_no_longer_fits_the_town_is_told_and_not_lost(plan):
    made_plan = made(plan)
    TownPlanVersion.objects.create(
        plan=made_plan, revision=2, name="Midt i gata", network="", saved_at=made_plan.created_at,
        saved_by_id=made_plan.created_by_id, changes=[{"kind": "remove_service", "id": "borte"}],
    )  # fmt: skip
    told = text_of(plan.get(f"{TOWN}?plan={made_plan.pk}"))
    assert "Planen kan ikke regnes ut" in told and "Ingenting i planen er slettet" in told
    TownPlanVersion.objects.create(
        plan=made_plan, revision=3, name="Midt i gata", network="", saved_at=made_plan.created_at,
        saved_by_id=made_plan.created_by_id, changes=[{"kind": "explode"}],
    )  # fmt: skip
    assert "Endring 1 kan ikke brukes" in text_of(plan.get(f"{TOWN}?plan={made_plan.pk}"))


def test_a_bad_fastening_is_put_right_by_hand_for_all_numbers(plan, browse, astrid):
    assert "Gata 21" in text_of(plan.get(f"{TOWN}/kvalitet"))
    address = f"{TOWN}/kvalitet/rett?hva=bolig&id=Gata 21"
    page = text_of(plan.get(address))
    assert "Vegen 60 meter unna" in page
    answer = plan.post(address, {"veg": "eget", "sted": at(510, 5), "revision": "0"})
    assert answer.status_code == 302
    told = text_of(browse(astrid).get(f"{TOWN}/kvalitet"))
    assert "Ingen lange adkomster" in told and "Flytt Gata 21" in told and "Planke" in told
    stale = plan.post(
        f"{TOWN}/kvalitet/rett?hva=tilbud&id=butikken", {"veg": "eget", "sted": at(490), "revision": "0"}
    )
    assert stale.status_code == 422 and "etter at du åpnet" in text_of(stale)
    plan.post(f"{TOWN}/kvalitet/ta-tilbake/1")
    assert "Gata 21" in text_of(plan.get(f"{TOWN}/kvalitet")).partition("Rettet for hånd")[0]
    assert plan.get(f"{TOWN}/kvalitet/rett?hva=bolig&id=Ingen").status_code == 404


def run(monkeypatch, *words: str):
    """`trinnvis town run … --json`, with the database the pages have."""
    monkeypatch.setenv("DATABASE_URL", "the one of the tests")
    return CliRunner().invoke(
        app, ["run", *words, "--json", "--data", str(settings.DATA)], obj=lambda _data: Kept()
    )


def test_the_command_runs_the_plans_and_corrections_that_are_kept(plan, monkeypatch):
    made(plan)
    plan.post(
        f"{TOWN}/kvalitet/rett?hva=bolig&id=Gata 21", {"veg": "eget", "sted": at(510, 5), "revision": "0"}
    )
    told = json.loads(run(monkeypatch, "midt i gata").stdout)
    assert told["title"] == "Midt i gata" and not told["long_legs"]
    (row,) = (
        row for row in told["changes"]
        if (row["area"], row["category"], row["profile"], row["ages"])
        == ("Hele området", "moteplass", "rullator", "eldst")
    )  # fmt: skip
    assert (row["gain"], row["lose"]) == (18, 4)
    unknown = run(monkeypatch, "midt i gate").exception
    assert "verken en fil eller en lagret plan" in str(unknown)
    assert unknown.remedy == "Mente du «Midt i gata»? Lagret er «Midt i gata»."


def test_the_command_runs_the_demos_town_when_nothing_is_imported(plan, monkeypatch):
    with imported(dataset(), INVENTED):
        assert not json.loads(run(monkeypatch).stdout)["notes"]  # the municipality's own comes first
        demo = json.loads(run(monkeypatch, "--town", "demo").stdout)
        for path in folder_of(OWN).glob("*.npz"):
            path.unlink()
        assert json.loads(run(monkeypatch).stdout) == demo
        assert "oppdiktet" in demo["notes"][0]
