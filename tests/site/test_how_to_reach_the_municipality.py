"""The municipality's own addresses on every page: linked when they are addresses, and only then."""

import pytest
from cast import FOLDERS, LONG_AGO, NOW, policy_in
from django.test import Client

from trinnvis.policy.services import adopt

pytestmark = pytest.mark.django_db
PAGE = "/kontaktinformasjon"


def shown(client: Client, **changes: str) -> str:
    policy = policy_in(FOLDERS / "four_steps")
    municipality = policy.municipality.model_copy(update=changes)
    changed = policy.model_copy(update={"municipality": municipality})
    adopt(policy=changed, valid_from=LONG_AGO, by="Kommunestyret", now=NOW)
    return client.get(PAGE, headers={"accept-language": "nb"}).content.decode()


def test_addresses_are_linked(client: Client) -> None:
    html = shown(client)
    assert html.count('href="mailto:post@fjordvik.example"') == 2, "in the page and in the footer"
    assert 'href="https://fjordvik.example"' in html


def test_a_municipality_without_email_shows_none(client: Client) -> None:
    html = shown(client, email="")
    assert "mailto:" not in html
    assert "E-post</dt>" not in html


def test_what_an_old_version_says_instead_of_an_address_is_no_link(client: Client) -> None:
    html = shown(client, email="se fjordvik.example", website="javascript:alert(1)")
    assert "mailto:" not in html
    assert 'href="javascript:' not in html
    assert html.count("se fjordvik.example") == 2
    assert "javascript:alert(1)" in html
