"""A figure goes into a PDF whatever its names are written with; on screen it has them as they are."""

from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from figures.conftest import about
from hypothesis import given, settings
from hypothesis import strategies as st

from trinnvis.figures.pack import Pack, pack_pdf
from trinnvis.figures.paper import svg_on_paper
from trinnvis.figures.render import svg_of
from trinnvis.figures.shapes import Figure, Series, Unit
from trinnvis.figures.trends import lines

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def named(name: str) -> Figure:
    series = [Series(name, [1, 2]), Series("b", [2, 3])]
    return lines(about(), category="År", categories=[1, 2], series=series, unit=Unit("p"))


def words(svg: str) -> dict[str, str]:
    """Each text of a figure and the typeface asked for."""
    found = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return {element.text or "": element.get("font-family", "") for element in found}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Плани Олени", "Плани Олени"),
        ("Plan Ωμέγα «ệ»", "Plan Ωμέγα «ệ»"),
        ("Plan 😀 B", "Plan \N{REPLACEMENT CHARACTER} B"),
        ("خطة", "\N{REPLACEMENT CHARACTER}" * 3),
    ],
)
def test_a_name_has_one_typeface_in_the_picture(name: str, shown: str) -> None:
    on_screen = svg_of(named(name))
    assert name in words(on_screen)
    on_paper = words(svg_on_paper(on_screen))
    assert on_paper[shown] == "Noto Sans"
    assert "Inter" in on_paper["b"]


def test_a_figure_in_norwegian_is_not_touched() -> None:
    svg = svg_of(named("Økt behov – «høyere»"))
    assert svg_on_paper(svg) is svg


@pytest.mark.parametrize(
    "name",
    [
        "😀👍🏽 🇳🇴 1️⃣",
        "خطة عائلتي",
        "हिन्दी",
        "தமிழ்",
        "ẹ ị ğ ḗ",
        "á́ x\u0332",
        "你好",
        "\uf0b7\ue123",
        "office ﬁ",
    ],
)
def test_a_pack_with_any_name_is_made(name: str) -> None:
    figure = named(name)
    figure = replace(figure, about=replace(figure.about, finding=name, title=name, alt=name, source=name))
    pack = Pack(name, name, (name,), (figure,), (name,), lead=name)
    assert pack_pdf(pack, made_at=NOW).startswith(b"%PDF-")


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20))
def test_no_name_stops_a_pack(name: str) -> None:
    pack = Pack("Planer", "Kommunen", (name,), (named(f"Plan {name}"),))
    assert pack_pdf(pack, made_at=NOW).startswith(b"%PDF-")
