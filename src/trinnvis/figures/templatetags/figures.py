"""`{% chart figure %}`: a figure on a page, with its finding, picture, table, downloads and source."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from trinnvis.figures.palette import colours, themed
from trinnvis.figures.render import svg_of
from trinnvis.figures.shapes import Figure

register = template.Library()


@register.inclusion_tag("figures/chart.html")
def chart(
    figure: Figure, csv_url: str = "", xlsx_url: str = "", live: bool = False, drawn: bool = True
) -> dict[str, Any]:
    """The figure. With `live` it answers to the pointer; that page also needs `{% chart_scripts %}`.

    `drawn` False leaves the picture to a browser that has said it will draw it.
    """
    table = figure.table
    rows = [
        [{"text": text, "number": unit is not None} for text, unit in zip(row, table.units, strict=True)]
        for row in table.texts
    ]
    headings = [
        {"text": text, "number": unit is not None}
        for text, unit in zip(table.full_headings, table.units, strict=True)
    ]
    return {
        "figure": figure,
        "headings": headings,
        "rows": rows,
        "svg": picture(figure) if drawn else ground(figure),
        "csv_url": csv_url,
        "xlsx_url": xlsx_url,
        "live": live and not figure.picture,
        "data_id": f"figur-{figure.key}-data",
        "data": {
            "option": figure.option,
            "width": figure.width,
            "height": figure.height,
            "colours": {value: role for role, value in colours().items()},
        }
        if live and not figure.picture
        else None,
    }


@register.inclusion_tag("figures/scripts.html")
def chart_scripts() -> dict[str, Any]:
    """In the `head` block of a page with live figures, and of no other: ECharts is a large file."""
    return {}


def ground(figure: Figure) -> SafeString:
    """The place of a picture that the browser draws, with its name and proportions."""
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}" focusable="false"></svg>',
        figure.width, figure.height, figure.alt,
    )  # fmt: skip


def picture(figure: Figure) -> SafeString:
    """The SVG for a page: one image with a name, in the theme's colours."""
    svg = themed(svg_of(figure))
    opening, _, rest = svg.partition(">")
    names = format_html(' role="img" aria-label="{}" focusable="false">', figure.alt)
    return mark_safe(opening + names + rest)  # noqa: S308 drawn and escaped by our own hand
