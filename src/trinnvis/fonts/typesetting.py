"""Sets a document with typst as PDF/A-2a and PDF/UA-1; both standards are enforced when it compiles."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from trinnvis.fonts import FILES, FOLDER, LAST_RESORT

from .characters import printable

PACKAGE = FOLDER.parent


def pdf_of(template: Path, *, made_at: datetime, **content: Any) -> bytes:
    """The document a template makes of plain JSON values; `made_at` is when the file says it was made.

    The template finds each value under its name in `sys.inputs`, as JSON. Any text can be set: what may not
    stand in a PDF is replaced (`characters.printable`), and every character has some typeface. The same
    content and moment give the same bytes.
    """
    families = [*FILES, LAST_RESORT]
    inputs = {name: json.dumps(printable(value)) for name, value in {**content, "families": families}.items()}
    return bytes(
        typst.compile(
            str(template),
            root=str(PACKAGE),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs=inputs,
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(made_at.timestamp()),
        )
    )


@cache
def _fonts() -> typst.Fonts:
    """Read once a process: reading them takes longer than setting a page."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])
