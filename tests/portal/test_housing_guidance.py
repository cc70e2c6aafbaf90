"""Housing guidance: the personas as life choices by age, and what one can do now. No kroner, no login."""

import re
from html import unescape
from typing import Any

import pytest
from cast import FOLDERS, LONG_AGO, NOW, policy_in
from django.test import Client

from trinnvis.planning.pathways.reading import shipped
from trinnvis.policy.services import adopt

GUIDANCE = "/boligveiledning"


def text_of(answer: Any) -> str:
    body = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_it_is_found_from_the_front_page(lunner: Any, client: Client) -> None:
    assert f'href="{GUIDANCE}"' in client.get("/").content.decode()
    told = text_of(client.get(GUIDANCE))
    for persona in shipped().values():
        assert persona.citizen.question in told


@pytest.mark.parametrize(
    ("stage", "there", "not_there"),
    [
        ("barn", "Ada (4)", "Johs (70)"),
        ("sytti", "Johs (70)", "Ada (4)"),
        ("atti", "Astrid (84)", "Sander (22)"),
    ],
)
def test_one_sees_the_stories_of_ones_own_part_of_life(
    lunner: Any, client: Client, stage: str, there: str, not_there: str
) -> None:
    told = text_of(client.get(GUIDANCE, {"livsfase": stage}))
    assert there in told and not_there not in told


def test_an_unknown_part_of_life_shows_all(lunner: Any, client: Client) -> None:
    assert "Ada (4)" in text_of(client.get(GUIDANCE, {"livsfase": "<script>"}))


def test_johs_is_told_by_age_with_what_one_can_do_now_and_where(
    lunner: Any, client: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(6):
        answer = client.get(f"{GUIDANCE}/johs")
    told = text_of(answer)
    for part in ("Jeg glemmer mer enn før", "70 år: Planen", "80 år: Trygghetspakken",
                 "87 år: Sykehjemmet", "Når planen kommer sent: Ingen plan",
                 "Snakk med noen du stoler på", "Ny bolig"):  # fmt: skip
        assert part in told
    for code in shipped()["johs"].citizen.services:
        assert f'href="/tjenester/{code}"' in answer.content.decode()


def test_there_are_no_kroner_in_it(lunner: Any, client: Client) -> None:
    for place in ("", *(f"/{code}" for code in shipped())):
        told = text_of(client.get(GUIDANCE + place))
        assert not re.search(r"\d\s*kr\b|kroner|\d\s*timer", told), place


def test_there_is_no_story_that_does_not_exist(lunner: Any, client: Client) -> None:
    assert client.get(f"{GUIDANCE}/ingen").status_code == 404


def test_a_municipality_with_fewer_steps_and_other_services_has_it_too(db: None, client: Client) -> None:
    adopt(policy=policy_in(FOLDERS / "four_steps"), valid_from=LONG_AGO, by="Kommunestyret", now=NOW)
    for place in ("", *(f"/{code}" for code in shipped())):
        assert client.get(GUIDANCE + place).status_code == 200
