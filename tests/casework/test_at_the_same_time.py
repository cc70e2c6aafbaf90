"""Several people at once: one enquiry, one case, one chain, and no look that is not logged."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from cast import NOW, case_of, enquire
from django.db import connection, transaction

from trinnvis.access.models import ReadLogEntry
from trinnvis.casework import services
from trinnvis.casework.audit import verify_all
from trinnvis.casework.models import Case, Enquiry
from trinnvis.casework.queries.case import case_for

pytestmark = pytest.mark.django_db(transaction=True)


def together(*jobs):
    """Run the jobs at once, each with its own connection; what each returned or raised."""
    ready = threading.Barrier(len(jobs))

    def run(job):
        try:
            ready.wait()
            return job()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_a_form_sent_twice_at_once_is_received_once(ingrid):
    sent = together(*[lambda: enquire(ingrid, key="same")] * 4)
    assert len({enquiry.number for enquiry in sent}) == 1
    assert Enquiry.objects.count() == 1


def test_numbers_given_at_once_are_different(ingrid):
    sent = together(*[lambda key=str(i): enquire(ingrid, key=key) for i in range(4)])
    assert len({enquiry.number for enquiry in sent}) == 4


def test_two_enquiries_triaged_at_once_become_one_case(ingrid, sara):
    numbers = [enquire(ingrid).number for _ in range(2)]
    results = together(
        *[
            lambda number=number: services.triage(
                enquiry_number=number, outcome="clarification", reason="Fordi", actor=sara, now=NOW
            )
            for number in numbers
        ]
    )
    assert [type(result) for result in results] == [Case, Case]
    assert Case.objects.count() == 1


def test_notes_written_at_once_make_one_chain(ingrid, sara):
    case = case_of(ingrid, sara)
    jobs = [
        lambda i=i: services.note(number=case.number, text=f"Notat {i}", actor=sara, now=NOW)
        for i in range(4)
    ]
    assert together(*jobs) == [None] * 4
    assert verify_all().breaks == ()
    assert case.events.filter(verb="noted").count() == 4


def test_a_look_is_logged_though_the_page_fails_afterwards(ingrid, sara):
    case = case_of(ingrid, sara)
    with pytest.raises(ZeroDivisionError):
        case_for(sara, case.number, NOW, what="Saken")
        1 / 0  # noqa: B018 - the rest of the page
    assert ReadLogEntry.objects.count() == 1


def test_a_look_inside_a_transaction_is_refused_since_it_could_be_undone(ingrid, sara):
    case = case_of(ingrid, sara)
    with pytest.raises(RuntimeError), transaction.atomic():
        case_for(sara, case.number, NOW, what="Saken")


def test_a_look_waits_for_someone_who_writes(ingrid, sara):
    case = case_of(ingrid, sara)
    writing = threading.Event()

    def write():
        with transaction.atomic():
            services.note(number=case.number, text="Langt notat", actor=sara, now=NOW)
            writing.set()
            time.sleep(0.5)

    def read():
        writing.wait()
        return case_for(sara, case.number, NOW, what="Saken").number

    assert together(write, read) == [None, case.number]
    assert ReadLogEntry.objects.filter(allowed=True).count() == 1
