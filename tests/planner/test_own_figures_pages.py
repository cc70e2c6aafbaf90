"""Own figures in the browser: from a file to a forecast that says where its figures come from."""

from __future__ import annotations

import csv
import io
import re

import pytest
from cast import NOW
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from planner.test_need_page import NEED, text_of

from trinnvis.ownfigures import queries
from trinnvis.ownfigures.models import FileDraft, OwnFigures
from trinnvis.ownfigures.rules.kinds import Kind
from trinnvis.simulations.worker import work_off

OWN = "/plan/egne-tall"
HEAD = "År;Tjeneste;Aldersgruppe;Brukere 31.12.\n"
HOME = HEAD + "2025;Hjemmetjenester;0-66;90\n2025;Hjemmetjenester;67-79;60\n2025;Hjemmetjenester;80+;120\n"


def send(client: Client, text: str | bytes, kind: str = "recipients", name: str = "uttrekk.csv"):
    content = text.encode() if isinstance(text, str) else text
    return client.post(f"{OWN}/ta-inn/{kind}", {"file": SimpleUploadedFile(name, content)})


def fields_of(page) -> dict[str, str]:
    """The mapping form as it is filled in."""
    return {
        bound.html_name: str(bound.value() or "")
        for block in page.context["form"].blocks
        for bound in block.fields
        if bound.widget_type != "checkbox" or bound.value()
    }


def take_in(client: Client, text: str, kind: str = "recipients", **changed: str) -> str:
    """Upload, map as suggested, look over; the address of the preview."""
    mapping = send(client, text, kind).url
    answer = client.post(mapping, fields_of(client.get(mapping)) | changed)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def confirm(client: Client, preview: str):
    seen = client.get(preview).context["seen"]
    return client.post(preview, {"seen": seen}, follow=True)


def test_from_a_file_to_the_forecast(plan):
    before = text_of(plan.get(NEED))
    preview = take_in(plan, HOME)
    told = text_of(plan.get(preview))
    assert "Ingenting er tatt inn ennå" in told and "3 av 3 tall er mer enn en tidel" in told
    assert not OwnFigures.objects.exists()
    assert "Tallene er tatt inn, som utgave 1" in text_of(confirm(plan, preview))
    told = text_of(plan.get(NEED))
    assert "kommunens eget uttrekk" not in before and "Brukere etter kommunens eget uttrekk" in told
    assert "hjemmetjenester (2025)" in told and "Egne brukertall: kommunens eget uttrekk" in told


def test_the_source_is_chosen_and_never_changes_by_itself(plan):
    old_link = f"{NEED}?kommune=3234&til=2040&s=trend"
    before = plan.get(f"{NEED}/figur/usikkerhet.csv?kommune=3234&til=2040&s=trend").content
    confirm(plan, take_in(plan, HOME))
    assert plan.get(f"{NEED}/figur/usikkerhet.csv?kommune=3234&til=2040&s=trend").content == before
    assert "kommunens eget uttrekk" not in text_of(plan.get(old_link)).split("Tall for brukere")[0]
    own = plan.get(f"{NEED}/figur/usikkerhet.csv?kommune=3234&til=2040&s=trend&tall=egne-1").content
    assert own != before
    confirm(plan, take_in(plan, HOME.replace("120", "240")))
    assert plan.get(f"{NEED}/figur/usikkerhet.csv?kommune=3234&til=2040&s=trend&tall=egne-1").content == own
    assert "Det finnes en nyere utgave: 2" in text_of(plan.get(f"{old_link}&tall=egne-1"))
    assert "Den utgaven av egne tall finnes ikke" in text_of(plan.get(f"{old_link}&tall=egne-9"))


def test_own_person_years_are_filled_in_where_the_chart_shows_what_there_is(plan):
    text = "År;Enhet;Yrke;Årsverk\n2025;Hjemmetjenesten;Helsefagarbeider;100,25\n2025;Institusjon;;60\n"
    assert "er satt lik behovet det året" in text_of(plan.get(NEED))
    confirm(plan, take_in(plan, text, "staff"))
    page = plan.get(NEED)
    assert 'value="160,2"' in page.content.decode()
    told = text_of(page)
    assert "Egne tall: 160,2 årsverk i 2025" in told
    assert "160,2 årsverk i 2025 etter kommunens eget uttrekk" in told
    link = page.context["query"]
    assert "arsverk=160.2" in link and "etter kommunens eget uttrekk" in text_of(plan.get(f"{NEED}?{link}"))
    typed = text_of(plan.get(f"{NEED}?kommune=3234&til=2040&arsverk=150"))
    assert "er skrevet inn av den som valgte" in typed
    gran = plan.get(f"{NEED}?kommune=Gran&til=2040&arsverk=160,2")
    assert 'value="160,2"' not in gran.content.decode()
    assert "er satt lik behovet det året" in text_of(gran)


def test_a_simulation_rests_on_the_figures_chosen_and_remembers_which(plan, planke):
    order = {"kommune": "3234", "ar": "4", "trekninger": "25"}
    start = "/plan/simulering"
    public = plan.post(start, order).url
    assert "Tall for brukere" not in text_of(plan.get(start))
    confirm(plan, take_in(plan, HOME))
    assert 'value="egne-1" selected' in plan.get(start).content.decode()
    own, again = (plan.post(start, order | {"tall": "egne-1"}).url for _ in range(2))
    assert own == again != public == plan.post(start, order).url
    work_off(lambda: NOW)
    told = text_of(plan.get(own))
    assert "egne tall, utgave 1" in told and "Brukere etter kommunens eget uttrekk" in told
    assert "--figures own" in told and "eget uttrekk" not in text_of(plan.get(public))
    confirm(plan, take_in(plan, HOME.replace("120", "240")))
    number = own.rsplit("/", 1)[1]
    assert 'value="egne-1" selected' in plan.get(f"{start}?fra={number}").content.decode()
    assert plan.post(start, order | {"tall": "egne-1"}).url == own
    wrong = plan.post(start, order | {"tall": "egne-9"})
    assert wrong.status_code == 422 and "Den utgaven av egne tall finnes ikke" in text_of(wrong)


def test_another_municipality_is_computed_with_public_figures(plan):
    confirm(plan, take_in(plan, HOME))
    told = text_of(plan.get(f"{NEED}?kommune=3446&til=2040&tall=egne-1"))
    assert "Behovet framover i Gran" in told and "Brukere etter kommunens eget uttrekk" not in told


def test_rejected_rows_are_told_and_can_be_downloaded(plan):
    preview = take_in(plan, HOME.replace(";60", ";-60").replace(";120", ";mange"))
    page = plan.get(preview)
    told = text_of(page)
    assert "Fila har 2 feil. Ingenting er tatt inn." in told and "Ta inn tallene" not in told
    answer = plan.get(preview.replace("se-over", "feil.csv"))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[:2] for row in rows[1:]] == [["3", "Brukere 31.12."], ["4", "Brukere 31.12."]]
    assert all(row[2] and row[3] for row in rows[1:])
    assert plan.post(preview, {"seen": "0"}).status_code == 422 and not OwnFigures.objects.exists()


def test_words_nobody_knows_are_asked_about(plan):
    mapping = send(plan, HOME.replace("Hjemmetjenester", "Vår egen")).url
    page = plan.get(mapping)
    assert "«Vår egen» (3 rader, først på linje 2)" in text_of(page)
    preview = plan.post(mapping, fields_of(page) | {"v.0": "home_care"}).url
    assert "kan tas inn" in text_of(plan.get(preview))


def test_other_columns_ask_about_their_words_before_the_preview(plan):
    mapping = send(plan, HOME.replace("Tjeneste;", "Noe;")).url
    page = plan.get(mapping)
    answer = plan.post(mapping, fields_of(page) | {"k.service": "Noe"})
    assert answer.url == mapping
    assert "Hjemmetjenester" in text_of(plan.get(mapping))


def test_two_planners_at_once(plan, browse, leif):
    other = browse(leif)
    mine, theirs = take_in(plan, HOME), take_in(other, HOME.replace("120", "110"))
    seen = plan.get(mine).context["seen"]
    confirm(other, theirs)
    answer = plan.post(mine, {"seen": seen})
    assert answer.status_code == 409 and leif.name in text_of(answer)
    assert "som utgave 2" in text_of(confirm(plan, mine))
    assert "alt tatt inn, som utgave 2" in text_of(plan.post(mine, {"seen": "1"}, follow=True))


def test_a_file_with_persons_is_refused_on_its_field(plan):
    answer = send(plan, "Fødselsnummer;År\n1;2025\n")
    assert answer.status_code == 422 and "ingenting fra fila er lagret" in text_of(answer)
    assert not FileDraft.objects.exists()


def test_versions_and_back_to_the_public_figures(plan):
    confirm(plan, take_in(plan, HOME))
    page = plan.get(f"{OWN}/utgaver/recipients")
    assert "SHA-256" in text_of(page)
    answer = plan.post(f"{OWN}/utgaver/recipients", {"to": "0", "seen": "1"}, follow=True)
    assert "Tilbake til de offentlige tallene" in text_of(answer)
    assert queries.own_use("3234") is None and "eget uttrekk" not in text_of(plan.get(NEED))


def test_the_forecast_beside_accounts_and_staff(plan):
    confirm(
        plan,
        take_in(plan, "År;Funksjon;Art;Beløp\n2025;253;010;60000000\n2025;254;010;90000000\n", "accounts"),
    )
    confirm(plan, take_in(plan, "År;Enhet;Årsverk\n2025;Roa;150\n", "staff"))
    told = text_of(plan.get(OWN))
    assert re.search(r"Kalkulatoren ligger [\d,]+\s% (over|under)", told)
    assert "Kommunen har 150,0 årsverk i 2025" in told and "60 000 000 kr" in told.replace("\u00a0", " ")


@pytest.mark.parametrize("kind", [str(kind) for kind in Kind])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_templates_can_be_downloaded(plan, kind, ending):
    answer = plan.get(f"{OWN}/tabell/{kind}.{ending}")
    assert answer.status_code == 200 and answer.content


def test_what_is_taken_in_can_be_downloaded_and_taken_in_again(plan):
    confirm(plan, take_in(plan, HOME.replace(";120", ";:")))
    down = plan.get(f"{OWN}/tabell/recipients.csv").content.decode("utf-8-sig")
    assert "2025;Hjemmetjenester;80+;:;" in down
    confirm(plan, take_in(plan, down))
    first, second = (queries.version("3234", Kind.RECIPIENTS, n).rows for n in (1, 2))
    assert [(row.keys, row.values) for row in first] == [(row.keys, row.values) for row in second]


def test_who_may_enter(plan, browse, astrid, sara, ingrid, leif):
    key = send(plan, HOME).url
    for actor, expected in ((astrid, 404), (sara, 404), (ingrid, 404)):
        assert {browse(actor).get(place).status_code for place in (OWN, key)} == {expected}
    assert browse(leif).get(OWN).status_code == 200 and browse(leif).get(key).status_code == 404
    assert plan.get(f"{OWN}/ta-inn/noe").status_code == 404
    assert Client().get(OWN).status_code == 302


def test_few_queries(plan, django_assert_max_num_queries):
    confirm(plan, take_in(plan, HOME))
    plan.get(NEED)
    for address in (OWN, NEED):
        with django_assert_max_num_queries(16):
            assert plan.get(address).status_code == 200
