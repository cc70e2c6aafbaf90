"""Renders a letter as PDF."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext

from trinnvis.fonts.typesetting import pdf_of

from .content import LetterContent

TEMPLATE = Path(__file__).parent / "letter.typ"
TEMPLATE_VERSION = "2"


def render_pdf(letter: LetterContent, *, made_at: datetime) -> bytes:
    """The letter as PDF/A-2a and PDF/UA-1; `made_at` is the date the file says it was made.

    The same letter and moment give the same bytes, so a stored fingerprint can be checked again.
    """
    with translation.override(letter.language):
        words = {
            "page": gettext("Side"),
            "regards": gettext("Med vennlig hilsen"),
            "electronic": gettext("Brevet er godkjent elektronisk og har derfor ingen underskrift."),
        }
    return pdf_of(TEMPLATE, made_at=made_at, letter=letter.as_json(), words=words)
