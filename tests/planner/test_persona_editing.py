"""Own personas edited row by row without JavaScript, kept in versions, lost to nobody."""

import re
from decimal import Decimal
from html import unescape

import pytest
from cast import account_of, employee
from django.http import QueryDict
from django.test import Client
from own_personas import SHELF, error_on, make, newest, text_of

from trinnvis.personas.models import PersonaVersion
from trinnvis.policy.queries import policy_of


def fields_of(answer) -> dict[str, str]:
    """What the editor's form would send if nothing more were typed."""
    page = answer.content.decode().partition("planner-editor")[2].partition("</form>")[0]
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        part = dict(re.findall(r'([a-z_-]+)="([^"]*)"', tag))
        is_box = part.get("type") == "checkbox"
        if part.get("name", "csrf") in ("csrf", "csrfmiddlewaretoken", "form_owner") or (
            is_box and " checked" not in tag
        ):
            continue
        found[part["name"]] = unescape(part.get("value", "on" if is_box else ""))
    for name, body in re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', page, re.S):
        found[name] = unescape(body).removeprefix("\n")
    for name, body in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)"[^>]* selected', body)
        found[name] = unescape(chosen[1]) if chosen else unescape(re.search(r'value="([^"]*)"', body)[1])
    return found


def editor(client, address: str, kind: str = "proactive") -> tuple[str, dict[str, str]]:
    place = f"{address}/forlop/{kind}"
    answer = client.get(place)
    assert answer.status_code == 200
    return place, fields_of(answer)


def pathway_of(address: str, kind: str = "proactive") -> dict:
    return next(each for each in newest(address).document["pathways"] if each["kind"] == kind)


@pytest.fixture(scope="module")
def berit(lunners_policy) -> str:
    """A copy of Johs, made once for the file; its address."""
    client, unit = Client(), policy_of(lunners_policy.pk).municipality.intake_unit
    client.force_login(account_of(employee("Petra Planlegger", "planner", unit)))
    return make(client)


@pytest.fixture
def address(berit, db) -> str:
    return berit


def test_saving_what_is_unchanged_makes_no_version(plan, address):
    place, typed = editor(plan, address, "reactive")
    assert plan.post(place, typed).status_code == 302
    assert newest(address).revision == 1


def test_a_changed_amount_is_a_new_version_and_changes_what_it_takes(plan, address):
    before = text_of(plan.get(address))
    place, typed = editor(plan, address)
    assert typed["e1-l0-amount"] == "3" and typed["e3-months"] == "7" and typed["p-to_age"] == "87,583333"
    assert plan.post(place, {**typed, "e1-l0-amount": "4,5"}).status_code == 302
    assert pathway_of(address)["episodes"][1]["lines"][0]["amount"] == "4.5"
    assert newest(address).revision == 2 and text_of(plan.get(address)) != before
    assert "Episode 2, tjeneste 1: mengde 4,5 3" in text_of(plan.get(f"{address}/utgaver"))
    assert "Dette er utgave 1" in text_of(plan.get(f"{address}/utgave/1"))


def test_rows_are_added_moved_and_taken_out_without_saving_anything(plan, address):
    place, typed = editor(plan, address)
    answer = plan.post(place, {**typed, "e0-title": "Skrevet", "do": "e0-l-add"})
    typed = fields_of(answer)
    assert typed["e0-title"] == "Skrevet" and typed["e0-l4-service"] == ""
    assert "autofocus" in re.search(r'<select name="e0-l4-service"[^>]*>', answer.content.decode())[0]
    typed |= {"e0-l4-service": "medisindispenser", "e0-l4-amount": "1", "e0-l4-unit": "pieces"}
    typed = fields_of(plan.post(place, {**typed, "do": "e0-l4-up"}))
    assert typed["e0-l3-service"] == "medisindispenser"
    typed = fields_of(plan.post(place, {**typed, "do": "e0-l0-remove"}))
    assert typed["e0-l2-service"] == "medisindispenser" and "e0-l4-service" not in typed
    assert newest(address).revision == 1
    assert plan.post(place, typed).status_code == 302
    lines = [line["service"] for line in pathway_of(address)["episodes"][0]["lines"]]
    assert lines == ["demenskoordinator", "boligradgivning", "medisindispenser", "bokollektiv"]


def test_episodes_that_change_places_keep_the_ages_in_order(plan, address):
    place, typed = editor(plan, address, "normal")
    moved = fields_of(plan.post(place, {**typed, "do": "e1-up"}))
    assert (moved["e0-title"], moved["e0-from_age"]) == ("Diagnosen", "70")
    assert (moved["e1-title"], moved["e1-from_age"]) == ("Hjemme med familien", "74")
    gone = fields_of(plan.post(place, {**typed, "do": "e0-remove"}))
    assert (gone["e0-title"], gone["e0-from_age"]) == ("Diagnosen", "70")
    assert plan.post(place, gone).status_code == 302
    more = fields_of(plan.post(place, {**gone, "do": "e-add"}))
    assert more["e3-title"] == ""


def test_a_button_there_is_not_changes_nothing(plan, address):
    place, typed = editor(plan, address)
    for do in ("e99-up", "e0-l99-remove", "e0-up", "e1-x0-add-remove"):
        shown = fields_of(plan.post(place, {**typed, "do": do}))
        assert {**shown, "once": typed["once"]} == typed


WRONG = (
    (
        {
            "e1-l0-service": "tryllestav",
            "e1-l1-amount": "-3",
            "e2-l0-amount": "mye",
            "e2-l1-unit": "places",
            "e2-l2-each_year": "on",
            "e2-from_age": "106",
            "p-to_age": "106",
            "e3-months": "-7",
            "e0-title": "",
            "e0-housing_step": "9",
            "e3-x0-nok": "-1",
        },
        {
            "e1-l0-service": "tryllestav",
            "e1-l1-amount": "mer enn null",
            "e2-l0-amount": "Skriv et tall",
            "e2-l1-unit": "Prislista har bare pris i ganger",
            "e2-l2-each_year": "Ta bort krysset",
            "e2-from_age": "105 eller lavere",
            "p-to_age": "105 eller lavere",
            "e3-months": "0 eller høyere",
            "e0-title": "Fyll ut",
            "e0-housing_step": "Velg ett av dem",
            "e3-x0-nok": "0 eller høyere",
        },
    ),
    (
        {"e3-from_age": "86", "e1-from_age": ""},
        {"e3-months": "bare ett av feltene", "e1-from_age": "Skriv når episoden begynner"},
    ),
    (
        {
            "e0-from_age": "71",
            "e1-l0-amount": "9",
            "e2-from_age": "70,2",
            "p-to_age": "70",
            "e3-months": "30",
        },
        {
            "e0-from_age": "må begynne når personen er 70 år",
            "e1-l0-amount": "mer enn en person kan bruke",
            "e2-from_age": "Episoder kan ikke overlappe",
            "p-to_age": "Forløpet slutter ved 70 år",
            "e3-months": "ikke mellom lavt og høyt",
        },
    ),
    (
        {"e1-from_age": "", "e1-from_date": "1.3.2030", "p-kind": "normal"},
        {"e1-from_date": "når personen er født", "p-kind": "To forløp har slaget"},
    ),
    ({"e3-months": "900", "e3-months_high": "900"}, {"e3-months": "kan ikke vare 900 måneder"}),
)


def test_what_is_wrong_is_told_on_its_field_and_nothing_is_lost(plan, address):
    place, typed = editor(plan, address)
    for change, told in WRONG:
        answer = plan.post(place, {**typed, **change})
        assert answer.status_code == 422
        for field, text in told.items():
            assert text in error_on(answer, field), (field, text_of(answer)[:2000])
        kept = fields_of(answer)
        for name, value in change.items():
            if "service" not in name and "housing" not in name:
                assert kept[name] == value
    assert newest(address).revision == 1


def test_an_episode_may_begin_on_a_date_when_the_birth_date_is_known(plan, address):
    about = plan.get(f"{address}/om")
    typed = fields_of_form(about) | {"born": "1.3.1950"}
    assert plan.post(f"{address}/om", typed).status_code == 302
    place, typed = editor(plan, address)
    assert plan.post(place, {**typed, "e1-from_age": "", "e1-from_date": "1.9.2020"}).status_code == 302
    assert pathway_of(address)["episodes"][1]["from_date"] == "2020-09-01"
    assert "70,5 år: Bokollektivet" in text_of(plan.get(address))


def fields_of_form(answer) -> dict[str, object]:
    """What the form about the person would send."""
    form = answer.context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() is not None}


def test_a_person_who_begins_at_another_age_takes_the_first_episodes_along(plan, address):
    typed = fields_of_form(plan.get(f"{address}/om")) | {"from_age": "68"}
    assert plan.post(f"{address}/om", typed).status_code == 302
    starts = {each["episodes"][0]["from_age"] for each in newest(address).document["pathways"]}
    assert {Decimal(start) for start in starts} == {68}


def test_the_second_of_two_who_edit_the_same_pathway_is_told_and_keeps_what_they_wrote(
    plan, browse, tor, address
):
    place, typed = editor(plan, address)
    assert browse(tor).post(place, {**typed, "e1-l0-amount": "5"}).status_code == 302
    answer = plan.post(place, {**typed, "e1-l0-amount": "2", "e1-title": "Min tittel"})
    told = text_of(answer)
    assert answer.status_code == 422 and "Tor Økonom lagret det samme" in told
    assert "Episode 2, tjeneste 1: mengde 2 5" in told
    kept = fields_of(answer)
    assert (kept["e1-l0-amount"], kept["e1-title"], kept["revision"]) == ("2", "Min tittel", "2")
    assert pathway_of(address)["episodes"][1]["lines"][0]["amount"] == "5"
    assert plan.post(place, kept).status_code == 302
    assert newest(address).revision == 3
    assert PersonaVersion.objects.count() == 3, "nothing is overwritten"


def test_two_who_edit_different_pathways_do_not_disturb_each_other(plan, browse, tor, address):
    place, typed = editor(plan, address)
    other, theirs = editor(browse(tor), address, "normal")
    assert browse(tor).post(other, {**theirs, "e1-l3-amount": "3"}).status_code == 302
    assert plan.post(place, {**typed, "e1-l0-amount": "4"}).status_code == 302
    assert pathway_of(address, "normal")["episodes"][1]["lines"][3]["amount"] == "3"
    assert pathway_of(address)["episodes"][1]["lines"][0]["amount"] == "4"


def test_an_earlier_version_is_fetched_back_as_a_new_one(plan, address):
    place, typed = editor(plan, address)
    plan.post(place, {**typed, "e1-l0-amount": "4"})
    assert plan.post(f"{address}/utgave/1/hent").status_code == 302
    assert newest(address).revision == 3
    assert pathway_of(address)["episodes"][1]["lines"][0]["amount"] == "3"
    assert plan.post(f"{address}/utgave/9/hent").status_code == 404


def test_a_pathway_is_taken_out_after_a_question_but_never_the_last(plan, address):
    for kind in ("proactive", "normal"):
        assert "Ta ut" in text_of(plan.get(f"{address}/forlop/{kind}/fjern"))
        plan.post(f"{address}/forlop/{kind}/fjern")
    plan.post(f"{address}/forlop/reactive/fjern")
    assert [each["kind"] for each in newest(address).document["pathways"]] == ["reactive"]
    assert plan.get(f"{address}/forlop/normal").status_code == 404


def test_only_those_who_plan_change_anything(plan, browse, astrid, sara, address):
    place, typed = editor(plan, address)
    for actor in (astrid, sara):
        client = browse(actor)
        for where in (place, f"{address}/om", f"{address}/arkiver", f"{address}/forlop/normal/fjern",
                      f"{SHELF}/ny", f"{SHELF}/fil", f"{address}/utgave/1/hent"):  # fmt: skip
            assert client.post(where, typed).status_code == 404
    assert PersonaVersion.objects.count() == 1


def test_the_editor_holds_what_was_typed_however_much_it_is(plan, address):
    place, typed = editor(plan, address)
    data = QueryDict(mutable=True)
    data.update(typed)
    for n in range(70):
        data.update({f"e0-l{n}-service": "gps", f"e0-l{n}-amount": "1", f"e0-l{n}-unit": "pieces"})
    answer = plan.post(place, {**data.dict(), "do": "e0-l-add"})
    assert answer.status_code == 200 and "e0-l59-service" in fields_of(answer)


def test_a_persona_the_policy_has_outgrown_says_so_and_can_be_put_right(plan, address):
    row = newest(address)
    body = row.document
    body["pathways"][0]["episodes"][1]["lines"][0]["service"] = "nedlagt"
    PersonaVersion.objects.create(
        persona_id=row.persona_id, revision=2, title=row.title, document=body,
        saved_by_id=row.saved_by_id, saved_at=row.saved_at,
    )  # fmt: skip
    told = text_of(plan.get(address))
    assert "passer ikke til politikken" in told and "nedlagt" in told
    assert "passer ikke til politikken" in text_of(plan.get(SHELF))
    assert plan.get(f"{address}/saksvedlegg.pdf").status_code == 404
    compared = plan.get(f"{SHELF}/sammenlign?p=johs&p={address.rsplit('/', 1)[1]}")
    assert "ikke med: Berit" in text_of(compared)
    place, typed = editor(plan, address)
    assert "Velg et svar under «Tjeneste»" in error_on(plan.post(place, typed), "e1-l0-service")
    typed |= {"e1-l0-service": "dagaktivitet-demens"}
    assert plan.post(place, typed).status_code == 302
    assert "Proaktivt forløp tar" in text_of(plan.get(address))


def test_what_is_typed_is_shown_as_text_and_unseen_characters_are_left_out(plan, address):
    place, typed = editor(plan, address)
    plan.post(place, {**typed, "e0-title": "<b>Hei\x07</b> & 'du'", "p-title": "Tidlig"})
    assert pathway_of(address)["episodes"][0]["title"] == "<b>Hei</b> & 'du'"
    page = plan.get(address).content.decode()
    assert "<b>Hei" not in page and "&lt;b&gt;Hei&lt;/b&gt;" in page
