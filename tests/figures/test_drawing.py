"""What is drawn: valid SVG that a strict page may hold, the same every time, from any thread."""

import asyncio
import json
import math
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from figures.conftest import about
from hypothesis import given
from hypothesis import strategies as st

from trinnvis import formats
from trinnvis.figures import render
from trinnvis.figures.bars import stacked_bars
from trinnvis.figures.palette import colours, themed
from trinnvis.figures.render import render_svg, svg_of
from trinnvis.figures.shapes import Figure, FigureError, Series, Unit
from trinnvis.figures.text_width import width_of
from trinnvis.figures.trends import lines
from trinnvis.figures.two_measures import Group, bars_and_line

SPACE = "\u00a0"


def texts(svg: str) -> list[str]:
    return ["".join(element.itertext()) for element in ElementTree.fromstring(svg).iter() if element.text]


def test_the_picture_is_valid_and_holds_nothing_the_security_policy_refuses(figure: Figure) -> None:
    root = ElementTree.fromstring(svg_of(figure))
    assert root.get("viewBox") == f"0 0 {figure.width} {figure.height}"
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "g", "path", "text", "rect", "defs", "pattern", "clipPath", "circle", "tspan"}
    for element in root.iter():
        assert "style" not in element.attrib
        assert not [name for name in element.attrib if name.startswith(("on", "ecmeta"))]
        for value in element.attrib.values():
            assert "javascript:" not in value
            assert "url(" not in value or "url(#" in value


def test_nothing_is_drawn_outside_the_picture(figure: Figure) -> None:
    """Every text begins inside the frame and ends there too, measured in the font it is set in."""
    for element in ElementTree.fromstring(svg_of(figure)).iter():
        if not element.tag.endswith("text") or not element.text:
            continue
        transform = element.get("transform", "translate(0 0)")
        x = float(transform[transform.index("(") + 1 :].split()[0].rstrip(")")) + float(element.get("x", 0))
        bold = element.get("font-weight") in {"600", "bold"}
        wide = width_of(element.text, float(element.get("font-size", "14px").removesuffix("px")), bold=bold)
        begins = {"middle": x - wide / 2, "end": x - wide}.get(element.get("text-anchor", "start"), x)
        assert begins >= -2, element.text
        assert begins + wide <= figure.width + 2, element.text


def test_no_two_series_are_told_apart_by_colour_alone(figure: Figure) -> None:
    """Each name has its own pattern (bars) or its own marker and stroke (lines)."""
    drawn = [
        each
        for each in figure.option["series"]
        if each["type"] in {"bar", "line"} and not each.get("silent") and "itemStyle" in each
    ]
    looks = {
        (each["type"], each["name"]): json.dumps(
            [each["type"], each["itemStyle"].get("decal"), each.get("symbol"), each["lineStyle"].get("type")]
            if each["type"] == "line"
            else [each["type"], each["itemStyle"]["decal"]]
        )
        for each in drawn
    }
    assert len(set(looks.values())) == len(looks)


def test_patterns_are_in_the_picture() -> None:
    figure = stacked_bars(
        about(), category="År", categories=[2026], series=[Series("a", [1]), Series("b", [2])], unit=Unit("p")
    )
    assert "<pattern" in svg_of(figure)


def test_numbers_are_norwegian() -> None:
    figure = bars_and_line(
        about(),
        category="Alder",
        categories=[70, 71],
        groups=[Group("Proaktiv", (182_300, 1_204_000), (4.5, 0.5))],
        bar_unit=Unit("Kroner", "kr"),
        line_unit=Unit("Timer", "timer", 1),
    )
    found = texts(svg_of(figure))
    assert f"1{SPACE}200{SPACE}000" in found
    assert "1,200,000" not in found
    assert figure.table.texts[0] == ("70", f"182{SPACE}300", "4,5")
    assert figure.table.full_headings == ("Alder", "Proaktiv (kr)", "Proaktiv (timer)")
    tips = figure.option["tooltip"]["formatter"]["$texts"]["rows"]
    assert tips[0] == f"70\nProaktiv: 182{SPACE}300{SPACE}kr\nProaktiv: 4,5{SPACE}timer"


@given(st.integers(-(10**12), 10**12), st.integers(0, 3))
def test_the_pictures_numbers_are_those_of_the_pages(digits: int, decimals: int) -> None:
    value = digits / 10**decimals
    in_picture = render._evaluated(f"trinnvisFigures.number({value!r}, {decimals})")
    assert in_picture == formats.number(Decimal(digits).scaleb(-decimals), decimals)


def test_the_same_figure_gives_the_same_bytes_even_in_another_process(figure: Figure) -> None:
    first = svg_of(figure)
    render._rendered.cache_clear()
    assert svg_of(figure) == first


def test_another_process_draws_the_same_and_ends() -> None:
    option = json.dumps(
        {"series": [{"type": "bar", "data": [1, 2]}], "xAxis": {"data": ["a", "b"]}, "yAxis": {}}
    )
    code = (
        "import json,sys; from trinnvis.figures.render import render_svg;"
        "sys.stdout.write(render_svg(json.loads(sys.argv[1]), 300, 200))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, option], capture_output=True, text=True, timeout=300, check=True
    )
    assert done.stdout == render_svg(json.loads(option), 300, 200)


def test_many_threads_draw_at_once_and_each_gets_its_own() -> None:
    def option(number: int) -> dict[str, object]:
        return {
            "xAxis": {"type": "category", "data": [f"nr {number}"]},
            "yAxis": {},
            "series": [{"type": "bar", "data": [1]}],
        }

    with ThreadPoolExecutor(8) as pool:
        drawn = list(pool.map(lambda n: render_svg(option(n), 300, 200), range(40)))
    for number, svg in enumerate(drawn):
        assert f"nr {number}" in texts(svg)
    assert len(set(drawn)) == 40


def test_two_figures_on_one_page_share_no_id(figure: Figure) -> None:
    other = lines(
        about("annen"), category="År", categories=[1, 2], series=[Series("x", [1, 2])], unit=Unit("p")
    )

    def ids(svg: str) -> set[str]:
        return {e.attrib["id"] for e in ElementTree.fromstring(svg).iter() if "id" in e.attrib}

    assert not ids(svg_of(figure)) & ids(svg_of(other))


def test_words_are_never_markup() -> None:
    nasty = '</text><script>alert("1")</script> & {b|x} <b>'
    figure = lines(
        about(alt=nasty), category="År", categories=[1, 2], series=[Series(nasty, [1, 2])], unit=Unit("p")
    )
    assert nasty in texts(svg_of(figure))
    assert "<script" not in svg_of(figure)


def test_colours_follow_the_theme_on_a_page_and_stand_fast_elsewhere(figure: Figure) -> None:
    plain = svg_of(figure)
    assert "var(" not in plain
    page = themed(plain)
    assert f"var(--ds-color-neutral-text-default,{colours()['neutral-text-default']})" in page
    assert '"rgb(' not in page
    ElementTree.fromstring(page)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ({"series": [{"type": "bar", "data": [math.nan]}]}, "not plain JSON"),
        ({"series": [{"type": "bar", "data": [object()]}]}, "not plain JSON"),
        ({"series": [{"type": "bar", "data": [1]}]}, "ECharts could not draw"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_a_line_and_the_next_is_drawn(
    option: dict[str, object], said: str
) -> None:
    with pytest.raises(FigureError, match=said) as error:
        render_svg(option, 300, 200)
    assert len(str(error.value)) < 300
    assert render_svg({"series": []}, 300, 200).startswith("<svg")


@pytest.mark.parametrize("size", [(0, 100), (100, -1), (10**6, 100)])
def test_a_size_that_cannot_be_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(FigureError):
        render_svg({"series": []}, *size)


def test_a_figure_is_drawn_where_an_event_loop_runs() -> None:
    async def draw() -> str:
        return render_svg({"series": [{"type": "pie", "data": [{"value": 1}]}]}, 300, 200)

    render.close_engine()  # the first drawing makes the engine, wherever it is asked for
    with ThreadPoolExecutor(1) as apart:  # the browser tests may have a loop running in this one
        assert apart.submit(asyncio.run, draw()).result().startswith("<svg")
