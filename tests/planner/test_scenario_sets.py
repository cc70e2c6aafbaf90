"""Scenario sets: saved by those who plan, read by all who read plans, never lost when two save at once."""

import re
from html import unescape

import pytest

from trinnvis.scenarios.models import ScenarioSet, ScenarioSetVersion

NEED, SETS = "/plan/behov", "/plan/behov/sett"
TREND = "kommune=3234&s=trend&f.trend.hjemmetjenester-80.yearly=-2,5"
TURN = "kommune=3234&s=dreining&p.11=90&arsverk=150&g.work_year=1600"


def text_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def save(client, query: str, name: str, *, note: str = "") -> int:
    """Save the choices of an address as a new set; its number."""
    answer = client.post(f"{SETS}/nytt?{query}", {"name": name, "note": note})
    assert answer.status_code == 302, text_of(answer)
    return int(answer["Location"].rsplit("/", 1)[1])


def opened(client, pk: int) -> str:
    """The address a set leads to."""
    return client.get(f"{SETS}/{pk}")["Location"].partition("?")[2]


def again(client, pk: int, query: str, **typed: object):
    """Press save for a set that was opened at the address."""
    return client.post(f"{SETS}/{pk}/lagre?{query}", typed)


def newest(pk: int) -> ScenarioSetVersion:
    return ScenarioSetVersion.objects.filter(scenario_set=pk).order_by("revision").last()


def test_a_saved_set_opens_with_the_same_choices_for_all_who_read_plans(plan, browse, astrid):
    pk = save(plan, TURN, "Dreining fra 2027", note="Til kommunestyret")
    reader = browse(astrid)
    query = opened(reader, pk)
    for part in ("kommune=3234", "s=dreining", "p.11=90", "arsverk=150", "g.work_year=1600"):
        assert part in query
    told = text_of(reader.get(f"{NEED}?{query}"))
    assert "«Dreining fra 2027», utgave 1" in told and "Lagre" not in told.partition("Lagrede")[2]
    listed = text_of(reader.get(SETS))
    assert "Dreining fra 2027" in listed and "Til kommunestyret" in listed and "Planke" in listed


def test_the_address_of_a_set_holds_nothing_but_the_choices(plan):
    query = opened(plan, save(plan, TREND, "Trenden"))
    assert {part.split("=")[0] for part in query.split("&")} == {
        "kommune", "til", "s", "f.trend.hjemmetjenester-80.yearly", "sett", "utgave",
    }  # fmt: skip


def test_only_those_who_plan_may_save(plan, browse, astrid, sara):
    pk = save(plan, TREND, "Trenden")
    query = opened(plan, pk)
    for actor in (astrid, sara):
        client = browse(actor)
        assert client.post(f"{SETS}/nytt?{TREND}", {"name": "Mitt"}).status_code == 404
        assert again(client, pk, query, name="Mitt", revision="1").status_code == 404
        assert client.post(f"{SETS}/{pk}/arkiver").status_code == 404
    assert ScenarioSetVersion.objects.count() == 1


def test_saving_again_adds_a_version_and_keeps_the_old(plan):
    pk = save(plan, TREND, "Trenden")
    query = opened(plan, pk).replace("-2.5", "-1")
    assert "Endret siden settet ble lagret" in text_of(plan.get(f"{SETS}/{pk}/lagre?{query}"))
    assert again(plan, pk, query, name="Trenden", revision="1").status_code == 302
    assert newest(pk).revision == 2
    assert newest(pk).choices["values"] == {"trend.hjemmetjenester-80.yearly": -0.01}
    told = text_of(plan.get(f"{SETS}/{pk}/utgaver"))
    assert "Utgave 2: Trenden" in told and "Utgave 1: Trenden" in told and "−2,5" in told
    assert "yearly=-2.5" in plan.get(f"{SETS}/{pk}/utgave/1")["Location"]


def test_saving_what_is_unchanged_makes_no_version(plan):
    pk = save(plan, TREND, "Trenden")
    again(plan, pk, opened(plan, pk), name="Trenden", revision="1")
    assert newest(pk).revision == 1


def test_the_second_of_two_is_told_and_keeps_what_they_chose(plan, browse, tor):
    pk = save(plan, TREND, "Trenden")
    mine, theirs = opened(plan, pk).replace("-2.5", "-1"), opened(plan, pk).replace("-2.5", "-4")
    assert again(browse(tor), pk, theirs, name="Trenden", note="Høring", revision="1").status_code == 302
    answer = again(plan, pk, mine, name="Trenden, ny", note="Min grunn", revision="1")
    assert answer.status_code == 422
    told = text_of(answer)
    assert "Tor Økonom lagret settet" in told and "Merknaden der er «Høring»" in told
    assert re.search(r"Endring per år \(prosent per år\) −1 −4", told)
    page = answer.content.decode()
    assert 'value="Trenden, ny"' in page and "Min grunn" in page
    assert newest(pk).choices["values"] == {"trend.hjemmetjenester-80.yearly": -0.04}
    revision = re.search(r'name="revision" value="(\d+)"', page)[1]
    answer = again(plan, pk, mine, name="Trenden, ny", note="Min grunn", revision=revision)
    assert answer.status_code == 302
    assert (newest(pk).revision, newest(pk).name) == (3, "Trenden, ny")
    assert ScenarioSetVersion.objects.filter(scenario_set=pk).count() == 3


@pytest.mark.parametrize(
    ("name", "told"), [("", "Fyll ut «Navn»"), ("x" * 81, "80"), ("trenden ", "Et annet sett heter")]
)
def test_a_name_that_cannot_be_used_is_told_on_its_field(plan, name, told):
    save(plan, TREND, "Trenden")
    answer = plan.post(f"{SETS}/nytt?{TURN}", {"name": name, "note": "Beholdes"})
    assert answer.status_code == 422 and told in text_of(answer) and "Beholdes" in answer.content.decode()
    assert ScenarioSet.objects.count() == 1


def test_choices_that_cannot_be_computed_are_not_saved(plan):
    answer = plan.post(f"{SETS}/nytt?kommune=3054", {"name": "Gammel kommune"})
    assert answer.status_code == 302 and answer["Location"] == f"{NEED}?kommune=3054"
    assert not ScenarioSet.objects.exists()


def test_an_archived_set_leaves_the_list_and_can_come_back(plan):
    pk = save(plan, TREND, "Trenden")
    assert "Arkivere «Trenden»?" in text_of(plan.get(f"{SETS}/{pk}/arkiver"))
    plan.post(f"{SETS}/{pk}/arkiver")
    assert "Ingen sett er lagret ennå" in text_of(plan.get(SETS))
    assert plan.get(f"{SETS}/{pk}").status_code == 302
    other = save(plan, TREND, "Trenden")
    answer = plan.post(f"{SETS}/{pk}/arkiver", follow=True)
    assert "Et annet sett heter «Trenden»" in text_of(answer)
    plan.post(f"{SETS}/{other}/arkiver")
    plan.post(f"{SETS}/{pk}/arkiver")
    assert ScenarioSet.objects.get(pk=pk).archived_at is None


def test_sets_are_compared_by_ratio_and_year_by_year(plan, browse, astrid):
    first, second = save(plan, TREND, "Trenden"), save(plan, TURN, "Dreiningen")
    address = f"{NEED}/sammenlign?sett={first}&sett={second}"
    told = text_of(browse(astrid).get(address))
    assert re.search(r"Trenden 2025–2040 1,\d\d \(\d,\d\d–\d,\d\d\)", told)
    assert "Årsverk mot «Trenden» i 2050: Dreiningen" in told
    assert "Scenarioer Utviklingen fortsetter Dreining nedover trappa" in told
    table = browse(astrid).get(address.replace("sammenlign?", "sammenlign/sammenlign-kroner.csv?"))
    assert table.content.decode("utf-8-sig").startswith("År;Dreiningen")


def test_sets_that_start_in_different_years_are_compared_where_they_meet(plan):
    first = save(plan, TREND, "Trenden")
    second = save(plan, "kommune=3446&fra=2021&til=2030", "Gran til 2030")
    third = save(plan, "kommune=3234&fra=2021&til=2024", "Kort")
    told = text_of(plan.get(f"{NEED}/sammenlign?sett={first}&sett={second}"))
    assert "Timer i 2030" in told
    told = text_of(plan.get(f"{NEED}/sammenlign?sett={first}&sett={third}"))
    assert "Settene har ingen år felles" in told


def test_one_set_is_nothing_to_compare(plan):
    pk = save(plan, TREND, "Trenden")
    for query in ("", f"sett={pk}", f"sett={pk}&sett={pk}"):
        assert "Kryss av for fra 2 til 4 sett" in text_of(plan.get(f"{NEED}/sammenlign?{query}", follow=True))
    assert plan.get(f"{NEED}/sammenlign?sett={pk}&sett=999").status_code == 404


def test_what_a_set_used_and_no_longer_exists_is_told(plan):
    pk = save(plan, TREND, "Trenden")
    row = newest(pk)
    choices = {**row.choices, "scenarios": ["trend", "borte"], "values": {"trend.borte.yearly": -0.1}}
    ScenarioSetVersion.objects.create(
        scenario_set_id=pk, revision=2, name="Trenden", choices=choices,
        saved_by_id=row.saved_by_id, saved_at=row.saved_at,
    )  # fmt: skip
    told = text_of(plan.get(f"{SETS}/{pk}", follow=True))
    assert "borte, trend.borte.yearly" in told and "Utviklingen fortsetter" in told


def test_there_is_no_set_that_does_not_exist(plan):
    for place in ("/7", "/7/utgaver", "/7/arkiver", "/7/lagre?sett=7", "/7/utgave/1"):
        assert plan.get(f"{SETS}{place}").status_code == 404
    pk = save(plan, TREND, "Trenden")
    assert plan.get(f"{SETS}/{pk}/utgave/9").status_code == 404
    assert plan.get(f"{NEED}?sett={pk}&utgave=9").status_code == 404


def test_the_list_takes_few_queries_however_many_there_are(plan, django_assert_max_num_queries):
    for number in range(4):
        save(plan, TREND, f"Sett {number}")
    with django_assert_max_num_queries(6):
        plan.get(SETS)
