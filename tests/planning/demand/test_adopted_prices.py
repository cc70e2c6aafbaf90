"""A forecast by the adopted price list: unit costs and hours from it, and what it does not cover named."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from trinnvis.planning.demand.cli import House, app
from trinnvis.planning.demand.document import as_json
from trinnvis.planning.demand.forecast import forecast
from trinnvis.planning.demand.prices import library_priced_by, priced_by
from trinnvis.planning.demand.reading import library
from trinnvis.policy.model import PriceRow
from trinnvis.resources.price_book import PriceBook

LUNNER = "3234"


def row(service: str, unit: str, per: str, nok: str, hours: str, **more: object) -> PriceRow:
    said = {"source": f"Regnskap {service}", "status": "vedtatt", "price_year": 2027}
    return PriceRow.model_validate(
        {"service": service, "unit": unit, "per": per, "nok": Decimal(nok), **said}
        | {"hours": {"sykepleier": Decimal(hours)}, **more}
    )


HELP = row("praktisk-bistand", "hours_per_week", "hour", "500", "1.3")
NURSING = row(
    "hjemmesykepleie", "hours_per_week", "hour", "1000", "1.5", low=900, high=1200, status="eksempel"
)
SHORT = row("korttid-annet", "days", "day", "6000", "8")
LONG = row("langtidsplass", "places", "day", "5800", "9")
WHOLE = PriceBook("Prisliste 1", (HELP, NURSING, SHORT, LONG), date(2027, 1, 1))


def of(basis, code):
    return next(service for service in basis.services if service.code == code)


def test_unit_costs_and_hours_come_from_the_list_with_its_source():
    priced = priced_by(library().basis, WHOLE)
    home, place = of(priced.basis, "home_care"), of(priced.basis, "long_term")
    assert home.nok.value == pytest.approx(0.206 * 500 + 0.794 * 1000)
    assert (home.nok.low, home.nok.high) == pytest.approx(
        (0.206 * 500 + 0.794 * 900, 0.206 * 500 + 0.794 * 1200)
    )
    assert home.work_per_hour.value == pytest.approx(0.206 * 1.3 + 0.794 * 1.5)
    assert (place.nok.value, place.hours_per_user.value) == (5800, 9 * 365)
    assert "Prisliste 1: praktisk-bistand: Regnskap praktisk-bistand" in home.nok.source
    assert (home.nok.status.value, place.nok.status.value) == ("eksempel", "vedtatt")
    assert priced.basis.price_year == 2027
    assert priced.covered == ("home_care", "short_term", "long_term")
    assert priced.uncovered == ("housing_24h",)


def test_a_group_the_list_does_not_cover_keeps_the_basis_and_is_named():
    basis = library().basis
    priced = priced_by(basis, PriceBook("Prisliste 1", (HELP, LONG), date(2027, 1, 1)))
    assert of(priced.basis, "home_care") == of(basis, "home_care")
    assert of(priced.basis, "long_term").nok.value == 5800
    told = " ".join(priced.basis.price_notes)
    assert "dekker ikke hjemmetjenester (hjemmesykepleie), tidsbegrenset opphold (korttid-annet)" in told
    assert "kroner fra flere år (2025 og 2027)" in told


def test_without_an_adopted_list_only_the_notes_change():
    basis = library().basis
    priced = priced_by(basis, None)
    assert priced.basis.services == basis.services
    assert "Ingen prisliste er vedtatt" in priced.basis.price_notes[0]


def test_a_price_in_another_unit_than_the_groups_is_not_used():
    visits = row("langtidsplass", "places", "month", "1", "1")
    assert "long_term" in priced_by(library().basis, PriceBook("P", (visits,))).uncovered


def test_kroner_and_person_years_follow_the_list_and_users_do_not():
    held = library()
    plain = forecast(LUNNER, ["constant"], held, to=2030)
    listed = forecast(LUNNER, ["constant"], library_priced_by(held, WHOLE), to=2030)
    mine, theirs = plain.outcomes[0].amounts, listed.outcomes[0].amounts
    home = [service.code for service in held.basis.services].index("home_care")
    assert (mine.users == theirs.users).all()
    assert (mine.hours[:, home] == theirs.hours[:, home]).all()
    assert theirs.nok[:, home].sum() == pytest.approx(mine.nok[:, home].sum() * 897 / 672)
    assert theirs.work[:, home].sum() == pytest.approx(mine.work[:, home].sum() * 1.4588)
    assert (mine.work == mine.hours).all()
    sources = {source["title"]: source for source in as_json(listed)["sources"]}
    assert "Prisliste 1" in sources["Hjemmetjenester: pris"]["source"]
    assert sources["Hjemmetjenester: arbeidstimer per time"]["assumption"]["status"] == "eksempel"
    assert any("Priser og arbeidstimer er fra Prisliste 1" in note for note in listed.notes)


def test_the_command_takes_prices_from_the_reader_it_is_given():
    house = House(
        adopted_prices=lambda _data: WHOLE, own_use=lambda *_: None, write_pdf=lambda _found, _path: None
    )

    def run(*args: str, house: House | None = None) -> object:
        return CliRunner().invoke(app, ["-m", LUNNER, "--to", "2030", "--json", *args], obj=house)

    listed, plain = run("--prices", "adopted", house=house), run()
    assert "Prisliste 1" in listed.stdout
    assert "Prisliste 1" not in plain.stdout
    kroner = [
        sum(each["nok"] for each in json.loads(out.stdout)["scenarios"][0]["series"])
        for out in (plain, listed)
    ]
    assert kroner[0] < kroner[1]
    assert run("--prices", "adopted").exception is not None
    assert run("--prices", "guess").exit_code == 2
