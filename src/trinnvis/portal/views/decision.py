"""A decision (vedtak) that has been sent: the letter on screen and as PDF, the same content in both."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trinnvis.casework.errors import NotFound
from trinnvis.letters.queries import decision_text, letter_for
from trinnvis.portal.actor import citizen_of, now_of
from trinnvis.site.pages import citizen_page


@require_safe
@citizen_page
def decision(request: HttpRequest, number: str) -> HttpResponse:
    try:
        text = decision_text(citizen_of(request), number, now_of(request), what=_("Brev om vedtak"))
    except NotFound as error:
        raise Http404 from error
    context = {
        "letter": text.content,
        "number": number,
        "case_number": text.case_number,
        "acts_for": text.acts_for,
        "kilobytes": max(1, text.pdf_bytes // 1024) if text.pdf_bytes else None,
    }
    return render(request, "portal/decision.html", context)


@require_safe
@citizen_page
def pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The file as it was sent, byte for byte."""
    try:
        letter = letter_for(citizen_of(request), number, now_of(request), what=_("Brev om vedtak"))
    except NotFound as error:
        raise Http404 from error
    response = HttpResponse(bytes(letter.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="vedtak-{number}.pdf"'
    return response
