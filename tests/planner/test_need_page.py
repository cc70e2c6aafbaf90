"""Need ahead: choose a municipality, see the claim, change assumptions, take the figures along."""

import csv
import io
import re
from html import unescape
from zipfile import ZipFile

import pikepdf
import pytest
from cast import FOLDERS, NOW, policy_in
from python_calamine import CalamineWorkbook

from trinnvis.policy.services import adopt

NEED = "/plan/behov"
TREND = "f.trend.hjemmetjenester-80.yearly"
FIGURES = (
    "usikkerhet", "befolkning", "behov-per-trinn", "fossefall", "arsverk",
    "plasser-trinn-9", "plasser-trinn-10", "plasser-trinn-11", "kroner",
)  # fmt: skip


def text_of(answer) -> str:
    """What the page says, without marks and double spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def errors_on(answer, field: str) -> str:
    """The message beside a field."""
    found = re.search(rf'id="id_{re.escape(field)}_error".*?</div>', answer.content.decode(), re.S)
    return unescape(re.sub(r"<[^>]+>", " ", found[0])) if found else ""


def rows_of(client, key: str, query: str) -> list[list[str]]:
    answer = client.get(f"{NEED}/figur/{key}.csv?{query}")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_the_claim_is_computed_for_the_own_municipality_with_sources(plan):
    told = text_of(plan.get(NEED))
    assert "Behovet framover i Lunner" in told
    assert "Påstanden er at behovet blir mer enn dobbelt så høyt i 2040" in told
    assert "Den holder ikke for Lunner regnet fra 2025" in told
    assert "Lunner kommunes grunnlagsdokument" in told
    assert "Ikke SSBs framskriving" in told


def test_every_figure_has_finding_table_files_and_source(plan):
    page = plan.get(NEED).content.decode()
    for key in FIGURES:
        figure = re.search(rf'id="figur-{key}">.*?</figure>', page, re.S)[0]
        assert "tv-chart__finding" in figure and "<table" in figure and "tv-figure__source" in figure
        assert f"/figur/{key}.csv?" in figure and f"/figur/{key}.xlsx?" in figure


def test_another_municipality_by_name_or_number(plan):
    assert "Behovet framover i Gran" in text_of(plan.get(NEED, {"kommune": "Gran"}))
    other = text_of(plan.get(NEED, {"kommune": "0301 Oslo - Oslove"}))
    assert "Behovet framover i Oslo" in other and "ingen egne brukertall for Oslo" in other
    assert "Hvor mange som er bygd, er ikke kjent" in other


def test_a_changed_assumption_changes_the_figures_and_stands_in_the_sources(plan):
    usual = rows_of(plan, "usikkerhet", "kommune=3234&s=trend")
    changed = rows_of(plan, "usikkerhet", f"kommune=3234&s=trend&{TREND}=-1")
    number = {year: float(value) for year, value, *_ in usual[1:]}
    other = {year: float(value) for year, value, *_ in changed[1:]}
    assert other["2025"] == number["2025"] and other["2040"] > number["2040"]
    told = text_of(plan.get(NEED, {"kommune": "3234", "s": "trend", TREND: "-1"}))
    assert "Valgt av den som regnet, i stedet for −0,03 andel per år" in told and "(−1 prosent per år" in told


def test_several_scenarios_are_shown_each_and_together(plan):
    header = rows_of(plan, "usikkerhet", "kommune=3234&s=trend&s=dreining")[0]
    assert header[1:5] == [
        "Alle valgene samlet", "Som i dag", "Utviklingen fortsetter", "Dreining nedover trappa",
    ]  # fmt: skip
    names = [row[0] for row in rows_of(plan, "fossefall", "kommune=3234&s=trend&s=dreining")]
    assert "Befolkning" in names and "Samspill" in names


@pytest.mark.parametrize("scenarios", [1, 2, 6])
def test_the_waterfall_adds_up(plan, scenarios):
    chosen = ["trend", "dreining", "housing", "standard", "family-care", "healthy-ageing"][:scenarios]
    query = "&".join(["kommune=3234", *(f"s={name}" for name in chosen)])
    _head, *rows = rows_of(plan, "fossefall", query)
    start, *bars, end = (float(row[1]) for row in rows)
    assert start + sum(bars) == pytest.approx(end, abs=len(rows))
    assert len(rows) <= 10


def test_built_places_and_staff_may_be_typed(plan):
    assert "er kjent som bygd, er 32" in text_of(plan.get(NEED))
    query = "kommune=3234&p.11=90&arsverk=160"
    assert {row[3] for row in rows_of(plan, "plasser-trinn-11", query)[1:]} == {"90"}
    told = text_of(plan.get(f"{NEED}?{query}"))
    assert "er skrevet inn av den som valgte" in told and "44 sykepleierårsverk" in told


def test_only_what_changes_is_sent_when_a_slider_moves(plan):
    answer = plan.get(NEED, {"kommune": "3234", "s": "trend", TREND: "-2"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "<html" not in page and 'id="valg"' not in page
    assert 'id="pastand"' in page and 'id="figur-kroner"' in page and "Figurene er regnet på nytt" in page


def test_a_mistake_replaces_the_form_too_and_so_does_what_follows(plan):
    wrong = {"kommune": "3054"}
    answer = plan.get(NEED, wrong, headers={"HX-Request": "true"})
    assert answer["HX-Retarget"] == "#behov" and 'name="feil"' in answer.content.decode()
    answer = plan.get(NEED, {"kommune": "3234", "feil": "1"}, headers={"HX-Request": "true"})
    assert answer["HX-Retarget"] == "#behov" and 'name="feil"' not in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "field", "told"),
    [
        ({"kommune": "3054"}, "kommune", "I dag: 3234 Lunner"),
        ({"kommune": "0533"}, "kommune", "3234 Lunner"),
        ({"kommune": "9999"}, "kommune", "ingen kommune med nummer 9999"),
        ({"kommune": "Lunnner"}, "kommune", "Mente du 3234 Lunner"),
        ({"kommune": "3234", "fra": "2010"}, "fra", "2010 kan ikke være grunnår"),
        ({"kommune": "3234", "fra": "1990"}, "fra", "Velg et av årene"),
        ({"kommune": "3234", "fra": "i fjor"}, "fra", "fire sifre"),
        ({"kommune": "3234", "til": "2024"}, "til", "Velg et år fra 2026"),
        ({"kommune": "3234", "til": "2200"}, "til", "til 2059"),
        ({"kommune": "3234", "s": "dreining", "f.dreining.institusjon-til-bolig.share": "150"},
         "f.dreining.institusjon-til-bolig.share", "må være 100 prosent eller lavere"),
        ({"kommune": "3234", "s": "trend", "f.trend.institusjon-80.yearly": "-60"},
         "f.trend.institusjon-80.yearly", "må være −50 prosent eller høyere"),
        ({"kommune": "3234", "s": "trend", "f.trend.institusjon-80.yearly": "mye"},
         "f.trend.institusjon-80.yearly", "Skriv et tall"),
        ({"kommune": "3234", "s": "trend", TREND: "49"}, TREND, "Flere enn alle kan ikke være brukere"),
        ({"kommune": "3234", "s": "family-care", "f.family-care.familieomsorg.change": "200"},
         "f.family-care.familieomsorg.change", "mer enn all hjelpen"),
        ({"kommune": "3234", "g.work_year": "-1"}, "g.work_year", "må være 500 timer eller høyere"),
        ({"kommune": "3234", "p.11": "-3"}, "p.11", "0 eller høyere"),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_on_its_field_and_nothing_is_computed(plan, query, field, told):
    answer = plan.get(NEED, query)
    assert answer.status_code == 200
    assert told in errors_on(answer, field)
    page = answer.content.decode()
    assert f'href="#id_{field}"' in page and "<figure" not in page
    assert plan.get(f"{NEED}/saksvedlegg.pdf", query).status_code == 404


def test_a_mistake_in_a_scenario_nobody_chose_hinders_nothing(plan):
    answer = plan.get(NEED, {"kommune": "3234", TREND: "-900"})
    assert "<figure" in answer.content.decode()


def test_the_pack_is_a_tagged_pdf_with_findings_and_sources(plan):
    answer = plan.get(f"{NEED}/saksvedlegg.pdf", {"kommune": "3234", "s": "trend"})
    assert "behov-3234-saksvedlegg.pdf" in answer["Content-Disposition"]
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked and pdf.Root.Lang == "nb"
        assert "Lunner" in str(pdf.docinfo["/Title"])
        assert len(pdf.pages) >= len(FIGURES)


def test_the_pack_is_a_workbook_with_charts(plan):
    answer = plan.get(f"{NEED}/saksvedlegg.xlsx", {"kommune": "3234", "s": "trend"})
    parts = ZipFile(io.BytesIO(answer.content)).namelist()
    assert sum(part.startswith("xl/charts/chart") for part in parts) == len(FIGURES)
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert len(book.sheet_names) == len(FIGURES)


def test_all_numbers_with_charts_and_sources(plan):
    answer = plan.get(f"{NEED}/alle-tall.xlsx", {"kommune": "3234", "s": "trend"})
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert {"Påstanden", "Alle tall", "Kilder"} <= set(book.sheet_names)
    assert any(name.startswith("xl/charts/") for name in ZipFile(io.BytesIO(answer.content)).namelist())


def test_there_is_no_other_figure_or_file(plan):
    for place in ("figur/nei.csv", "figur/kroner.pdf", "saksvedlegg.doc"):
        assert plan.get(f"{NEED}/{place}").status_code == 404


@pytest.mark.parametrize("person", ["ingrid", "sara", "unni", "fremmed"])
@pytest.mark.parametrize(
    "place", ["", "/sett", "/sammenlign?sett=1&sett=2", "/figur/kroner.csv", "/saksvedlegg.pdf", "/sett/nytt"]
)
def test_for_those_who_read_no_plans_the_pages_do_not_exist(browse, request, person, place):
    client = browse(request.getfixturevalue(person))
    assert client.get(f"{NEED}{place}").status_code == 404


@pytest.mark.parametrize("person", ["planke", "leif", "tor", "astrid"])
def test_those_who_read_plans_find_it_in_their_menu(browse, request, person):
    page = browse(request.getfixturevalue(person)).get(NEED)
    assert page.status_code == 200 and 'href="/plan/behov"' in page.content.decode()


def test_nobody_logged_in_is_asked_to(client, lunner):
    answer = client.get(f"{NEED}?kommune=3446")
    assert answer.status_code == 302 and "next=%2Fplan%2Fbehov%3Fkommune%3D3446" in answer["Location"]


def test_a_planner_comes_here_first_and_a_case_worker_to_the_worklist(browse, planke, sara, astrid):
    assert browse(planke).get("/skranke/")["Location"] == "/plan/"
    assert browse(sara).get("/skranke/")["Location"] == "/skranke/oppgaver"
    assert browse(astrid).get("/skranke/")["Location"] == "/plan/"


def test_a_browser_that_draws_is_given_what_to_draw_and_others_the_picture(plan):
    asked = {"kommune": "3234", "s": "trend", TREND: "-2"}
    whole, told, own = (
        plan.get(NEED, asked, headers=headers).content.decode()
        for headers in ({}, {"HX-Request": "true"}, {"HX-Request": "true", "Trinnvis-Draws": "browser"})
    )
    assert all("<path" in answer for answer in (whole, told)) and "<path" not in own
    for answer in (whole, told, own):
        assert answer.count('role="img"') >= len(FIGURES) and '"option"' in answer and "<table" in answer


def test_the_page_takes_few_queries(plan, django_assert_max_num_queries):
    plan.get(NEED)
    with django_assert_max_num_queries(7):
        plan.get(NEED, {"kommune": "3234", "s": "trend", TREND: "-2"}, headers={"HX-Request": "true"})


def test_own_scenarios_in_the_data_folder_can_be_chosen(plan, settings, tmp_path):
    settings.DATA = tmp_path
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "eget.yaml").write_text(
        "name: eget\ntitle: Vår egen plan\ndescription: Til prøve\n", encoding="utf-8"
    )
    assert "Vår egen plan" in text_of(plan.get(NEED, {"kommune": "3234", "s": "eget"}))


def test_a_municipality_outside_the_figures_is_told_so(plan):
    """Fjordvik is made up: it cannot be computed, but others can be chosen."""
    adopt(policy=policy_in(FOLDERS / "four_steps"), valid_from=NOW.date(), by="Kommunestyret", now=NOW)
    assert "ingen kommune med nummer 9901" in errors_on(plan.get(NEED), "kommune")
    told = text_of(plan.get(NEED, {"kommune": "3234"}))
    assert "Behovet framover i Lunner" in told and "11. Institusjon" not in told


@pytest.mark.parametrize(
    "query", ["s=trend&s=eventyr", "f.trend.eventyr.yearly=1", "g.eventyr.nok=1", "p.12=8", "s=trend&s="]
)
def test_a_link_naming_what_is_not_here_is_not_computed_without_it(plan, query):
    told = text_of(plan.get(f"{NEED}?kommune=3234&{query}"))
    assert "Adressen nevner noe som ikke finnes her" in told
    assert "Holder påstanden?" not in told
