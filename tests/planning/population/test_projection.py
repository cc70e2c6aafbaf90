"""Our own projection of every municipality, from the figures that come with the package."""

import time

import numpy as np
import pytest

from trinnvis.planning.population.axes import BANDS, VARIANTS, Variant
from trinnvis.planning.population.migration import rates, residuals
from trinnvis.planning.population.mortality import estimate as mortality
from trinnvis.planning.population.projecting import estimate, project_all, start_population
from trinnvis.planning.population.projection import projection_for
from trinnvis.planning.population.sexes import share_of_women
from trinnvis.planning.population.shipped import Figures, figures
from trinnvis.trouble import Trouble


def cut_off(year: int) -> Figures:
    """The figures as if everything from `year` on were other figures entirely."""
    data = figures()
    after = data.years > year
    persons = data.persons.copy()
    persons[after] = 7.0
    nation = data.nation.copy()
    nation[data.nation_years > year] = 7.0
    qx = data.qx.copy()
    qx[data.life_years >= year] = 0.5
    changed = {**data.__dict__, "persons": persons, "nation": nation, "qx": qx}
    return Figures(**changed)


def test_all_municipalities_in_seconds() -> None:
    began = time.perf_counter()
    years, persons = project_all(2051)
    assert time.perf_counter() - began < 5
    assert persons.shape == (3, 26, 357, 106, 2)
    assert np.isfinite(persons).all() and (persons >= 0).all()
    main, low, high = persons[:, -1].sum(axis=(1, 2, 3))
    assert low < main < high
    assert (persons[1] <= persons[0] + 1e-9).all() and (persons[0] <= persons[2] + 1e-9).all()
    assert list(years[[0, -1]]) == [2026, 2051]


def test_the_start_is_the_observed_population() -> None:
    projection = projection_for("3234", 2040)
    data = figures()
    assert projection.variant()[0].sum(axis=-1) == pytest.approx(data.persons[-1, data.codes.index("3234")])
    for variant in VARIANTS:
        assert np.array_equal(projection.variant(variant)[0], projection.variant()[0])


def test_one_alone_is_as_one_of_all() -> None:
    _, persons = project_all(2040)
    data = figures()
    for code in ("3234", "0301", "1151"):
        assert projection_for(code, 2040).persons == pytest.approx(persons[:, :, data.codes.index(code)])


def test_lunner_grows_old() -> None:
    projection = projection_for("Lunner", 2050)
    old = projection.band(80, 105)
    assert old[0] == pytest.approx(473)
    assert 800 < old[2040 - 2026] < 1000
    low, high = projection.interval("80+")
    assert low[0] == high[0] == old[0]
    assert (low[1:] < old[1:]).all() and (old[1:] < high[1:]).all()
    assert (np.diff(np.log(high / low)) > 0).all()


def test_the_nation_is_near_the_projection_of_ssb() -> None:
    """SSB 14746, main alternative, Norway: 80+ 347,953 in 2030, 462,112 in 2040, 591,350 in 2050."""
    _, persons = project_all(2050)
    for year, ssb in ((2030, 347_953), (2040, 462_112), (2050, 591_350)):
        assert persons[0, year - 2026, :, 80:].sum() == pytest.approx(ssb, rel=0.04)


@pytest.mark.parametrize("base", [2006, 2011, 2016])
def test_nothing_later_than_the_base_is_looked_at(base: int) -> None:
    """But for the sexes: how ages divided is aged back from 2020, with the life tables between."""
    true, other = figures(), cut_off(base)
    assert mortality(true, base).qx == pytest.approx(mortality(other, base).qx)
    assert mortality(true, base).fall == pytest.approx(mortality(other, base).fall)
    by_year = residuals(true, range(max(base - 10, 2005), base))
    assert by_year.exposure.shape[0] == base - max(base - 10, 2005)
    later = Figures(**{**other.__dict__, "qx": true.qx})
    assert rates(true, base) == pytest.approx(rates(later, base))
    assert estimate(true, base).newborn_per_mother == pytest.approx(estimate(later, base).newborn_per_mother)


def test_small_municipalities_lean_on_others() -> None:
    """The raw rates of Utsira (200 people) would be wild; the shrunk ones are not."""
    data = figures()
    found = rates(data, 2026)
    small, large = data.codes.index("1151"), data.codes.index("0301")
    raw = residuals(data, range(2016, 2026))
    own = raw.left[:, small].sum(axis=0) / np.maximum(raw.exposure[:, small].sum(axis=0), 1)
    common = raw.left.sum(axis=(0, 1)) / raw.exposure.sum(axis=(0, 1))
    assert np.abs(found[small] - common)[20:60].mean() < 0.5 * np.abs(own - common)[20:60].mean()
    oslo = raw.left[:, large].sum(axis=0) / raw.exposure[:, large].sum(axis=0)
    assert np.corrcoef(found[large][18:40], oslo[18:40])[0, 1] > 0.9


def test_shares_of_women_are_those_published_and_rise_with_age() -> None:
    data = figures()
    nation = share_of_women(data, 2021, local=False)[0]
    published = data.women[1].sum(axis=0) / data.both_sexes[1].sum(axis=0)
    assert nation == pytest.approx(published)
    for year in (2006, 2026):
        share = share_of_women(data, year, local=False)[0]
        assert 0.47 < share[20] < 0.5 and 0.6 < share[90] < 0.8
    start = start_population(data, 2026)
    assert start.sum() == pytest.approx(5_627_400)


def test_bands_meet_and_cover_everyone() -> None:
    projection = projection_for("3234", 2030)
    assert sum(projection.band(*ages) for ages in BANDS.values()) == pytest.approx(
        projection.variant().sum(axis=(1, 2))
    )


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("0533", "I dag: 3234 Lunner"),
        ("3054", "gikk ut etter 2023"),
        ("1507", "1508 Ålesund og 1580 Haram"),
        ("301", "0301"),
        ("9998", "ingen kommune med nummer"),
        ("Herøy", "flere kommuner"),
        ("Lunnar", "Lunner"),
    ],
)
def test_wrong_and_retired_codes_name_the_right_one(code: str, told: str) -> None:
    with pytest.raises(Trouble) as wrong:
        projection_for(code, 2050)
    assert told in f"{wrong.value} {wrong.value.remedy}"


@pytest.mark.parametrize("year", [2026, 2020, 2061, 1])
def test_years_that_cannot_be_projected_to(year: int) -> None:
    with pytest.raises(Trouble, match=str(year)):
        projection_for("3234", year)


def test_every_figure_says_whose_it_is() -> None:
    found = projection_for("3234", 2027).as_json()
    assert found["municipality"] == "3234"
    assert "Ikke SSBs" in str(found["source"])
    series = found["series"]
    assert isinstance(series, list) and len(series) == 3 * 2 * 106 * 2
    assert series[0].keys() == {"year", "age", "sex", "variant", "persons"}
    assert {row["variant"] for row in series} == {"main", "low", "high"} == {str(v) for v in Variant}


@pytest.mark.parametrize("code", ["1508", "1580"])
def test_a_municipality_divided_in_2024_is_not_taken_to_move_as_its_border_did(code):
    people = projection_for(code, 2050).variant("main").sum(axis=(1, 2))
    assert 0.5 < people[-1] / people[0] < 1.5
