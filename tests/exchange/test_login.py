"""Logging in: one chooses a person in the demo, never in production, and lands where one was going."""

import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from trinnvis.access.models import Account
from trinnvis.demo.cast import people
from trinnvis.exchange.demo_login import DemoIdentityProvider


def offered():
    return [
        SimpleNamespace(subject="ingrid", name="Ingrid Prøve", description="innbygger", door="portal"),
        SimpleNamespace(subject="sara", name="Sara Saksbehandler", description="saksbehandler", door="desk"),
        SimpleNamespace(subject="gone", name="Borte Vekk", description="har ingen konto", door="desk"),
    ]


@pytest.fixture(autouse=True)
def _people(settings, ingrid, sara):
    settings.TRINNVIS_DEMO_PEOPLE = f"{__name__}.offered"
    for subject, actor in (("ingrid", ingrid), ("sara", sara)):
        Account.objects.filter(pk=actor.account_id).update(subject=subject)


def choose(client, subject):
    return client.post(reverse("login_return"), {"subject": subject})


def test_the_page_lists_those_who_have_an_account(client):
    page = client.get(reverse("login")).content.decode()
    assert "Logg inn som Ingrid Prøve" in page and "Logg inn som Sara Saksbehandler" in page
    assert "Borte Vekk" not in page


def test_choosing_a_person_logs_in_as_them_in_a_new_session(client, ingrid):
    client.get(reverse("login"), {"next": "/personvern"})
    before = client.session.session_key
    answer = choose(client, "ingrid")
    assert (answer.status_code, answer.url) == (302, "/personvern")
    assert client.session.session_key != before
    assert client.get("/personvern").wsgi_request.actor.account_id == ingrid.account_id


def test_the_actor_carries_roles_and_the_id_of_the_request(client, sara):
    choose(client, "sara")
    answer = client.get("/personvern")
    actor = answer.wsgi_request.actor
    assert actor.roles == sara.roles
    assert actor.request_id == answer["X-Request-Id"]
    assert answer.wsgi_request.now.tzinfo is not None


@pytest.mark.parametrize(
    "elsewhere",
    ["https://ond.example/", "//ond.example", "/\\ond.example", "javascript:alert(1)", "http:///ond.example"],
)
def test_a_link_cannot_lead_elsewhere_after_login(client, elsewhere):
    client.get(reverse("login"), {"next": elsewhere})
    assert "ond" not in choose(client, "ingrid").url


@pytest.mark.parametrize("subject", ["", "gone", "finnes-ikke", "' OR 1=1"])
def test_nobody_else_can_be_chosen(client, subject):
    answer = choose(client, subject)
    assert answer.url == reverse("login")
    page = client.get(reverse("login"))
    assert "Velg en person" in page.content.decode()
    assert page.wsgi_request.actor.account_id is None


def test_a_closed_account_cannot_log_in_and_is_logged_out(client, ingrid):
    choose(client, "ingrid")
    Account.objects.filter(pk=ingrid.account_id).update(is_active=False)
    assert not client.get("/personvern").wsgi_request.actor.account_id
    assert choose(client, "ingrid").url == reverse("login")


def test_another_person_begins_with_nothing_of_the_first(client):
    choose(client, "ingrid")
    session = client.session
    session["secret"] = "Ingrids"
    session.save()
    choose(client, "sara")
    assert "secret" not in client.session


def test_what_was_kept_for_an_anonymous_visitor_follows_them_in(client):
    client.get(reverse("login"))
    session = client.session
    session["unsent_form"] = "noe"
    session.save()
    choose(client, "ingrid")
    assert client.session["unsent_form"] == "noe"


def test_logging_out_ends_the_session_and_needs_post(client):
    choose(client, "ingrid")
    assert client.get(reverse("logout")).status_code == 405
    assert client.post(reverse("logout")).status_code == 302
    assert not client.get("/personvern").wsgi_request.actor.account_id


def test_a_form_from_another_site_cannot_log_anyone_in_or_out():
    strict = Client(enforce_csrf_checks=True)
    assert choose(strict, "ingrid").status_code == 403
    assert strict.post(reverse("logout")).status_code == 403


def test_production_refuses_the_demo_login(settings):
    settings.PRODUCTION = True
    with pytest.raises(ImproperlyConfigured):
        DemoIdentityProvider()
    assert "trinnvis.exchange.E001" in {message.id for message in run_checks()}


def test_elsewhere_the_checks_are_silent():
    assert "trinnvis.exchange.E001" not in {message.id for message in run_checks()}


def test_the_server_does_not_start_with_the_demo_login_in_production(tmp_path):
    keys = {"SECRET_KEY": "s" * 50, "SEALING_KEY_1": "k" * 50, "INDEX_KEY": "i" * 50}
    environment = {f"TRINNVIS_{name}": value for name, value in keys.items()}
    run = subprocess.run(
        [sys.executable, "-c", "import trinnvis.site.wsgi"],
        env={"TRINNVIS_ENV": "production", "TRINNVIS_DATA": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode != 0
    assert "Demoinnloggingen kan ikke brukes" in run.stderr


def test_the_real_demo_offers_people_with_both_doors():
    assert {one.door for one in people()} == {"portal", "desk"}
    assert all(one.subject and one.description for one in people())
