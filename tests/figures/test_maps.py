"""A map on the server: what is inside it is drawn, by colour and by shape, and nothing else is in it."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely

from trinnvis.figures.maps import Dots, MapClass, Marks, Streets, map_figure, town_map
from trinnvis.figures.palette import ROLES, colour
from trinnvis.figures.shapes import About, FigureError, Table
from trinnvis.figures.templatetags.figures import chart

CLASSES = (
    MapClass("Innenfor", "eng-text-default", "circle"),
    MapClass("Utenfor", "rogn-base-default", "cross", 1.0, "2 3"),
)
HOMES = Dots(np.array([[0.0, 0.0], [400.0, 0.0], [400.0, 300.0]]), np.array([0, 1, 1]))
STREETS = Streets(
    np.array([shapely.LineString([(0, 0), (400, 0)]), shapely.LineString([(400, 0), (400, 300)])]),
    np.array([0, -1]),
)
SHOP = Marks(np.array([[10.0, 5.0]]), ["Butikk <Ø> & sønn"], "Butikk")
NONE = Marks(np.empty((0, 2)), [], "Butikk")


def drawn(homes=HOMES, streets=STREETS, services=SHOP, **more):
    svg = town_map(homes, streets, services, classes=CLASSES, **more)
    return svg, ElementTree.fromstring(svg)


def texts(root):
    return [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]


def paths(root, role):
    return [e for e in root.iter("{http://www.w3.org/2000/svg}path")
            if colour(role) in (e.get("fill"), e.get("stroke"))]  # fmt: skip


def test_key_names_scale_and_credit_are_in_words():
    _, root = drawn(credit="© Noen")
    assert {"Innenfor", "Utenfor", "Butikk", "Butikk <Ø> & sønn", "© Noen"} <= set(texts(root))
    assert any(re.fullmatch(r"\d+\u00a0m", text) for text in texts(root))


def test_there_is_no_style_and_nothing_from_elsewhere():
    svg, _ = drawn()
    assert "style" not in svg and "href" not in svg and "url(" not in svg


def test_every_colour_follows_the_theme():
    svg, _ = drawn()
    known = {colour(role) for role in ROLES}
    assert set(re.findall(r"#[0-9a-f]{6}", svg)) <= known


def test_classes_differ_in_shape_as_well_as_colour():
    _, root = drawn()
    inside, outside = paths(root, "eng-text-default"), paths(root, "rogn-base-default")
    assert any("a" in e.get("d") for e in inside)
    assert not any("a" in e.get("d") for e in outside)


def test_homes_outside_the_bounds_are_not_drawn():
    _, whole = drawn(services=NONE)
    _, part = drawn(services=NONE, bounds=(-50, -50, 50, 50))
    counts = [sum(e.get("d").count("M") for e in paths(root, "rogn-base-default")) for root in (whole, part)]
    assert counts[0] - counts[1] == 2


def test_north_is_up():
    _, root = drawn(Dots(np.array([[0.0, 0.0], [0.0, 300.0]]), np.array([0, 1])), services=NONE)
    south, north = (
        max(float(y) for e in paths(root, role) for y in re.findall(r"M[\d.]+,([\d.]+)", e.get("d")))
        for role in ("eng-text-default", "rogn-base-default")
    )
    assert south > north


def test_ten_thousand_homes_on_one_spot_are_one_dot():
    many = Dots(np.zeros((10_000, 2)), np.zeros(10_000, dtype=np.int64))
    svg, _ = drawn(many, services=NONE)
    assert len(svg) < 4000


def test_a_name_with_a_control_character_is_still_a_drawing():
    _, root = drawn(services=Marks(SHOP.xy, ["Bu\x00tikk\x1b"], "Butikk"))
    assert "Bu tikk" in texts(root)


def test_names_never_lie_on_one_another():
    crowd = Marks(np.array([[200.0 + i, 100.0] for i in range(30)]), ["Et langt navn"] * 30, "Butikk")
    _, root = drawn(services=crowd)
    assert texts(root).count("Et langt navn") <= 2


@pytest.mark.parametrize(
    ("homes", "streets"),
    [
        (Dots(np.empty((0, 2)), np.empty(0, np.int64)), Streets(np.empty(0, object), np.empty(0, np.int64))),
        (Dots(np.zeros((1, 2)), np.array([2])), STREETS),
        (Dots(np.zeros((1, 2)), np.array([-1])), STREETS),
        (Dots(np.full((1, 2), np.nan), np.array([0])), STREETS),
    ],
)
def test_what_cannot_be_a_map_is_refused(homes, streets):
    with pytest.raises(FigureError):
        drawn(homes, streets, NONE)


def test_a_map_stands_among_other_figures():
    svg, _ = drawn()
    about = About("kart", "Kart", "Én av tre når butikken.", "Kart over tre boliger", "Egne tall")
    figure = map_figure(about, svg, Table(("Klasse",), (("Innenfor",),), (None,)))
    shown = chart(figure, live=True)
    assert 'role="img" aria-label="Kart over tre boliger"' in shown["svg"]
    assert "var(--ds-color-eng-text-default" in shown["svg"]
    assert not shown["live"] and shown["data"] is None
