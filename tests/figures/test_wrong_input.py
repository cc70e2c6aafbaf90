"""What a figure refuses, and that it says which figure and which part is at fault."""

import math
from decimal import Decimal
from typing import Any

import pytest
from figures.conftest import about

from trinnvis.figures.bars import places_against_capacity, stacked_bars
from trinnvis.figures.effects import Assumption, Drivers, TornadoWords, tornado, waterfall
from trinnvis.figures.flows import Flow, flows
from trinnvis.figures.pyramids import Population, pyramid
from trinnvis.figures.shapes import Figure, FigureError, Series, Table, Unit
from trinnvis.figures.trends import fan, lines
from trinnvis.figures.two_measures import Group, bars_and_line

PERSONS = Unit("Personer")
WORDS = Drivers("2026", "2040", "Opp", "Ned", "Driver", "Endring")


def line_of(*series: Series, categories: Any = (2026, 2027)) -> Figure:
    return lines(about(), category="År", categories=categories, series=series, unit=PERSONS)


@pytest.mark.parametrize("part", ["title", "finding", "alt", "source"])
@pytest.mark.parametrize("text", ["", "  ", "tegn \x00", None])
def test_a_figure_must_say_everything(part: str, text: Any) -> None:
    with pytest.raises(FigureError, match=part):
        about(**{part: text})


@pytest.mark.parametrize("key", ["", "Stor", "med mellomrom", "../opp", "æ"])
def test_a_key_fits_an_address_and_a_file_name(key: str) -> None:
    with pytest.raises(FigureError, match="key"):
        about(key)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([], "no values"),
        ([None, None], "no values"),
        ([1, math.nan], "value 2 is nan"),
        ([math.inf, 1], "value 1 is inf"),
        ([Decimal("NaN"), 1], "value 1 is NaN"),
        (["3", 1], "not a number"),
        ([True, 1], "not a number"),
    ],
)
def test_values_are_finite_numbers(values: list[Any], said: str) -> None:
    with pytest.raises(FigureError, match=said) as error:
        Series("Behov", values)
    assert "Behov" in str(error.value)


def test_lengths_must_match() -> None:
    with pytest.raises(FigureError, match="behov: the series 'a' has 3 values for 2 categories"):
        line_of(Series("a", [1, 2, 3]))


@pytest.mark.parametrize(
    ("categories", "series", "said"),
    [
        ((), (Series("a", [1]),), "no categories"),
        ((1, 1), (Series("a", [1, 2]),), "category is there twice"),
        ((1, 2), (), "no series"),
        ((1, 2), (Series("a", [1, 2]), Series("a", [1, 2])), "same name"),
    ],
)
def test_categories_and_series_are_there_once(categories: Any, series: Any, said: str) -> None:
    with pytest.raises(FigureError, match=said):
        line_of(*series, categories=categories)


def test_a_stack_has_no_negative_part() -> None:
    with pytest.raises(FigureError, match="below zero"):
        stacked_bars(about(), category="År", categories=[1], series=[Series("a", [-1])], unit=PERSONS)


def test_places_and_ages_are_not_negative() -> None:
    with pytest.raises(FigureError, match="below zero"):
        places_against_capacity(
            about(), category="År", categories=[1], need=Series("a", [1]), capacity=Series("b", [-1]),
            unit=PERSONS,
        )  # fmt: skip
    with pytest.raises(FigureError, match="below zero"):
        pyramid(
            about(), category="Alder", ages=["0–4"], left="M", right="K", now=Population("2026", (-1,), (1,)),
            unit=PERSONS,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        ([4, 4], [3, 6], "ends before it begins"),
        ([None, 4], [5, 6], "one end only"),
        ([1, 1], [2, 2], "outside its interval"),
        ([-1, 1], [9, 9], "below zero"),
    ],
)
def test_an_interval_holds_its_median(low: Any, high: Any, said: str) -> None:
    with pytest.raises(FigureError, match=said):
        fan(
            about(), category="År", categories=[1, 2], median=Series("m", [5, 5]), low=Series("l", low),
            high=Series("h", high), interval="80 %", unit=PERSONS,
        )  # fmt: skip


def test_a_group_has_both_measures() -> None:
    with pytest.raises(FigureError, match="1 values for 2"):
        bars_and_line(
            about(), category="Alder", categories=[1, 2], groups=[Group("a", (1, 2), (1,))],
            bar_unit=PERSONS, line_unit=PERSONS,
        )  # fmt: skip
    with pytest.raises(FigureError, match="no group"):
        bars_and_line(
            about(), category="Alder", categories=[1], groups=[], bar_unit=PERSONS, line_unit=PERSONS
        )


def test_a_waterfall_ends_where_its_drivers_lead_also_through_zero() -> None:
    figure = waterfall(
        about(), start=5, drivers=Series("d", [-8, 2, Decimal("0.5")]), names=["a", "b", "c"], words=WORDS,
        unit=PERSONS,
    )  # fmt: skip
    assert figure.table.rows[-1] == ("2040", -0.5)
    with pytest.raises(FigureError, match="a driver has no value"):
        waterfall(
            about(), start=5, drivers=Series("d", [None, 1]), names=["a", "b"], words=WORDS, unit=PERSONS
        )
    with pytest.raises(FigureError, match="4 values for 3"):
        waterfall(about(), start=5, drivers=Series("d", [1, 2]), names=["a"], words=WORDS, unit=PERSONS)


def test_a_tornado_puts_the_widest_on_top_and_refuses_nothing_at_all() -> None:
    words = TornadoWords("Forutsetning", "Lavt", "Høyt", "Kroner")
    wide, narrow = Assumption("vid", "1", 1, "9", 90), Assumption("smal", "1", 40, "9", 60)
    figure = tornado(about(), base=50, assumptions=[narrow, wide], words=words, unit=PERSONS)
    assert [row[0] for row in figure.table.rows] == ["vid", "smal"]
    with pytest.raises(FigureError, match="no assumption"):
        tornado(about(), base=50, assumptions=[], words=words, unit=PERSONS)
    with pytest.raises(FigureError, match="nan"):
        tornado(
            about(), base=math.nan, assumptions=[wide], words=words, unit=PERSONS
        )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "no flow"),
        ([Flow("a", "b", 0)], "no flow"),
        ([Flow("a", "b", -1)], "below zero"),
        ([Flow("a", "x", 1)], "'x' is not in the order"),
        ([Flow("a", "b", 1), Flow("a", "b", 2)], "twice"),
        ([Flow("a", "b", math.nan)], "nan"),
    ],
)
def test_flows_lead_somewhere(given: list[Flow], said: str) -> None:
    with pytest.raises(FigureError, match=said):
        flows(about(), start="2026", end="2031", flows=given, order=["a", "b"], unit=PERSONS)


def test_a_table_has_as_many_cells_as_headings() -> None:
    with pytest.raises(FigureError, match="row 1 has 1 cells, its headings 2"):
        Table(("a", "b"), (("1",),), (None, None))
    with pytest.raises(FigureError, match="headings and at least one row"):
        Table(("a",), (), (None,))
    with pytest.raises(FigureError, match="units has 1"):
        Table(("a", "b"), (("1", 2),), (None,))


@pytest.mark.parametrize("decimals", [-1, 7])
def test_a_unit_has_a_name_and_sensible_decimals(decimals: int) -> None:
    with pytest.raises(FigureError, match="decimals"):
        Unit("kr", decimals=decimals)
    with pytest.raises(FigureError, match="name"):
        Unit("")
