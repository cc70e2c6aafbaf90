"""Every code a municipality has had leads to the municipality of today."""

import pytest

from trinnvis.planning.population.municipalities import (
    code_uses,
    codes_over_time,
    find,
    municipalities,
    parts,
    retired,
)
from trinnvis.planning.population.shipped import figures


def test_there_are_357_and_the_figures_are_theirs() -> None:
    assert tuple(municipalities()) == figures().codes
    assert len(municipalities()) == 357


def test_the_chain_of_lunner() -> None:
    chain = [(use.code, use.first_year, use.last_year) for use in codes_over_time("3234")]
    assert chain == [("0533", 1940, 2019), ("3054", 2020, 2023), ("3234", 2024, None)]


def test_no_code_of_2024_begins_in_2023() -> None:
    assert [code for code, uses in code_uses().items() if any(use.first_year == 2023 for use in uses)] == []
    assert parts("3234", 2023) == () and parts("3054", 2023)[0].current == "3234"


@pytest.mark.parametrize("year", [2005, 2012, 2018, 2019, 2020, 2023, 2024, 2026])
def test_the_weights_of_a_code_make_one_whole(year: int) -> None:
    for code in code_uses():
        if uses := parts(code, year):
            assert sum(use.weight for use in uses) == pytest.approx(1), (code, year)


@pytest.mark.parametrize("year", [2019, 2021, 2025])
def test_every_municipality_has_a_code_every_year(year: int) -> None:
    for current in municipalities():
        assert any(use.in_use(year) for use in codes_over_time(current)), current


def test_codes_in_use_today_are_not_retired() -> None:
    assert [code for code in municipalities() if retired(code)] == []
    assert all(retired(code) for code in code_uses() if code not in municipalities())


def test_names_find_their_municipality() -> None:
    assert find("lunner").code == "3234"
    assert find("Oslo").code == "0301"
    assert find("Kautokeino").code == "5612"


def test_two_municipalities_have_no_figures_for_2005() -> None:
    data = figures()
    lacking = {
        code for at, code in enumerate(data.codes) if data.persons[0, at].sum() != data.persons[0, at].sum()
    }
    assert lacking == {"1160", "1576"}
