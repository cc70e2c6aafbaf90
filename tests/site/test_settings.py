"""A setting that cannot be understood is told by name, with what it may be, and never blamed on Trinnvis."""

import runpy

import pytest
from running import Run

from trinnvis.site import settings
from trinnvis.trouble import Trouble

pytestmark = pytest.mark.once

WRONG = {
    "TRINNVIS_ENV": ("prod", "«production»"),
    "TRINNVIS_BACKGROUND_MAP": ("google", "«kartverket»"),
    "TRINNVIS_CLOSED_CASE_ACCESS_DAYS": ("x", "0 eller mer"),
    "TRINNVIS_SIMULATIONS_AT_ONCE": ("0", "1 eller mer"),
    "TRINNVIS_LOG_LEVEL": ("lots", "«WARNING»"),
    "TRINNVIS_DEBUG": ("kanskje", "«yes»"),
    "TRINNVIS_HOSTS": ("https://trinnvis.kommune.no", "vertsnavn uten «https://»"),
    "TRINNVIS_SEALING_KEY_IDS": ("../1", "med komma mellom"),
    "TRINNVIS_BEHIND_HTTPS_PROXY": ("maybe", "«no»"),
    "TRINNVIS_IDENTITY_PROVIDER": ("hei", "pakke.modul.Klasse"),
}


BY_COMMAND = ("TRINNVIS_ENV", "TRINNVIS_DEBUG", "TRINNVIS_IDENTITY_PROVIDER")  # some are not in the settings


@pytest.mark.parametrize("name", BY_COMMAND)
def test_a_wrong_setting_ends_the_command_and_is_not_blamed_on_trinnvis(run: Run, name: str) -> None:
    value, may_be = WRONG[name]
    said = run("check", **{name: value})
    told = said.stdout + said.stderr
    assert said.returncode == 1
    assert f"{name} er «{value}»" in told and may_be in told
    assert "feil i Trinnvis" not in told and "Traceback" not in told


@pytest.mark.parametrize("name", [name for name in WRONG if name not in BY_COMMAND])
def test_a_wrong_setting_is_told_with_its_value_and_what_it_may_be(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    value, may_be = WRONG[name]
    monkeypatch.setenv(name, value)
    with pytest.raises(Trouble) as trouble:
        runpy.run_path(settings.__file__)
    assert f"{name} er «{value}»" in str(trouble.value) and may_be in str(trouble.value)


@pytest.mark.parametrize(
    "address",
    [
        "hei",
        "mysql://me:hemmelig@host/base",
        "postgresql://me:hemmelig@host:port/base",
        "postgresql://me:hemmelig@host",
    ],
)
def test_a_database_that_cannot_be_used_is_told_without_its_password(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(Trouble) as trouble:
        runpy.run_path(settings.__file__)
    told = str(trouble.value)
    assert "DATABASE_URL" in told and "postgresql://navn:passord@tjener/database" in told
    assert "hemmelig" not in told


def test_an_empty_setting_counts_as_unset(run: Run) -> None:
    said = run("check", **dict.fromkeys([*WRONG, "DATABASE_URL", "TRINNVIS_SECRET_KEY"], ""))
    assert "Det er ingen database ennå" in said.stdout
    assert "1 ting må gjøres" in said.stdout
