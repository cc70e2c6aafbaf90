"""The pages of capacity: who may open and change them, what they say, and what is hidden from whom."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from carrying import grant
from cast import NOW, citizen, employee, person_of
from desking import AtDesk, AtDoor, add_alternative, assess
from django.core.files.uploadedfile import SimpleUploadedFile

from trinnvis.delivery.models import Budget, CapacityEvent, PlaceKind, ServiceArea, ServiceHours, Site
from trinnvis.delivery.services.budgets import BudgetSaid, save_budget
from trinnvis.delivery.services.hours import HoursSaid, UsedSaid, import_hours, import_used
from trinnvis.delivery.services.setup import save_kind
from trinnvis.delivery.services.sites import save_places, save_site
from trinnvis.policy.queries import policy_of

HOME, CENTRE = "hjemmetjenesten-roa", "lunner-helse-og-omsorgssenter"
FIRST = date(2026, 3, 1)


class Planning(AtDoor):
    """Someone in the planners' door: `Planning(planke, "").open("kapasitet")`."""

    def at(self, place: str = "") -> str:
        return f"/plan/{place}"


@pytest.fixture
def leif(lunner):
    return employee("Leif Leder", "manager", HOME)


@pytest.fixture
def gro(lunner):
    return employee("Gro Leder", "manager", CENTRE)


@pytest.fixture
def tor(lunner):
    return employee("Tor Økonom", "economist", "kommunen")


@pytest.fixture
def astrid(lunner):
    return employee("Astrid Politiker", "politician", "kommunen")


@pytest.fixture(scope="module")
def granted_and_reported(lunners_policy) -> None:
    """Seven with practical help and two with a place in the centre, which has one."""
    policy = policy_of(lunners_policy.pk)
    who = {"actor": employee("Tor Økonom", "economist", "kommunen"), "now": NOW}
    by = employee("Sara Saksbehandler", "case_worker", policy.municipality.intake_unit)
    for number in range(9):
        person = person_of(citizen(f"Nr{number}", date(1940, 1, 1 + number)))
        if number < 7:
            grant(person, "praktisk-bistand", by=by, policy_version=lunners_policy.pk, step=6, first=FIRST)
        else:
            grant(
                person, "langtidsplass", by=by, policy_version=lunners_policy.pk, amount="1", unit="places",
                step=11, first=FIRST + timedelta(days=number), sent_at=NOW - timedelta(days=30 + number),
            )  # fmt: skip
    kind = save_kind(policy=policy, title="Langtidsplass", housing_step=6, services=["langtidsplass"], **who)
    site = save_site(policy=policy, unit=CENTRE, name="Senteret", address="", bought=False, **who)
    save_places(
        site_pk=site.pk, kind_pk=kind.pk, number=1, valid_from=FIRST, valid_to=None,
        source="Egen telling", status="vedtatt", **who,
    )  # fmt: skip
    labelled = {"source": "Uttrekk", "status": "gjeldende", **who}
    october = (date(2026, 10, 1), date(2026, 10, 31))
    rows = [HoursSaid(HOME, "praktisk-bistand", *october, Decimal(60), Decimal(31))]
    import_hours(policy=policy, rows=rows, **labelled)
    used = [UsedSaid(HOME, date(2026, n, 1), Decimal(30_000), Decimal(50)) for n in range(1, 11)]
    import_used(policy=policy, rows=used, **labelled)
    said = BudgetSaid(HOME, 2026, Decimal(250_000), {"hjemmehjelp": Decimal(800)}, "Plan", "vedtatt", 0)
    save_budget(policy=policy, said=said, **who)


@pytest.fixture
def municipality(granted_and_reported, db) -> None:
    """Made once for the file: every test of it begins here."""


def test_the_overview_says_what_the_figures_show(municipality, leif):
    text = Planning(leif, "").open("kapasitet").text
    assert "50" in text and "av de innvilgede timene ble utført" in text  # 31 of 62
    assert "300\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr er brukt til og med 31." in text
    assert "over budsjettet" in text
    assert "Priser fra 2025, status: eksempel" in text
    assert "Vedtak som ikke er ført i Trinnvis, er ikke med." in text


def test_a_unit_shows_all_three_hours_and_its_log(municipality, leif):
    text = Planning(leif, "").open(f"kapasitet/enhet/{HOME}").text
    assert "Av 62 innvilgede timer ble 60 planlagt og 31 utført: 50\N{NO-BREAK SPACE}% av" in text
    assert "Utført minus innvilget" in text and "\N{MINUS SIGN}31" in text
    assert "Budsjett 2026" in text and "Tor Økonom" in text


def test_what_is_not_reported_is_missing_and_not_nought(municipality, gro, leif):
    ServiceHours.objects.update(executed=None)
    text = Planning(leif, "").open(f"kapasitet/enhet/{HOME}").text
    assert "ingen tjeneste har alle tre" in text
    table = text[text.index("Dager uten utførte timer") :]
    assert re.search(r"<td[^>]*>–</td>", table)
    assert "Ingenting er ført som brukt i 2026" in Planning(gro, "").open(f"kapasitet/enhet/{CENTRE}").text


def test_the_waiting_list_says_how_many_how_long_and_why(municipality, gro):
    text = Planning(gro, "").open(f"kapasitet/enhet/{CENTRE}").text
    assert "2 er innvilget, og det er 1 plasser: 1 mer enn det er plass til." in text
    assert "det lengste er 38 dager siden vedtaket" in text
    assert "flere er innvilget enn det er plasser til" in text


@pytest.mark.parametrize("role", ["planner", "economist", "politician"])
def test_small_numbers_are_hidden_from_those_who_plan_and_govern(municipality, role):
    at = Planning(employee("Noen", role, "kommunen"), "").open(f"kapasitet/enhet/{CENTRE}")
    assert "Så få har plass at tallet ikke vises." in at.text
    assert "Så få har hjelp herfra at prognosen ikke vises." in at.text
    assert "2 er innvilget" not in at.text and "prognose-kroner" not in at.text
    assert at.open(f"kapasitet/enhet/{CENTRE}/figur/prognose-kroner.csv").status == 404
    csv = at.open("kapasitet/figur/plasser.csv").response.content.decode("utf-8-sig")
    assert csv.splitlines()[1] == "Lunner helse- og omsorgssenter: Langtidsplass;1;;;"


def test_the_files_hold_the_same_numbers(municipality, tor):
    at = Planning(tor, "")
    lines = at.open("kapasitet/figur/timer.csv").response.content.decode("utf-8-sig").splitlines()
    assert lines[1].startswith("Hjemmetjenesten, base Roa;62,00;60,00;31,00")
    assert at.open(f"kapasitet/enhet/{HOME}/figur/tjenester.xlsx").status == 200
    assert at.open("kapasitet/figur/timer.pdf").status == 404
    assert at.open("kapasitet/figur/noe.csv").status == 404


EDITS = (
    f"kapasitet/enhet/{HOME}/budsjett/2026",
    f"kapasitet/enhet/{HOME}/timer",
    f"kapasitet/enhet/{HOME}/sted",
    f"kapasitet/enhet/{HOME}/plasser",
)
READS = ("kapasitet", f"kapasitet/enhet/{HOME}", f"kapasitet/enhet/{HOME}/figur/tjenester.csv")


def test_a_politician_reads_and_changes_nothing(municipality, astrid):
    at = Planning(astrid, "")
    for place in READS:
        assert at.open(place).status == 200
    assert "Rett budsjettet" not in at.open(READS[1]).text and "Tor Økonom" not in at.text
    for place in (*EDITS, "kapasitet/tabeller", "kapasitet/tabeller/timer.csv", "kapasitet/oppsett"):
        assert at.open(place).status == 404
        assert at.client.post(at.at(place), {}).status_code == 404


def test_the_leader_of_another_unit_reads_it_and_changes_only_their_own(municipality, gro):
    at = Planning(gro, "")
    assert at.open(READS[1]).status == 200 and "Rett budsjettet" not in at.text
    before = CapacityEvent.objects.count()
    for place in EDITS:
        assert at.open(place).status == 404
        assert at.client.post(at.at(place), {"nok": "1"}).status_code == 404
    for place in ("kapasitet/oppsett", "kapasitet/oppsett/plasstype"):
        assert at.open(place).status == 404
    assert CapacityEvent.objects.count() == before
    assert at.open(f"kapasitet/enhet/{CENTRE}/sted").status == 200
    table = at.open("kapasitet/tabeller/budsjett-2026.csv").response.content.decode("utf-8-sig")
    assert CENTRE in table and HOME not in table


@pytest.mark.parametrize("role", ["case_worker", "provider", "administrator", "intake"])
def test_for_other_staff_it_does_not_exist(municipality, role):
    at = Planning(employee("Noen", role, HOME), "")
    for place in (*READS, *EDITS):
        assert at.open(place).status == 404


def test_a_citizen_gets_404_and_a_visitor_is_sent_to_log_in(municipality, ingrid, client):
    at = Planning(ingrid, "")
    for place in (*READS, *EDITS):
        assert at.open(place).status == 404
    assert client.get("/plan/kapasitet").status_code == 302


def test_a_unit_that_is_not_there(municipality, tor):
    at = Planning(tor, "")
    assert at.open("kapasitet/enhet/borte").status == 404
    assert at.open("kapasitet/enhet/borte/sted").status == 404
    assert at.open(f"kapasitet/enhet/{HOME}/budsjett/1800").status == 404
    assert at.open(f"kapasitet/enhet/{HOME}/timer?periode=2099-01").status == 404


@pytest.mark.parametrize("place", READS[:2])
def test_the_pages_take_few_queries_however_many_decisions(
    municipality, tor, place, django_assert_max_num_queries
):
    at = Planning(tor, "").open(place)
    with django_assert_max_num_queries(16):
        at.open(place)


def test_a_leader_corrects_the_budget_and_the_second_keeps_what_they_wrote(municipality, leif, tor):
    mine, theirs = Planning(leif, "").open(EDITS[0]), Planning(tor, "").open(EDITS[0])
    theirs.press("Lagre", nok="260 000")
    mine.press("Lagre", nok="270 000")
    assert mine.status == 422 and "Tor Økonom lagret dette" in mine.text
    assert mine.form_with("Lagre").fields["nok"] == "270 000"
    assert "Dette er lagret nå" in mine.text and Budget.objects.get().nok == 260_000
    mine.press("Lagre")
    assert Budget.objects.get().nok == 270_000


def test_faults_stand_on_their_field(municipality, leif):
    at = Planning(leif, "").open(EDITS[0]).press("Lagre", nok="mye", source="")
    assert 'id="id_nok_error"' in at.text and 'id="id_source_error"' in at.text
    at = at.open(f"{EDITS[1]}?periode=2026-11")
    at.press("Lagre", **{"executed_praktisk-bistand": "3", "source": "Plan", "status": "vedtatt"})
    assert "før perioden er over" in at.text
    assert ServiceHours.objects.count() == 1


def test_hours_are_entered_for_a_week(municipality, leif):
    at = Planning(leif, "").open(f"{EDITS[1]}?periode=2026-U45")
    assert "Kroner brukt" not in at.text
    at.client.post(
        at.at(f"{EDITS[1]}?periode=2026-U45"),
        {
            **at.form_with("Lagre").fields,
            "planned_praktisk-bistand": "12,5",
            "source": "Plan",
            "status": "vedtatt",
        },
    )
    row = ServiceHours.objects.get(first_day=date(2026, 11, 2))
    assert (row.last_day, row.planned, row.executed) == (date(2026, 11, 8), Decimal("12.50"), None)


def test_sites_places_and_set_up_are_made_in_the_browser(municipality, tor):
    at = Planning(tor, "").open(f"kapasitet/enhet/{HOME}/sted").press("Lagre", name="Basen", address="Roa 1")
    assert "Basen" in at.open(f"kapasitet/enhet/{HOME}/plasser").text
    kind, site = PlaceKind.objects.get(), Site.objects.get(name="Basen")
    at.press(
        "Lagre",
        site=str(site.pk),
        kind=str(kind.pk),
        number="3",
        valid_from="1.1.2026",
        source="Telling",
        status="vedtatt",
    )
    assert "Plassene er lagret." in at.text and "Basen" in at.text
    at.open("kapasitet/oppsett/plasstype").press(
        "Lagre", title="Korttid", housing_step="4", services="langtidsplass"
    )
    assert "bruker plassene «Langtidsplass» fra før" in at.text
    at.press("Lagre", services="korttid-annet")
    assert "Plasstypen er lagret." in at.text


def test_who_carries_out_a_service_where_changes_whose_hours_they_are(municipality, tor, sara, lunner):
    from trinnvis.people.models import Dwelling, Household

    dwelling = Dwelling.objects.create(
        address="A 1",
        postal_code="2743",
        postal_place="Harestua",
        settlement="Harestua",
        housing_step=2,
        kind="hus",
    )
    home = Household.objects.create(dwelling=dwelling)
    for number in range(6):
        person = person_of(citizen(f"H{number}", date(1941, 1, 1 + number)))
        person.household = home
        person.save()
        grant(person, "praktisk-bistand", by=sara, policy_version=lunner.pk, step=6, first=FIRST)
    at = Planning(tor, "").open("kapasitet/oppsett")
    at.press("Lagre", service="praktisk-bistand", settlement="Harestua", unit="hjemmetjenesten-harestua")
    assert "Lagret." in at.text
    assert "base Harestua" in at.open("kapasitet/enhet/hjemmetjenesten-harestua").text
    assert "Av 62 innvilgede" in at.open(f"kapasitet/enhet/{HOME}").text  # still the seven of before
    at.open("kapasitet/oppsett").press("Fjern")
    assert not ServiceArea.objects.exists()


def test_a_table_is_uploaded_all_or_nothing(municipality, tor):
    at = Planning(tor, "").open("kapasitet/tabeller")
    text = "Enhet;Navn;År;Kroner;Kilde;Status;Utgave\n"
    text += f"{HOME};x;2026;5;Plan;vedtatt;1\nborte;x;2026;5;Plan;vedtatt;0\n"

    def upload(content: str):
        file = SimpleUploadedFile("b.csv", content.encode())
        return at.client.post(
            at.at("kapasitet/tabeller"), {"table": "budget", "budget-file": file}, follow=True
        )

    answer = upload(text).content.decode()
    assert "Ingenting er lest inn" in answer and "Rad 3:" in answer
    assert Budget.objects.get().nok == 250_000
    assert "0 nye, 1 endret, 0 som før" in upload(text[: text.index("borte")]).content.decode()
    assert Budget.objects.get().nok == 5
    assert at.client.post(at.at("kapasitet/tabeller"), {"table": "noe"}).status_code == 404


def test_alternatives_show_what_is_left_only_after_the_need_is_written(municipality, case, sara):
    at = AtDesk(sara, case.number).open("alternativer")
    assert "Plasser og timer igjen" not in at.text
    assess(at)
    add_alternative(at, "Hjelp hjemme", "praktisk-bistand", "2.5")
    add_alternative(at, "Plass", "langtidsplass", "1")
    text = at.open("alternativer").text
    assert "Langtidsplass: ledig 01.12.2026: \N{MINUS SIGN}1, etter dette \N{MINUS SIGN}2" in text
    hours = re.search(r"Arbeidstimer igjen i 2026: (\S+), etter dette ([^ <]+)<", text)
    assert hours and hours[1] != hours[2]
    assert "budsjettet er ikke registrert" in text
    assert "det er ingen grunn til å avslå eller gi mindre hjelp" in text


def test_a_service_the_person_has_is_replaced_and_not_counted_twice(municipality, case, ingrid, sara, lunner):
    grant(
        person_of(ingrid), "praktisk-bistand", by=sara, policy_version=lunner.pk, amount="2.5", step=6,
        first=FIRST, sent_at=NOW - timedelta(days=100),
    )  # fmt: skip
    at = assess(AtDesk(sara, case.number))
    add_alternative(at, "Som før", "praktisk-bistand", "2.5")
    hours = re.search(
        r"Arbeidstimer igjen i 2026: (\S+), etter dette ([^ <]+)<", at.open("alternativer").text
    )
    assert hours and hours[1] == hours[2]
