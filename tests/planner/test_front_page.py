"""The planners' front page: a way into every room there is for the reader, and into no other."""

import re

from trinnvis.planner import rooms
from trinnvis.planner.rooms import Room

FRONT = "/plan/"


def ways_in(answer) -> list[str]:
    """The addresses of the cards, in order."""
    page = answer.content.decode()
    return re.findall(r'planner-room">.*?<a class="ds-link" href="([^"]+)"', page, re.S)


def test_the_front_page_leads_to_need_prices_and_capacity(plan):
    answer = plan.get(FRONT)
    assert answer.status_code == 200
    assert {"/plan/behov", "/plan/priser", "/plan/kapasitet"} <= set(ways_in(answer))
    for address in ways_in(answer):
        assert plan.get(address).status_code == 200


def test_what_lies_ahead_is_told_with_its_figures_and_source(plan):
    page = plan.get(FRONT).content.decode()
    assert "Påstanden er at behovet blir mer enn dobbelt" in page and "Den holder ikke for Lunner" in page
    assert "Ikke SSBs framskriving" in page
    figures = re.findall(r'href="/plan/behov#(figur-[a-z]+)"', page)
    assert len(figures) == 4
    need = plan.get("/plan/behov").content.decode()
    assert all(f'id="{figure}"' in need for figure in figures)


def test_a_room_without_an_address_is_not_shown(plan, monkeypatch):
    missing = Room("Finnes ikke", "planner:nowhere", "Ingenting", "house")
    monkeypatch.setattr(rooms, "ROOMS", (missing, *rooms.ROOMS))
    assert "Finnes ikke" not in plan.get(FRONT).content.decode()


def test_a_room_is_only_for_its_roles(browse, astrid, planke, monkeypatch):
    closed = Room("Lukket rom", "planner:prices", "For planleggere", "house", frozenset({"planner"}))
    monkeypatch.setattr(rooms, "ROOMS", (closed,))
    assert ways_in(browse(planke).get(FRONT)) == ["/plan/priser"]
    assert ways_in(browse(astrid).get(FRONT)) == []


def test_the_menu_on_every_page_marks_the_room_one_is_in(plan):
    page = plan.get("/plan/priser/sammenlign").content.decode()
    marked = re.findall(r'tv-tabs__tab" href="([^"]+)" aria-current="page"', page)
    assert marked == ["/plan/priser"]


def test_the_front_page_is_for_those_who_read_plans(client, browse, sara):
    assert browse(sara).get(FRONT).status_code == 404
    assert client.get(FRONT).status_code == 302


def test_the_front_page_takes_few_queries(plan, django_assert_max_num_queries):
    plan.get(FRONT)
    with django_assert_max_num_queries(7):
        plan.get(FRONT)
