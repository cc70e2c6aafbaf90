"""The site's own pages, its errors and its headers."""

import re

import pytest
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from django.views.defaults import server_error

from trinnvis.site import context, navigation, urls
from trinnvis.site.templatetags import trinnvis as tags

pytestmark = pytest.mark.django_db

STATIC_PAGES = ["/personvern", "/informasjonskapsler", "/tilgjengelighet", "/kontaktinformasjon"]


def breaks(request):
    raise RuntimeError("01865010093")


def forbidden(request):
    from django.core.exceptions import PermissionDenied

    raise PermissionDenied


urlpatterns = [*urls.urlpatterns, path("brekker", breaks), path("forbudt", forbidden)]


@pytest.mark.parametrize("address", STATIC_PAGES)
def test_static_pages_have_one_heading_a_title_and_the_footer_links(client, address):
    html = client.get(address, headers={"accept-language": "nb"}).content.decode()
    assert len(re.findall(r"<h1[ >]", html)) == 1
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", html).group(1)
    assert f"<title>{heading} – Trinnvis</title>" in html
    for link in STATIC_PAGES:
        assert f'href="{link}"' in html


def test_the_policy_of_the_browser_is_strict(client):
    header = client.get("/personvern").headers["Content-Security-Policy"]
    assert "default-src 'none'" in header
    assert "unsafe" not in header


def test_no_page_has_inline_style_or_script(client):
    for address in [*STATIC_PAGES, "/stil", "/stil/trapper/12/6?ansatt"]:
        html = client.get(address).content.decode()
        assert not re.search(r"\sstyle=|<style|<script(?![^>]* src=)|\son[a-z]+=", html), address


def test_the_components_page_is_not_there_in_production(client):
    with override_settings(PRODUCTION=True):
        assert client.get("/stil").status_code == 404
        assert client.get("/stil/trapper/4/3").status_code == 404


@pytest.mark.parametrize(
    "address", ["/stil/trapper/0/3", "/stil/trapper/3/0", "/stil/trapper/31/3", "/stil/trapper/x/3"]
)
def test_ladders_that_cannot_be_are_not_found(client, address):
    assert client.get(address).status_code == 404


@override_settings(ROOT_URLCONF=__name__)
def test_errors_speak_plainly_and_tell_nothing():
    client = Client(raise_request_exception=False)
    nb = {"accept-language": "nb"}
    missing = client.get("/finnes-ikke/01865010093", headers=nb)
    assert missing.status_code == 404
    assert "Vi finner ikke siden" in missing.content.decode()
    refused = client.get("/forbudt", headers=nb)
    assert refused.status_code == 403
    assert "Du har ikke tilgang" in refused.content.decode()
    broken = client.get("/brekker", headers=nb)
    assert broken.status_code == 500
    assert "Noe gikk galt hos oss" in broken.content.decode()
    for answer in (missing, broken):
        assert "01865010093" not in answer.content.decode()


def test_the_error_page_needs_nothing_of_the_site():
    html = server_error(RequestFactory().get("/")).content.decode()
    assert "Noe gikk galt hos oss" in html
    assert "{%" not in html


def test_a_form_without_its_token_says_how_to_go_on():
    answer = Client(enforce_csrf_checks=True).post(
        "/sprak", {"language": "nn"}, headers={"accept-language": "nb"}
    )
    assert answer.status_code == 403
    assert "Skjemaet ble ikke sendt" in answer.content.decode()


def test_the_language_switch_never_leads_away(client):
    answer = client.post("/sprak", {"language": "nn", "next": "https://example.com/"})
    assert answer.url == "/"


def test_a_menu_marks_where_one_is_and_leaves_out_what_is_not_there():
    items = (("privacy", "Personvern"), ("cookies", "Kapsler"), ("no-such-page", "Borte"))
    found = navigation.menu(items, "/personvern")
    assert [item.title for item in found] == ["Personvern", "Kapsler"]
    assert [item.current for item in found] == ["page", ""]
    assert navigation.menu(items, "/personvern/mer")[0].current == "true"
    assert navigation.menu(items, "/personvernombud")[0].current == ""


def test_an_unknown_icon_is_an_error_and_a_known_one_may_have_a_name():
    with pytest.raises(Exception, match="nosuch"):
        tags.icon("nosuch")
    assert 'aria-hidden="true"' in tags.icon("house")
    assert 'aria-label="&lt;Bolig&gt;"' in tags.icon("house", "<Bolig>")


def test_roles_are_told_in_words():
    from trinnvis.access.actor import Actor

    actor = Actor(
        1, "Sara", roles=frozenset({("decision_maker", "a"), ("case_worker", "a"), ("case_worker", "b")})
    )
    assert context.role_names(actor) == "saksbehandler, beslutter"
