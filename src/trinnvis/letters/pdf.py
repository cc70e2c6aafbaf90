"""Renders a letter as PDF/A-2a and PDF/UA-1 with typst; both standards are enforced when it compiles."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import typst
from django.utils import translation
from django.utils.translation import gettext

from trinnvis.fonts import typst_fonts

from .content import LetterContent

FOLDER = Path(__file__).parent
TEMPLATE_VERSION = "1"


def render_pdf(letter: LetterContent, *, made_at: datetime) -> bytes:
    """The letter as PDF bytes; `made_at` is the date the file says it was made.

    The same letter and moment give the same bytes, so a stored fingerprint can be checked again.
    """
    with translation.override(letter.language):
        words = {
            "page": gettext("Side"),
            "regards": gettext("Med vennlig hilsen"),
            "electronic": gettext("Brevet er godkjent elektronisk og har derfor ingen underskrift."),
        }
    inputs = {"letter": json.dumps(letter.as_json()), "words": json.dumps(words)}
    return bytes(
        typst.compile(
            str(FOLDER / "letter.typ"),
            root=str(FOLDER),
            font_paths=typst_fonts(),
            ignore_system_fonts=True,
            sys_inputs=inputs,
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(made_at.timestamp()),
        )
    )
