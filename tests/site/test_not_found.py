"""What one may not see answers like what does not exist."""

import re

import pytest
from cast import account_of
from django.http import HttpResponse
from django.urls import include, path

from trinnvis.casework.queries.case import case_for
from trinnvis.casework.services import note


def look(request, number):
    return HttpResponse(case_for(request.actor, number, request.now, what="Saken").number)


def write(request, number):
    note(number=number, text="Hei", actor=request.actor, now=request.now)
    return HttpResponse("skrevet")


urlpatterns = [
    path("se/<str:number>", look),
    path("skriv/<str:number>", write),
    path("", include("trinnvis.site.urls")),
]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("road", ["se", "skriv"])
def test_a_stranger_gets_404_for_what_is_and_what_is_not(client, case, fremmed, sara, road):
    client.force_login(account_of(fremmed))
    pages = []
    for number in (case.number, "2026-999999"):
        answer = client.get(f"/{road}/{number}")
        assert answer.status_code == 404
        text = answer.content.decode().replace(number, "NUMMER")
        pages.append(re.sub(r'name="(csrf|form)\w+" value="[^"]*"|"X-CSRFToken": "\w+"', "", text))
    assert pages[0] == pages[1]
    client.force_login(account_of(sara))
    assert client.get(f"/{road}/{case.number}").status_code == 200
