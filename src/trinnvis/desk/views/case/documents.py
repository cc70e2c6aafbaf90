"""The documents (dokumenter): what came in, and the letters that went out."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_noop

from trinnvis.casework.errors import NotFound
from trinnvis.casework.wording import CHANNELS, OUTCOMES
from trinnvis.letters.queries import letter_for, letters_of
from trinnvis.site.pages import staff_page

from .page import open_page, show

LETTER = gettext_noop("Brevet om vedtaket i saken")


@staff_page
def documents(request: HttpRequest, number: str) -> HttpResponse:
    page = open_page(request, number, "case_documents")
    enquiries = [
        (row, CHANNELS.get(row.channel, row.channel), OUTCOMES.get(row.triage, ""))
        for row in page.case.enquiries.select_related("registered_by").order_by("-received_at")
    ]
    return show(page, "documents.html", {"enquiries": enquiries, "letters": letters_of(page.case)})


@staff_page
def letter_pdf(
    request: HttpRequest, number: str, decision_number: str, recipient: int | None = None
) -> HttpResponse:
    """The letter as it was sent, to its party or to the recipient named."""
    page = open_page(request, number, "case_documents", what=LETTER)
    if not page.case.decisions.filter(number=decision_number).exists():
        raise Http404
    try:
        letter = letter_for(page.actor, decision_number, page.now, what=LETTER, to=recipient)
    except NotFound:
        raise Http404 from None
    answer = HttpResponse(bytes(letter.pdf), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="vedtak-{decision_number}.pdf"'
    return answer
