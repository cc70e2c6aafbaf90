"""The result of a simulation in the browser: every view of it, what can be taken along, and who may."""

import io
import json
import re
from html import unescape
from zipfile import ZipFile

import pikepdf
import pytest
from cast import NOW, employee
from simulating import TYPED, ask, finished_run

from trinnvis.policy.queries import policy_of
from trinnvis.simulations.models import SimulationRun
from trinnvis.simulations.services.requests import stop_run

START = "/plan/simulering"


def text_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


@pytest.fixture(scope="module")
def finished(lunners_policy) -> str:
    """Simulated once for the file."""
    unit = policy_of(lunners_policy.pk).municipality.intake_unit
    return f"{START}/{finished_run(employee('Petra Planlegger', 'planner', unit)).pk}"


@pytest.fixture
def address(finished, db) -> str:
    return finished


def test_every_figure_has_finding_table_files_and_source(plan, address):
    page = plan.get(address).content.decode()
    keys = re.findall(r'<figure class="tv-figure tv-chart" id="figur-([\w-]+)">', page)
    assert keys == [
        "endring-brukere", "endring-over-tid-brukere", "usikkerhet-i-endringen",
        *(f"brukere-trinn-{step}" for step in (6, 7, 9, 10, 11)),
        "usikkerhet", "flytting", "tid-pa-trinn", "plasser-trinn-11", "ko-trinn-11", "ventetid",
    ]  # fmt: skip
    for key in keys:
        figure = re.search(rf'id="figur-{key}">.*?</figure>', page, re.S)[0]
        assert "tv-chart__finding" in figure and "<table" in figure and "tv-figure__source" in figure
        assert f"/figur/{key}.csv?scenario=housing-led" in figure and f"/figur/{key}.xlsx?" in figure
    for file in ("endring-brukere.csv", "kroner-trinn-11.csv", "flytting.xlsx", "ventetid.xlsx"):
        answer = plan.get(f"{address}/figur/{file}?scenario=housing-led")
        assert answer.status_code == 200 and answer.content


@pytest.mark.parametrize("slug", ["timer", "arsverk", "kroner"])
def test_the_same_in_other_measures(plan, address, slug):
    page = plan.get(f"{address}?mal={slug}&scenario=housing-led").content.decode()
    assert f'id="figur-{slug}-trinn-11"' in page and f'id="figur-endring-{slug}"' in page
    assert "bruken per bruker" in page


def test_as_today_has_nothing_to_be_compared_with(plan, address):
    told = text_of(plan.get(f"{address}?scenario=as-today"))
    assert "Forskjell fra" not in told and "som i dag, mot" in told


def test_the_parts_of_uncertainty_are_a_whole(plan, address):
    for key in ("usikkerhet", "usikkerhet-i-endringen"):
        rows = plan.get(f"{address}/figur/{key}.csv").content.decode("utf-8-sig").splitlines()[1:]
        for row in rows:
            parts = [float(cell.replace(",", ".")) for cell in row.split(";")[1:]]
            assert sum(parts) == pytest.approx(100, abs=0.3)


def test_the_pack_for_the_council_and_every_number(plan, address):
    with pikepdf.open(io.BytesIO(plan.get(f"{address}/saksvedlegg.pdf").content)) as pdf:
        assert (
            "/StructTreeRoot" in pdf.Root
            and pdf.docinfo["/Title"] == "Simulering av trappa: Hurdal 2025–2031"
        )
        assert len(pdf.pages) <= 12  # a meeting reads it
    names = ZipFile(io.BytesIO(plan.get(f"{address}/saksvedlegg.xlsx").content)).namelist()
    assert sum("worksheets/sheet" in name for name in names) > 25
    held = json.loads(plan.get(f"{address}/alle-tall.json").content)
    assert held["simulation"]["digest"] and set(held["use"]["as-today"]) == {"hours", "person_years", "nok"}


def test_a_politician_reads_and_changes_nothing(browse, astrid, planke, address):
    client = browse(astrid)
    told = text_of(client.get(START))
    assert "Siste svar" in told and "Simuler Nullstill" not in told
    assert "Endre og kjør på nytt" not in text_of(client.get(address))
    assert client.get(f"{address}/saksvedlegg.pdf").status_code == 200
    waits = ask(planke, seed=2)
    assert "Stopp" not in text_of(client.get(f"{START}/{waits.pk}"))
    for url in (START, f"{START}/{waits.pk}/stopp", f"{START}/{waits.pk}/fortsett"):
        assert client.post(url, TYPED).status_code == 404


def test_for_others_there_is_nothing(browse, sara, ingrid, fremmed, unni, address):
    for actor in (sara, ingrid, fremmed, unni):
        client = browse(actor)
        for url in (START, address, f"{address}/alle-tall.json", f"{address}/saksvedlegg.pdf",
                    f"{address}/figur/flytting.csv"):  # fmt: skip
            assert client.get(url).status_code == 404
        assert client.post(START, TYPED).status_code == 404
    assert SimulationRun.objects.count() == 1


def test_who_is_not_logged_in_is_asked_to(client, address):
    assert client.get(address).status_code == 302


def test_addresses_that_lead_nowhere(plan, address, planke):
    waits = ask(planke, seed=2)
    for url in (
        f"{START}/99999", f"{address}?scenario=finnes-ikke", f"{address}?mal=epler", f"{START}?fra=99999",
        f"{address}/figur/finnes-ikke.csv", f"{address}/figur/flytting.pdf", f"{address}/saksvedlegg.doc",
        f"{START}/{waits.pk}/alle-tall.json", f"{START}/{waits.pk}/saksvedlegg.pdf",
    ):  # fmt: skip
        assert plan.get(url).status_code == 404, url
    stop_run(waits.pk, actor=planke, now=NOW)


def test_pages_ask_the_database_little_however_many_runs(
    plan, planke, address, django_assert_max_num_queries
):
    for seed in range(2, 30):
        ask(planke, seed=seed)
    for url, most in (
        (START, 16),
        (f"{START}?side=2", 16),
        (address, 12),
        (f"{START}/{SimulationRun.objects.last().pk}", 12),
    ):
        with django_assert_max_num_queries(most):
            assert plan.get(url).status_code == 200
