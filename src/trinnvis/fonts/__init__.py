"""The one typeface of every PDF and figure: Inter, with its licence beside it."""

from functools import cache
from pathlib import Path

import typst

FOLDER = Path(__file__).parent


@cache
def typst_fonts() -> typst.Fonts:
    """Read once a process: reading them takes longer than setting a page."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])
