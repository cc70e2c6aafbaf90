"""Personas for planners: the shelf, every view of the pathways, trying other assumptions, side by side."""

import csv
import io
import re
from html import unescape

import pikepdf
import pytest
from cast import NOW
from python_calamine import CalamineWorkbook

from trinnvis.pricing import queries, services

SHELF = "/plan/forlop"
JOHS = f"{SHELF}/persona/johs"
FIGURES = (
    "forlop", "forlop-to-felt", "forlop-samlet", "forlop-forskjell", "forlop-folsomhet-proactive",
    "forlop-folsomhet-normal", "forlop-folsomhet-reactive", "forlop-betaler", "forlop-trinn", "forlop-liv",
    "forlop-spredning", "forlop-spredning-modell",
)  # fmt: skip


def text_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def rows_of(client, key: str, query: str = "") -> list[list[str]]:
    answer = client.get(f"{JOHS}/figur/{key}.csv?{query}")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_the_shelf_has_every_shipped_persona_and_says_that_they_are_examples(plan):
    told = text_of(plan.get(SHELF))
    for title in ("Ada (4)", "Sander (22)", "Grete (58)", "Johs (70)", "Per (76)", "Astrid (84)"):
        assert title in told
    assert told.count("eksempel") >= 6 and "Ny persona" in told


def test_a_persona_has_every_view_with_finding_table_files_and_source(plan):
    page = plan.get(JOHS).content.decode()
    assert re.findall(r'<figure class="tv-figure tv-chart" id="figur-([^"]+)"', page) == list(FIGURES)
    for key in FIGURES:
        figure = re.search(rf'id="figur-{key}">.*?</figure>', page, re.S)[0]
        assert "tv-chart__finding" in figure and "<table" in figure and "tv-figure__source" in figure
        assert f"/figur/{key}.csv" in figure and f"/figur/{key}.xlsx" in figure


def test_johs_is_told_with_price_year_payers_and_sources(plan):
    told = text_of(plan.get(JOHS))
    for part in (
        "Proaktivt forløp tar", "Prisene er fra 2025", "ikke diskontert", "Pårørendes timer",
        "Lunner kommunes grunnlagsdokument, kapittel 5", "Bokollektivet", "87 år: Sykehjemmet",
        "relativ risiko 1,02",
    ):  # fmt: skip
        assert part in told, part


def test_more_months_in_the_nursing_home_change_every_view(plan):
    before, after = rows_of(plan, "forlop-samlet"), rows_of(plan, "forlop-samlet", "md.proactive=24")
    was, now = (next(row for row in rows if row[:1] == ["87"]) for rows in (before, after))
    assert int(re.sub(r"\D", "", now[1])) > int(re.sub(r"\D", "", was[1])) + 1_500_000
    assert was[2:] == now[2:]
    told = text_of(plan.get(JOHS, {"md.proactive": "24"}))
    assert "Valgt: 24 måneder på heldøgns plass i proaktivt forløp" in told


def test_months_stand_first_in_what_the_answer_hangs_on(plan):
    for kind in ("proactive", "normal", "reactive"):
        rows = rows_of(plan, f"forlop-folsomhet-{kind}")
        first = next(at for at, row in enumerate(rows) if row and row[0] == "Forutsetning") + 1
        assert rows[first][0].startswith("Måneder på heldøgns plass"), rows[: first + 2]


def test_only_what_changes_is_sent_when_the_browser_asks(plan):
    answer = plan.get(JOHS, {"md.proactive": "24", "rente": "4"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "<html" not in page and 'hx-swap-oob="true"' in page and "figur-forlop" in page
    assert "diskontert med 4 prosent" in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"md.proactive": "-3"}, "Tallet må være 0 eller høyere"),
        ({"md.proactive": "lenge"}, "Skriv et tall med sifre"),
        ({"md.proactive": "5000"}, "eller lavere"),
        ({"rente": "50"}, "Tallet må være 20 eller lavere"),
    ],
)
def test_what_cannot_be_tried_is_told_on_its_field_and_kept(plan, typed, told):
    answer = plan.get(JOHS, typed)
    page = answer.content.decode()
    field, value = next(iter(typed.items()))
    assert answer.status_code == 200
    assert told in re.search(rf'id="id_{re.escape(field)}_error".*?</div>', page, re.S)[0]
    assert f'value="{value}"' in page and "Ingenting er regnet ut" in page


def test_the_pack_and_the_workbook_hold_all_figures_with_what_was_tried(plan):
    body = plan.get(f"{JOHS}/saksvedlegg.pdf", {"md.proactive": "24"}).content
    with pikepdf.open(io.BytesIO(body)) as pdf:
        assert pdf.Root.MarkInfo.Marked and len(pdf.pages) >= len(FIGURES)
    book = CalamineWorkbook.from_filelike(io.BytesIO(plan.get(f"{JOHS}/saksvedlegg.xlsx").content))
    assert len(book.sheet_names) == len(FIGURES)
    assert plan.get(f"{JOHS}/saksvedlegg.exe").status_code == 404


def test_prices_are_those_of_the_adopted_list_from_its_first_day(plan, tor, planke, policy):
    before = text_of(plan.get(JOHS))
    assert "Prisene er fra 2025" in before
    book = queries.policy_book(policy, NOW.date())
    dearer = tuple(
        row.model_copy(update={"nok": row.nok * 2, "price_year": 2026, "low": None, "high": None})
        for row in book.rows
    )
    draft = services.create_draft(title="Dobbelt", rows=dearer, made_from="test", actor=planke, now=NOW)
    services.adopt(
        draft.pk,
        valid_from=NOW.date(),
        decision="Sak 1/26",
        expected_revision=draft.revision,
        actor=tor,
        now=NOW,
    )
    after = text_of(plan.get(JOHS))
    assert "Prisene er fra 2026" in after
    first, second = (re.search(r"Proaktivt forløp tar ([\d\s]+) kr", told)[1] for told in (before, after))
    assert int("".join(second.split())) > 1.8 * int("".join(first.split()))


def test_personas_side_by_side(plan):
    address = f"{SHELF}/sammenlign?p=johs&p=astrid&p=ada"
    told = text_of(plan.get(address))
    assert "Forskjellen mellom forløpene er størst for Ada" in told and "per leveår" in told
    table = plan.get(address.replace("sammenlign?", "sammenlign/side-om-side.csv?")).content.decode(
        "utf-8-sig"
    )
    assert table.startswith("Persona;") and "Astrid" in table
    for query in ("", "?p=johs"):
        assert "Kryss av for fra 2 til 6" in text_of(plan.get(f"{SHELF}/sammenlign{query}", follow=True))
    assert plan.get(f"{SHELF}/sammenlign?p=johs&p=ingen").status_code == 404


def test_pages_are_for_those_who_read_plans_and_editing_for_those_who_plan(
    client, browse, sara, ingrid, astrid
):
    for place in (SHELF, JOHS, f"{JOHS}/saksvedlegg.pdf", f"{JOHS}/persona.yaml", f"{SHELF}/ny"):
        assert client.get(place).status_code == 302
        for actor in (sara, ingrid):
            assert browse(actor).get(place).status_code == 404
    reader = browse(astrid)
    assert reader.get(JOHS).status_code == 200 and "Lag en kopi" not in text_of(reader.get(JOHS))
    for place in (f"{SHELF}/ny", f"{SHELF}/fil", f"{JOHS}/om", f"{JOHS}/forlop/normal"):
        assert reader.get(place).status_code == 404


def test_there_is_nothing_behind_a_key_that_does_not_exist(plan):
    for key in (
        "ingen",
        "egen-7",
        "egen-",
        "egen-999999999999",
        "johs/utgave/1",
        "johs/utgaver",
        "egen-1/om",
    ):
        assert plan.get(f"{SHELF}/persona/{key}").status_code == 404
    assert plan.get(f"{JOHS}/figur/ukjent.csv").status_code == 404
    assert plan.get(f"{JOHS}/om").status_code == 404, "what ships is not edited, but copied"


def test_a_persona_takes_few_queries(plan, django_assert_max_num_queries):
    for place, most in ((SHELF, 7), (JOHS, 8)):
        plan.get(place)
        with django_assert_max_num_queries(most):
            plan.get(place)
