"""The drawing of the ladders takes any number of steps and leaves nothing to colour alone."""

from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from trinnvis.site.ladder_figure import HousingStepView, Link, StepView, draw, ranges


@pytest.fixture(autouse=True)
def bokmal():
    with translation.override("nb"):
        yield


def step(number, **more):
    usual = {"title": f"Trinn {number}", "caption": "", "decision": "none", "url": f"/t/{number}"}
    return StepView(number=number, **{**usual, **more})


def drawn(effort, housing):
    return render_to_string("components/ladder.html", {"drawing": draw(effort, housing)})


@pytest.mark.parametrize(
    ("numbers", "text"),
    [((1, 2, 3), "1–3"), ((5,), "5"), ((3, 1, 2, 5), "1–3 og 5"), ((6, 5), "5–6"), ((), "")],
)
def test_usual_housing_is_told_as_ranges(numbers, text):
    assert ranges(numbers) == text


@pytest.mark.parametrize(("effort", "housing"), [(1, 1), (4, 3), (7, 4), (12, 6), (30, 9)])
def test_every_step_is_drawn_from_the_lowest_up(effort, housing):
    html = drawn(
        [step(n) for n in range(effort, 0, -1)],
        [HousingStepView(n, f"Bolig {n}") for n in range(1, housing + 1)],
    )
    places = [html.index(f'id="trinn-{n}"') for n in range(1, effort + 1)]
    assert places == sorted(places)
    assert f'data-steps="{effort}"' in html
    assert html.count("boligtrinn-") == housing
    assert "style=" not in html


def test_the_decision_stands_in_words():
    html = drawn(
        [step(1), step(2, decision="mixed"), step(3, decision="required")], [HousingStepView(1, "Hjem")]
    )
    for words in ("uten vedtak", "både med og uten vedtak", "med vedtak"):
        assert words in html


def test_an_unknown_decision_flag_is_an_error():
    with pytest.raises(KeyError):
        draw([step(1, decision="maybe")], [HousingStepView(1, "Hjem")])


def test_counts_are_drawn_only_where_there_are_any():
    without = drawn([step(1)], [HousingStepView(1, "Hjem")])
    assert "Kroner i året" not in without
    assert "bor her" not in without
    drawing = draw(
        [
            step(1, people=0, kroner=Decimal(50)),
            step(2, people=12, hours=Decimal("3.6"), kroner=Decimal(200)),
        ],
        [HousingStepView(1, "Hjem", people=9463)],
    )
    assert [item.kroner_bar for item in drawing.effort] == [25.0, 100.0]
    html = render_to_string("components/ladder.html", {"drawing": drawing}).replace("\u00a0", " ")
    assert "200 kr" in html
    assert "9 463 bor her" in html
    assert 'width="25.0"' in html, "SVG numbers keep the point in every language"


def test_steps_point_at_each_other_for_the_highlight():
    drawing = draw([step(1, usual_housing=(1, 2)), step(2, usual_housing=(2,))], [HousingStepView(2, "B")])
    assert drawing.effort[0].housing_numbers == "1 2"
    assert drawing.housing[0].effort_numbers == "1 2"


def test_texts_from_the_policy_are_escaped():
    html = drawn(
        [step(1, title="<b>fet</b>", services=(Link("<i>x</i>", "/s"),))], [HousingStepView(1, "<u>")]
    )
    assert not any(tag in html for tag in ("<b>", "<i>", "<u>"))
