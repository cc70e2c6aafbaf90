"""Every page of the citizens' door opens, for whom it should, at a bounded cost."""

import re
from typing import Any

import pytest
from cast import FOLDERS, LONG_AGO, NOW, mandate, policy_in
from django.test import Client
from journey import Players
from portal_stories import SERVICE, browser_of

from trinnvis.access.actor import Actor
from trinnvis.casework.models import Case
from trinnvis.letters.models import Letter
from trinnvis.policy.services import adopt

PUBLIC = (
    "/",
    "/tjenester",
    "/tjenester?q=dusj&trinn=6&i_dag=on",
    f"/tjenester/{SERVICE}",
    "/trappen",
    "/kontakt",
)
CASE_PAGES = {
    "": 24,
    "/vurdering": 26,
    "/mal": 19,
    "/alternativer": 20,
    "/hendelser": 16,
    "/avklaring": 17,
    "/trekk": 15,
}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_open_for_anyone(
    lunner: Any, client: Client, address: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(6):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("folder", ["four_steps", "seven_steps"])
@pytest.mark.django_db
def test_public_pages_take_ladders_of_any_height(client: Client, folder: str) -> None:
    policy = policy_in(FOLDERS / folder)
    adopt(policy=policy, valid_from=LONG_AGO, by="Kommunestyret", now=NOW)
    ladder = client.get("/trappen").content.decode()
    for step in policy.effort_ladder.steps:
        assert f'id="om-trinn-{step.number}"' in ladder
        assert step.citizen_text in ladder
    assert f'id="om-trinn-{len(policy.effort_ladder.steps) + 1}"' not in ladder
    for service in policy.services:
        assert client.get(f"/tjenester/{service.code}").status_code == 200
    assert client.get("/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/tjenester", "/tjenester/x", "/trappen"])
def test_before_a_policy_is_adopted_the_pages_say_so(client: Client, address: str) -> None:
    answer = client.get(address, headers={"accept-language": "nb"})
    assert answer.status_code == 503
    assert "ikke klart ennå" in answer.content.decode()


def test_the_pages_of_a_case_open_at_a_bounded_cost(
    told_case: Case, web: Client, django_assert_max_num_queries: Any
) -> None:
    case = told_case
    for page, most in CASE_PAGES.items():
        with django_assert_max_num_queries(most):
            assert web.get(f"/sak/{case.number}{page}").status_code == 200, page


def test_min_side_and_the_read_log_open_at_a_bounded_cost(
    told_case: Case, players: Players, odd: Actor, django_assert_max_num_queries: Any
) -> None:
    mandate(of=players.citizen, to=odd)
    web = browser_of(odd)
    with django_assert_max_num_queries(20):
        assert web.get("/min-side").status_code == 200
    with django_assert_max_num_queries(11):
        assert web.get(f"/innsynslogg/{players.citizen.person_id}").status_code == 200


def test_a_service_shows_law_price_and_how_certain_it_is_but_never_what_it_costs_the_municipality(
    lunner: Any, client: Client, policy: Any
) -> None:
    service = policy.service(SERVICE)
    html = client.get(f"/tjenester/{SERVICE}").content.decode()
    price = policy.price(service.code, service.unit, NOW.date())
    assert service.description.goal in html
    assert policy.legal_basis(service.legal_bases[0], NOW.date()).substance in html
    assert policy.criteria_tree(service.criteria).questions[0].text in html
    assert price.status in html
    assert str(price.price_year) in html  # never "2 025"
    assert f"{price.nok:.0f}" not in html


def test_a_search_narrows_by_word_step_theme_and_what_needs_no_decision(
    lunner: Any, client: Client, policy: Any
) -> None:
    def titles(query: str) -> set[str]:
        groups = client.get(f"/tjenester?{query}").context["groups"]
        return {service.title for _step, services in groups for service in services}

    assert titles("") == {service.title for service in policy.services}
    assert titles("q=HJEMMESYKEPLEIE") == {policy.service("hjemmesykepleie").title}
    assert titles("trinn=11") == {service.title for service in policy.services_on(11)}
    assert titles("i_dag=on") == {service.title for service in policy.services if service.usable_today}
    assert titles("tema=Frivillighet&q=finnesikke") == set()
    assert titles("trinn=99&tema=Tull&q=%00") is not None  # nonsense is passed over


def test_what_does_not_exist_is_not_found(lunner: Any, web: Client) -> None:
    for address in (
        "/tjenester/finnes-ikke",
        "/kontakt/steg/0",
        "/kontakt/steg/7",
        "/vedtak/2026-1",
        "/kontakt/kvittering/H-1",
    ):
        assert web.get(address).status_code == 404, address


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_pages_open_in_every_language(lunner: Any, client: Client, language: str) -> None:
    client.post("/sprak", {"language": language})
    html = client.get("/").content.decode()
    assert f'<html lang="{language}"' in html


def test_a_decision_is_read_on_screen_and_as_the_very_file_that_was_sent(
    sent_letter: Letter, players: Players
) -> None:
    letter = sent_letter
    web = browser_of(players.citizen)
    number = letter.decision.number
    html = web.get(f"/vedtak/{number}").content.decode()
    assert letter.content["title"] in html
    answer = web.get(f"/vedtak/{number}/pdf")
    assert answer.content == bytes(letter.pdf)
    assert answer["Cache-Control"] == "no-store"
    assert f"vedtak-{number}.pdf" in answer["Content-Disposition"]
    assert number in web.get("/min-side").content.decode()


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("hjemmehjelp", "praktisk-bistand"),
        ("Vaskehjelp", "praktisk-bistand"),
        ("sykehjem", "langtidsplass"),
        ("aldershjem", "langtidsplass"),
        ("omsorgslønn", "omsorgsstonad"),
    ],
)
def test_a_service_is_found_by_what_people_call_it(
    lunner: Any, client: Client, policy: Any, word: str, code: str
) -> None:
    groups = client.get("/tjenester", {"q": word}).context["groups"]
    assert code in {service.code for _step, services in groups for service in services}
    html = client.get(f"/tjenester/{code}").content.decode()
    assert word.lower() in html.split("Kalles også:")[1].split("</p>")[0]


def test_the_ladder_says_where_a_service_is_not_as_its_step(lunner: Any, client: Client) -> None:
    html = client.get("/trappen").content.decode()
    steps = dict(re.findall(r'<article class="tvp-step" id="om-trinn-(\d+)"(.*?)</article>', html, re.DOTALL))

    def said(step: int, service: str) -> str:
        line = steps[str(step)].split("Tjenester på trinnet")[1].split(f"{service}</a>")[1].split("</li>")[0]
        return re.sub(r"<[^>]+>", "", line).strip()

    assert said(3, "Trygghetsalarm") == "(Skriftlig svar)"
    assert said(9, "Kommunal øyeblikkelig hjelp (KØH)") == "(Uten vedtak)"
    assert said(9, "Avlastning i institusjon") == ""
    assert said(4, "Støttekontakt") == "(Med vedtak)"


def test_what_is_not_certain_says_what_that_means(lunner: Any, client: Client) -> None:
    html = client.get(f"/tjenester/{SERVICE}").content.decode()
    assert "Kommunen har ikke" in html
