"""The same form sent again before the first sending is answered: one thing done, two answers alike."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from cast import case_of
from desking import AtDesk, submit
from django.db import connection

from trinnvis.desk.views.case import acting
from trinnvis.letters.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_second_sending_waits_and_gets_the_answer_of_the_first(
    lunner, ingrid, sara, bjorn, monkeypatch
) -> None:
    case = case_of(ingrid, sara, is_application=True)
    at = AtDesk(sara, case.number)
    submit(at)
    AtDesk(bjorn, case.number).open("vedtak").press("Godkjenn vedtaket")
    form = at.open("gjor/send_decision").form_with("Send vedtaket nå").fields
    is_written, sent = threading.Event(), acting.ACTS["send_decision"]

    def written_but_not_answered(*what: object) -> object:
        done = sent.run(*what)
        is_written.set()
        threading.Event().wait(0.4)
        return done

    monkeypatch.setitem(acting.ACTS, "send_decision", replace(sent, run=written_but_not_answered))

    def send(after: threading.Event | None) -> int:
        try:
            if after:
                assert after.wait(10)
            return at.client.post(at.at("gjor/send_decision"), form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(send, (None, is_written)))
    assert answers == [302, 302]
    assert Letter.objects.count() == 1
