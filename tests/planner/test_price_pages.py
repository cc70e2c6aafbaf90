"""Price lists in the browser: who may see what, the road from draft to adopted list, and what goes wrong."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date

import pytest
from cast import LONG_AGO, NOW, employee
from desking import AtDesk
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook
from small_policy import small_policy

from trinnvis.access.actor import Actor
from trinnvis.policy.models import PolicyVersion
from trinnvis.policy.services import adopt
from trinnvis.pricing import queries, services
from trinnvis.pricing.models import PriceDraft, PriceList

HEAD = "tjeneste;kroner;prisår;kilde;status\r\n"


@dataclass
class AtPlan(AtDesk):
    """Someone logged in at the planners' door."""

    number: str = ""

    def at(self, place: str = "") -> str:
        return f"/plan/priser{place}"


@pytest.fixture
def lunner(db: None) -> PolicyVersion:
    return adopt(policy=small_policy(), valid_from=LONG_AGO, by="Kommunestyret, sak 1/23", now=NOW)


@pytest.fixture
def eva(intake_unit: str) -> Actor:
    return employee("Eva Økonom", "economist", intake_unit)


@pytest.fixture
def draft(eva: Actor, policy) -> PriceDraft:
    rows = queries.policy_book(policy, NOW.date()).rows
    return services.create_draft(title="Priser 2027", rows=rows, made_from="Politikken", actor=eva, now=NOW)


@pytest.fixture
def adopted(draft: PriceDraft, leif: Actor) -> PriceList:
    return services.adopt(
        draft.pk, valid_from=date(2026, 11, 1), decision="KS 12/26", expected_revision=1, actor=leif, now=NOW
    )


def row_place(draft: PriceDraft, service: str = "mat") -> str:
    return f"/utkast/{draft.pk}/pris/{draft.rows.get(service=service).pk}"


def file(text: str, name: str = "priser.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


READ = ["", "/liste/politikk", "/liste/1", "/liste/1.csv", "/sammenlign?fra=politikk&til=1", "/indekser"]
WRITE = [
    "/ny",
    "/utkast/{0}",
    "/utkast/{0}/pris",
    "/utkast/{0}/fil",
    "/utkast/{0}/regn-om",
    "/utkast/{0}/vedta",
]


@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [
        ("eva", 200, 200), ("planke", 200, 200), ("leif", 200, 200), ("politician", 200, 404),
        ("sara", 404, 404), ("unni", 404, 404), ("ingrid", 404, 404), ("nobody", 302, 302),
    ],
)  # fmt: skip
def test_readers_read_and_editors_write_and_for_others_there_is_nothing(
    who, reads, writes, request, client, adopted, intake_unit, eva, policy
):
    rows = queries.policy_book(policy, NOW.date()).rows
    other = services.create_draft(title="2028", rows=rows, made_from="", actor=eva, now=NOW)
    if who == "nobody":
        fetch = lambda place: client.get(f"/plan/priser{place}").status_code  # noqa: E731
    else:
        actor = (
            employee("Pia", "politician", intake_unit)
            if who == "politician"
            else request.getfixturevalue(who)
        )
        fetch = lambda place: AtPlan(actor).open(place).status  # noqa: E731
    assert {place: fetch(place) for place in READ} == dict.fromkeys(READ, reads)
    assert {place: fetch(place.format(other.pk)) for place in WRITE} == dict.fromkeys(WRITE, writes)
    hidden = (f"/liste/utkast-{other.pk}.csv", f"/sammenlign/rader.csv?fra=politikk&til=utkast-{other.pk}")
    assert {fetch(place) for place in hidden} == {writes}


def test_what_does_not_exist_is_not_found(eva, draft):
    at = AtPlan(eva)
    missing = [
        "/liste/99",
        "/liste/xyz",
        "/liste/utkast-99",
        "/liste/politikk.pdf",
        "/utkast/99",
        "/utkast/99/vedta",
    ]
    missing += [
        f"/utkast/{draft.pk}/pris/99",
        "/sammenlign/rader.csv",
        "/sammenlign/annet.csv?fra=politikk&til=politikk",
    ]
    assert {place: at.open(place).status for place in missing} == dict.fromkeys(missing, 404)


def test_a_draft_is_made_from_a_list_and_a_price_is_changed(eva, lunner):
    at = AtPlan(eva).open("/ny").press("Lag utkastet", title="Priser 2027", made_from="politikk")
    draft = PriceDraft.objects.get()
    assert "Ny prisliste" not in at.text
    assert "Uten pris" in at.text  # uten-pris has none, and is named
    at.open(row_place(draft)).press("Lagre prisen", nok="150", price_year="2027", source="Regnskap 2026")
    assert "Prisen er lagret" in at.text
    row = queries.row_of(draft.rows.get(service="mat"))
    assert (row.nok, row.source, row.hours) == (150, "Regnskap 2026", {})


def test_a_price_without_source_is_refused_on_the_field_and_keeps_what_was_typed(eva, draft):
    at = AtPlan(eva).open(row_place(draft)).press("Lagre prisen", nok="x150", source="")
    assert at.status == 422
    assert "ingen pris tas inn uten kilde" in at.text
    assert 'value="x150"' in at.text
    assert queries.row_of(draft.rows.get(service="mat")).nok == 120


def test_a_service_without_a_price_gets_one(eva, draft):
    at = AtPlan(eva).open(f"/utkast/{draft.pk}/pris?tjeneste=uten-pris")
    at.press(
        "Lagre prisen",
        nok="500",
        hours="sykepleier 1,2",
        price_year="2026",
        source="Anslag",
        status="eksempel",
    )
    assert queries.row_of(draft.rows.get(service="uten-pris")).per == "hour"
    again = at.open(f"/utkast/{draft.pk}/pris").press(
        "Lagre prisen", service="uten-pris", nok="1", price_year="2026", source="x"
    )
    assert again.status == 422
    assert "la inn en pris på tjenesten" in again.text


def test_the_second_who_saves_is_told_keeps_what_they_wrote_and_may_save_knowingly(eva, planke, draft):
    first, second = AtPlan(eva).open(row_place(draft)), AtPlan(planke).open(row_place(draft))
    first.press("Lagre prisen", nok="150")
    second.press("Lagre prisen", nok="160")
    assert second.status == 422
    assert "Eva Økonom lagret denne prisen" in second.text
    assert "150" in second.text
    assert 'value="160"' in second.text
    assert queries.row_of(draft.rows.get(service="mat")).nok == 150
    second.press("Lagre prisen")
    assert queries.row_of(draft.rows.get(service="mat")).nok == 160


def test_a_price_is_taken_out_unless_somebody_changed_it(eva, planke, draft):
    at = AtPlan(eva).open(row_place(draft) + "/fjern")
    AtPlan(planke).open(row_place(draft)).press("Lagre prisen", nok="150")
    at.press("Ta ut prisen")
    assert "Planke Planlegger lagret denne prisen" in at.text
    at.open(row_place(draft) + "/fjern").press("Ta ut prisen")
    assert not draft.rows.filter(service="mat").exists()


def test_a_file_is_looked_over_before_it_is_taken_in(eva, draft):
    at = AtPlan(eva).open(f"/utkast/{draft.pk}/fil")
    at.press(
        "Se over fila", file=file(f"{HEAD}mat;150;2027;Regnskap;vedtatt\r\nalarm;310;2026;Test;eksempel\r\n")
    )
    assert "Ingenting er tatt inn ennå" in at.text
    assert "Tas ut" in at.text
    assert draft.rows.count() == 9
    at.press("Ta inn")
    assert draft.rows.count() == 2
    assert "2 priser er tatt inn" in at.text


def test_a_faulty_file_is_reported_line_by_line_and_nothing_is_taken_in(eva, draft):
    at = AtPlan(eva).open(f"/utkast/{draft.pk}/fil")
    at.press("Se over fila", file=file(f"{HEAD}mat;150;2027;;vedtatt\r\nfotpleie;x;2026;Test;eksempel\r\n"))
    assert at.status == 422
    for said in ("Fila har 3 feil", "ingen pris tas inn uten kilde", "fotpleie", "<td>2</td>", "<td>3</td>"):
        assert said in at.text
    assert "Ta inn</button>" not in at.text
    at.open(f"/utkast/{draft.pk}/fil").press("Se over fila", file=file("hei"))
    assert "mangler kolonneoverskriftene" in at.text
    at.open(f"/utkast/{draft.pk}/fil").press("Se over fila")
    assert at.status == 422


def test_a_preview_is_only_for_its_own_draft_and_state(eva, planke, draft):
    at = AtPlan(eva).open(f"/utkast/{draft.pk}/fil")
    at.press("Se over fila", file=file(f"{HEAD}mat;150;2027;Regnskap;vedtatt\r\n"))
    AtPlan(planke).open(row_place(draft, "alarm")).press("Lagre prisen", nok="1")
    sealed = at.form_with("Ta inn").fields["sealed"]
    at.press("Ta inn")
    assert "etter at du så over fila" in at.text
    for broken in (sealed[:-2], "x"):
        assert "for gammel" in at.open(f"/utkast/{draft.pk}/fil").press("Se over fila", sealed=broken).text
    assert draft.rows.count() == 9


def test_a_list_taken_home_can_be_taken_in_again(eva, draft):
    for ending in ("csv", "xlsx"):
        at = AtPlan(eva).open(f"/liste/utkast-{draft.pk}.{ending}")
        assert f'filename="prisliste-utkast-{draft.pk}.{ending}"' in at.response["Content-Disposition"]
        content = at.response.content
        at.open(f"/utkast/{draft.pk}/fil").press(
            "Se over fila", file=SimpleUploadedFile(f"p.{ending}", content)
        )
        assert "9 priser er like dem" in at.text


def test_an_index_is_taken_in_and_prices_are_converted(eva, draft):
    at = AtPlan(eva).open(f"/utkast/{draft.pk}/regn-om")
    assert "Ingen indeks er hentet inn" in at.text
    at.open("/indekser").press(
        "Hent inn", title="Deflator", source="Test", file=file("år;vekst\r\n2027;3,5\r\n")
    )
    assert "Indeksen er tatt inn" in at.text
    at.open(f"/utkast/{draft.pk}/regn-om").press("Regn om alle radene", index="deflator", to_year="2030")
    assert "har ikke tall for 2030" in at.text
    at.press("Regn om alle radene", index="deflator", to_year="2027")
    assert "9 priser er regnet om" in at.text
    at.open("/sammenlign?fra=politikk&til=" + f"utkast-{draft.pk}&indeks=deflator")
    assert "0 rader er forskjellige" in at.text
    assert "faktor 1,0350" in at.text
    bad = at.open("/indekser").press("Hent inn", title="D", source="T", file=file("år;vekst\r\n2027;x\r\n"))
    assert bad.status == 422
    assert "Fila har 1 feil" in bad.text


def test_another_than_the_last_editor_adopts(eva, leif, draft):
    at = AtPlan(eva).open(f"/utkast/{draft.pk}/vedta")
    assert "En annen må vedta" in at.text
    at = AtPlan(leif).open(f"/utkast/{draft.pk}/vedta")
    at.press("Vedta prislisten", valid_from="1.1.2027", decision="")
    assert at.status == 422
    at.press("Vedta prislisten", valid_from="1.1.2027", decision="Kommunestyret, sak 12/26")
    assert "Prisliste 1 er vedtatt" in at.text
    assert "En vedtatt liste endres aldri" in at.text
    assert "Vedtatt som prisliste 1" in at.open(f"/utkast/{draft.pk}").text
    assert "endres aldri" in at.open(row_place(draft)).press("Lagre prisen", nok="1").text


def test_a_draft_that_changed_after_it_was_read_is_not_adopted(eva, leif, draft):
    at = AtPlan(leif).open(f"/utkast/{draft.pk}/vedta")
    AtPlan(eva).open(row_place(draft)).press("Lagre prisen", nok="150")
    at.press("Vedta prislisten", valid_from="1.1.2027", decision="KS")
    assert "Les det på nytt" in at.text
    assert not PriceList.objects.exists()


def test_a_draft_is_discarded_after_a_question(eva, draft):
    at = AtPlan(eva).open(f"/utkast/{draft.pk}/forkast").press("Forkast utkastet")
    draft.refresh_from_db()
    assert draft.state == "discarded"
    assert "er forkastet" in at.text


def test_the_files_of_a_comparison_hold_its_rows(eva, draft):
    AtPlan(eva).open(row_place(draft)).press("Lagre prisen", nok="150")
    query = f"?fra=politikk&til=utkast-{draft.pk}&indeks="
    text = AtPlan(eva).open(f"/sammenlign/rader.csv{query}").response.content.decode("utf-8-sig")
    assert "Mat;porsjoner i uken;120;150;30;25,0;2026;2026;endret" in text
    content = AtPlan(eva).open(f"/sammenlign/rader.xlsx{query}").response.content
    cells = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert ["Mat", "porsjoner i uken", 120.0, 150.0, 30.0, 25.0] in [row[:6] for row in cells]


@pytest.mark.parametrize(
    ("place", "most"), [("", 9), ("/liste/1", 8), ("/sammenlign?fra=politikk&til=1", 12)]
)
def test_pages_ask_the_database_little(place, most, eva, adopted, django_assert_max_num_queries):
    at = AtPlan(eva)
    at.open(place)
    with django_assert_max_num_queries(most):
        assert at.open(place).status == 200


def test_a_drafts_page_asks_no_more_for_more_rows(eva, draft, django_assert_max_num_queries):
    at = AtPlan(eva).open(f"/utkast/{draft.pk}")
    with django_assert_max_num_queries(9):
        at.open(f"/utkast/{draft.pk}")


def test_a_price_year_is_written_as_a_year(eva, adopted):
    page = AtPlan(eva).open("/liste/1").response.content.decode()
    years = {str(row.price_year) for row in queries.book_of(adopted).rows}
    assert years and all(f"<td>{year}</td>" in page for year in years)
