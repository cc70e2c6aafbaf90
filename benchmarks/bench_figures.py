"""Figures: one drawing, a page's worth, and a council pack."""

from collections.abc import Iterator
from datetime import UTC, datetime

from registry import Once, bench


@bench("draw the pathway figure with the engine warm", limit_ms=40)
def draw_figure() -> Iterator[Once]:
    from trinnvis.figures import render
    from trinnvis.site.example_figures import all_kinds

    figure = all_kinds()[0]

    def once() -> None:
        render._rendered.cache_clear()
        render.render_svg(figure.option, figure.width, figure.height)

    yield once


@bench("draw one of each of the ten kinds of figure", limit_ms=300)
def draw_every_kind() -> Iterator[Once]:
    from trinnvis.figures import render
    from trinnvis.site.example_figures import all_kinds

    def once() -> None:
        render._rendered.cache_clear()
        for figure in all_kinds():
            render.render_svg(figure.option, figure.width, figure.height)

    yield once


@bench("make a council pack of ten figures as PDF")
def council_pack() -> Iterator[Once]:
    from trinnvis.figures.pack import Pack, pack_pdf
    from trinnvis.site.example_figures import all_kinds

    pack = Pack("Behovet mot 2040", "Eksempel kommune", ("Eksempeltall.",), all_kinds())
    yield lambda: pack_pdf(pack, made_at=datetime(2026, 11, 22, 12, tzinfo=UTC))
