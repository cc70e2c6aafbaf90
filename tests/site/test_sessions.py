"""A session lasts while it is used, and reading pages does not write it every time."""

from datetime import timedelta

import pytest
from cast import NOW, account_of
from django.contrib.sessions.models import Session

pytestmark = pytest.mark.django_db
moments = [NOW]


def moment():
    return moments[-1]


@pytest.fixture(autouse=True)
def clock(settings):
    settings.TRINNVIS_CLOCK = f"{__name__}.moment"
    moments[:] = [NOW]


def test_it_is_prolonged_now_and_then_and_not_for_every_page(client, ingrid):
    client.force_login(account_of(ingrid))
    client.get("/personvern")
    saved = []
    for minutes in (1, 4, 6, 9, 12):
        moments.append(NOW + timedelta(minutes=minutes))
        saved.append("sessionid" in client.get("/personvern").cookies)
    assert saved == [False, False, True, False, True]


def test_a_visitor_who_is_not_logged_in_gets_none(client):
    client.get("/personvern")
    assert not Session.objects.exists() and "sessionid" not in client.cookies


def test_a_page_that_asks_by_itself_keeps_nobody_logged_in(client, ingrid):
    client.force_login(account_of(ingrid))
    client.get("/personvern")
    moments.append(NOW + timedelta(minutes=30))
    assert "sessionid" not in client.get("/personvern", headers={"X-Asked-By-Itself": "1"}).cookies
    assert "sessionid" in client.get("/personvern").cookies
