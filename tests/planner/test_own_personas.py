"""Own personas: made as a copy or from nothing, archived, taken out as a file and brought in again."""

from io import BytesIO
from uuid import uuid4

import pytest
from own_personas import SHELF, error_on, make, newest, text_of

from trinnvis.personas.documents import as_yaml
from trinnvis.personas.models import OwnPersona, PersonaVersion
from trinnvis.planning.pathways.reading import shipped


def test_a_copy_is_priced_and_seen_by_all_who_read_plans(plan, browse, astrid):
    address = make(plan)
    told = text_of(browse(astrid).get(address))
    assert "Berit (72) bor langt unna" in told and "Proaktivt forløp tar" in told and "Rediger" not in told
    assert "Berit (72)" in text_of(browse(astrid).get(SHELF))
    assert newest(address).document["source"].startswith("Kopi av «Johs (70)")


def test_the_form_sent_twice_makes_one(plan):
    key = uuid4().hex
    assert make(plan, submission=key) == make(plan, submission=key)
    assert OwnPersona.objects.count() == PersonaVersion.objects.count() == 1


def test_an_empty_persona_can_be_written_from_nothing(plan):
    address = make(plan, copy_of="", from_age="40", sex="female", title="Kari (40)")
    assert "Normalt forløp tar 0 kr" in text_of(plan.get(address))
    plan.post(f"{address}/forlop/ny", {"kind": "reactive", "copy_of": "normal"})
    assert [each["kind"] for each in newest(address).document["pathways"]] == ["normal", "reactive"]
    answer = plan.post(f"{SHELF}/ny", {"title": "Uten alder", "name": "U", "submission": uuid4().hex})
    assert answer.status_code == 422 and "Skriv hvor gammel" in error_on(answer, "from_age")


def test_a_name_in_any_script_has_its_pack(plan):
    address = make(plan, title="Олена 😀 خطة 你好 \uf0b7", name="Олена 😀")
    assert plan.get(f"{address}/saksvedlegg.pdf").content.startswith(b"%PDF-")


def test_an_archived_persona_leaves_the_list_and_its_title_is_free(plan):
    address = make(plan)
    assert plan.post(f"{SHELF}/ny", {"copy_of": "johs", "title": "berit (72) bor langt unna", "name": "B",
                                     "submission": uuid4().hex}).status_code == 422  # fmt: skip
    plan.post(f"{address}/arkiver")
    assert "Arkivert" in text_of(plan.get(SHELF))
    make(plan)
    answer = plan.post(f"{address}/arkiver", follow=True)
    assert "En annen persona heter" in text_of(answer)


def test_a_persona_goes_out_as_a_file_and_comes_in_the_same(plan):
    body = plan.get(f"{SHELF}/persona/astrid/persona.yaml").content
    assert body == as_yaml(shipped()["astrid"])
    answer = plan.post(f"{SHELF}/fil", {"file": upload(body), "submission": uuid4().hex})
    assert answer.status_code == 302
    again = plan.get(f"{answer['Location']}/persona.yaml").content
    assert again == body


def upload(body: bytes, name: str = "min.yaml") -> BytesIO:
    file = BytesIO(body)
    file.name = name
    return file


@pytest.mark.parametrize(
    ("change", "line", "told"),
    [
        ((b"service: langtidsplass", b"service: slott"), True, "slott"),
        ((b"from_age: 85", b"from_age: 83"), True, "Episoder kan ikke overlappe"),
        ((b"code: astrid", b"code: [astrid"), True, "ikke gyldig YAML"),
        ((b"name: Astrid", b"navn: Astrid"), True, "Feltet"),
    ],
)
def test_a_file_with_one_fault_brings_in_nothing_and_tells_the_line(plan, change, line, told):
    body = plan.get(f"{SHELF}/persona/astrid/persona.yaml").content.replace(*change)
    answer = plan.post(f"{SHELF}/fil", {"file": upload(body), "submission": uuid4().hex})
    said = text_of(answer)
    assert answer.status_code == 422 and "Ingenting er tatt inn" in said and told in said and "Linje " in said
    assert not OwnPersona.objects.exists()


@pytest.mark.parametrize("body", [b"\x00\xff", b"- bare en liste", b"%PDF-1.7 tull: [", b" "])
def test_what_is_no_persona_file_is_told(plan, body):
    answer = plan.post(f"{SHELF}/fil", {"file": upload(body), "submission": uuid4().hex})
    assert answer.status_code == 422 and not OwnPersona.objects.exists()
