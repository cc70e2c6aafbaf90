"""Simulations in the browser: asking for one and following it."""

import re
from html import unescape

import pytest
from cast import NOW
from simulating import HURDAL, TYPED, ask

from trinnvis.simulations import computing
from trinnvis.simulations.models import SimulationRun
from trinnvis.simulations.services import work
from trinnvis.simulations.worker import work_off
from trinnvis.trouble import Trouble

START = "/plan/simulering"
HOUSING = "t.housing-led.fewer-to-institution."
OWN = "t.eget.tiltak."
MINE = {
    f"{OWN}tittel": "Flere bor hjemme", f"{OWN}fra": ["6", "7"], f"{OWN}til": ["11"], f"{OWN}verdi": "0,8",
    f"{OWN}lav": "0,6", f"{OWN}hoy": "1", f"{OWN}kilde": "Eksempel",
}  # fmt: skip


def text_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def errors_on(answer, field: str) -> str:
    found = re.search(rf'id="id_{re.escape(field)}_error".*?</div>', answer.content.decode(), re.S)
    return unescape(re.sub(r"<[^>]+>", " ", found[0])) if found else ""


def send(client, **changes):
    return client.post(START, {**TYPED, **changes})


def test_from_the_form_to_the_result(plan):
    assert "Ingenting er simulert ennå" in text_of(plan.get(START))
    sent = send(plan)
    assert sent.status_code == 302
    waiting = text_of(plan.get(sent.url))
    assert "Simuleringen er neste i køen" in waiting and "Oppdater siden" in waiting
    work_off(lambda: NOW)
    told = text_of(plan.get(sent.url))
    assert "Simulering av Hurdal 2025–2031" in told
    assert "«Bolig først» gir" in told and "ni av ti tilfeller" in told
    assert "Fingeravtrykk" in told and "Frø" in told and "Trinnvis 0." in told
    assert "trinnvis simulate --municipality 3242" in told and "eksempel" in told
    listed = text_of(plan.get(START))
    assert "Siste svar: Hurdal 2025–2031" in listed and "Simuleringen er ferdig" in listed


def test_the_list_says_where_in_the_queue_each_one_is(plan, planke):
    for seed in (1, 2, 3):
        ask(planke, seed=seed)
    told = text_of(plan.get(START))
    assert told.count("neste i køen") == 1
    assert "Antall foran: 1." in told and "Antall foran: 2." in told


def test_sent_twice_is_one_run(plan):
    first, second = send(plan), send(plan)
    assert first.url == second.url and SimulationRun.objects.count() == 1


def test_an_own_intervention(plan):
    sent = send(plan, s=["eget"], **MINE)
    assert sent.status_code == 302
    work_off(lambda: NOW)
    told = text_of(plan.get(sent.url))
    assert "«Flere bor hjemme» gir" in told and "× 0,8 (0,6 til 1). Eksempel" in told
    again = plan.get(START, {"fra": sent.url.rsplit("/", 1)[1]}).content.decode()
    assert 'value="Flere bor hjemme"' in again and re.search(r'id="id_s_eget"[^>]* checked', again)


def test_a_changed_multiplier_says_that_somebody_chose_it(plan):
    sent = send(plan, **{f"{HOUSING}verdi": "0,7"})
    work_off(lambda: NOW)
    assert "Valgt av den som kjørte, i stedet for 0,85" in text_of(plan.get(sent.url))
    again = plan.get(START, {"fra": sent.url.rsplit("/", 1)[1]}).content.decode()
    field = re.search(rf'<input[^>]*name="{re.escape(HOUSING)}verdi"[^>]*>', again)
    assert field and 'value="0,7"' in field[0]


def test_a_range_nobody_touched_is_widened_to_hold_the_value(plan):
    sent = send(plan, **{f"{HOUSING}verdi": "0,3"})
    order = SimulationRun.objects.get(pk=sent.url.rsplit("/", 1)[1]).order
    held = order["scenarios"][0]["interventions"][0]["multiplier"]
    assert (held["low"], held["value"], held["high"]) == (0.3, 0.3, 1.02)


def test_several_scenarios_each_and_together(plan):
    sent = send(plan, s=["housing-led", "reablement"], trekninger="25")
    work_off(lambda: NOW)
    told = text_of(plan.get(sent.url))
    assert "Bolig først + Hverdagsrehabilitering" in told and "Bare 25 trekninger" in told


def test_the_places_registered_are_used_where_nothing_is_typed(plan, planke, policy):
    from trinnvis.delivery.services.setup import save_kind
    from trinnvis.delivery.services.sites import save_places, save_site

    who = {"actor": planke, "now": NOW}
    service = next(s for s in policy.services if s.steps == (11,))
    kind = save_kind(policy=policy, title="Langtid", housing_step=6, services=[service.code], **who)
    unit = policy.units[0].code
    site = save_site(policy=policy, unit=unit, name="Senteret", address="", bought=False, **who)
    save_places(
        site_pk=site.pk, kind_pk=kind.pk, number=37, valid_from=NOW.date(), valid_to=None, source="x",
        status="eksempel", **who,
    )  # fmt: skip
    assert "37, registrert under kapasitet" in text_of(plan.get(START))
    sent = plan.post(START, {"kommune": "3234", "ar": "2", "trekninger": "25"})
    order = SimulationRun.objects.get(pk=sent.url.rsplit("/", 1)[1]).order
    assert order["places"]["11"] == 37 and order["places_source"]["11"] == "registrert under kapasitet"
    other = send(plan, **{"p.11": ""})
    assert SimulationRun.objects.get(pk=other.url.rsplit("/", 1)[1]).order["places"] == {}


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"kommune": "3054"}, "kommune", "I dag: 3234 Lunner"),
        ({"kommune": "9999"}, "kommune", "ingen kommune med nummer 9999"),
        ({"kommune": ""}, "kommune", "Skriv hvilken kommune"),
        ({"ar": "0"}, "ar", "Velg fra 1 til 33 år"),
        ({"ar": "femti"}, "ar", "Velg fra 1 til 33 år"),
        ({"trekninger": "0"}, "trekninger", "minst 1 trekning"),
        ({"trekninger": "-5"}, "trekninger", "minst 1 trekning"),
        ({"trekninger": "50000"}, "trekninger", "Velg høyst 2\u00a0000, eller kjør"),
        ({"fro": "-1"}, "fro", "fra 0 til 4 294 967 295"),
        ({"p.11": "0"}, "p.11", "fra 1 til 5000 plasser"),
        ({f"{HOUSING}verdi": "-1"}, f"{HOUSING}verdi", "kan ikke være under 0"),
        ({f"{HOUSING}verdi": "mye"}, f"{HOUSING}verdi", "Skriv et tall med sifre"),
        ({f"{HOUSING}lav": "0,9"}, f"{HOUSING}lav", "Laveste må være 0,85 eller lavere"),
        ({f"{HOUSING}hoy": "0,8"}, f"{HOUSING}hoy", "Høyeste må være 0,85 eller høyere"),
        ({f"{HOUSING}full": "2026"}, f"{HOUSING}full", "senere år enn 2026"),
        ({f"{HOUSING}start": "12"}, f"{HOUSING}start", "fra 2000 til 2100"),
        ({f"{HOUSING}start": "2020", f"{HOUSING}full": "2024"}, f"{HOUSING}verdi", "ikke er etter grunnåret"),
        ({"s": ["eget"]}, f"{OWN}tittel", "Gi tiltaket et navn"),
        ({"s": ["eget"]}, f"{OWN}fra", "minst ett trinn tiltaket flytter fra"),
        ({"s": ["eget"], **MINE, f"{OWN}kilde": ""}, f"{OWN}kilde", "hvor tallet kommer fra"),
        ({"s": ["eget"], **MINE, f"{OWN}til": ["7"]}, f"{OWN}til", "både som fra og til"),
        ({"s": ["eget"], **MINE, f"{OWN}alder_til": "50"}, f"{OWN}alder_til", "eller høyere"),
        ({"s": ["eget"], **MINE, f"{OWN}til": ["0"], f"{OWN}verdi": "9", f"{OWN}hoy": "9"}, f"{OWN}verdi",
         "flytter flere enn alle"),
        ({"s": ["housing-led", "eget"], **MINE, f"{OWN}til": ["0"], f"{OWN}verdi": "9", f"{OWN}hoy": "9"},
         f"{OWN}verdi", "flytter flere enn alle"),
    ],
)  # fmt: skip
def test_mistakes_stand_on_the_field_and_nothing_is_lost(plan, changes, field, told):
    answer = send(plan, **changes)
    assert answer.status_code == 422 and told in errors_on(answer, field)
    assert "<title>Feil:" in answer.content.decode() and not SimulationRun.objects.exists()
    if "kommune" not in changes:
        assert 'value="Hurdal"' in answer.content.decode()


def test_a_municipality_that_cannot_be_simulated(plan, monkeypatch):
    def nobody(*_args, **_kwargs):
        raise Trouble("3242 Hurdal har ingen innbyggere å simulere.", "Sjekk folketallet for kommunen.")

    monkeypatch.setattr(computing, "world_of", nobody)
    answer = send(plan)
    assert answer.status_code == 422 and "har ingen innbyggere å simulere. Sjekk folketallet" in text_of(
        answer
    )
    assert not SimulationRun.objects.exists()


def test_too_many_scenarios_at_once(plan):
    answer = send(plan, s=["housing-led", "proactive", "reablement", "reactive", "eget"], **MINE)
    assert "Velg høyst 4 scenarioer" in text_of(answer)


def test_what_is_wrong_in_a_scenario_not_chosen_hinders_nobody(plan):
    assert send(plan, **{"t.proactive.later-start.verdi": "-1"}).status_code == 302


def test_following_stopping_and_going_on(plan, planke):
    run = ask(planke)
    address = f"{START}/{run.pk}"
    work.take_next(worker="a", at_once=1, now=NOW)
    work.say_progress(run.pk, worker="a", done=25, reused=0, now=NOW)
    page = plan.get(address).content.decode()
    assert (
        "25 av 120 trekninger er gjort" in page and 'value="25"' in page and 'hx-trigger="every 2s"' in page
    )
    assert 'http-equiv="refresh"' not in page
    part = plan.get(address, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode() and "HX-Refresh" not in part
    stopping = plan.post(f"{address}/stopp", follow=True)
    assert "Simuleringen stopper når" in text_of(stopping)
    work.stopped(run.pk, worker="a", now=NOW)
    part = plan.get(address, headers={"HX-Request": "true"})
    assert part["HX-Refresh"] == "true" and "every 2s" not in part.content.decode()
    assert "Fortsett" in text_of(plan.get(address))
    assert "neste i køen" in text_of(plan.post(f"{address}/fortsett", follow=True))
    assert plan.get(f"{address}/stopp").status_code == 405


def test_a_failed_run_says_why_and_what_to_do(plan, planke, monkeypatch):
    run = ask(planke)

    def compute(*_args):
        raise RuntimeError("disk")

    with monkeypatch.context() as patch:
        patch.setattr(computing, "compute", compute)
        work_off(lambda: NOW)
    told = text_of(plan.get(f"{START}/{run.pk}"))
    assert "Noe uventet gikk galt" in told and "be den som drifter Trinnvis" in told and "Prøv igjen" in told
    assert "disk" not in told
    assert plan.post(f"{START}/{run.pk}/fortsett").status_code == 302
    work_off(lambda: NOW)
    assert "Hva den viser" in text_of(plan.get(f"{START}/{run.pk}"))


def test_an_interrupted_run_says_so(plan, planke):
    run = ask(planke)
    work.take_next(worker="gone", at_once=1, now=NOW)
    SimulationRun.objects.update(seen_at=None)
    work_off(lambda: NOW)
    assert "ble avbrutt og er tatt opp igjen" in text_of(plan.get(f"{START}/{run.pk}"))


def test_without_a_policy_one_simulates_still(browse, planke, policy, monkeypatch):
    from trinnvis.planner.views.simulation import common
    from trinnvis.policy.queries import NoPolicy

    def none(_on):
        raise NoPolicy

    monkeypatch.setattr(common, "policy_at", none)
    client = browse(planke)
    assert "Plasser på Trinn 11" in text_of(client.get(START))
    assert client.post(START, {**TYPED, "kommune": HURDAL}).status_code == 302
