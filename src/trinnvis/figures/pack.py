"""A pack for the council: figures with findings and tables, as one tagged PDF and as one workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from trinnvis import formats
from trinnvis.fonts.typesetting import pdf_of

from .palette import ACCENT, FAINT, INK, QUIET, colour
from .paper import svg_on_paper
from .render import svg_of
from .shapes import Figure, FigureError, Table, cell_text, say
from .sheets import workbook

TEMPLATE = Path(__file__).parent / "pack.typ"
FIRST_COLUMN = 2.4
MOST_YEARS = 10  # years in a table that a reader looks through; a longer one shows every fifth
WIDEST_TABLE = 9  # columns that can be read on a page; a wider table is turned so that its rows stand up


@dataclass(frozen=True)
class Pack:
    """`author` is who answers for it (the municipality). `lead`: the finding of the whole, set off from the
    intro. `sources` stand after the figures, beside each figure's own; the tables come last, as an appendix.
    In the PDF a long table of years shows the first, the last and every fifth; the workbook has them all.
    """

    title: str
    author: str
    intro: tuple[str, ...]
    figures: tuple[Figure, ...]
    sources: tuple[str, ...] = ()
    language: str = "nb"
    lead: str = ""

    def __post_init__(self) -> None:
        for part in ("title", "author"):
            say(getattr(self, part), f"The pack's {part}")
        if not self.figures:
            raise FigureError("A pack needs at least one figure")


def pack_pdf(pack: Pack, *, made_at: datetime) -> bytes:
    """The pack as PDF/A-2a and PDF/UA-1; the same pack and moment give the same bytes."""
    with translation.override(pack.language):
        words = {
            "page": gettext("Side"),
            "source": gettext("Kilde"),
            "sources": gettext("Kilder og forutsetninger"),
            "numbers": gettext("Tallene bak figurene"),
            "figure": gettext("Figur"),
            "some": gettext("Tabellene år for år viser utvalgte år. Alle årene står i Excel-fila."),
        }
        content = {
            "title": pack.title,
            "author": pack.author,
            "language": pack.language,
            "dated": formats.long_date(made_at),
            "lead": pack.lead,
            "intro": pack.intro,
            "figures": [_figure(figure) for figure in pack.figures],
            "some": any(_chosen(figure.table) != figure.table for figure in pack.figures),
            "sources": pack.sources,
            "colours": {
                "ink": colour(INK), "quiet": colour(QUIET), "accent": colour(ACCENT), "faint": colour(FAINT),
            },
        }  # fmt: skip
    return pdf_of(TEMPLATE, made_at=made_at, pack=content, words=words)


def pack_xlsx(pack: Pack) -> bytes:
    """The pack as a workbook: a sheet for each figure, with its table and charts that Excel draws."""
    return workbook(pack.figures, title=pack.title)


def _figure(figure: Figure) -> dict[str, Any]:
    headings, rows, numeric = _readable(figure)
    return {
        "finding": figure.finding,
        "title": figure.title.rstrip("."),
        "source": figure.source,
        "alt": figure.alt,
        "svg": svg_on_paper(svg_of(figure)),
        "headings": headings,
        "rows": rows,
        "numeric": numeric,
        "first": FIRST_COLUMN if len(headings) > 4 else 1.5,  # how much wider the first column is
    }


def _readable(figure: Figure) -> tuple[Sequence[str], Sequence[Sequence[str]], Sequence[bool]]:
    """The table as texts, turned on its side when that makes it fit a page's width."""
    table = _chosen(figure.table)
    headings, rows = table.full_headings, table.texts
    if len(headings) > WIDEST_TABLE >= len(rows) + 1:
        turned = tuple(zip(headings, *rows, strict=True))
        return turned[0], turned[1:], [False, *[True] * len(rows)]
    return headings, rows, [unit is not None for unit in table.units]


def _chosen(table: Table) -> Table:
    """The table with fewer years, where it has many."""
    years = [cell_text(row[0], table.units[0]) for row in table.rows]
    if len(years) <= MOST_YEARS or not all(len(year) == 4 and year.isdecimal() for year in years):
        return table
    shown = {years[0], years[-1], *(year for year in years if int(year) % 5 == 0)}
    return replace(
        table, rows=tuple(row for year, row in zip(years, table.rows, strict=True) if year in shown)
    )
