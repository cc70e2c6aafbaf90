"""A mark in its interval, below and over nought."""

import pytest

from trinnvis.figures.ranges import ranges
from trinnvis.figures.render import render_svg
from trinnvis.figures.shapes import About, FigureError, Series, Unit
from trinnvis.figures.sheets import table_csv, table_xlsx


def drawn(middle=(-3.5, 0.0, 4), low=(-12, 0.0, -2), high=(3, 0.0, 15)):
    return ranges(
        About("endring", "Endring", "Det blir færre.", "Rader.", "Eksempel"),
        category="Trinn",
        categories=["11. Institusjon", "9. Korttid", "Et langt navn som må brytes over flere linjer"],
        middle=Series("Forskjell", middle),
        low=Series("Nedre", low),
        high=Series("Øvre", high),
        interval="80 %-intervall",
        unit=Unit("Brukere", decimals=1),
    )


def test_it_is_drawn_with_signs_and_a_table():
    figure = drawn()
    svg = render_svg(figure.option, figure.width, figure.height)
    assert "−3,5" in svg and "+4,0" in svg and "80 %-intervall" in svg
    assert table_csv(figure).decode("utf-8-sig").splitlines()[1].startswith("11. Institusjon;-3,5;-12;3")
    assert table_xlsx(figure)


@pytest.mark.parametrize("wrong", [{"middle": (20, 0, 4)}, {"low": (None, 0, -2)}, {"high": (3, 0)}])
def test_what_does_not_fit_is_refused(wrong):
    with pytest.raises(FigureError, match="endring"):
        drawn(**wrong)
